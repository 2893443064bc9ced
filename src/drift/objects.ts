import { itemsOf } from '../inventory/collected.ts';
import { INVENTORY, type Kind, SNAPSHOT_KINDS, type SnapshotKind } from '../inventory/kinds.ts';
import { type Rule, ruleSentence, type SecurityGroup } from '../inventory/security-group.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Finding } from '../report/model.ts';
import type { SideName } from '../report/vocabulary.ts';

/** An object of a snapshot in lines that a person can compare: the rules of a group, the fields of anything else. */
type Lines = readonly string[];

interface Item {
  readonly id?: string | null;
  readonly name?: string | null;
}

/**
 * What a side had of the object that a finding is about, before and after.
 * @returns Null where the object is the same in both, or in neither.
 */
export function changeOf(
  { kind, subject }: Pick<Finding, 'kind' | 'subject'>,
  side: SideName,
  before: Snapshot,
  after: Snapshot,
): { side: SideName; id: string; before: string[]; after: string[] } | null {
  const id = side === 'source' ? subject.sourceId : subject.targetId;
  const [former, current] = [before, after].map((snapshot) => find(snapshot, kind, id, subject.name));
  const shownId = current?.id ?? former?.id ?? id ?? subject.name;
  const [first, last] = [former, current].map((item) => (item ? linesOf(kind, item) : []));
  const gone = without(first ?? [], last ?? []);
  const come = without(last ?? [], first ?? []);
  if (gone.length + come.length === 0) return null;
  return { side, id: shownId, before: gone, after: come };
}

/** By its id; an object that was made again has another one, and is then known by its name, where no other object has that. */
function find(snapshot: Snapshot, kind: Kind, id: string | null, name: string): Item | undefined {
  const key = SNAPSHOT_KINDS.find((k) => INVENTORY[k].kind === kind) as SnapshotKind;
  const items = itemsOf<Item>(snapshot[key] as Parameters<typeof itemsOf<Item>>[0]);
  const byId = id === null ? undefined : items.find((item) => item.id === id);
  if (byId) return byId;
  const named = items.filter((item) => (item.name ?? item.id) === name);
  return named.length === 1 ? named[0] : undefined;
}

function without(all: Lines, others: Lines): string[] {
  const taken = new Set(others);
  return all.filter((line) => !taken.has(line));
}

function linesOf(kind: Kind, item: Item): Lines {
  if (kind !== 'security-group') return fieldLines(item);
  const { rules, ...rest } = item as SecurityGroup;
  return [...rules.map(ruleLine), ...fieldLines(rest)];
}

function ruleLine(rule: Rule): string {
  const { description } = rule;
  const note = description === null || description === '' ? '' : `   ${JSON.stringify(description)}`;
  return `${ruleSentence(rule)}${note}`;
}

/** `tags.env: "prod"`; lists by position would call everything after a new entry changed, so an entry is its value. */
function fieldLines(value: object): string[] {
  return Object.entries(value).flatMap(([key, field]) => linesIn(key, field));
}

function linesIn(path: string, value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((entry) => `${path}: ${JSON.stringify(entry)}`);
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, field]) => linesIn(`${path}.${key}`, field));
  return [`${path}: ${JSON.stringify(value)}`];
}
