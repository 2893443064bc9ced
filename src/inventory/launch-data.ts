import * as z from 'zod';
import { compareText } from './order.ts';
import { isoTime } from './time.ts';

/** What a launch holds of the data of a version, and user data, whose text is never kept. */
const KEPT_ELSEWHERE: ReadonlySet<string> = new Set(['ImageId', 'InstanceType', 'KeyName', 'UserData']);

export const otherDataSchema = z
  .record(z.string(), z.unknown())
  .nullable()
  .default(null)
  .describe(
    'The other members of LaunchTemplateData as AWS names them: all but ImageId, InstanceType, KeyName and UserData, whose text is not kept. Empty objects and lists are left out, and every list is in one order. Null in a snapshot of a version that did not keep it.',
  );

/** @param raw The data of a version, or what a snapshot holds of it. */
export function otherDataFrom(raw: object): Record<string, unknown> {
  const other = Object.entries(raw).filter(([name]) => !KEPT_ELSEWHERE.has(name));
  return (inOneForm(Object.fromEntries(other)) ?? {}) as Record<string, unknown>;
}

/** Undefined for what says nothing: the API and the AWS CLI differ in whether they give it. */
function inOneForm(value: unknown, name = ''): unknown {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date || name === 'ValidUntil') return isoTime(value as Date) ?? value;
  if (Array.isArray(value)) {
    const items = value.map((item) => inOneForm(item)).filter((item) => item !== undefined);
    if (items.length === 0) return undefined;
    const byText = items.map((item) => ({ item, text: JSON.stringify(item) }));
    return byText.sort((a, b) => compareText(a.text, b.text)).map(({ item }) => item);
  }
  if (typeof value !== 'object') return value;
  const members = Object.entries(value)
    .map(([key, inner]) => [key, inOneForm(inner, key)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => compareText(a, b));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
