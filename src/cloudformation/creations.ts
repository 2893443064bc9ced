import type { CreatedKind, TemplateCreation } from '../inventory/template.ts';
import { type Names, NO_VALUE, toExpression } from './intrinsics.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';
import type { Resource } from './resources.ts';

/** The property that gives an object its name; without it CloudFormation makes a name that nothing else has. */
const NAMED: ReadonlyMap<string, { readonly to: CreatedKind; readonly property: string }> = new Map([
  ['AWS::EC2::KeyPair', { to: 'key-pair', property: 'KeyName' }],
  ['AWS::EC2::SecurityGroup', { to: 'security-group', property: 'GroupName' }],
  ['AWS::EC2::LaunchTemplate', { to: 'launch-template', property: 'LaunchTemplateName' }],
  [
    'AWS::AutoScaling::LaunchConfiguration',
    { to: 'launch-configuration', property: 'LaunchConfigurationName' },
  ],
  ['AWS::AutoScaling::AutoScalingGroup', { to: 'auto-scaling-group', property: 'AutoScalingGroupName' }],
  ['AWS::IAM::InstanceProfile', { to: 'instance-profile', property: 'InstanceProfileName' }],
  ['AWS::IAM::Role', { to: 'role', property: 'RoleName' }],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { to: 'target-group', property: 'Name' }],
  ['AWS::ElasticLoadBalancing::LoadBalancer', { to: 'classic-load-balancer', property: 'LoadBalancerName' }],
  ['AWS::SSM::Parameter', { to: 'parameter', property: 'Name' }],
]);

/** What the template creates under a name that it chooses: CloudFormation fails where the name is in use. */
export function creationsOf(resources: readonly Resource[]): TemplateCreation[] {
  return resources.flatMap(({ logicalId, type, properties, names, created }): TemplateCreation[] => {
    const named = NAMED.get(type);
    const name = named && get(properties, named.property);
    if (!named || !name) return [];
    const vpc = named.to === 'security-group' ? get(properties, 'VpcId') : undefined;
    return [
      {
        resource: logicalId,
        type,
        path: `Properties.${named.property}`,
        line: name.line,
        to: named.to,
        name: created(toExpression(name, names)),
        vpc: vpc ? toExpression(vpc, names) : null,
      },
    ];
  });
}

/** The exports of a template: a region has each name once (User Guide, Outputs). */
export function exportsIn(section: Node | undefined, names: Names): TemplateCreation[] {
  return entriesOf(section).flatMap(([output, { node }]): TemplateCreation[] => {
    const name = get(get(node, 'Export'), 'Name');
    if (!name) return [];
    const condition = textOf(get(node, 'Condition'));
    const value = toExpression(name, names);
    return [
      {
        resource: output,
        type: 'Outputs',
        path: 'Export.Name',
        line: name.line,
        to: 'export',
        name: condition === null ? value : { is: 'if', condition, yes: value, no: NO_VALUE },
        vpc: null,
      },
    ];
  });
}
