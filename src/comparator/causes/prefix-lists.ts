import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Finding } from '../../report/model.ts';
import { groupByEach } from '../../text/groups.ts';
import type { MeantRow } from '../pairing/meant-row.ts';
import { hasCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { byPeer, explainedBy, trafficFindings } from './group-traffic.ts';
import { byItAlone, type Root } from './root.ts';

/** A list that is missing or holds other entries, with the groups that differ by nothing else. */
export function listRoots(judged: readonly Judged[]): Root[] {
  const groups = byPeer(trafficFindings(judged), 'prefix-list');
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
    const lost = [...new Set(ids.flatMap((id) => losing.get(id) ?? []))].filter(({ rows }) =>
      rows.every((r) => names(r.rule.peer)),
    );
    const many = new Set(affected.map((g) => g.group.id)).size;
    return [
      {
        key: ['prefix-list', counterpart.name],
        title: `${first.message}${byItAlone(many)}`,
        remedy: first.remedy,
        findings: [...own, ...affected.map((g) => g.finding), ...lost.map((l) => l.finding)].map(
          (f) => f.fingerprint,
        ),
      },
    ];
  });
}

interface LostPeers {
  readonly finding: Finding;
  /** The rows that the finding is about. */
  readonly rows: readonly MeantRow[];
}

/** Findings about peers that cannot be compared, by the lists that they are about. */
function losingGroups(judged: readonly Judged[]): ReadonlyMap<string, readonly LostPeers[]> {
  const lost = judged.flatMap(({ findings, origins }) =>
    findings.map((finding): LostPeers => {
      const rows = hasCause(finding, 'lost peer') ? (origins.get(finding)?.rows ?? []) : [];
      return { finding, rows };
    }),
  );
  return groupByEach(lost, ({ rows }) =>
    rows.flatMap(({ rule: { peer } }) => (peer.type === 'prefix-list' ? [peer.id] : [])),
  );
}
