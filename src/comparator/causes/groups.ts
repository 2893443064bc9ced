import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Finding } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { hasCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { byPeer, explainedBy, trafficFindings } from './group-traffic.ts';
import type { Root } from './root.ts';

/** A VPC without a counterpart, and a missing group that rules of other groups name. */
export function groupRoots(judged: readonly Judged[], context: Context): Root[] {
  return [...vpcRoots(judged, context), ...peerRoots(judged)];
}

function vpcRoots(judged: readonly Judged[], context: Context): Root[] {
  const homeless = judged.flatMap(({ counterpart, findings }) => {
    const group = counterpart.source as SecurityGroup | null;
    if (counterpart.kind !== 'security-group' || !group?.vpcId) return [];
    if (context.vpcs.over('source', group.vpcId) !== null) return [];
    const { vpcId } = group;
    return findings
      .filter((f) => hasCause(f, 'missing group or VPC') || hasCause(f, 'VPC without counterpart'))
      .map((finding) => ({ vpcId, finding, config: counterpart.config ?? null }));
  });
  return [...groupBy(homeless, (h) => h.vpcId)].map(([vpcId, all]): Root => {
    const name = context.vpcs.reference('source', vpcId);
    const scope = context.vpcs.scope('source', vpcId);
    const config = all.find((h) => h.config !== null)?.config;
    return {
      key: ['vpc', scope, ...(scope === null ? (context.vpcs.vpc('source', vpcId)?.cidrs ?? []) : [])],
      title: `Which VPC of ${context.places.target} is the counterpart of "${name}" is not known: its ${count(all.length, 'group')} cannot be compared.`,
      remedy: config
        ? `Add to ec2-parity.config.yaml:  ${config}`
        : `Create the VPC in ${context.places.target}, or name its counterpart in the config (vpcs).`,
      fixedBy: [],
      findings: all.map((h) => h.finding.fingerprint),
    };
  });
}

/** "web" lacks its rule for "lb" because "lb" does not exist on the target. */
function peerRoots(judged: readonly Judged[]): Root[] {
  const traffic = byPeer(trafficFindings(judged), 'group');
  return judged.flatMap(({ counterpart, findings }): Root[] => {
    const missing = findings.find((f) => hasCause(f, 'missing group or VPC'));
    const group = counterpart.source as SecurityGroup | null;
    if (counterpart.kind !== 'security-group' || !missing || !group) return [];
    const affected = (traffic.get(group.id) ?? []).filter((t) =>
      explainedBy(
        t,
        t.difference.rows.source.filter((r) => r.rule.peer.type === 'group' && r.rule.peer.id === group.id),
      ),
    );
    const own: Finding[] = [missing, ...affected.map((s) => s.finding)];
    const many = new Set(affected.map((s) => s.group.id)).size;
    return [
      {
        key: ['group', counterpart.scope, counterpart.name],
        title: `${missing.message}${many === 0 ? '' : ` ${count(many, 'group')} that ${many === 1 ? 'admits it differs' : 'admit it differ'} only by it.`}`,
        remedy: missing.remedy,
        findings: own.map((f) => f.fingerprint),
      },
    ];
  });
}
