import fc from 'fast-check';
import { type AwsStack, stackFrom } from '../../src/cloudformation/index.ts';
import { autoScalingGroupFrom } from '../../src/inventory/auto-scaling-group.ts';
import { instanceFrom } from '../../src/inventory/instance.ts';
import { launchConfigurationFrom } from '../../src/inventory/launch-configuration.ts';
import { launchTemplateFrom } from '../../src/inventory/launch-template.ts';
import { noOtherImage, otherImageFrom } from '../../src/inventory/other-image.ts';
import { missingParameter, parameterFrom } from '../../src/inventory/parameter.ts';
import type { Stack } from '../../src/inventory/stack.ts';
import type { Expression } from '../../src/inventory/template.ts';
import { collected, id, maybe, tags, text } from './arbitraries.ts';

const groups = maybe(
  fc.array(fc.record({ GroupId: maybe(id('sg')), GroupName: maybe(text) }), { maxLength: 3 }),
);
const choice = fc.record({
  LaunchTemplateId: maybe(id('lt')),
  LaunchTemplateName: maybe(text),
  Version: maybe(fc.oneof(fc.constantFrom('$Default', '$Latest', '7'), text)),
});
const time = maybe(fc.constantFrom('2026-10-01T12:00:00.000Z', '2026-10-01T12:00:00+02:00', 'never'));

const details = {
  InstanceType: maybe(fc.constantFrom('m5.large', 'm7g.large')),
  BlockDeviceMappings: maybe(
    fc.array(
      fc.record({
        DeviceName: maybe(text),
        Ebs: maybe(
          fc.record({ SnapshotId: maybe(id('snap')), VolumeSize: maybe(fc.nat()), KmsKeyId: maybe(text) }),
        ),
      }),
      { maxLength: 3 },
    ),
  ),
  LicenseSpecifications: maybe(
    fc.array(fc.record({ LicenseConfigurationArn: maybe(text) }), { maxLength: 3 }),
  ),
  UserData: maybe(text.map((plain) => Buffer.from(plain).toString('base64'))),
};

const instance = fc
  .record({
    InstanceId: id('i'),
    ImageId: maybe(id('ami')),
    KeyName: maybe(text),
    Platform: maybe(text),
    State: maybe(fc.record({ Name: maybe(text) })),
    SecurityGroups: groups,
    NetworkInterfaces: maybe(fc.array(fc.record({ Groups: groups }), { maxLength: 3 })),
    Tags: fc
      .tuple(tags, maybe(text))
      .map(([own, version]) => [
        ...own,
        { Key: 'aws:ec2launchtemplate:id', Value: 'lt-1' },
        ...(version === undefined ? [] : [{ Key: 'aws:ec2launchtemplate:version', Value: version }]),
      ]),
  })
  .map(instanceFrom);

const version = fc.record({
  VersionNumber: maybe(fc.nat({ max: 5 })),
  LaunchTemplateData: maybe(
    fc.record({
      ImageId: maybe(text),
      KeyName: maybe(text),
      SecurityGroupIds: maybe(fc.array(id('sg'), { maxLength: 2 })),
      SecurityGroups: maybe(fc.array(text, { maxLength: 2 })),
      NetworkInterfaces: maybe(
        fc.array(
          fc.record({
            DeviceIndex: maybe(fc.nat({ max: 2 })),
            SubnetId: maybe(id('subnet')),
            PrivateIpAddresses: maybe(
              fc.array(fc.record({ PrivateIpAddress: maybe(text) }), { maxLength: 3 }),
            ),
            Groups: maybe(fc.array(text, { maxLength: 2 })),
          }),
          { maxLength: 3 },
        ),
      ),
      ...details,
    }),
  ),
});
const launchTemplate = fc
  .tuple(
    fc.record({
      LaunchTemplateId: id('lt'),
      LaunchTemplateName: maybe(text),
      DefaultVersionNumber: maybe(fc.nat({ max: 5 })),
      LatestVersionNumber: maybe(fc.nat({ max: 5 })),
      Tags: tags,
    }),
    fc.option(fc.array(version, { maxLength: 4 })),
    fc.array(fc.nat({ max: 5 })),
  )
  .map(([raw, versions, pinned]) => launchTemplateFrom(raw, versions, new Set(pinned)));

const launchConfiguration = fc
  .record({
    LaunchConfigurationName: text,
    LaunchConfigurationARN: id('arn'),
    ImageId: maybe(text),
    KeyName: maybe(text),
    SecurityGroups: maybe(fc.array(fc.oneof(text, id('sg')), { maxLength: 3 })),
  })
  .map(launchConfigurationFrom);

const autoScalingGroup = fc
  .record({
    AutoScalingGroupName: text,
    AutoScalingGroupARN: id('arn'),
    LaunchConfigurationName: maybe(text),
    LaunchTemplate: maybe(choice),
    MixedInstancesPolicy: maybe(
      fc.record({
        LaunchTemplate: maybe(
          fc.record({
            LaunchTemplateSpecification: maybe(choice),
            Overrides: maybe(
              fc.array(
                fc.record({
                  LaunchTemplateSpecification: maybe(choice),
                  ImageId: maybe(text),
                  InstanceType: maybe(text),
                }),
                {
                  maxLength: 3,
                },
              ),
            ),
          }),
        ),
      }),
    ),
    Instances: maybe(fc.array(fc.record({ LaunchTemplate: maybe(choice) }), { maxLength: 3 })),
    DesiredCapacity: maybe(fc.nat()),
    VPCZoneIdentifier: maybe(fc.array(id('subnet'), { maxLength: 3 }).map((ids) => ids.join(','))),
    AvailabilityZones: maybe(fc.array(text, { maxLength: 3 })),
    TargetGroupARNs: maybe(fc.array(text, { maxLength: 3 })),
    LoadBalancerNames: maybe(fc.array(text, { maxLength: 3 })),
    Tags: tags,
  })
  .map(autoScalingGroupFrom);

const parameter = fc.oneof(
  fc.record({ Name: text, Type: maybe(text), Value: maybe(text) }).map(parameterFrom),
  text.map(missingParameter),
);

const otherImage = fc.oneof(
  fc
    .record({
      ImageId: id('ami'),
      Name: maybe(text),
      OwnerId: maybe(text),
      ImageOwnerAlias: maybe(text),
      State: maybe(text),
      Platform: maybe(text),
      CreationDate: time,
      DeprecationTime: time,
    })
    .map(otherImageFrom),
  id('ami').map(noOtherImage),
);

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    fc.record({ is: fc.constant('text' as const), text }),
    fc.record({ is: fc.constant('parameter' as const), name: text }),
    fc.record({
      is: fc.constant('resource' as const),
      logicalId: text,
      attribute: fc.option(text),
    }),
    fc.record({ is: fc.constant('unknown' as const), what: text }),
    fc.record({ is: fc.constant('list' as const), items: fc.array(tie('expression'), { maxLength: 2 }) }),
    fc.record({ is: fc.constant('ssm' as const), name: tie('expression') }),
    fc.record({
      is: fc.constant('map' as const),
      map: text,
      first: tie('expression'),
      second: tie('expression'),
      otherwise: fc.option(tie('expression')),
    }),
    fc.record({
      is: fc.constant('if' as const),
      condition: text,
      yes: tie('expression'),
      no: tie('expression'),
    }),
  ),
}));

/** A template as its author may have written it, hostile names and all. */
const body = fc
  .record({
    parameter: text,
    resource: text,
    map: text,
    ImageId: fc.oneof(
      text.map((value): unknown => value),
      text.map((Ref) => ({ Ref })),
      fc.tuple(text, text).map(([map, key]) => ({ 'Fn::FindInMap': [map, { Ref: 'AWS::Region' }, key] })),
    ),
  })
  .map(({ parameter: name, resource, map, ImageId }) =>
    JSON.stringify({
      Parameters: Object.fromEntries([[name, { Type: 'AWS::EC2::Image::Id', Default: name }]]),
      Mappings: Object.fromEntries([[map, { 'us-east-1': { ami: 'ami-1' } }]]),
      Resources: Object.fromEntries([[resource, { Type: 'AWS::EC2::Instance', Properties: { ImageId } }]]),
    }),
  );

const stack: fc.Arbitrary<Stack> = fc
  .tuple(
    fc.record({
      StackId: id('arn'),
      StackName: text,
      StackStatus: maybe(text),
      Parameters: maybe(
        fc.array(fc.record({ ParameterKey: text, ParameterValue: maybe(text), ResolvedValue: maybe(text) }), {
          maxLength: 2,
        }),
      ),
      Tags: tags,
    }) satisfies fc.Arbitrary<AwsStack>,
    maybe(fc.oneof(body, text)),
    expression,
  )
  .map(([raw, text, value]) => {
    const { stack } = stackFrom(raw, text);
    const [first, ...others] = stack.template?.references ?? [];
    if (!stack.template || !first) return stack;
    return { ...stack, template: { ...stack.template, references: [{ ...first, value }, ...others] } };
  });

const byId = (item: { id: string }) => item.id;

/** The kinds that start instances, and what they refer to. */
export const workloadKinds = {
  instances: collected(instance, byId),
  launchTemplates: collected(launchTemplate, byId),
  launchConfigurations: collected(launchConfiguration, byId),
  autoScalingGroups: collected(autoScalingGroup, byId),
  stacks: collected(stack, byId),
  parameters: collected(
    parameter.filter((item) => item.id !== ''),
    byId,
  ),
  otherImages: collected(otherImage, byId),
};
