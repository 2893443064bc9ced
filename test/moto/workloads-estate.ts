import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSecurityGroupCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ImportKeyPairCommand,
  ModifyLaunchTemplateCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { RSA } from '../inventory/vectors.ts';
import { clientOf } from './estate.ts';

/** More than one page of them, and more than an emulator gives when nobody asks for a page size. */
export const TEMPLATES = 40;

export interface Seeded {
  readonly golden: string;
  /** An image of Amazon's that the server comes with. */
  readonly foreign: { readonly id: string; readonly name: string; readonly owner: string };
  readonly group: string;
  readonly web: string;
  readonly instance: string;
}

export const STACK = `
Parameters:
  Image: { Type: String }
Mappings:
  Images:
    us-east-1: { ami: ami-00000001 }
    ap-southeast-2: { ami: ami-00000002 }
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateName: of-the-stack
      LaunchTemplateData:
        ImageId: !Ref Image
        KeyName: deploy
  Other:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateName: by-mapping
      LaunchTemplateData:
        ImageId: !FindInMap [Images, !Ref 'AWS::Region', ami]
`;

/** One region in which something of every kind starts instances, made over the real API. */
export async function seedWorkloads(
  endpoint: string,
  region: string,
  templates = TEMPLATES,
): Promise<Seeded> {
  const config = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const ec2 = clientOf(endpoint, region);
  const autoScaling = new AutoScalingClient(config);
  const cloudFormation = new CloudFormationClient(config);
  const ssm = new SSMClient(config);

  await ec2.send(new ImportKeyPairCommand({ KeyName: 'deploy', PublicKeyMaterial: Buffer.from(RSA.line) }));
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const VpcId = String(Vpcs?.find(({ IsDefault }) => IsDefault)?.VpcId);
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'web', Description: 'web' }),
  );
  const group = String(made.GroupId);
  const golden = String((await ec2.send(new RegisterImageCommand({ Name: 'golden' }))).ImageId);
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const known = Images?.find(({ Name, OwnerId }) => Name && OwnerId);
  const foreign = { id: String(known?.ImageId), name: String(known?.Name), owner: String(known?.OwnerId) };
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  const subnet = String(Subnets?.[0]?.SubnetId);

  const data = { KeyName: 'deploy', SecurityGroupIds: [group], InstanceType: 't3.micro' as const };
  const web = await templateOf('web', { ...data, ImageId: golden });
  await version(web, { ...data, ImageId: 'resolve:ssm:/golden/image' });
  await version(web, { ImageId: foreign.id, NetworkInterfaces: [{ DeviceIndex: 0, Groups: [group] }] });
  await version(web, { ImageId: golden });
  await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: web, DefaultVersion: '2' }));
  for (let i = 1; i < templates; i += 1) await templateOf(`template-${i}`, { ImageId: golden });

  await autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'old',
      ImageId: golden,
      KeyName: 'deploy',
      SecurityGroups: [group],
      InstanceType: 't3.micro',
    }),
  );
  const asg = { MinSize: 0, MaxSize: 2, VPCZoneIdentifier: subnet };
  const spec = { LaunchTemplateId: web, Version: '1' };
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...asg,
      AutoScalingGroupName: 'pinned',
      LaunchTemplate: spec,
      DesiredCapacity: 1,
      Tags: [{ Key: 'team', Value: 'platform', PropagateAtLaunch: false }],
    }),
  );
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...asg,
      AutoScalingGroupName: 'mixed',
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Latest' },
          Overrides: [
            { InstanceType: 't3.small' },
            { InstanceType: 't3.large', LaunchTemplateSpecification: { ...spec, Version: '3' } },
          ],
        },
      },
    }),
  );
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...asg,
      AutoScalingGroupName: 'by-configuration',
      LaunchConfigurationName: 'old',
    }),
  );

  const run = { ImageId: golden, MinCount: 1, MaxCount: 1, KeyName: 'deploy', SubnetId: subnet };
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...run,
      SecurityGroupIds: [group],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'by hand' }] }],
    }),
  );
  const brief = await ec2.send(new RunInstancesCommand(run));
  const gone = (brief.Instances ?? []).map(({ InstanceId }) => String(InstanceId));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: gone }));

  for (const StackName of ['app', 'deleted'])
    await cloudFormation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: StackName === 'app' ? STACK : STACK.replaceAll(/LaunchTemplateName: \S+/g, '$&-2'),
        Parameters: [{ ParameterKey: 'Image', ParameterValue: golden }],
        Tags: [{ Key: 'team', Value: 'platform' }],
      }),
    );
  await cloudFormation.send(new DeleteStackCommand({ StackName: 'deleted' }));
  await ssm.send(new PutParameterCommand({ Name: '/golden/image', Type: 'String', Value: golden }));
  await ssm.send(
    new PutParameterCommand({ Name: '/golden/image', Type: 'String', Value: foreign.id, Overwrite: true }),
  );
  await ssm.send(new PutParameterCommand({ Name: '/secret', Type: 'SecureString', Value: 'hidden' }));
  for (const client of [ec2, autoScaling, cloudFormation, ssm]) client.destroy();
  return { golden, foreign, group, web, instance: String(Instances?.[0]?.InstanceId) };

  async function templateOf(LaunchTemplateName: string, LaunchTemplateData: object): Promise<string> {
    const input = { LaunchTemplateName, LaunchTemplateData };
    const { LaunchTemplate } = await ec2.send(new CreateLaunchTemplateCommand(input));
    return String(LaunchTemplate?.LaunchTemplateId);
  }
  async function version(LaunchTemplateId: string, LaunchTemplateData: object): Promise<void> {
    await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData }));
  }
}
