import { familyOf } from '../../inventory/addresses.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Declarers } from '../declare.ts';
import {
  type AddedRule,
  type GroupChange,
  groupChanges,
  refKey,
  refWord,
  type StepOf,
} from '../group-changes.ts';
import type { Plan, PlannedPeer, Ref, Step } from '../model.ts';
import { snakeCase } from '../names.ts';
import { type TagsToSet, tagsAttribute } from '../tags.ts';
import type { Resource } from './addresses.ts';
import { managedTags } from './dropped-tags.ts';
import type { HclValue } from './hcl.ts';

const CHANGES_RULES =
  'It changes or removes rules that exist, which Terraform can do only to rules that it has made or imported.';

type GroupDeclarers = Pick<
  Declarers<Resource>,
  'create-security-group' | 'authorize-rules' | 'revoke-rules' | 'describe-rules'
> & {
  /** The group that a step tags, where the file manages it: the tags are in the resource of the group. */
  readonly takesTags: (step: StepOf<'set-tags'>) => readonly Resource[] | null;
};

/** Groups, and a resource for each rule: rules inside a group cannot refer to one another in a circle. */
export function groupDeclarers(plan: Plan, target: Snapshot, tags: TagsToSet): GroupDeclarers {
  const { groups, beyondNew } = groupChanges(plan);
  const existing = new Map(itemsOf(target.securityGroups).map((g) => [g.id, g]));
  const imported = new Set<string>();
  /** Once: a group of the target that the file takes over, so that its rules are declared with it. */
  const importOnce = (ref: Ref): Resource[] => {
    const group = 'id' in ref ? existing.get(ref.id) : undefined;
    if (!group || !isImportable(group) || imported.has(group.id)) return [];
    imported.add(group.id);
    return [importedGroup(group, tags)];
  };
  const added = (step: Step, change: GroupChange | undefined): Resource[] =>
    (change?.added ?? [])
      .filter((a) => a.step === step)
      .map((a) => ruleResource(a, change as GroupChange, plan));
  const rest = (step: Step) => (beyondNew.includes(step) ? { because: CHANGES_RULES } : []);
  return {
    'create-security-group': (step) => {
      const change = groups.get(refKey({ madeBy: step.id }));
      return [newGroup(step, tags), ...added(step, change)];
    },
    'authorize-rules': (step) => {
      const { group } = step.operation;
      return [...importOnce(group), ...added(step, groups.get(refKey(group)))];
    },
    'revoke-rules': rest,
    'describe-rules': rest,
    takesTags: ({ operation: { of, resource } }) => {
      if (of !== 'security-group') return null;
      if ('madeBy' in resource) return [];
      const changed = (groups.get(refKey(resource))?.added.length ?? 0) > 0;
      const group = existing.get(resource.id);
      return changed && group && isImportable(group) ? importOnce(resource) : null;
    },
  };
}

/** The default group of a VPC has another resource in Terraform, which removes every rule that it does not declare. */
function isImportable({ name, vpcId }: SecurityGroup): boolean {
  return name !== 'default' && vpcId !== null;
}

function newGroup({ id, operation }: StepOf<'create-security-group'>, tags: TagsToSet): Resource {
  const { name, description, vpcId } = operation;
  return {
    type: 'aws_security_group',
    key: refKey({ madeBy: id }),
    name: snakeCase(name, 'group'),
    block: () => ({
      attributes: {
        name,
        description,
        vpc_id: vpcId,
        tags: tagsAttribute(operation.tags, tags({ madeBy: id })),
      },
    }),
  };
}

function importedGroup(group: SecurityGroup, tags: TagsToSet): Resource {
  return {
    type: 'aws_security_group',
    key: refKey({ id: group.id }),
    name: snakeCase(group.name, 'group'),
    importId: group.id,
    comment: ['Exists on the target. Its rules that are not in this file stay as they are.'],
    block: () => ({
      attributes: {
        name: group.name,
        description: group.description,
        vpc_id: group.vpcId ?? undefined,
        tags: tagsAttribute(managedTags(group.tags), tags({ id: group.id })),
      },
      // A group is replaced where its name or description differs from the file.
      blocks: [{ type: 'lifecycle', attributes: { prevent_destroy: true } }],
    }),
  };
}

function ruleResource({ direction, rule }: AddedRule, { group, name }: GroupChange, plan: Plan): Resource {
  const { protocol, from, to, peer, description } = rule;
  const ports = from === null || to === null ? [] : from === to ? [from] : [from, to];
  return {
    type: `aws_vpc_security_group_${direction}_rule`,
    key: JSON.stringify([refKey(group), direction, rule]),
    name: snakeCase(
      [
        name,
        direction === 'ingress' ? 'from' : 'to',
        peerWord(peer, plan),
        protocol === '-1' ? 'all' : protocol,
        ...ports,
      ].join(' '),
      'rule',
    ),
    block: (address) => ({
      attributes: {
        security_group_id: address(group),
        description: description ?? undefined,
        ip_protocol: protocol,
        // Other protocols than these four have no ports, and Terraform refuses ports where all are admitted.
        from_port: from ?? undefined,
        to_port: to ?? undefined,
        ...peerAttribute(peer, address),
      },
    }),
  };
}

function peerWord(peer: PlannedPeer, plan: Plan): string {
  switch (peer.type) {
    case 'cidr':
      return peer.cidr;
    case 'prefix-list':
      return refWord(peer.list, plan);
    case 'group':
      return refWord(peer.group, plan);
  }
}

function peerAttribute(peer: PlannedPeer, address: (ref: Ref) => HclValue): Record<string, HclValue> {
  switch (peer.type) {
    case 'cidr':
      return familyOf(peer.cidr) === 6 ? { cidr_ipv6: peer.cidr } : { cidr_ipv4: peer.cidr };
    case 'prefix-list':
      return { prefix_list_id: address(peer.list) };
    case 'group': {
      const { group, ownerId } = peer;
      // The group of another account is written with the account.
      const foreign = ownerId !== null && 'id' in group ? `${ownerId}/${group.id}` : null;
      return { referenced_security_group_id: foreign ?? address(group) };
    }
  }
}
