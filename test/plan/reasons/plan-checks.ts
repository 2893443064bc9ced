import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Rule } from '../../../src/inventory/security-group.ts';
import type { ReasonType } from '../../../src/plan/reasons/reason.ts';
import { type Checks, groupsOf, ofRule } from './case.ts';
import { compared } from './packets.ts';

export const PLAN_CHECKS = {
  'not-selected': (_, { options, finding }) =>
    options.findings !== null && !options.findings.has(finding.fingerprint),
  // No finding of this version has such a rule.
  'unknown-rule': () => false,
  'steps-do-not-resolve': (_, { plan, finding }) => !plan.resolves.includes(finding.fingerprint),
  'makes-another': ({ rule, message }, { report }) =>
    !report.findings.some((f) => f.rule === rule && f.message === message),
  'not-paired': (_, { report, finding }) =>
    !report.pairs.some((p) => p.source && p.target && p.findings.includes(finding.fingerprint)),
  'only-on-target': (_, { finding: { subject }, source }) =>
    subject.sourceId === null &&
    subject.targetId !== null &&
    !JSON.stringify([source.securityGroups, source.keyPairs, source.images]).includes(
      `"${subject.targetId}"`,
    ),
  explained: ({ explanation }, of) => {
    const { source, target } = groupsOf(of);
    if (explanation.includes('ICMPv6'))
      return [source, target].some((group) =>
        group?.rules.some((r) => r.protocol === 'icmp' && r.peer.type !== 'group'),
      );
    const [side, group] = explanation.includes('of the source') ? [of.source, source] : [of.target, target];
    const vpc = itemsOf(side.vpcs).find((v) => v.id === group?.vpcId);
    return vpc !== undefined && !vpc.cidrs.some((cidr) => cidr.includes(':'));
  },
  'same-traffic': (_, of) => {
    const { source, target } = groupsOf(of);
    if (!source || !target) return false;
    return (['ingress', 'egress'] as const).some((direction: Rule['direction']) => {
      const found = compared(
        { side: of.source, group: source },
        { side: of.target, group: target },
        direction,
      );
      return found === null || !(found.less || found.more);
    });
  },
  'quota-of-target': ofRule('security-group/over-quota', 'workload/over-quota'),
} as const satisfies Partial<Checks<ReasonType>>;
