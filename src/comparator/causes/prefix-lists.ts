import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Finding } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { hasCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { byPeer, explainedBy, trafficFindings } from './group-traffic.ts';
import { byItAlone, type Root } from './root.ts';

/** A list that is missing or holds other entries, with the groups that differ by nothing else. */
export function listRoots(judged: readonly Judged[], context: Context): Root[] {
  const groups = byPeer(trafficFindings(judged, context), 'prefix-list');
  const losing = losingGroups(judged);
  return judged.flatMap(({ counterpart, findings }): Root[] => {
    if (counterpart.kind !== 'prefix-list') return [];
    const own = findings.filter((f) => hasCause(f, 'prefix list') && f.severity !== 'info');
    const [first] = own;
    if (!first) return [];
    const ids = [counterpart.source, counterpart.target].flatMap((l) => (l ? [(l as PrefixList).id] : []));
    const names = (peer: { type: string; id?: string }) =>
      peer.type === 'prefix-list' && ids.includes(peer.id ?? '');
    const affected = [...new Set(ids.flatMap((id) => groups.get(id) ?? []))].filter((g) => {
      const rows = [...g.difference.rows.source, ...g.difference.rows.target];
      return explainedBy(
        g,
        rows.filter((r) => names(r.rule.peer)),
      );
    });
    const lost = [...new Set(ids.flatMap((id) => losing.get(id) ?? []))].filter((f) =>
      isAbout(f.facts, counterpart.name),
    );
    const many = new Set(affected.map((g) => g.group.id)).size;
    return [
      {
        key: ['prefix-list', counterpart.name],
        title: `${first.message}${byItAlone(many)}`,
        remedy: first.remedy,
        findings: [...own, ...affected.map((g) => g.finding), ...lost].map((f) => f.fingerprint),
      },
    ];
  });
}

/** What is said of peers that cannot be compared, by the lists that the group names. */
function losingGroups(judged: readonly Judged[]): ReadonlyMap<string, readonly Finding[]> {
  const map = new Map<string, Finding[]>();
  for (const { counterpart, findings } of judged) {
    const lost = findings.filter((f) => hasCause(f, 'lost peer'));
    if (counterpart.kind !== 'security-group' || lost.length === 0) continue;
    const { rules = [] } = (counterpart.source ?? {}) as Partial<SecurityGroup>;
    const lists = rules.flatMap(({ peer }) => (peer.type === 'prefix-list' ? [peer.id] : []));
    for (const id of new Set(lists)) map.set(id, [...(map.get(id) ?? []), ...lost]);
  }
  return map;
}

function isAbout(facts: object, name: string): boolean {
  return JSON.stringify(facts).includes(`prefix-list:${name}`);
}
