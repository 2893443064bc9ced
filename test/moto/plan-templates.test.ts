import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  ImportKeyPairCommand,
  ModifyLaunchTemplateCommand,
  RegisterImageCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPlan } from '../../src/plan/build.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { ED25519 } from '../inventory/vectors.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startEc2 } from './kit.ts';
import { auditedLive, weighty } from './planned.ts';
import { ScriptRunner } from './run-script.ts';

const NAME = 'web(1).x';
const NOTHING_ALLOWED = { allowRevoke: false, allowWorldOpen: false, findings: null };
const TAGGED = {
  TagSpecifications: [{ ResourceType: 'launch-template' as const, Tags: [{ Key: 'Name', Value: 'é' }] }],
};
const USER_DATA = Buffer.from(`#!/bin/sh\nPASSWORD='s3cr3t "$(id)" \\ é'\n`).toString('base64');

let moto: Moto;
let runner: ScriptRunner;
let here: EC2Client;
let there: EC2Client;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startEc2();
  runner = await ScriptRunner.start(moto.url);
  [here, there] = [clientOf(moto.url, SOURCE), clientOf(moto.url, TARGET)];
}, 180_000);
afterAll(async () => {
  here.destroy();
  there.destroy();
  await moto?.stop();
  runner?.remove();
});

const named = (ResourceType: 'vpc' | 'subnet', Value: string) => ({
  TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value }] }],
});

/** A VPC "prod" with a subnet "private". */
async function network(client: EC2Client): Promise<{ vpc: string; subnet: string }> {
  const { Vpc } = await client.send(
    new CreateVpcCommand({ CidrBlock: '10.9.0.0/16', ...named('vpc', 'prod') }),
  );
  const VpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await client.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.1.0/24', ...named('subnet', 'private') }),
  );
  return { vpc: VpcId, subnet: Subnet?.SubnetId ?? '' };
}

async function group(client: EC2Client, VpcId: string, GroupName: string): Promise<string> {
  const made = await client.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }),
  );
  await client.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: made.GroupId,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '192.0.2.0/24' }] },
      ],
    }),
  );
  return made.GroupId ?? '';
}

async function idOf(client: EC2Client, name: string): Promise<string> {
  const Filters = [{ Name: 'group-name', Values: [name] }];
  const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups?.[0]?.GroupId ?? '';
}

it('a launch template that the target lacks is created with the ids of the target, its user data unread', async () => {
  const [own, other] = [await network(here), await network(there)];
  const [web, db] = [await group(here, own.vpc, 'web'), await group(here, own.vpc, 'db')];
  const dbThere = await group(there, other.vpc, 'db');
  await here.send(new ImportKeyPairCommand({ KeyName: 'ops', PublicKeyMaterial: Buffer.from(ED25519.line) }));
  const image = async (client: EC2Client) =>
    (
      await client.send(
        new RegisterImageCommand({ Name: 'golden', Architecture: 'x86_64', RootDeviceName: '/dev/sda1' }),
      )
    ).ImageId ?? '';
  const [ami, amiThere] = [await image(here), await image(there)];
  const data: RequestLaunchTemplateData = {
    ImageId: ami,
    InstanceType: 't3.micro',
    KeyName: 'ops',
    UserData: USER_DATA,
    EbsOptimized: true,
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: own.subnet, Groups: [web, db], AssociatePublicIpAddress: false },
    ],
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 20, VolumeType: 'gp3' } }],
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'group', Value: web }] }],
  };
  await here.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: NAME,
      LaunchTemplateData: data,
      ...TAGGED,
    }),
  );
  await here.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: NAME,
      LaunchTemplateData: { InstanceType: 't3.nano' },
    }),
  );
  await here.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: NAME,
      LaunchTemplateData: {
        ...data,
        NetworkInterfaces: [],
        SecurityGroupIds: [db],
        InstanceType: 't3.small',
      },
    }),
  );
  await here.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName: NAME, DefaultVersion: '3' }));
  await here.send(
    new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: NAME, LaunchTemplateData: data }),
  );
  const before = await auditedLive(moto.url);
  const plan = buildPlan({ ...before, options: NOTHING_ALLOWED });
  expect(plan.steps.map((s) => s.does).slice(-2)).toEqual([
    'Create the launch template "web(1).x" from version 3 of the source',
    'Create a version of the launch template "web(1).x" from version 4 of the source',
  ]);
  expect(planScript(plan)).not.toContain(USER_DATA);
  // The answers to both calls that create something of the template are lost.
  for (const FAIL_AT of ['4', '1'])
    expect(await runner.run(plan, 'dash', { FAIL_AT, FAIL_AFTER: 'yes' })).toMatchObject({ code: 9 });
  expect(await runner.run(plan, 'bash')).toMatchObject({ code: 0, stderr: '', changes: 0 });
  const { LaunchTemplateVersions = [] } = await there.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: NAME }),
  );
  const webThere = await idOf(there, 'web');
  const translated = { ...data, ImageId: amiThere };
  expect(LaunchTemplateVersions.map((v) => [v.DefaultVersion, v.LaunchTemplateData])).toEqual([
    [
      true,
      {
        ...translated,
        InstanceType: 't3.small',
        NetworkInterfaces: undefined,
        SecurityGroupIds: [dbThere],
        // moto keeps the tags of the template here.
        TagSpecifications: [...(data.TagSpecifications ?? []), ...TAGGED.TagSpecifications],
      },
    ],
    [
      false,
      {
        ...translated,
        NetworkInterfaces: [
          {
            DeviceIndex: 0,
            SubnetId: other.subnet,
            Groups: [webThere, dbThere],
            AssociatePublicIpAddress: false,
          },
        ],
      },
    ],
  ]);
  const after = await auditedLive(moto.url);
  const left = before.report.findings.filter((f) => !plan.resolves.includes(f.fingerprint));
  expect(weighty(after.report)).toEqual(weighty({ findings: left }));
}, 300_000);

it('a launch template that somebody else has made since the plan was made is left alone', async () => {
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
  const LaunchTemplateData = { InstanceType: 't3.micro' } as const;
  await here.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: NAME, LaunchTemplateData }));
  const plan = buildPlan({ ...(await auditedLive(moto.url)), options: NOTHING_ALLOWED });
  expect(plan.steps.map((s) => s.does)).toEqual([
    'Create the launch template "web(1).x" from version 1 of the source',
  ]);
  await there.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: NAME, LaunchTemplateData }));
  const ran = await runner.run(plan, 'dash');
  expect(ran).toMatchObject({ code: 1, changes: 0 });
  expect(ran.stderr).toMatch(/the target has another launch template by the name of step 1: lt-\w+/);
}, 300_000);
