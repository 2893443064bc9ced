import { type Activity, type AwsActivity, newestLaunches } from '../inventory/launch-facts/account.ts';
import { listed, malformed } from './paging.ts';
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
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await reader.call(ACTION, {
      MaxRecords: reader.pageSize ?? 100,
      ...(only === undefined ? {} : { AutoScalingGroupName: only }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const rows: readonly AwsActivity[] = listed(reader, ACTION, answer.Activities);
    // Later pages hold older activities.
    for (const one of newestLaunches(rows)) if (!known.has(one.group)) known.set(one.group, one);
    if (answer.NextToken !== undefined && answer.NextToken === token)
      throw malformed(reader, ACTION, 'a page token was returned twice');
    token = answer.NextToken;
    if (!token || groups.every((group) => known.has(group))) return true;
  }
  return false;
}
