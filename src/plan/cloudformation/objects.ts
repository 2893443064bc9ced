import { compareText } from '../../inventory/order.ts';
import type { Tags } from '../../inventory/tags.ts';
import { refKey, type StepOf } from '../group-changes.ts';
import type { ListEnd } from '../list-end.ts';
import { pascalCase } from '../names.ts';
import { tagsAttribute } from '../tags.ts';
import type { InsideEgress } from './default-egress.ts';
import type { Json, Resource } from './resources.ts';
import { refOfPeer, ruleProperties } from './rules.ts';

/** A group without its rules, but for the one that keeps away the egress to everywhere. */
export function groupResource(
  { id, operation }: StepOf<'create-security-group'>,
  inside: InsideEgress,
  tags: Tags,
): Resource {
  const { name, description, vpcId } = operation;
  const rule = inside.type === 'default' ? null : inside.type === 'rule' ? inside.added.rule : inside.rule;
  return {
    type: 'AWS::EC2::SecurityGroup',
    part: 'object',
    key: refKey({ madeBy: id }),
    name: `Group${pascalCase(name)}`,
    idAttribute: 'GroupId',
    uses: rule === null || rule.peer.type === 'cidr' ? [] : [refKey(refOfPeer(rule.peer))],
    properties: (references) => ({
      GroupName: name,
      GroupDescription: description,
      VpcId: references.vpc(vpcId),
      SecurityGroupEgress: rule === null ? undefined : [ruleProperties(rule, 'Destination', references)],
      Tags: tagList(operation.tags, tags),
    }),
  };
}

/** @param end The list with all entries, those of later steps as well. */
export function listResource(
  { id, operation }: StepOf<'create-prefix-list'>,
  { maxEntries, entries }: ListEnd,
  tags: Tags,
): Resource {
  const { name, family } = operation;
  return {
    ...object(id, 'AWS::EC2::PrefixList', `List${pascalCase(name)}`),
    idAttribute: 'PrefixListId',
    properties: () => ({
      PrefixListName: name,
      AddressFamily: family,
      MaxEntries: maxEntries,
      Entries: entries.map(({ cidr, description }) => ({
        Cidr: cidr,
        ...(description === null ? {} : { Description: description }),
      })),
      Tags: tagList(operation.tags, tags),
    }),
  };
}

export function keyResource({ id, operation }: StepOf<'import-key-pair'>, tags: Tags): Resource {
  const { name, publicKey } = operation;
  return {
    ...object(id, 'AWS::EC2::KeyPair', `Key${pascalCase(name)}`),
    properties: () => ({
      KeyName: name,
      PublicKeyMaterial: publicKey,
      Tags: tagList(operation.tags, tags),
    }),
  };
}

export function parameterResource({ id, operation }: StepOf<'put-parameter'>): Resource {
  const { name, image } = operation;
  return {
    ...object(id, 'AWS::SSM::Parameter', `Parameter${pascalCase(name)}`),
    uses: [refKey(image)],
    properties: (references) => ({
      Name: name,
      Type: 'String',
      DataType: 'aws:ec2:image',
      Value: references.id(image),
    }),
  };
}

function object(id: string, type: string, name: string) {
  return { type, part: 'object', key: refKey({ madeBy: id }), name, idAttribute: null, uses: [] } as const;
}

function tagList(...tags: readonly Tags[]): Json | undefined {
  const all = Object.entries(tagsAttribute(...tags) ?? {});
  return all.length === 0
    ? undefined
    : all.sort(([a], [b]) => compareText(a, b)).map(([Key, Value]) => ({ Key, Value }));
}
