import type { UserDataNames } from '../../inventory/user-data.ts';
import type { Context } from '../context.ts';
import { type Checked, found, NOTHING_FOUND } from './judging.ts';
import type { Start } from './starts.ts';

/** Whether user data names the source region: the instance starts, and talks to the region that it is to leave. */
export function userDataChecks(start: Start, context: Context): Checked {
  const { userData } = start.details;
  const { mode } = start;
  const { source, target } = context;
  if (userData === null || source.region === target.region) return NOTHING_FOUND;
  const names = namesOf(userData, source.region, mode === 'source');
  if (names.length === 0) return NOTHING_FOUND;
  return found({
    rule: 'workload/user-data-names-source',
    facts: { at: start.at, judged: mode, names },
    verdict: null,
    steps: ['user data', `names ${names.join(', ')}`],
    place: [start.at],
  });
}

/** Ids mean the source only in user data of the source; that of the target may name its own. */
function namesOf(userData: UserDataNames, region: string, withIds: boolean): string[] {
  const inRegion = (text: string) => text.includes(region);
  const names = [
    ...userData.arns.filter((arn) => arn.split(':')[3] === region),
    ...userData.endpoints.filter(inRegion),
    ...(withIds ? userData.ids : []),
  ];
  return [...(userData.regions.includes(region) ? [region] : []), ...names];
}
