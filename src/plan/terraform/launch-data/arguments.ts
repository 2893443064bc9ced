import { isObject } from '../../../inventory/json-text.ts';
import { isoTime } from '../../../inventory/time.ts';
import type { ReplacedField } from '../../model.ts';
import { DROPS_TAG, isDroppedTag } from '../dropped-tags.ts';
import type { HclBlock, HclValue } from '../hcl.ts';

/** What takes the place of a name or an id of the source; the text itself where nothing does. */
export type Replaced = (field: ReplacedField, text: string) => HclValue;

/** What is written for a member. `cannot`: what of it Terraform cannot set as it is, in the words of the end of a sentence. */
export interface Part {
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly blocks: readonly HclBlock[];
  readonly cannot: readonly string[];
}

/** Writes one member of the data of a launch template. `path`: as AWS names it. */
export type Argument = (value: unknown, path: string, replaced: Replaced) => Part;
/** By the names of AWS. */
export type Arguments = Readonly<Record<string, Argument>>;

const NOTHING: Part = { attributes: {}, blocks: [], cannot: [] };
const refused = (cannot: string): Part => ({ ...NOTHING, cannot: [cannot] });
const attribute = (name: string, value: HclValue): Part => ({ ...NOTHING, attributes: { [name]: value } });

interface TextLimits {
  readonly field?: ReplacedField;
  /** The values that the provider accepts. */
  readonly of?: readonly string[];
  readonly arn?: true;
}

export function text(name: string, limits: TextLimits = {}): Argument {
  return (value, path, replaced) => {
    if (typeof value !== 'string') return refused(unknownForm(path));
    const other = limits.field ? replaced(limits.field, value) : value;
    const cannot = typeof other === 'string' ? whyNotText(other, path, limits) : null;
    return cannot === null ? attribute(name, other) : refused(cannot);
  };
}

function whyNotText(value: string, path: string, { of, arn }: TextLimits): string | null {
  if (value === '') return `${path} is an empty text, which Terraform does not send`;
  if (of && !of.includes(value)) return `${path} is "${value}", which Terraform refuses`;
  if (!isComposed(value)) return notComposed(path);
  if (arn && !value.startsWith('arn:')) return `${path} is "${value}", and Terraform takes only an ARN`;
  return null;
}

/** The provider reads the time with seconds, and would make a version at each apply if it was written in another form. */
export function time(name: string): Argument {
  return (value, path) => {
    const seconds = typeof value === 'string' ? isoTime(value)?.replace(/\.\d+Z$/, 'Z') : undefined;
    return seconds === undefined ? refused(unknownForm(path)) : attribute(name, seconds);
  };
}

interface NumberLimits {
  readonly least?: number;
  readonly most?: number;
  readonly multipleOf?: number;
  readonly fraction?: true;
}

/** Without limits, any whole number but 0: the provider takes 0 for an argument that is not set. */
export function number(name: string, limits: NumberLimits = {}): Argument {
  return (value, path) => {
    if (typeof value !== 'number') return refused(unknownForm(path));
    const { least, most = Number.POSITIVE_INFINITY, multipleOf = 1, fraction } = limits;
    if (value === 0 && least !== 0) return refused(`${path} is 0, which Terraform does not send`);
    const fits = value >= (least ?? 0) && value <= most && (fraction || value % multipleOf === 0);
    return fits ? attribute(name, value) : refused(`${path} is ${value}, which Terraform refuses`);
  };
}

export function flag(name: string): Argument {
  return (value, path) => (typeof value === 'boolean' ? attribute(name, value) : refused(unknownForm(path)));
}

/** @param member Of a list of objects that have only this one. */
export function texts(name: string, { member, ...limits }: TextLimits & { member?: string } = {}): Argument {
  const one = text(name, limits);
  return (value, path, replaced) => {
    if (!Array.isArray(value)) return refused(unknownForm(path));
    const parts = value.map((item: unknown) => {
      const own = member === undefined ? item : onlyMember(item, member);
      return one(own, path, replaced);
    });
    const cannot = parts.flatMap((part) => part.cannot);
    if (cannot.length > 0) return { ...NOTHING, cannot };
    return attribute(
      name,
      parts.flatMap((part) => part.attributes[name] ?? []),
    );
  };
}

function onlyMember(item: unknown, member: string): unknown {
  return isObject(item) && Object.keys(item).join() === member ? item[member] : undefined;
}

interface BlockLimits {
  /** Members that the provider sets where they are absent, to something that does not mean the same. */
  readonly needs?: readonly string[];
  /** Of these the provider accepts one. */
  readonly either?: readonly (readonly [string, string])[];
}

export function block(name: string, members: Arguments, limits: BlockLimits = {}): Argument {
  return (value, path, replaced) => {
    if (!isObject(value)) return refused(unknownForm(path));
    const { attributes, blocks, cannot } = written(value, members, { path, replaced, limits });
    const isEmpty = Object.keys(attributes).length === 0 && blocks.length === 0;
    return { ...NOTHING, blocks: isEmpty ? [] : [{ type: name, attributes, blocks }], cannot };
  };
}

/** A block for each item of a list. */
export function blocks(name: string, members: Arguments, limits: BlockLimits = {}): Argument {
  const one = block(name, members, limits);
  return (value, path, replaced) => {
    if (!Array.isArray(value)) return refused(unknownForm(path));
    const parts = value.map((item: unknown) => one(item, path, replaced));
    return {
      ...NOTHING,
      blocks: parts.flatMap((part) => part.blocks),
      cannot: parts.flatMap((part) => part.cannot),
    };
  };
}

/** A list of `Key` and `Value`. */
export function tags(name: string): Argument {
  return (value, path) => {
    const rows = Array.isArray(value) ? value.map(tagOf) : [null];
    if (rows.includes(null)) return refused(unknownForm(path));
    const known = rows.filter((row) => row !== null);
    if (!known.every((row) => row.every(isComposed))) return refused(notComposed(path));
    const dropped = known.find(([key]) => isDroppedTag(key));
    if (dropped) return refused(`${path} has "${dropped[0]}", and ${DROPS_TAG}`);
    return attribute(name, Object.fromEntries(known));
  };
}

function tagOf(row: unknown): readonly [string, string] | null {
  if (!isObject(row)) return null;
  const { Key, Value = '', ...more } = row;
  const isTag = typeof Key === 'string' && typeof Value === 'string' && Object.keys(more).length === 0;
  return isTag ? [Key, Value] : null;
}

/** For a member that the provider has no argument for. */
export const none: Argument = (_, path) => refused(noArgument(path));

/** For a member that EC2 answers and that says nothing about a launch. */
export const ignored: Argument = () => NOTHING;

/** The service that manages a template: EC2 answers that there is none. */
export const unmanaged: Argument = (value, path) =>
  isObject(value) && Object.values(value).every((inner) => inner === false)
    ? NOTHING
    : refused(noArgument(path));

/** The arguments for a record of AWS; a member that the table does not name is one that no argument sets. */
export function written(
  value: Readonly<Record<string, unknown>>,
  members: Arguments,
  {
    path,
    replaced,
    limits: { needs = [], either = [] } = {},
  }: { readonly path: string; readonly replaced: Replaced; readonly limits?: BlockLimits },
): Part {
  const at = (member: string) => (path === '' ? member : `${path}.${member}`);
  const parts = Object.entries(value).map(([member, inner]) => {
    const write = Object.hasOwn(members, member) ? members[member] : undefined;
    return (write ?? none)(inner, at(member), replaced);
  });
  return {
    attributes: Object.assign({}, ...parts.map((part) => part.attributes)),
    blocks: parts.flatMap((part) => part.blocks),
    cannot: [
      ...parts.flatMap((part) => part.cannot),
      ...needs
        .filter((member) => !Object.hasOwn(value, member))
        .map((member) => `${at(member)} is not set, and Terraform always sets it`),
      ...either
        .filter((pair) => pair.every((member) => Object.hasOwn(value, member)))
        .map(([a, b]) => `${at(a)} and ${at(b)} are both set, which Terraform refuses`),
    ],
  };
}

/** Terraform composes text (NFC) when it reads a file. */
const isComposed = (value: string) => value === value.normalize('NFC');
const notComposed = (path: string) =>
  `${path} has text that is not composed (NFC), which Terraform would change`;
const noArgument = (path: string) => `${path} is set, and Terraform has no argument for it`;
const unknownForm = (path: string) => `${path} is not of a form that this tool knows`;
