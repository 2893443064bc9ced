import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Rule } from '../../../src/inventory/security-group.ts';
import type { ReasonType } from '../../../src/plan/reasons/reason.ts';
import { type Case, type Checks, ends, groupsOf, listsOf, makes, ofRule } from './case.ts';
import { compared, isWholeFamily } from './packets.ts';

const quotaOf = ({ config }: Case) => config.quotas?.rulesPerGroup ?? 60;

function cidrsOf(rules: readonly Rule[], of: Case): string[] {
  return rules.flatMap(({ peer }) => {
    if (peer.type === 'cidr') return [peer.cidr];
    const lists = [...itemsOf(of.source.prefixLists), ...itemsOf(of.target.prefixLists)];
    const entries = lists.find((l) => l.id === peer.id)?.entries;
    return peer.type === 'prefix-list' ? (entries ?? []).map((e) => e.cidr) : [];
  });
}

/** Whether ingress rules of the source, with others of the same ports that either group has, are for all addresses. */
function opens(of: Case): boolean {
  const { source, target } = groupsOf(of);
  const ingress = [...(source?.rules ?? []), ...(target?.rules ?? [])].filter(
    (r) => r.direction === 'ingress',
  );
  return ingress.some((one) => {
    const overlapping = ingress.filter(
      (r) =>
        (r.protocol === one.protocol || r.protocol === '-1' || one.protocol === '-1') &&
        (r === one ||
          r.from === null ||
          one.from === null ||
          (r.from <= (one.to ?? 0) && one.from <= (r.to ?? 0))),
    );
    return isWholeFamily(cidrsOf(overlapping, of));
  });
}

/** The most that the rules of one direction and one family count for: a list counts for its size. */
function rulesThatCount(of: Case): number {
  const rules = groupsOf(of).source?.rules ?? [];
  const cost = ({ peer }: Rule, family: 'IPv4' | 'IPv6') => {
    if (peer.type === 'cidr') return peer.cidr.includes(':') === (family === 'IPv6') ? 1 : 0;
    const list = itemsOf(of.source.prefixLists).find((l) => l.id === peer.id);
    if (list?.managedBy === 'aws') return 1;
    return peer.type === 'group' ? 1 : (list?.family ?? family) === family ? (list?.maxEntries ?? 1) : 0;
  };
  const counts = (['ingress', 'egress'] as const).flatMap((direction) =>
    (['IPv4', 'IPv6'] as const).map((family) =>
      rules.filter((r) => r.direction === direction).reduce((sum, rule) => sum + cost(rule, family), 0),
    ),
  );
  return Math.max(...counts);
}

const stackOf = (tags: Readonly<Record<string, string>> | undefined) =>
  tags?.['aws:cloudformation:stack-name'];
const anyEnds = (of: Case) => [groupsOf(of), listsOf(of)];

export const RULE_CHECKS = {
  'opens-to-world': (_, of) => !of.options.allowWorldOpen && opens(of),
  'entries-open-to-world': (_, of) =>
    !of.options.allowWorldOpen &&
    itemsOf(of.source.prefixLists).some(({ name, entries }) => {
      const there = itemsOf(of.target.prefixLists).find((l) => l.name === name)?.entries ?? [];
      const now = there.map((e) => e.cidr);
      const then = [...now, ...(entries ?? []).map((e) => e.cidr)];
      return isWholeFamily(then) && !isWholeFamily(now);
    }),
  'needs-revocation': (_, of) => {
    const { source, target } = groupsOf(of);
    if (of.options.allowRevoke || !source || !target) return false;
    const { direction } = of.finding.facts as { direction: Rule['direction'] };
    const found = compared({ side: of.source, group: source }, { side: of.target, group: target }, direction);
    return found === null || found.more;
  },
  'needs-entry-removal': ({ entries }, of) => {
    if (of.options.allowRevoke) return false;
    const lists = itemsOf(of.source.prefixLists).map((s) => ({
      s,
      t: itemsOf(of.target.prefixLists).find((l) => l.name === s.name),
    }));
    return lists.some(
      ({ s, t }) =>
        (t?.entries ?? []).filter((e) => !s.entries?.some((own) => own.cidr === e.cidr)).length === entries,
    );
  },
  'rules-exceed-quota': ({ quota }, of) => {
    const { source, target } = groupsOf(of);
    const all = new Set(
      [...(source?.rules ?? []), ...(target?.rules ?? [])].map(({ direction, protocol, from, to, peer }) =>
        JSON.stringify([direction, protocol, from, to, peer.type === 'cidr' ? peer.cidr : peer.type]),
      ),
    );
    return quota === quotaOf(of) && (all.size > quota || rulesThatCount(of) > quota);
  },
  'rules-unread': (_, of) => {
    const { source, target } = groupsOf(of);
    return [
      { group: source, side: of.source },
      { group: target, side: of.target },
    ].some(({ group, side }) =>
      group?.rules.some(
        ({ peer }) =>
          peer.type === 'prefix-list' &&
          (itemsOf(side.prefixLists).find((l) => l.id === peer.id)?.entries ?? null) === null,
      ),
    );
  },
  'rule-stays': ({ because }, of) => {
    const { source, target } = groupsOf(of);
    if (!source || !target || !of.options.allowRevoke) return false;
    const check = RULE_CHECKS[because.type as keyof typeof RULE_CHECKS] as (r: unknown, of: Case) => boolean;
    const { direction } = of.finding.facts as { direction: Rule['direction'] };
    const found = compared({ side: of.source, group: source }, { side: of.target, group: target }, direction);
    return (found === null || found.more) && check(because, of);
  },
  'rule-names-unresolved': ({ kind, name, because }, of) => {
    const [here, there] =
      kind === 'prefix list'
        ? [itemsOf(of.source.prefixLists), itemsOf(of.target.prefixLists)]
        : [itemsOf(of.source.securityGroups), itemsOf(of.target.securityGroups)];
    const own = here.find((o) => o.name === name || o.id === name);
    // AWS has the region in the names of its lists.
    const other = there.find((o) => o.name === name.replace(of.source.region, of.target.region));
    switch (because) {
      case 'missing':
        return (
          !other && !makes(of, kind === 'prefix list' ? 'create-prefix-list' : 'create-security-group', name)
        );
      case 'differs':
        return own !== undefined && other !== undefined && JSON.stringify(own) !== JSON.stringify(other);
      case 'unread':
        return [own, other].some((o) => o && 'entries' in o && o.entries === null);
      case 'peering': {
        const vpcOf = (o: typeof own) => (o && 'vpcId' in o ? o.vpcId : null);
        return vpcOf(own) !== groupsOf(of).source?.vpcId;
      }
    }
  },
  'named-object-left': ({ kind, name, lacks, because }, of) => {
    const { source, target } = groupsOf(of);
    const all = kind === 'prefix list' ? itemsOf(of.source.prefixLists) : itemsOf(of.source.securityGroups);
    const named = all.filter((o) => o.name === name);
    const isNamed = [source, target].some((group) =>
      group?.rules.some(
        (r) => r.peer.type !== 'cidr' && named.some((n) => 'id' in r.peer && n.id === r.peer.id),
      ),
    );
    const isMade =
      lacks === 'create' &&
      makes(of, kind === 'prefix list' ? 'create-prefix-list' : 'create-security-group', name);
    const about = named.map(
      (n): Case => ({
        ...of,
        finding: { ...of.finding, subject: { ...of.finding.subject, sourceId: n.id, targetId: null } },
      }),
    );
    const check = RULE_CHECKS[because.type as keyof typeof RULE_CHECKS] as (r: unknown, of: Case) => boolean;
    return isNamed && !isMade && about.some((one) => check(because, one));
  },
  'group-name-taken': ({ name }, of) =>
    itemsOf(of.target.securityGroups).some(
      (g) => g.name === name && g.name.toLowerCase() === groupsOf(of).source?.name.toLowerCase(),
    ),
  'list-name-taken': ({ name }, of) => itemsOf(of.target.prefixLists).some((l) => l.name === name),
  'entries-unread': (_, of) =>
    [...itemsOf(of.source.prefixLists), ...itemsOf(of.target.prefixLists)].some((l) => l.entries === null),
  'larger-list-exceeds-quota': ({ group }, of) =>
    itemsOf(of.target.securityGroups).some(
      (g) => g.name === group && g.rules.some((r) => r.peer.type === 'prefix-list'),
    ),
  'group-not-creatable': (_, of) => !makes(of, 'create-security-group', of.finding.subject.name),
  'list-not-creatable': (_, of) => !makes(of, 'create-prefix-list', of.finding.subject.name),
  'default-group': (_, of) => groupsOf(of).source?.name === 'default',
  'no-vpc': (_, of) => {
    const vpc = itemsOf(of.source.vpcs).find((v) => v.id === groupsOf(of).source?.vpcId);
    return !itemsOf(of.target.vpcs).some((v) =>
      vpc?.isDefault ? v.isDefault : vpc?.name && v.name === vpc.name,
    );
  },
  'group-beyond-quota': ({ rules }, of) => rules > quotaOf(of) && rules === rulesThatCount(of),
  'list-of-aws': (_, of) => listsOf(of).source?.ownerId === 'AWS' && !listsOf(of).target,
  'unadapted-cidr': (_, of) => {
    const [own, other] = [of.source, of.target].map((s) => itemsOf(s.vpcs).flatMap((v) => v.cidrs));
    const named = groupsOf(of).target?.rules.flatMap((r) => (r.peer.type === 'cidr' ? [r.peer.cidr] : []));
    return own?.some((cidr) => named?.includes(cidr) && !other?.includes(cidr)) === true;
  },
  'connection-tracking': ofRule('security-group/connection-tracking-differs'),
  'unresolved-peer': (_, of) => {
    const { source, target } = groupsOf(of);
    const foreign = (rules: readonly Rule[] | undefined, side: Case['source']) =>
      rules?.some(
        ({ peer }) =>
          peer.type !== 'cidr' &&
          ![...itemsOf(side.securityGroups), ...itemsOf(side.prefixLists)].some((o) => o.id === peer.id),
      ) === true;
    return (
      foreign(source?.rules, of.source) ||
      foreign(target?.rules, of.target) ||
      (source?.rules ?? []).some((r) => r.peer.type === 'group')
    );
  },
  'ambiguous-group': (_, of) =>
    of.finding.rule === 'security-group/ambiguous' &&
    itemsOf(of.target.securityGroups).some((g) => g.name === of.finding.subject.name),
  'ambiguous-list': (_, of) =>
    [of.source, of.target].some(
      (s) => itemsOf(s.prefixLists).filter((l) => l.name === of.finding.subject.name).length > 1,
    ),
  'group-description': (_, of) => {
    const { source, target } = groupsOf(of);
    return source !== undefined && target !== undefined && source.description !== target.description;
  },
  'group-owner': (_, of) => {
    const { source, target } = groupsOf(of);
    return source?.ownerId !== target?.ownerId;
  },
  'stack-creates': ({ stack }, of) =>
    anyEnds(of).some(({ source }) => stackOf(source?.tags) === stack) ||
    itemsOf(of.source.launchTemplates).some((t) => stackOf(t.tags) === stack),
  'stack-manages': ({ stack }, of) =>
    [
      ...itemsOf(of.target.securityGroups),
      ...itemsOf(of.target.prefixLists),
      ...itemsOf(of.target.launchTemplates),
      ...itemsOf(of.target.images),
    ].some((o) => stackOf(o.tags) === stack),
  'account-creates': (_, of) =>
    anyEnds(of).some(
      ({ source }) => source && source.ownerId !== null && source.ownerId !== of.source.account,
    ),
  'account-changes': ({ account }, of) =>
    account !== of.target.account &&
    [
      ...itemsOf(of.target.securityGroups),
      ...itemsOf(of.target.prefixLists),
      ...itemsOf(of.target.images),
    ].some((o) => o.ownerId === account),
  'service-creates': (_, of) => anyEnds(of).some(({ source, target }) => source && !target),
  'service-manages': ({ service }, of) => {
    const { target } = ends(of, itemsOf(of.source.launchTemplates), itemsOf(of.target.launchTemplates));
    return (
      target?.operator === service ||
      target?.versions?.some((v) => JSON.stringify(v.otherData ?? {}).includes('"Managed":true')) === true
    );
  },
  'list-synced': ({ by }, of) => itemsOf(of.target.prefixLists).some((list) => list.syncedBy === by),
  'tool-named': (_, of) => of.finding.subject.targetId === null,
  renamed: ({ candidate }, of) =>
    [...itemsOf(of.target.securityGroups), ...itemsOf(of.target.launchTemplates)].some(
      (o) => o.name === candidate && o.name !== of.finding.subject.name,
    ),
  'extra-tags': ({ tags }, of) => {
    const { sourceId, targetId } = of.finding.subject;
    const find = (side: Case['source'], id: string | null) =>
      [...itemsOf(side.securityGroups), ...itemsOf(side.images), ...itemsOf(side.keyPairs)].find(
        (o) => o.id !== null && o.id === id,
      );
    const [here, there] = [find(of.source, sourceId), find(of.target, targetId)];
    const extra = Object.keys(there?.tags ?? {}).filter(
      (key) => !key.startsWith('aws:') && !Object.hasOwn(here?.tags ?? {}, key),
    );
    return extra.length === tags;
  },
} as const satisfies Partial<Checks<ReasonType>>;
