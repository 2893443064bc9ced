import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { arnOf } from './foreign.ts';
import { type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** IAM is global: what the source says of an account that is the target's as well counts. */
export function profileChecks(start: Start, context: Context): Checked {
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

/** What is known by an id or ARN alone: ec2-parity does not read whether these exist. */
export function unaskedChecks(
  { details, mode }: Start,
  { group }: Pick<JudgedWorkload, 'group'>,
  { places }: Context,
): Checked {
  // The tenancy is kept where ids and ARNs are replaced.
  if (mode === 'source' && details.tenancy !== 'host') return NOTHING_FOUND;
  const named = [
    ...(details.hostId === null && details.tenancy !== 'host'
      ? []
      : [{ what: 'dedicated hosts', part: 'network' as const }]),
    ...(details.hostResourceGroup === null
      ? []
      : [{ what: 'host resource groups', part: 'network' as const }]),
    ...(details.licenses.length === 0 ? [] : [{ what: 'licence configurations', part: 'type' as const }]),
    ...(details.reservation?.startsWith('arn:') || (group?.reservations?.groups ?? []).length > 0
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
