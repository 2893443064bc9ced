import { describe, difference, equal, isEmpty, type Traffic, trafficOf } from '../../../traffic/index.ts';
import { writtenAlike } from '../../groups/alike.ts';
import { groupDifferences } from '../../groups/difference.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import type { MeantRow } from '../../pairing/meant-row.ts';
import { always, rule } from '../rule.ts';
import { bothLines } from './rows.ts';

const TRACKING =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html';
const WORLD: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** What is admitted by rows that say 0.0.0.0/0 or ::/0 themselves: only such rows can leave a flow untracked. */
function byWorldRows(rows: readonly MeantRow[]): Traffic {
  return trafficOf(
    rows.flatMap((r) => r.permits.filter(({ peer }) => peer.type === 'cidr' && WORLD.has(peer.cidr))),
  );
}

export const securityGroupTrackingDiffers = rule({
  id: 'security-group/connection-tracking-differs',
  title: 'Same traffic, but tracked differently',
  short: 'tracked differently',
  severity: always('info'),
  compares:
    'Of groups that admit the same packets: the traffic that is admitted by a rule for 0.0.0.0/0 or ::/0 itself, and not by rules for parts of it.',
  why: 'EC2 does not track a flow only where a rule for 0.0.0.0/0 or ::/0 admits it. Rules for two halves of the address space admit the same packets, but EC2 tracks every flow: a busy host can reach its limit of tracked connections, and connections are interrupted when the rule is removed.',
  remedy:
    'Nothing to do unless the hosts handle very many connections. Then write one rule for 0.0.0.0/0 on both sides, or on neither.',
  links: [TRACKING],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends || writtenAlike(ends.source, ends.target, context)) return;
    for (const d of groupDifferences(ends.source, ends.target, context)) {
      if (d.undetermined || !isEmpty(d.less) || !isEmpty(d.more)) continue;
      const [s, t] = [byWorldRows(d.rows.source), byWorldRows(d.rows.target)];
      if (equal(s, t)) continue;
      const only = (a: Traffic, b: Traffic) => describe(difference(a, b)).map((e) => ({ ...e }));
      const facts = {
        direction: d.direction,
        untrackedOnSourceOnly: only(s, t),
        untrackedOnTargetOnly: only(t, s),
      };
      yield { facts: { ...facts, rows: bothLines(d.rows) }, discriminator: d.direction, content: facts };
    }
  },
  message: ({ direction, untrackedOnSourceOnly }, { name }) =>
    `"${name}" admits the same ${direction} traffic on both sides, but only the ${untrackedOnSourceOnly.length > 0 ? 'source' : 'target'} does so by a rule for all addresses: EC2 may track the connections on the other side.`,
});
