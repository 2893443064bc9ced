import { familyOf } from '../../inventory/addresses.ts';
import { type AddedRule, type GroupChange, refKey, refWord } from '../group-changes.ts';
import type { Plan, PlannedPeer, PlannedRule, Ref } from '../model.ts';
import { pascalCase } from '../names.ts';
import type { Json, References, Resource } from './resources.ts';

/** One rule as a separate resource, so that groups can refer to one another in a circle. */
export function ruleResource(
  { direction, rule }: AddedRule,
  { group, name }: GroupChange,
  plan: Plan,
): Resource {
  const ingress = direction === 'ingress';
  const { protocol, from, to, peer } = rule;
  const ports = from === null || to === null ? '' : from === to ? from : `${from} ${to}`;
  const who = peer.type === 'cidr' ? peer.cidr : refWord(refOfPeer(peer), plan);
  return {
    type: `AWS::EC2::SecurityGroup${ingress ? 'Ingress' : 'Egress'}`,
    part: 'rule',
    key: JSON.stringify([refKey(group), direction, rule]),
    name: `Rule${pascalCase(`${name} ${ingress ? 'from' : 'to'} ${who} ${protocol === '-1' ? 'all' : protocol} ${ports}`)}`,
    idAttribute: null,
    uses: [group, ...(peer.type === 'cidr' ? [] : [refOfPeer(peer)])].map(refKey),
    properties: (references) => ({
      GroupId: references.id(group),
      ...ruleProperties(rule, ingress ? 'Source' : 'Destination', references),
    }),
  };
}

/** A rule as a resource or a group holds it. */
export function ruleProperties(
  { protocol, from, to, peer, description }: PlannedRule,
  end: 'Source' | 'Destination',
  references: References,
): Record<string, Json> {
  return {
    ...(description === null ? {} : { Description: description }),
    IpProtocol: protocol,
    // Only the four protocols that have names have ports or types. ICMPv6 without a type is all of it.
    ...(from === null || to === null || (protocol === 'icmpv6' && from === -1)
      ? {}
      : { FromPort: from, ToPort: to }),
    ...peerProperties(peer, end, references),
  };
}

function peerProperties(
  peer: PlannedPeer,
  end: 'Source' | 'Destination',
  references: References,
): Record<string, Json> {
  switch (peer.type) {
    case 'cidr':
      return familyOf(peer.cidr) === 6 ? { CidrIpv6: peer.cidr } : { CidrIp: peer.cidr };
    case 'prefix-list':
      return { [`${end}PrefixListId`]: references.id(peer.list) };
    case 'group':
      return {
        [`${end}SecurityGroupId`]: references.id(peer.group),
        // A rule of egress has no property for the account.
        ...(peer.ownerId !== null && end === 'Source' ? { SourceSecurityGroupOwnerId: peer.ownerId } : {}),
      };
  }
}

export function refOfPeer(peer: Exclude<PlannedPeer, { readonly type: 'cidr' }>): Ref {
  return peer.type === 'group' ? peer.group : peer.list;
}
