import type { BoundKind, Expression, LaunchField } from '../inventory/template.ts';
import { type Names, toExpression } from './intrinsics.ts';
import { functionOf, get, type Node, textOf } from './node.ts';
import { branchesOf, type Found, valuesAt } from './walk.ts';

/**
 * Option settings of Elastic Beanstalk: pairs of a namespace and a name, each with a text. The registry does not say what
 * they mean; the Elastic Beanstalk Developer Guide does (general options for all environments).
 */
export const OPTION_TYPES = [
  'AWS::ElasticBeanstalk::Environment',
  'AWS::ElasticBeanstalk::ConfigurationTemplate',
] as const;

const LAUNCH = 'aws:autoscaling:launchconfiguration';

/** Options that name a key pair, an image or security groups. */
export const OPTION_REFERENCES = [
  [LAUNCH, 'EC2KeyName', 'key'],
  [LAUNCH, 'ImageId', 'image'],
  [LAUNCH, 'SecurityGroups', 'group-either'],
  ['aws:elb:loadbalancer', 'SecurityGroups', 'group'],
  ['aws:elb:loadbalancer', 'ManagedSecurityGroup', 'group'],
  ['aws:elbv2:loadbalancer', 'SecurityGroups', 'group'],
  ['aws:elbv2:loadbalancer', 'ManagedSecurityGroup', 'group'],
] as const;

/** Options that name what else a launch uses. Block devices are a text: "/dev/sdj=:100,/dev/sdh=snap-51eef269". */
export const OPTION_FIELDS = [
  [LAUNCH, 'InstanceType', 'type'],
  ['aws:ec2:instances', 'InstanceTypes', 'type'],
  [LAUNCH, 'IamInstanceProfile', 'profile'],
  [LAUNCH, 'BlockDeviceMappings', 'snapshot'],
  ['aws:ec2:vpc', 'Subnets', 'subnet'],
  ['aws:ec2:vpc', 'ELBSubnets', 'subnet'],
  ['aws:ec2:vpc', 'DBSubnets', 'subnet'],
  ['aws:autoscaling:asg', 'Custom Availability Zones', 'zone'],
  ['aws:autoscaling:asg', 'MinSize', 'count'],
] as const satisfies readonly (readonly [string, string, LaunchField])[];

/** From where SSH is admitted: "tcp, 22, 22, 192.0.2.0/24", or a security group in place of the addresses. */
export const SSH_SOURCE = [LAUNCH, 'SSHSourceRestriction'] as const;

/** The group in the value of `SSH_SOURCE`; null where it holds addresses, or nothing. */
export function sshSourceGroup(value: string): string | null {
  const source = value.split(',')[3]?.trim() ?? '';
  return source === '' || source.includes('/') ? null : source;
}

/** What an option names by the id or ARN of one region. The variables of an application may hold anything. */
export function boundOfOption(namespace: string, name: string): BoundKind | null {
  if (namespace.startsWith('aws:elasticbeanstalk:application:')) return null;
  if (namespace === 'aws:ec2:vpc' && name === 'VPCId') return 'vpc';
  return /Arns?$|ARN$|^SSLCertificateId$|^SharedLoadBalancer$/.test(name) ? 'arn' : null;
}

/** The path of an option's value. */
export function optionPath(namespace: string, name: string): readonly string[] {
  return ['OptionSettings', '*', `[Namespace=${namespace},OptionName=${name}]`, 'Value'];
}

/** The values of those options that mean one region. */
export function* optionBounds(
  properties: Node,
  names: Names,
): Generator<Found & { readonly to: BoundKind; readonly value: Expression }> {
  const seen = new Set<string>();
  for (const item of itemsIn(get(properties, 'OptionSettings'))) {
    const [namespace, name] = [textOf(get(item, 'Namespace')), textOf(get(item, 'OptionName'))];
    const to = namespace === null || name === null ? null : boundOfOption(namespace, name);
    const key = JSON.stringify([namespace, name]);
    if (namespace === null || name === null || to === null || seen.has(key)) continue;
    seen.add(key);
    for (const found of valuesAt(properties, optionPath(namespace, name), names))
      yield { ...found, to, value: { is: 'split', separator: ',', from: found.value, trim: true } };
  }
}

/** An option whose namespace or name a function gives: what it sets is not in the text. */
export function unnamedOption(properties: Node, names: Names): Node | null {
  const isComputed = (node: Node | undefined) =>
    node !== undefined && node.is === 'map' && toExpression(node, names).is !== 'text';
  for (const item of itemsIn(get(properties, 'OptionSettings')))
    if (isComputed(get(item, 'Namespace')) || isComputed(get(item, 'OptionName'))) return item;
  return null;
}

function* itemsIn(node: Node | undefined): Generator<Node> {
  if (!node) return;
  const call = functionOf(node);
  if (call?.name === 'Fn::If') for (const { branch } of branchesOf(call.of)) yield* itemsIn(branch);
  else if (node.is === 'list') for (const item of node.items) yield* itemsIn(item);
  else yield node;
}
