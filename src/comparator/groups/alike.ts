import { compareText } from '../../inventory/order.ts';
import type { Rule, SecurityGroup } from '../../inventory/security-group.ts';
import { isListing } from '../../inventory/snapshot.ts';
import type { PermitPeer } from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';

type Side = 'source' | 'target';

const knownIn = perAudit(
  () => new Map<SecurityGroup, { readonly target: SecurityGroup; readonly alike: boolean }>(),
);

/**
 * Whether two groups have the same rules, description by description, and everything that the rules name was read and is
 * known. Then no rule about rows has anything to say of the pair, and what the rows mean need not be worked out: most groups
 * of two regions are so. False also where the answer would take longer than to compare the two.
 */
export function writtenAlike(source: SecurityGroup, target: SecurityGroup, context: Context): boolean {
  const known = knownIn(context);
  const hit = known.get(source);
  if (hit?.target === target) return hit.alike;
  const alike =
    !isListing(context.source) && !isListing(context.target) && sameRules(source, target, context);
  known.set(source, { target, alike });
  return alike;
}

function sameRules(source: SecurityGroup, target: SecurityGroup, context: Context): boolean {
  if (source.rules.length !== target.rules.length) return false;
  if (source.rules === target.rules && areUnmappedRanges(source.rules, context)) return true;
  const others = { source: [] as Rule[], target: [] as Rule[] };
  let at = 0;
  // The rules are in one order, and that of addresses depends on no id: a pair of walks finds the same at the same place.
  for (const rule of source.rules) {
    if (rule.peer.type !== 'cidr') {
      others.source.push(rule);
      continue;
    }
    for (; target.rules[at] && target.rules[at]?.peer.type !== 'cidr'; at++)
      others.target.push(target.rules[at] as Rule);
    const other = target.rules[at++];
    if (!other || !sameRule(rule, other) || other.peer.type !== 'cidr') return false;
    if (context.cidrs(rule.peer.cidr) !== other.peer.cidr) return false;
  }
  for (; at < target.rules.length; at++) others.target.push(target.rules[at] as Rule);
  if (others.source.length !== others.target.length) return false;
  if (others.source.length === 0) return true;
  const [s, t] = [
    texts('source', source, others.source, context),
    texts('target', target, others.target, context),
  ];
  return s !== null && t !== null && s.every((text, i) => text === t[i]);
}

const unmappedIn = perAudit(() => new Map<readonly Rule[], boolean>());

/** Whether rules name nothing but address ranges that the config leaves as they are. Groups of snapshot files share their lists of rules. */
function areUnmappedRanges(rules: readonly Rule[], context: Context): boolean {
  const known = unmappedIn(context);
  const hit = known.get(rules);
  if (hit !== undefined) return hit;
  const made = rules.every(({ peer }) => peer.type === 'cidr' && context.cidrs(peer.cidr) === peer.cidr);
  known.set(rules, made);
  return made;
}

function sameRule(a: Rule, b: Rule): boolean {
  return (
    a.direction === b.direction &&
    a.protocol === b.protocol &&
    a.from === b.from &&
    a.to === b.to &&
    a.description === b.description
  );
}

const listsIn = perAudit(() => ({
  known: new Map<readonly PermitPeer[], number>(),
  numbers: new Map<string, number>(),
}));

/** Lists of one name can have other entries. A number for equal ones, since many groups name a list of a thousand. */
function entriesOf(peers: readonly PermitPeer[], context: Context): number {
  const { known, numbers } = listsIn(context);
  const hit = known.get(peers);
  if (hit !== undefined) return hit;
  const all = peers.map((peer) => (peer.type === 'cidr' ? peer.cidr : peer.atom)).join(' ');
  const number = numbers.get(all) ?? numbers.size;
  numbers.set(all, number);
  known.set(peers, number);
  return number;
}

/** Rules for groups and prefix lists in words that mean the same in both regions. Null where one of them is not known. */
function texts(side: Side, group: SecurityGroup, rules: readonly Rule[], context: Context): string[] | null {
  const made: string[] = [];
  for (const rule of rules) {
    const { text, peers, unread, unresolved } = context.meanings.peer(side, group, rule);
    if (unread || unresolved !== null) return null;
    const { direction, protocol, from, to, description } = rule;
    const entries = rule.peer.type === 'prefix-list' ? entriesOf(peers, context) : null;
    made.push(JSON.stringify([direction, protocol, from, to, text, description, entries]));
  }
  return made.sort(compareText);
}
