import type { KeyPair } from '../../inventory/key-pair.ts';
import type { Finding, Pair } from '../../report/model.ts';
import type { State } from '../../report/vocabulary.ts';
import { settingFor } from '../../waivers/severities.ts';
import type { Offer } from '../commands/offer.ts';
import type { ComparedKind, Context, ItemOf } from '../context.ts';
import { groupDifferences } from '../groups/difference.ts';
import { bothEnds, type Counterpart, type PairedEnds } from '../pairing/counterpart.ts';
import { ownerRemedy, sharingOwners } from '../pairing/owners.ts';
import { RULES } from '../rules/registry.ts';
import type { AnyRule, Names, Origin } from '../rules/rule.ts';
import { launchDifferences } from '../workloads/differences.ts';
import type { Launcher } from '../workloads/launches.ts';
import { asUser, type User, usersOf, usersOfList } from '../workloads/users.ts';
import { contentDigest, fingerprint } from './fingerprint.ts';
import { apartFrom } from './namesakes.ts';

/** A pair and its findings before they have fingerprints: those have to differ from all others of the audit. */
export interface Draft {
  readonly pair: Omit<Pair, 'findings'>;
  /** What distinguishes the object from others of its kind, scope and name, without its id; null: nothing does. */
  readonly place: readonly string[] | null;
  readonly findings: readonly DraftFinding[];
}
export interface DraftFinding {
  /** Before objects that nothing region-independent distinguishes are numbered. */
  readonly fingerprint: string;
  /** What could be typed for the remedy: of several findings that offer the same, one gets it. */
  readonly offers: readonly Offer[];
  readonly finding: Omit<Finding, 'fingerprint' | 'commands'>;
  readonly origin: Origin;
}

/** All that the rules of its kind say of one pair, and the state that follows from it. */
export function judge<K extends ComparedKind>(
  kind: K,
  c: Counterpart<ItemOf[K]>,
  context: Context,
  seenAt: string,
): Draft {
  const names: Names = { name: c.name, onTarget: c.target?.name ?? c.name, ...context.places };
  const rules = RULES[kind] as unknown as readonly AnyRule<K>[];
  const end = (item: ItemOf[K] | null) =>
    item
      ? {
          id: item.id ?? item.name ?? '',
          name: item.name ?? item.id ?? '',
          ...(kind === 'key-pair' ? { key: context.keys.id(item as KeyPair) } : {}),
        }
      : null;
  const [source, target] = [end(c.source), end(c.target)];
  const place = unnamedPlace(kind, c, context);
  const apart = apartFrom(c, context);
  const owners = sharingOwners(c, context);
  const ownerFirst = ownerRemedy(kind, owners, c.pairingStatus === 'alone', context.places);
  const vpc = apart?.vpc ? { vpc: apart.vpc } : {};
  const users = usersOfPair(kind, c, context);
  const used = users.some((u) => u.side === 'source');
  const results = rules.flatMap((r) =>
    r.apply(c, context, names).map(({ found, message, remedy }) => ({
      undetermined: r.outcome === 'undetermined',
      draft: {
        fingerprint: fingerprint({
          rule: r.id,
          kind,
          scope: c.scope,
          name: c.name,
          discriminator:
            place === null ? (found.discriminator ?? null) : [found.discriminator ?? null, place],
        }),
        // EC2 refuses what another account would have to do.
        offers: (found.commands ?? []).filter(({ side }) => owners[side] === null),
        finding: settled(
          {
            content: contentDigest(r.id, found.content ?? null),
            rule: r.id,
            severity:
              found.severity ?? (used && r.whenUsed !== undefined ? r.whenUsed : r.severity[context.phase]),
            kind,
            subject: {
              name: c.name,
              scope: c.scope,
              sourceId: source?.id ?? null,
              targetId: target?.id ?? null,
              ...vpc,
            },
            // `rule` ties the facts to the id of the rule; the registry knows neither.
            facts: found.facts as Finding['facts'],
            message: `${apart?.prefix ?? ''}${message}`,
            remedy: `${ownerFirst}${remedy}`,
            usedBy: [...(found.usedBy ?? []), ...users],
            status: 'new' as const,
            firstSeen: seenAt,
            moved: null,
          } as DraftFinding['finding'],
          context,
        ),
        origin: found.origin ?? {},
      },
    })),
  );
  const weighty = results.filter(
    ({ draft: { finding } }) =>
      finding.severity !== 'info' && settingFor(context.config.rules, finding as Finding) !== 'off',
  );
  const ends = bothEnds(c);
  const undetermined =
    weighty.some((r) => r.undetermined) || (ends !== null && UNPROVEN[kind](ends, context));
  const state = stateOf(
    c,
    weighty.some((r) => !r.undetermined),
    undetermined,
  );
  const pair = {
    kind,
    name: c.name,
    scope: c.scope,
    ...vpc,
    state,
    source,
    target,
    matchedBy: c.matchedBy,
    ...(c.matchStrength ? { matchStrength: c.matchStrength } : {}),
  };
  return { pair, place, findings: results.map((r) => r.draft) };
}

/** With the severity that the config gives it, and the one that the rule does. What is off keeps its own. */
function settled(finding: DraftFinding['finding'], { config }: Context): DraftFinding['finding'] {
  const severity = settingFor(config.rules, finding as Finding);
  if (severity === undefined || severity === 'off' || severity === finding.severity) return finding;
  return { ...finding, severity, usually: finding.severity } as DraftFinding['finding'];
}

/** What depends on either end: the blast radius of every finding about the pair. */
function usersOfPair(kind: ComparedKind, c: Counterpart<ItemOf[ComparedKind]>, context: Context): User[] {
  const ends = [
    ['source', c.source],
    ['target', c.target],
  ] as const;
  return ends.flatMap(([side, item]) => {
    if (!item) return [];
    return (
      kind === 'prefix-list'
        ? usersOfList(item as ItemOf['prefix-list'], side, context)
        : usersOf(item, context)
    ).map(asUser);
  });
}

/** Where a VPC has no name, its address ranges distinguish its groups from those of another: ids would not be stable. */
function unnamedPlace(
  kind: ComparedKind,
  c: Counterpart<ItemOf[ComparedKind]>,
  { vpcs }: Context,
): string[] | null {
  if (kind !== 'security-group' || c.scope !== null) return null;
  const group = (c.source ?? c.target) as ItemOf['security-group'] | null;
  return vpcs.vpc(c.source ? 'source' : 'target', group?.vpcId ?? null)?.cidrs ?? null;
}

/** "Same" may carry info-level findings; undetermined never outweighs a proven difference. */
function stateOf(c: Counterpart<unknown>, differs: boolean, undetermined: boolean): State {
  switch (c.pairingStatus) {
    case 'alone':
      return c.source ? 'missing-in-target' : 'extra-in-target';
    case 'unread':
      return 'undetermined';
    case 'ambiguous':
      return 'ambiguous';
    case 'paired':
      return differs ? 'different' : undetermined ? 'undetermined' : 'same';
  }
}

/**
 * Per kind, whether something unread could hide a difference in a pair. No rule says so: the gap does. But the pair is not
 * proven to be the same. A record, so that a new kind does not compile before it has answered.
 */
const UNPROVEN: { readonly [K in ComparedKind]: (ends: PairedEnds<ItemOf[K]>, context: Context) => boolean } =
  {
    'key-pair': () => false,
    'security-group': ({ source, target }, context) =>
      groupDifferences(source, target, context).some((d) => d.undetermined),
    'prefix-list': ({ source, target }) =>
      [source, target].some((l) => l.managedBy === 'customer' && l.entries === null),
    image: () => false,
    instance: (ends, context) => unprovenTwins(ends, context),
    'launch-template': (ends, context) => unprovenTwins(ends, context),
    'launch-configuration': (ends, context) => unprovenTwins(ends, context),
    'auto-scaling-group': (ends, context) => unprovenTwins(ends, context),
    stack: ({ source, target }) => source.template === null || target.template === null,
  };

/** One of several that differs from the one it happens to be paired with proves nothing either. */
function unprovenTwins({ source, target }: PairedEnds<Launcher>, context: Context): boolean {
  const { parts, undetermined } = launchDifferences(source, target, context);
  return undetermined || parts.length > 0;
}
