import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { Context } from '../context.ts';
import type { Judged } from '../workloads/judgements.ts';
import { byPeer, explainedBy, trafficFindings } from './group-traffic.ts';
import { counted, type Root } from './root.ts';

/** A list that is missing or holds other entries, with the groups that differ by nothing else. */
export function listRoots(judged: readonly Judged[], context: Context): Root[] {
  const groups = byPeer(trafficFindings(judged, context), 'prefix-list');
  const losing = judged.filter((j) => j.findings.some((f) => f.rule === 'security-group/unresolved-peer'));
  return judged.flatMap(({ counterpart, findings }): Root[] => {
    if (counterpart.kind !== 'prefix-list') return [];
    const own = findings.filter((f) => f.severity !== 'info');
    const [first] = own;
    if (!first) return [];
    const ids = [counterpart.source, counterpart.target].flatMap((l) => (l ? [(l as PrefixList).id] : []));
    const names = (peer: { type: string; id?: string }) =>
      peer.type === 'prefix-list' && ids.includes(peer.id ?? '');
    const struck = [...new Set(ids.flatMap((id) => groups.get(id) ?? []))].filter((g) => {
      const rows = [...g.difference.rows.source, ...g.difference.rows.target];
      return explainedBy(
        g,
        rows.filter((r) => names(r.rule.peer)),
      );
    });
    const lost = losing.flatMap((j) =>
      j.counterpart.kind === 'security-group' && namesList(j.counterpart.source, names)
        ? j.findings.filter(
            (f) => f.rule === 'security-group/unresolved-peer' && isAbout(f.facts, counterpart.name),
          )
        : [],
    );
    const many = new Set(struck.map((g) => g.group.id)).size;
    return [
      {
        key: ['prefix-list', counterpart.name],
        title: `${first.message} ${counted(many, 'group')} ${many === 1 ? 'differs' : 'differ'} by it alone.`,
        remedy: first.remedy,
        findings: [...own, ...struck.map((g) => g.finding), ...lost].map((f) => f.fingerprint),
      },
    ];
  });
}

function namesList(group: unknown, names: (peer: { type: string; id?: string }) => boolean): boolean {
  const { rules = [] } = (group ?? {}) as { rules?: { peer: { type: string; id?: string } }[] };
  return rules.some((r) => names(r.peer));
}

function isAbout(facts: object, name: string): boolean {
  return JSON.stringify(facts).includes(`prefix-list:${name}`);
}
