import { type Activity, type AwsActivity, newestLaunches } from '../inventory/launch-facts/account.ts';
import { listed, truncated } from './paging.ts';
import type { Reader } from './reader.ts';

const ACTION = 'DescribeScalingActivities';
const MOST_PAGES = 10;

/**
 * The newest launch of each of these groups. Auto Scaling keeps six weeks of activities, of busy groups many thousands,
 * newest first: reading ends when each group has come up; groups that have not after some pages are read by name.
 */
export async function readActivities(reader: Reader, groups: readonly string[]): Promise<Activity[]> {
  const known = new Map<string, Activity>();
  const complete = await readPages(reader, known, groups);
  if (!complete) {
    const quiet = groups.filter((group) => !known.has(group));
    await Promise.all(quiet.map((group) => readPages(reader, known, [group], group)));
  }
  return groups.flatMap((group) => known.get(group) ?? []);
}

/** @returns Whether nothing is left to read for the groups. */
async function readPages(
  reader: Reader,
  known: Map<string, Activity>,
  groups: readonly string[],
  only?: string,
): Promise<boolean> {
  let token: string | undefined;
  const seen = new Set<string | undefined>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await reader.call(ACTION, {
      MaxRecords: reader.pageSize ?? 100,
      ...(only === undefined ? {} : { AutoScalingGroupName: only }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const rows: readonly AwsActivity[] = listed(reader, ACTION, answer.Activities);
    // Later pages hold older activities.
    for (const one of newestLaunches(rows)) if (!known.has(one.group)) known.set(one.group, one);
    const repeats = rows.length > 0 && rows.every(({ ActivityId }) => seen.has(ActivityId));
    for (const { ActivityId } of rows) seen.add(ActivityId);
    const returned = answer.NextToken !== undefined && answer.NextToken === token;
    token = answer.NextToken;
    if (!token || groups.every((group) => known.has(group))) return true;
    // Otherwise a group whose launches come later would be treated as one without.
    if (returned) throw truncated(reader, ACTION, 'a page token was returned twice');
    if (repeats) throw truncated(reader, ACTION, 'a page without a new row');
  }
  return false;
}
