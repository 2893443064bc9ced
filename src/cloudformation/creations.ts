import type { CreatedKind, TemplateCreation } from '../inventory/template.ts';
import { toExpression } from './intrinsics.ts';
import { get } from './node.ts';
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
