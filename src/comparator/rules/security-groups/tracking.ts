import { groupDifferences } from '../../groups/difference.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import type { MeantRow } from '../../pairing/group-meaning.ts';
import { describe, difference, equal, isEmpty, type Traffic, trafficOf } from '../../traffic/index.ts';
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
    'For groups that admit the same packets: what is admitted by rules that say 0.0.0.0/0 or ::/0 themselves, and not in parts.',
  why: 'EC2 leaves a flow untracked only where a rule for the whole address space admits it. Two halves admit the same packets but track every flow, which costs connections on busy hosts and cuts them when the rule goes.',
  remedy:
    'Nothing to do unless the hosts handle very many flows; then write one rule for 0.0.0.0/0 on both sides, or on neither.',
  links: [TRACKING],
  *find(pair, context) {
    const ends = bothEnds(pair);
    for (const d of ends ? groupDifferences(ends.source, ends.target, context) : []) {
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
    `"${name}" admits the same ${direction} traffic on both sides, but only the ${untrackedOnSourceOnly.length > 0 ? 'source' : 'target'} does so by a rule for the whole address space: flows may be tracked on the other.`,
});
