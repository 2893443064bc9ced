import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  AuthorizeSecurityGroupIngressCommand,
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSecurityGroupCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ImportKeyPairCommand,
  ModifyLaunchTemplateCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';

/** Another key of nobody than the one of the vectors. */
const OTHER_ED25519 = `ssh-ed25519 ${(() => {
  const blob = Buffer.from(ED25519.line.split(' ')[1] ?? '', 'base64');
  blob[blob.length - 1] = 7;
  return blob.toString('base64');
})()} made-up`;

/** A rule is a port and the range that may use it. */
type Rules = readonly (readonly [port: number, cidr: string])[];

const OFFICE = '198.51.100.0/24';
const GROUPS: Readonly<Record<string, { source: Rules; target: Rules | null }>> = {
  web: { source: [[443, OFFICE]], target: [[443, OFFICE]] },
  narrow: { source: [[443, OFFICE]], target: [] },
  wide: { source: [[443, OFFICE]], target: [[443, '198.51.0.0/16']] },
  'moved-from': { source: [[8080, OFFICE]], target: [] },
  'moved-to': {
    source: [[22, OFFICE]],
    target: [
      [22, OFFICE],
      [8080, OFFICE],
    ],
  },
  gone: { source: [], target: null },
};

export interface AuditedEstate {
  /** Ids of the source: an image with a copy on the target, one without, one that is deregistered, and a group of both. */
  readonly golden: string;
  readonly uncopied: string;
  readonly retired: string;
  readonly web: string;
}

/** Workloads of known verdicts in two regions: the name of each says what is the matter with it. */
export async function seedAuditedWorkloads(endpoint: string): Promise<AuditedEstate> {
  const source = await makeSide(endpoint, SOURCE, 'source');
  const target = await makeSide(endpoint, TARGET, 'target');
  const { ec2 } = source;

  await source.key('deploy', RSA.line);
  await target.key('deploy', RSA.line);
  await source.key('only-source', ED25519.line);
  await source.key('rotated', ED25519.line);
  await target.key('rotated', OTHER_ED25519);
  await source.key('windows', ED25519.line);
  await target.key('windows', ED25519.line);

  const golden = await source.image('golden');
  const uncopied = await source.image('uncopied');
  const retired = await source.image('retired');
  const copied = await target.ec2.send(
    new CopyImageCommand({ Name: 'golden', SourceImageId: golden, SourceRegion: SOURCE }),
  );
  const copy = String(copied.ImageId);
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const windows = String(
    Images?.find(({ Platform, Name }) => Platform?.toLowerCase() === 'windows' && Name)?.ImageId,
  );

  for (const [side, image] of [
    [source, golden],
    [target, copy],
  ] as const)
    await side.parameter('/golden', image);
  await source.parameter('/only-source', golden);
  await source.parameter('/to-nothing', golden);
  await target.parameter('/to-nothing', 'ami-0123456789abcdef0');

  const { web, narrow, wide, gone } = source.groups as Record<string, string>;
  const fine = { KeyName: 'deploy', SecurityGroupIds: [String(web)], ImageId: golden };
  const fineThere = { ...fine, SecurityGroupIds: [String(target.groups.web)], ImageId: copy };
  await source.template('all-there', fine);
  await target.template('all-there', fineThere);
  await source.template('no-key', { ...fine, KeyName: 'only-source' });
  await source.template('no-group', { ...fine, SecurityGroupIds: [String(web), String(gone)] });
  const noCopy = await source.template('no-copy', { ...fine, ImageId: uncopied });
  await source.template('by-parameter', { ...fine, ImageId: 'resolve:ssm:/golden' });
  await source.template('no-parameter', { ...fine, ImageId: 'resolve:ssm:/only-source' });
  await source.template('parameter-to-nothing', { ...fine, ImageId: 'resolve:ssm:/to-nothing' });
  await source.template('image-retired', { ...fine, ImageId: retired });
  await source.template('admits-less', { ...fine, SecurityGroupIds: [String(narrow)] });
  await source.template('admits-more', { ...fine, SecurityGroupIds: [String(wide)] });
  await source.template('another-key', { ...fine, KeyName: 'rotated' });
  const pinned = await source.template('pinned', { ...fine, ImageId: uncopied });
  await source.version(pinned, fine);
  await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: pinned, DefaultVersion: '2' }));
  await target.template('there-wide', { ...fineThere, SecurityGroupIds: [String(target.groups.wide)] });
  await target.template('there-no-key', { ...fineThere, KeyName: 'nobody-has-it' });
  await source.template('twin-differs', fine);
  await target.template('twin-differs', { ...fineThere, KeyName: 'windows' });

  await source.group('asg-chain', { LaunchTemplate: { LaunchTemplateId: noCopy, Version: '$Latest' } });
  await source.group('asg-pinned', { LaunchTemplate: { LaunchTemplateId: pinned, Version: '1' } });
  await source.group('asg-mixed', {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: 'all-there', Version: '$Default' },
        Overrides: [
          { InstanceType: 't3.small' },
          {
            InstanceType: 't3.large',
            LaunchTemplateSpecification: { LaunchTemplateName: 'no-group', Version: '$Latest' },
          },
        ],
      },
    },
  });
  await source.autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'configuration',
      ImageId: golden,
      KeyName: 'only-source',
      SecurityGroups: [String(web)],
      InstanceType: 't3.micro',
    }),
  );
  await source.group('asg-by-configuration', { LaunchConfigurationName: 'configuration' });

  const nic = (DeviceIndex: number, group: unknown) => ({
    DeviceIndex,
    SubnetId: source.subnet,
    Groups: [String(group)],
  });
  await source.instance('two-interfaces', {
    ImageId: golden,
    NetworkInterfaces: [nic(0, web), nic(1, gone)],
  });
  await source.instance('windows', { ImageId: windows, KeyName: 'windows', SecurityGroupIds: [String(web)] });
  await source.instance('rules-moved', {
    ImageId: golden,
    SecurityGroupIds: [String(source.groups['moved-from']), String(source.groups['moved-to'])],
  });
  await ec2.send(new DeregisterImageCommand({ ImageId: retired }));

  const inStack = (name: string, image: string, head = '') =>
    `${head}\nResources:\n  Template:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n` +
    `      LaunchTemplateName: ${name}\n      LaunchTemplateData:\n        KeyName: deploy\n        ImageId: ${image}\n`;
  await source.stack(
    'stack-no-row',
    inStack(
      'of-no-row',
      "!FindInMap [Images, !Ref 'AWS::Region', ami]",
      `Mappings:\n  Images:\n    ${SOURCE}: { ami: ${golden} }`,
    ),
  );
  const typed = (type: string, name = 'Image') => `Parameters:\n  ${name}: { Type: '${type}' }`;
  const given = { ParameterKey: 'Image' };
  await source.stack(
    'stack-given-image',
    inStack('of-given-image', '!Ref Image', typed('AWS::EC2::Image::Id')),
    [{ ...given, ParameterValue: uncopied }],
  );
  await source.stack('stack-by-reference', inStack('of-reference', "'{{resolve:ssm:/only-source}}'"));
  await source.stack(
    'stack-by-type',
    inStack('of-type', '!Ref Image', typed('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>')),
    [{ ...given, ParameterValue: '/golden' }],
  );
  await source.stack('stack-with-id', inStack('of-id', golden));
  source.close();
  target.close();
  return { golden, uncopied, retired, web: String(web) };
}

async function makeSide(endpoint: string, region: string, which: 'source' | 'target') {
  const config = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const ec2 = clientOf(endpoint, region);
  const autoScaling = new AutoScalingClient(config);
  const cloudFormation = new CloudFormationClient(config);
  const ssm = new SSMClient(config);
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const VpcId = String(Vpcs?.find(({ IsDefault }) => IsDefault)?.VpcId);
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  const subnet = String(Subnets?.[0]?.SubnetId);
  const groups: Record<string, string> = {};
  for (const [name, rules] of Object.entries(GROUPS)) {
    const rows = rules[which];
    if (rows) groups[name] = await makeGroup(ec2, VpcId, name, rows);
  }
  return {
    ec2,
    autoScaling,
    subnet,
    groups,
    async key(KeyName: string, line: string) {
      await ec2.send(new ImportKeyPairCommand({ KeyName, PublicKeyMaterial: Buffer.from(line) }));
    },
    async image(Name: string): Promise<string> {
      return String((await ec2.send(new RegisterImageCommand({ Name }))).ImageId);
    },
    async parameter(Name: string, Value: string) {
      await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value }));
    },
    async template(LaunchTemplateName: string, LaunchTemplateData: object): Promise<string> {
      const input = { LaunchTemplateName, LaunchTemplateData };
      const { LaunchTemplate } = await ec2.send(new CreateLaunchTemplateCommand(input));
      return String(LaunchTemplate?.LaunchTemplateId);
    },
    async version(LaunchTemplateId: string, LaunchTemplateData: object) {
      await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData }));
    },
    async group(AutoScalingGroupName: string, by: object) {
      const asg = { AutoScalingGroupName, MinSize: 0, MaxSize: 0, VPCZoneIdentifier: subnet, ...by };
      await autoScaling.send(new CreateAutoScalingGroupCommand(asg));
    },
    async instance(Value: string, by: Partial<RunInstancesCommandInput>) {
      const { NetworkInterfaces } = by;
      await ec2.send(
        new RunInstancesCommand({
          MinCount: 1,
          MaxCount: 1,
          InstanceType: 't3.micro',
          ...(NetworkInterfaces ? {} : { SubnetId: subnet }),
          ...by,
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value }] }],
        }),
      );
    },
    async stack(
      StackName: string,
      TemplateBody: string,
      Parameters: { ParameterKey: string; ParameterValue: string }[] = [],
    ) {
      await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody, Parameters }));
    },
    close() {
      for (const client of [ec2, autoScaling, cloudFormation, ssm]) client.destroy();
    },
  };
}

async function makeGroup(ec2: EC2Client, VpcId: string, GroupName: string, rules: Rules): Promise<string> {
  const made = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }));
  const GroupId = String(made.GroupId);
  if (rules.length > 0)
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: rules.map(([port, CidrIp]) => ({
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          IpRanges: [{ CidrIp }],
        })),
      }),
    );
  return GroupId;
}
