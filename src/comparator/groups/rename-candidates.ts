import type { SecurityGroup } from '../../inventory/security-group.ts';
import { groupByEach } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { serviceOf } from '../makers/makers.ts';
import { regionalNames, tokenChanges } from '../makers/region-tokens.ts';
import { generatedName } from '../makers/suffix.ts';
import { extra, missing } from '../pairing/counterpart.ts';
import type { MeantRow } from '../pairing/meant-row.ts';
import { bestCandidates, type Likeness, type RenameCandidate } from '../pairing/rename-candidate.ts';
import { perAudit } from '../per-audit.ts';

interface Profile {
  readonly group: SecurityGroup;
  /**
   * The rows with the group's own name taken out, so that a reference to itself is alike on both sides; without those that
   * every new group has.
   */
  readonly telling: ReadonlySet<string>;
  /** Who refers to it, by name. */
  readonly users: ReadonlySet<string>;
  /** The name without its generated ending, in lower case; null where nothing of it is a person's choice. */
  readonly stem: string | null;
  /** The service that makes such a group. */
  readonly maker: string | null;
  /** What the group may be called on the target by its region. */
  readonly regional: ReadonlySet<string>;
}

const EMPTY: ReadonlySet<string> = new Set();

/** Groups that exist only on the target, in the counterpart of the missing group's VPC, and look like it. Best first. */
export function renameCandidates(group: SecurityGroup, context: Context): RenameCandidate[] {
  return finderOf(context)(group);
}

const finderOf = perAudit(candidateFinder);

function candidateFinder(context: Context): (group: SecurityGroup) => RenameCandidate[] {
  const pairs = context.counterparts['security-group'];
  const users = { source: usersByGroup('source', context), target: usersByGroup('target', context) };
  const changes = tokenChanges(context.source.region, context.target.region);
  const profile = (side: 'source' | 'target', group: SecurityGroup): Profile => ({
    group,
    telling: tellingRows(context.meanings.atom(side, group.id), context.meanings.rows(side, group)),
    users: users[side].get(group.id) ?? EMPTY,
    stem: (generatedName(group.name)?.stem ?? group.name).toLowerCase() || null,
    maker: serviceOf('security-group', group)?.maker ?? null,
    regional: side === 'source' ? regionalNames(changes, group.name) : EMPTY,
  });
  const extras = pairs.flatMap((c) => extra(c) ?? []).map((g) => profile('target', g));
  const wanted = pairs.flatMap((c) => missing(c) ?? []).map((g) => profile('source', g));
  const byGroup = new Map(wanted.map((p) => [p.group, p]));
  // Only what shares a row, a user or a stem can be alike: an index, so that 2,500 groups need no 2,500 x 2,500 looks.
  const [byKey, wantedByKey] = [indexOf(extras), indexOf(wanted)];
  const rivalsOf = new Map<Profile, number>();
  const rivals = (p: Profile) => {
    const known = rivalsOf.get(p) ?? countRivals(p, wantedByKey);
    rivalsOf.set(p, known);
    return known;
  };
  return (group) => {
    const p = byGroup.get(group);
    if (!p) return [];
    const vpc = group.vpcId === null ? null : context.vpcs.over('source', group.vpcId);
    const candidates = [...new Set(keysOf(p).flatMap((key) => (byKey.get(key) ?? []).slice(0, 50)))];
    const found = candidates.flatMap((c) => {
      const likeness = c.group.vpcId === vpc || (vpc === null && group.vpcId !== null) ? alike(p, c) : null;
      return likeness ? [{ c, ...likeness }] : [];
    });
    return bestCandidates(
      found.map(({ c, ...likeness }) => ({
        ...likeness,
        name: c.group.name,
        rivals: likeness.confidence === 'high' ? rivals(c) : 0,
        config: configFor(group, c.group, context),
      })),
    );
  };
}

function indexOf(profiles: readonly Profile[]): ReadonlyMap<string, readonly Profile[]> {
  return groupByEach(profiles, keysOf);
}

/** How many missing groups a candidate fits with high confidence, counted up to 2: more than one is all that matters. */
function countRivals(p: Profile, wantedByKey: ReadonlyMap<string, readonly Profile[]>): number {
  const found = new Set<Profile>();
  for (const key of keysOf(p)) {
    for (const other of wantedByKey.get(key) ?? []) {
      if (alike(other, p)?.confidence === 'high') found.add(other);
      if (found.size > 1) return found.size;
    }
  }
  return found.size;
}

/** The lines that would pair the two; the VPCs first where nothing pairs them yet. */
function configFor(source: SecurityGroup, target: SecurityGroup, { vpcs }: Context): string {
  const names = `names: { securityGroups: { ${JSON.stringify(source.name)}: ${JSON.stringify(target.name)} } }`;
  if (source.vpcId === null || target.vpcId === null || vpcs.over('source', source.vpcId) === target.vpcId)
    return names;
  const pair = [vpcs.reference('source', source.vpcId), vpcs.reference('target', target.vpcId)].map((v) =>
    JSON.stringify(v),
  );
  return `vpcs: { ${pair.join(': ')} }\n${names}`;
}

/** The evidence that the two correspond; null where there is too little. */
function alike(a: Profile, b: Profile): Likeness | null {
  const rows = likeness(a.telling, b.telling);
  const regional = a.regional.has(b.group.name);
  const maker = a.maker !== null && a.maker === b.maker;
  const because = [
    ...(regional ? ['the same name but for the region'] : []),
    ...(a.telling.size > 0 && rows === 1 ? ['the same rules'] : rows >= 0.5 ? ['most of its rules'] : []),
    ...(a.users.size > 0 && likeness(a.users, b.users) === 1 ? ['the same groups refer to it'] : []),
    ...(a.group.description === b.group.description ? ['the same description'] : []),
    ...(maker ? [`${a.maker} made both`] : []),
    ...(!maker && a.stem !== null && a.stem === b.stem ? ['the same name but for a generated part'] : []),
  ];
  const sameRules = because.includes('the same rules');
  if (regional || (sameRules && because.length > 1)) return { confidence: 'high', because };
  return maker || sameRules || (rows >= 0.5 && because.length > 1) || because.length > 2
    ? { confidence: 'medium', because }
    : null;
}

/** Shared over all (Jaccard); 0 for two empty sets, which have nothing to show. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((x) => b.has(x)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

function keysOf(p: Profile): string[] {
  return [
    ...[...p.telling].map((r) => `row ${r}`),
    ...[...p.users].map((u) => `user ${u}`),
    ...(p.stem === null ? [] : [`stem ${p.stem}`]),
    ...(p.maker === null ? [] : [`maker ${p.maker}`]),
    ...[...p.regional, p.group.name].map((name) => `name ${name}`),
  ];
}

function tellingRows(self: string | null, rows: readonly MeantRow[]): Set<string> {
  const texts = rows.map(
    (r) => `${r.direction} ${self === null ? r.text : r.text.replace(self, '(itself)')}`,
  );
  return new Set(texts.filter((r) => r !== 'egress all 0.0.0.0/0' && r !== 'egress all ::/0'));
}

/** Which other groups name a group in their rules, by their region-independent names. */
function usersByGroup(side: 'source' | 'target', context: Context): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const c of context.counterparts['security-group']) {
    const group = c[side];
    for (const { peer } of group?.rules ?? []) {
      if (!group || peer.type !== 'group' || peer.id === group.id) continue;
      const names = users.get(peer.id) ?? new Set();
      users.set(peer.id, names.add(context.meanings.atom(side, group.id) ?? group.name));
    }
  }
  return users;
}
