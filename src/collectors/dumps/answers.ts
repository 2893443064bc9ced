import type * as z from 'zod';
import { MalformedValue } from '../../inventory/addresses.ts';
import { type Collected, complete, type Failure, failed } from '../../inventory/collected.ts';
import { issueFault } from '../../inventory/issue.ts';
import { INVENTORY, type SnapshotKind } from '../../inventory/kinds.ts';
import { compareText } from '../../inventory/order.ts';
import { printable } from '../../text/printable.ts';
import { type DumpFile, type Folder, isObject, type JsonObject } from './folder.ts';
import { type Advice, type AnswerKey, knownAnswers, saving } from './kinds.ts';
import { continuedPages, tokenField } from './pages.ts';
import { strangerFault } from './shapes.ts';

/** One answer of the AWS CLI: the value under its key, and its file. */
export interface Answer {
  readonly key: AnswerKey;
  readonly value: unknown;
  readonly whole: JsonObject;
  readonly file: DumpFile;
  /** Whether the page of its token is in the folder as well. */
  readonly continued: boolean;
}

/** All answers of a folder with what is needed to talk about them. */
export interface Dump {
  readonly folder: Folder;
  readonly region: string | null;
  readonly answers: readonly Answer[];
  /** Lines for stderr; who reads adds to them. */
  readonly notes: string[];
}

export function answersOf(folder: Folder): Answer[] {
  const answers = folder.files.flatMap((file) =>
    file.answers.flatMap((whole) =>
      knownAnswers(whole, file.name).known.map(({ key, value }) => ({ key, value, whole, file })),
    ),
  );
  const continued = continuedPages(answers);
  return answers.map((answer) => ({ ...answer, continued: continued.has(answer) }));
}

/** A row of an answer that is right so far, and the words that name it. */
export interface Row<T> {
  readonly row: T;
  readonly named: string;
  readonly file: DumpFile;
}

/** Thrown for one file or row; the reader of a kind turns it into the failure of the kind or of one item. */
export class BadDump extends Error {
  override name = 'BadDump';
  readonly code: 'malformed' | 'truncated';
  constructor(code: 'malformed' | 'truncated', message: string) {
    super(message);
    this.code = code;
  }
}

/** Of so few rows, it takes longer to generate a function for a schema than to check them without one. */
const FEW = 50;

/** The rows of one answer. @throws BadDump naming the file and the row. */
export function rowsOf<T>({ key, value, whole, file, continued }: Answer, schema: z.ZodType<T>): Row<T>[] {
  if (!Array.isArray(value)) throw new BadDump('malformed', `${file.shown}: "${key}" is not a list`);
  // The CLI writes the token of the next page when --max-items or --no-paginate made it stop.
  const token = tokenField(whole);
  if (token && !continued)
    throw new BadDump(
      'truncated',
      `${file.shown} contains only a part of the answer: it ends with a ${token}`,
    );
  const how = { jitless: value.length <= FEW };
  return value.map((raw, i) => {
    const named = `${file.shown}, ${key}[${i}]${nameOf(raw)}`;
    const stranger = strangerFault(key, raw);
    if (stranger !== null) throw new BadDump('malformed', `${named}: ${stranger}`);
    const parsed = schema.safeParse(raw, how);
    if (parsed.success) return { row: parsed.data, named, file };
    throw new BadDump('malformed', printable(`${named}: ${issueFault(parsed.error.issues, 'the row')}`, 400));
  });
}

const NAMES = [
  'InstanceId',
  'AutoScalingGroupName',
  'LaunchConfigurationName',
  'LaunchTemplateId',
  'StackName',
  'KeyName',
  'GroupId',
  'ImageId',
  'VpcId',
  'PrefixListId',
  'Cidr',
  'UserId',
  'Name',
];

function nameOf(raw: unknown): string {
  const name = isObject(raw)
    ? NAMES.map((field) => raw[field]).find((value) => typeof value === 'string')
    : undefined;
  return typeof name === 'string' ? ` (${printable(name)})` : '';
}

/** Runs a reader of AWS values over a row, so that what it complains of is named. */
export function read<T, Item>({ row, named }: Row<T>, from: (row: T) => Item): Item {
  try {
    return from(row);
  } catch (error) {
    if (error instanceof MalformedValue)
      throw new BadDump('malformed', printable(`${named}: ${error.message}`, 400));
    throw error;
  }
}

/**
 * The items of a kind out of all its answers, by id: AWS gives rows in any order. Pages and repeated runs overlap: the
 * same id counts once, as the newest file has it.
 */
export function collect<T, Item>(
  dump: Dump,
  kind: SnapshotKind,
  schema: z.ZodType<T>,
  from: (row: T) => Item,
  idOf: (item: Item) => string,
  order: (rows: readonly Row<T>[]) => readonly Row<T>[] = (rows) => rows,
): Collected<Item> {
  const key = INVENTORY[kind].answer;
  const answers = dump.answers.filter((answer) => answer.key === key);
  try {
    throwForBrokenFiles(dump, key);
    if (answers.length === 0) return failed(notInDump(dump, kind));
    const items = new Map<string, { item: Item; file: DumpFile }>();
    const changed = new Map<string, string>();
    for (const found of order(answers.flatMap((answer) => rowsOf(answer, schema)))) {
      const item = read(found, from);
      const id = idOf(item);
      const before = items.get(id);
      if (before && JSON.stringify(before.item) !== JSON.stringify(item)) changed.set(id, found.file.shown);
      items.set(id, { item, file: found.file });
    }
    for (const [id, file] of changed)
      dump.notes.push(
        `${printable(id)} is in several files with different content; ${file} is the newest and is used`,
      );
    return complete([...items].sort(([a], [b]) => compareText(a, b)).map(([, { item }]) => item));
  } catch (error) {
    if (!(error instanceof BadDump)) throw error;
    return failed(failureOf(error, [savingKind(dump, kind)]));
  }
}

/** A file that should contain this answer and cannot be read makes the kind incomplete, even if other files contain rows. */
export function throwForBrokenFiles({ folder }: Dump, key: AnswerKey): void {
  const file = folder.files.find(({ fault }) => fault?.key === key);
  if (file) throw new BadDump('malformed', `${file.shown} cannot be read: ${file.fault?.why}`);
}

export function failureOf(error: BadDump, commands: Advice['commands']): Failure {
  const hint =
    error.code === 'truncated' ? 'Save it again, without --max-items and --no-paginate.' : 'Save it again.';
  return {
    code: error.code,
    message: `${error.message}.`,
    hint,
    ...(commands.length > 0 ? { commands } : {}),
  };
}

export function savingKind(dump: Dump, kind: SnapshotKind): Advice['commands'][number] {
  const { call, answer, service } = INVENTORY[kind];
  return saving(dump, `${answer}.json`, call, service);
}

function notInDump(dump: Dump, kind: SnapshotKind): Failure {
  const { folder } = dump;
  const { many: noun, answer: key } = INVENTORY[kind];
  const rulesOnly =
    kind === 'securityGroups' && dump.answers.some((answer) => answer.key === 'SecurityGroupRules');
  const message = rulesOnly
    ? `${folder.dir} contains SecurityGroupRules but no SecurityGroups: rules alone do not show the names, VPCs and tags of their groups`
    : `${folder.dir} contains no file with ${noun} ("${key}")`;
  const maybe =
    folder.suspects.length > 0
      ? `; they may be in a file that cannot be read: ${folder.suspects.join(', ')}`
      : '';
  return {
    code: 'not-in-dump',
    message: `${message}${maybe}.`,
    hint: 'Save it there.',
    commands: [savingKind(dump, kind)],
  };
}
