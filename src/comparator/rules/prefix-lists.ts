import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import { count } from '../../text/counts.ts';
import { groupByEach } from '../../text/groups.ts';
import { listed } from '../../text/lists.ts';
import { describe, difference, equal, type Traffic, trafficOf } from '../../traffic/index.ts';
import { changedBy, changeText } from '../commands/owners.ts';
import type { Context } from '../context.ts';
import { ignoredOf } from '../ignored.ts';
import { bothEnds, missing, rivalFacts, rivalText } from '../pairing/counterpart.ts';
import { originOf, remedyByOrigin } from '../pairing/origin.ts';
import { perAudit } from '../per-audit.ts';
import { always, rule } from './rule.ts';

const LISTS = 'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html';

type User = { kind: string; name: string; id: string; side: 'source' };

const groupsIn = perAudit(({ source }) =>
  groupByEach(itemsOf(source.securityGroups), ({ rules }) =>
    rules.flatMap(({ peer }) => (peer.type === 'prefix-list' ? [peer.id] : [])),
  ),
);

/** The groups of the source whose rules name the list: what a difference in it reaches. */
function usersOf(list: PrefixList, context: Context): User[] {
  const groups = groupsIn(context).get(list.id) ?? [];
  return groups.map(({ id, name }) => ({ kind: 'security-group', name, id, side: 'source' }));
}

export const prefixListMissing = rule({
  id: 'prefix-list/missing',
  title: 'Prefix list is missing',
  short: 'prefix list missing',
  severity: always('high'),
  severityNote: 'info for an AWS-managed list that no rule names: it cannot be created, and nothing needs it',
  compares: 'AWS-managed lists by name without the region, customer-managed lists by name, then by entries.',
  why: 'A prefix list exists only in its region: rules that name it cannot be created on the target.',
  remedy: 'Create the list on the target with the same entries, or write the addresses into the rules.',
  links: [LISTS],
  *find(pair, context) {
    const list = missing(pair);
    if (!list) return;
    const usedBy = usersOf(list, context);
    // Not read is not empty.
    const entries = list.entries?.map((e) => e.cidr) ?? null;
    const facts = {
      managedBy: list.managedBy,
      entries,
      maxEntries: list.maxEntries,
      ...originOf('prefix-list', list, 'source', context),
    };
    yield {
      facts,
      content: null,
      usedBy,
      ...(list.managedBy === 'aws' && usedBy.length === 0 ? { severity: 'info' as const } : {}),
    };
  },
  message: ({ managedBy, entries }, { name, target }) =>
    managedBy === 'aws'
      ? `AWS offers no prefix list ${name} in ${target}.`
      : `Prefix list "${name}" (${entries === null ? 'entries not read' : count(entries.length, 'entry', 'entries')}) does not exist in ${target}.`,
  remedyFor: ({ managedBy, entries, ...origin }, { name, target }) => {
    if (managedBy === 'aws')
      return `The service behind it is not offered in ${target}; write the addresses that are needed there into the rules.`;
    const made = remedyByOrigin(origin, 'prefix list', target);
    if (made) return made;
    return `Create "${name}" in ${target} with ${entries && entries.length > 0 ? listed(entries, 8) : 'the same entries'}.`;
  },
});

/** Addresses as a set: split or merged entries are the same list. */
function addresses(
  list: PrefixList,
  translate: (cidr: string) => string,
  isCompared: (cidr: string) => boolean = () => true,
): Traffic {
  const cidrs = (list.entries ?? []).map((e) => translate(e.cidr)).filter(isCompared);
  return trafficOf(cidrs.map((cidr) => ({ protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } })));
}

function peersOf(traffic: Traffic): string[] {
  return describe(traffic).flatMap((entry) => [
    ...entry.peers,
    ...(entry.except ?? []).map((e) => `except ${e}`),
  ]);
}

export const prefixListEntriesDiffer = rule({
  id: 'prefix-list/entries-differ',
  title: 'Prefix list has other addresses',
  short: 'entries differ',
  severity: always('high'),
  compares:
    'The addresses of two customer-managed lists as sets, independent of how they are divided into entries.',
  why: 'Every rule that names the list admits other addresses, although the rules look the same.',
  remedy: 'Change the entries of the target list to those of the source list.',
  links: [LISTS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends?.source.entries || !ends.target.entries) return;
    const isIgnored = ignoredOf(context.config, pair);
    if (isIgnored('entries')) return;
    const isCompared = (cidr: string) => !isIgnored(`entry ${cidr}`);
    const [s, t] = [
      addresses(ends.source, context.cidrs, isCompared),
      addresses(ends.target, (cidr) => cidr, isCompared),
    ];
    if (equal(s, t)) return;
    const [onlySource, onlyTarget] = [peersOf(difference(s, t)), peersOf(difference(t, s))];
    const rows = {
      source: ends.source.entries.map((e) => context.cidrs(e.cidr)),
      target: ends.target.entries.map((e) => e.cidr),
    };
    yield {
      facts: { onlySource, onlyTarget, rows, changedBy: changedBy(ends.target, 'target', context) },
      content: { onlySource, onlyTarget },
      usedBy: usersOf(ends.source, context),
    };
  },
  message: ({ onlySource, onlyTarget }, { name }) =>
    `Prefix list "${name}" differs: ` +
    [
      ...(onlySource.length > 0 ? [`${listed(onlySource)} only on the source`] : []),
      ...(onlyTarget.length > 0 ? [`${listed(onlyTarget)} only on the target`] : []),
    ].join('; ') +
    '.',
  remedyFor: ({ changedBy: by }, { onTarget, target }) =>
    `${changeText(by, target)}Change the entries of "${onTarget}" in ${target} to those of the source.`,
});

export const prefixListAmbiguous = rule({
  id: 'prefix-list/ambiguous',
  title: 'Cannot be paired one to one',
  short: 'pairing ambiguous',
  severity: always('medium'),
  outcome: 'undetermined',
  compares: 'The prefix lists that share their name with another one of their side, by their entries.',
  why: 'Names of prefix lists need not be unique. Compared with the wrong list, every difference is wrong.',
  remedy: 'Give each of the lists a unique name on both sides.',
  links: [LISTS],
  *find(pair) {
    if (pair.pairingStatus !== 'ambiguous' || !pair.source) return;
    yield { facts: rivalFacts(pair.candidates), content: null };
  },
  message: (rivals, { name, target }) =>
    `The counterpart of prefix list "${name}" in ${target} could be ${rivalText(rivals)}: none of them has the same entries, or several have.`,
});

export const prefixListRules = [prefixListMissing, prefixListAmbiguous, prefixListEntriesDiffer];
