import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { RenameCandidateFacts } from '../../report/rules/security-groups.ts';
import type { Context } from '../context.ts';
import { extra, missing } from '../pairing/counterpart.ts';
import type { MeantRow } from '../pairing/group-meaning.ts';
import { perAudit } from '../per-audit.ts';

/** A group of another name that may be the missing one. Offered, never paired. */
export type RenameCandidate = RenameCandidateFacts;

interface Profile {
  readonly group: SecurityGroup;
  /** The rows with the group's own name taken out, so that a reference to itself is alike on both sides. */
  readonly rows: ReadonlySet<string>;
  /** Who refers to it, by name. */
  readonly users: ReadonlySet<string>;
  readonly stem: string;
}

/**
 * Tool-generated names never repeat in another region: Terraform's timestamp, CloudFormation's random suffix,
 * launch-wizard's counter. What is left names the purpose, or nothing.
 */
export function nameStem(name: string): string {
  return name
    .replace(/^terraform-\d{14,}[0-9a-f]*$/, 'terraform-')
    .replace(/-[A-Z0-9]{12,13}$/, '-')
    .replace(/-?20\d{12,}[0-9a-f]*$/, '-')
    .toLowerCase();
}

const EMPTY: ReadonlySet<string> = new Set();

/** Groups that stand only on the target, in the counterpart of the missing group's VPC, and look like it. Best first. */
export function renameCandidates(group: SecurityGroup, context: Context): RenameCandidate[] {
  return finderOf(context)(group);
}

const finderOf = perAudit(candidateFinder);

function candidateFinder(context: Context): (group: SecurityGroup) => RenameCandidate[] {
  const pairs = context.counterparts['security-group'];
  const users = { source: usersByGroup('source', context), target: usersByGroup('target', context) };
  const profile = (side: 'source' | 'target', group: SecurityGroup): Profile => ({
    group,
    rows: rowsWithout(context.meanings.atom(side, group.id), context.meanings.rows(side, group)),
    users: users[side].get(group.id) ?? EMPTY,
    stem: nameStem(group.name),
  });
  const extras = pairs.flatMap((c) => extra(c) ?? []).map((g) => profile('target', g));
  const wanted = pairs.flatMap((c) => missing(c) ?? []).map((g) => profile('source', g));
  const byGroup = new Map(wanted.map((p) => [p.group, p]));
  // Only what shares a row, a user or a stem can be alike: an index, so that 2,500 groups need no 2,500 x 2,500 looks.
  const index = new Map<string, Profile[]>();
  for (const p of extras) {
    for (const key of keysOf(p)) index.set(key, [...(index.get(key) ?? []), p]);
  }
  const rivals = (p: Profile) => wanted.filter((other) => alike(other, p)?.confidence === 'high').length;
  return (group) => {
    const p = byGroup.get(group);
    if (!p) return [];
    const vpc = group.vpcId === null ? null : context.vpcs.over('source', group.vpcId);
    const candidates = [...new Set(keysOf(p).flatMap((key) => (index.get(key) ?? []).slice(0, 50)))];
    const found = candidates.flatMap((c) => {
      const likeness = c.group.vpcId === vpc || (vpc === null && group.vpcId !== null) ? alike(p, c) : null;
      return likeness ? [{ c, ...likeness }] : [];
    });
    const certain = found.filter((f) => f.confidence === 'high').length;
    return found
      .map(
        ({ c, confidence, because }): RenameCandidate => ({
          name: c.group.name,
          // Where several fit equally well, none is more than a maybe.
          confidence: confidence === 'high' && certain === 1 && rivals(c) === 1 ? 'high' : 'medium',
          because,
          config: configFor(group, c.group, context),
        }),
      )
      .sort(
        (a, b) =>
          Number(b.confidence === 'high') - Number(a.confidence === 'high') ||
          b.because.length - a.because.length ||
          (a.name < b.name ? -1 : 1),
      )
      .slice(0, 3);
  };
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

/** What speaks for the two being one; null where too little does. Rules that every new group has say nothing. */
function alike(a: Profile, b: Profile): { confidence: 'high' | 'medium'; because: string[] } | null {
  const [own, theirs] = [telling(a.rows), telling(b.rows)];
  const rows = likeness(own, theirs);
  const because = [
    ...(own.length > 0 && rows === 1 ? ['the same rules'] : rows >= 0.5 ? ['most of its rules'] : []),
    ...(a.users.size > 0 && likeness([...a.users], [...b.users]) === 1
      ? ['the same groups refer to it']
      : []),
    ...(a.group.description === b.group.description ? ['the same description'] : []),
    ...(a.stem === b.stem && a.stem !== 'terraform-' ? ['the same name but for a generated part'] : []),
  ];
  const sameRules = because.includes('the same rules');
  if (sameRules && because.length > 1) return { confidence: 'high', because };
  return sameRules || (rows >= 0.5 && because.length > 1) || because.length > 2
    ? { confidence: 'medium', because }
    : null;
}

function telling(rows: ReadonlySet<string>): string[] {
  return [...rows].filter((r) => r !== 'egress all 0.0.0.0/0' && r !== 'egress all ::/0');
}

/** Shared over all (Jaccard); 0 for two empty sets, which have nothing to show. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((x) => b.includes(x)).length;
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

function keysOf(p: Profile): string[] {
  return [
    ...telling(p.rows).map((r) => `row ${r}`),
    ...[...p.users].map((u) => `user ${u}`),
    `stem ${p.stem}`,
  ];
}

function rowsWithout(self: string | null, rows: readonly MeantRow[]): Set<string> {
  return new Set(
    rows.map((r) => `${r.direction} ${self === null ? r.text : r.text.replace(self, '(itself)')}`),
  );
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
