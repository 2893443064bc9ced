import type { AwsStack } from '../../cloudformation/index.ts';
import { type Collected, complete } from '../../inventory/collected.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import type { Stack } from '../../inventory/stack.ts';
import { count } from '../../text/counts.ts';
import { printable } from '../../text/printable.ts';
import { shellWord } from '../../text/shell.ts';
import { type Answer, collect, type Dump } from './answers.ts';
import { fileName, saving } from './kinds.ts';
import { stackRow } from './workload-rows.ts';

/** Stacks with the templates that get-template answers hold. These do not name their stack, so the file's name does. */
export async function collectStacks(dump: Dump): Promise<{ stacks: Collected<Stack>; gaps: DetailGap[] }> {
  const rows = collect<AwsStack & { StackName: string }, AwsStack & { StackName: string }>(
    dump,
    'stacks',
    stackRow,
    (row) => row,
    ({ StackId, StackName }) => StackId || StackName,
  );
  if (rows.status === 'failed') return { stacks: rows, gaps: [] };
  // The reader of YAML is loaded for those who have stacks.
  const { isGoneStack, stackFrom, stacksFrom } = await import('../../cloudformation/index.ts');
  const live = rows.items.filter((row) => !isGoneStack(row));
  const { bodies, broken } = bodiesByStack(dump, new Set(live.map(({ StackName }) => StackName)));
  const faults = new Map(broken);
  const read = live.map((row) => stackFrom(row, bodies.get(row.StackName)));
  for (const { stack, fault } of read)
    if (fault !== null) faults.set(stack.name, `is not a template that can be read: it ${fault}`);
  const items = stacksFrom(read);
  return { stacks: complete(items), gaps: gapsOf(dump, items, faults) };
}

/** Of several answers for one stack the newest counts. */
function bodiesByStack(dump: Dump, names: ReadonlySet<string>) {
  const bodies = new Map<string, unknown>();
  const broken = new Map<string, string>();
  const nameless: string[] = [];
  for (const file of dump.folder.files) {
    const answers = dump.answers.filter((a: Answer) => a.key === 'TemplateBody' && a.file === file);
    if (answers.length === 0 && file.fault?.key !== 'TemplateBody') continue;
    const name = stackNamed(file.name, names);
    if (name === null) nameless.push(file.shown);
    else if (file.fault) broken.set(name, `cannot be read from ${file.shown}: ${file.fault.why}`);
    else {
      bodies.set(name, answers.at(-1)?.value);
      broken.delete(name);
    }
  }
  for (const shown of nameless) {
    dump.notes.push(
      `${shown}: ignored, a template without the name of its stack in the file's name (such as template-NAME.json)`,
    );
  }
  return { bodies, broken };
}

/**
 * Only the whole name counts, beside a word for what it is: one stack's name may be a part of another's, and a template
 * treated as another stack's would give false findings.
 */
function stackNamed(file: string, names: ReadonlySet<string>): string | null {
  const stem = file.replace(/\.gz$/i, '').replace(/\.(?:json|template|txt)$/i, '');
  const words = '(?:get-?)?(?:stack-?)?template(?:-?body)?|stack';
  const bare = [
    new RegExp(`^(?:${words})[-_. ](.+)$`, 'i').exec(stem)?.[1],
    new RegExp(`^(.+)[-_. ](?:${words})$`, 'i').exec(stem)?.[1],
    stem,
  ];
  return bare.find((name) => name !== undefined && names.has(name)) ?? null;
}

function gapsOf(dump: Dump, stacks: readonly Stack[], faults: ReadonlyMap<string, string>): DetailGap[] {
  const { dir } = dump.folder;
  const save = (name: string) =>
    saving(
      dump,
      fileName(`template-${name}.json`),
      `get-template --template-stage Original --stack-name ${shellWord(name)}`,
      'cloudformation',
    );
  const unread = stacks.filter(({ template, name }) => template === null && !faults.has(name));
  const [first] = unread;
  const all = unread.length === stacks.length;
  const names = unread.map(({ name }) => printable(name)).sort();
  return [
    ...[...faults].map(
      ([name, why]): DetailGap => ({
        kind: 'stack',
        code: 'malformed',
        message: `The template of ${printable(name)} ${printable(why, 300)}.`,
        hint: 'Save it again, or check manually what it refers to.',
        commands: [save(name)],
      }),
    ),
    ...(first
      ? [
          {
            kind: 'stack',
            // One call per stack: to save none is a choice, to save some was meant to be all.
            code: all ? ('not-read' as const) : ('not-in-dump' as const),
            message: all
              ? `${dir} contains no templates of stacks: what they refer to is not checked.`
              : `${dir} contains the templates of ${count(stacks.length - unread.length, 'stack')}, but not of ${names.join(', ')}.`,
            hint: "Save them there, one file per stack with its name in the file's name.",
            commands: unread.slice(0, NAMED).map(({ name }) => save(name)),
          },
        ]
      : []),
  ];
}

/** How many commands a gap shows: the others differ in the id alone. */
const NAMED = 5;
