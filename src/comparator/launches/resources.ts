import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { arnOf, provenForeign } from './foreign.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** Whether the instance profile, placement group and reservation exist on the target. */
export function resourceChecks(
  start: Start,
  workload: Pick<JudgedWorkload, 'group'>,
  context: Context,
): Checked {
  return all([profileChecks(start, context), placementChecks(start, workload, context)]);
}

/** IAM is global: what the source says of an account that is the target's as well counts. */
function profileChecks(start: Start, context: Context): Checked {
  const { profile } = start.details;
  if (profile === null) return NOTHING_FOUND;
  const arn = arnOf(profile);
  const name = (arn ? arn.resource.split('/').at(-1) : profile) ?? profile;
  const facts = factsOf(context);
  const { account } = facts.target;
  const there = facts.target.find('instanceProfiles', name);
  if (there.is === 'item') return passed('profile');
  const oneAccount = facts.source.account !== null && facts.source.account === facts.target.account;
  const here = oneAccount ? facts.source.find('instanceProfiles', name) : null;
  if (here?.is === 'item') return passed('profile');
  if (there.is === 'none' || (there.is === 'not-asked' && here?.is === 'none')) {
    return found({
      rule: 'workload/missing-profile',
      facts: { at: start.at, judged: start.mode, profile: name, account, ofAccount: arn?.account || null },
      verdict: 'blocked',
      steps: [
        `instance profile ${name}`,
        `does not exist${account === null ? '' : ` in account ${account}`}`,
      ],
      place: [start.at],
    });
  }
  return notKnown(there, 'instanceProfiles', facts.target, `instance profile ${name}`);
}

function placementChecks(start: Start, workload: Pick<JudgedWorkload, 'group'>, context: Context): Checked {
  const { placementGroup, reservation } = start.details;
  const groupName = placementGroup ?? workload.group?.placementGroup ?? null;
  const facts = factsOf(context).target;
  const lacks = (what: 'placement group' | 'capacity reservation', name: string, state: string | null) =>
    found({
      rule: 'workload/missing-placement',
      facts: { at: start.at, judged: start.mode, what, name, state },
      verdict: 'blocked',
      steps: [`${what} ${name}`, state === null ? `was not found in ${facts.place}` : `is ${state}`],
      place: [start.at, what],
    });
  const checks: Checked[] = [];
  // An id is replaced with the object that is made; a name is what a copy keeps.
  if (groupName !== null && !(groupName.startsWith('pg-') && isReplaced(groupName, start, context))) {
    const byId = facts.all('placementGroups')?.find((g) => g.groupId === groupName);
    const known = byId ? { is: 'item' as const, item: byId } : facts.find('placementGroups', groupName);
    const gone = known.is === 'item' && known.item.state !== null && known.item.state !== 'available';
    if (known.is === 'none') checks.push(lacks('placement group', groupName, null));
    else if (gone) checks.push(lacks('placement group', groupName, known.item.state));
    else if (known.is !== 'item')
      checks.push(notKnown(known, 'placementGroups', facts, `placement group ${groupName}`));
    else checks.push(passed('network'));
  }
  if (reservation?.startsWith('cr-') && !isReplaced(reservation, start, context)) {
    const known = facts.find('capacityReservations', reservation);
    const ended =
      known.is === 'item' &&
      known.item.state !== null &&
      !['active', 'pending', 'scheduled'].includes(known.item.state);
    if (known.is === 'none') checks.push(lacks('capacity reservation', reservation, null));
    else if (ended) checks.push(lacks('capacity reservation', reservation, known.item.state));
    else if (
      known.is === 'item' &&
      start.type !== null &&
      (known.item.instanceType ?? start.type) !== start.type
    )
      checks.push(lacks('capacity reservation', reservation, `for ${known.item.instanceType}`));
    else if (known.is !== 'item')
      checks.push(notKnown(known, 'capacityReservations', facts, `capacity reservation ${reservation}`));
    else checks.push(passed('network'));
  }
  return all(checks);
}

/** Reported as a reference to another region, or replaced by the maker of the object. */
function isReplaced(id: string, start: Start, context: Context): boolean {
  return start.mode === 'source' || provenForeign(id, context) !== null;
}

/** What is known by an id or ARN alone: ec2-parity does not read whether these exist. */
export function unaskedChecks({ details, mode }: Start, { places }: Context): Checked {
  if (mode === 'source') return NOTHING_FOUND;
  const named = [
    ...(details.hostId === null ? [] : [{ what: 'dedicated hosts', part: 'network' as const }]),
    ...(details.hostResourceGroup === null
      ? []
      : [{ what: 'host resource groups', part: 'network' as const }]),
    ...(details.licenses.length === 0 ? [] : [{ what: 'licence configurations', part: 'type' as const }]),
    ...(details.reservation?.startsWith('arn:')
      ? [{ what: 'groups of capacity reservations', part: 'network' as const }]
      : []),
  ];
  const because = `ec2-parity does not read them in ${places.target}; only their ids and ARNs are judged.`;
  return {
    ...NOTHING_FOUND,
    omissions: named.map(({ what, part }) => ({
      what: `${what} (whether each exists)`,
      side: 'target',
      because,
      parts: [part],
    })),
  };
}
