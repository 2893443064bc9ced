import { type LifecycleHooks, lifecycleHooksFrom } from '../../inventory/launch-facts/attachments.ts';
import { type Answer, type Dump, rowsOf } from './answers.ts';
import { lifecycleHookRow } from './fact-rows.ts';
import { isObject } from './folder.ts';

/**
 * The hooks per group. Auto Scaling answers for one group at a time, and an empty answer does not name its group: it is the
 * one that the file's name contains; without that it is known only where no more groups are left than there are such answers.
 */
export function lifecycleHooks(answers: readonly Answer[], { answers: all }: Dump): LifecycleHooks[] {
  const rows = answers.flatMap((answer) => rowsOf(answer, lifecycleHookRow).map(({ row }) => row));
  const withHooks = new Set(rows.flatMap((row) => row.AutoScalingGroupName ?? []));
  const others = groupNames(all).filter((name) => !withHooks.has(name));
  const empty = answers.filter(({ value }) => Array.isArray(value) && value.length === 0);
  const named = empty.map(({ file }) => groupInName(file.name, [...others, ...withHooks]));
  const known = new Set(named.filter((name) => name !== null));
  const left = others.filter((name) => !known.has(name));
  const nameless = named.filter((name) => name === null).length;
  return lifecycleHooksFrom(rows, [
    ...others.filter((name) => known.has(name)),
    ...(left.length <= nameless ? left : []),
  ]);
}

function groupNames(answers: readonly Answer[]): string[] {
  const rows = answers.flatMap(({ key, value }) =>
    key === 'AutoScalingGroups' && Array.isArray(value) ? value.filter(isObject) : [],
  );
  const names = rows.map((row) => row.AutoScalingGroupName);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** The longest name that the name of a file contains as a whole word: of "web" and "web-api" the second. */
function groupInName(file: string, groups: readonly string[]): string | null {
  const plain = (text: string) => `-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
  const fitting = groups.filter((group) => plain(file).includes(plain(group)));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}
