import type { UserDataNames } from '../../inventory/user-data.ts';
import type { Context } from '../context.ts';
import { provenForeign } from './foreign.ts';
import { type Checked, found, NOTHING_FOUND } from './judging.ts';
import type { Start } from './starts.ts';

/** Whether user data names the source region: the instance starts, and talks to the region that it is to leave. */
export function userDataChecks(start: Start, context: Context): Checked {
  const { userData } = start.details;
  const { mode } = start;
  const { source, target } = context;
  if (userData === null || source.region === target.region) return NOTHING_FOUND;
  const isOfSource = (id: string) => mode === 'source' || provenForeign(id, context) === 'exists';
  const names = namesOf(userData, source.region, isOfSource);
  if (names.length === 0) return NOTHING_FOUND;
  return found({
    rule: 'workload/user-data-names-source',
    facts: { at: start.at, judged: mode, names },
    verdict: null,
    steps: ['user data', `names ${names.join(', ')}`],
    place: [start.at],
  });
}

/** In user data of the target only ids that exist in the source count: others may be ids of the target. */
function namesOf(userData: UserDataNames, region: string, isOfSource: (id: string) => boolean): string[] {
  const inRegion = (text: string) => text.includes(region);
  const names = [
    ...userData.arns.filter((arn) => arn.split(':')[3] === region),
    ...userData.endpoints.filter(inRegion),
    ...userData.ids.filter(isOfSource),
  ];
  return [...(userData.regions.includes(region) ? [region] : []), ...names];
}
