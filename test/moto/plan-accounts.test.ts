import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeVpcsCommand,
  EC2Client,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import { CreateKeyCommand, KMSClient, ListGrantsCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPlan } from '../../src/plan/build.ts';
import type { Plan } from '../../src/plan/model.ts';
import { SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startEc2 } from './kit.ts';
import { auditedLive } from './planned.ts';
import { type Ran, ScriptRunner } from './run-script.ts';

const PROD = '222222222222';
const DR = '333333333333';
const SIDES = { source: `${SOURCE}@prod`, target: `${TARGET}@dr` };

let moto: Moto;
let runner: ScriptRunner;
let folder: string;
let keyArn = '';

/** Clients with the credentials of a role of an account. */
async function inAccount(account: string, region: string): Promise<{ ec2: EC2Client; kms: KMSClient }> {
  const at = { endpoint: moto.url, region };
  const sts = new STSClient({ ...at, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/any`, RoleSessionName: 'test' }),
  );
  sts.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { ec2: new EC2Client({ ...at, credentials }), kms: new KMSClient({ ...at, credentials }) };
}

/** An image whose snapshot a customer managed key encrypts, another one without encryption, and a security group. */
async function seed(): Promise<void> {
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
  runner.forgetRoles();
  const { ec2, kms } = await inAccount(PROD, SOURCE);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'images' }));
  keyArn = KeyMetadata?.Arn ?? '';
  const size = { AvailabilityZone: `${SOURCE}a`, Size: 8 };
  for (const [Name, key] of [
    ['golden', { Encrypted: true, KmsKeyId: keyArn }],
    ['plain', {}],
  ] as const) {
    const { VolumeId } = await ec2.send(new CreateVolumeCommand({ ...size, ...key }));
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    await ec2.send(
      new RegisterImageCommand({
        Name,
        Architecture: 'x86_64',
        RootDeviceName: '/dev/sda1',
        BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId } }],
        TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'team', Value: Name }] }],
      }),
    );
  }
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const VpcId = Vpcs?.[0]?.VpcId;
  await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId }));
  ec2.destroy();
  kms.destroy();
}

async function grantsOf(arn: string): Promise<string[]> {
  const { kms, ec2 } = await inAccount(PROD, SOURCE);
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId: arn }));
  kms.destroy();
  ec2.destroy();
  return Grants.map((g) => `${g.GranteePrincipal} ${g.Operations?.join(' ')}`);
}

/** The images of the target account, with the image of the source account that each is a copy of. */
async function copies(): Promise<string[]> {
  const { ec2, kms } = await inAccount(DR, TARGET);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  ec2.destroy();
  kms.destroy();
  return Images.map((i) => `${i.Name} ${i.BlockDeviceMappings?.[0]?.Ebs?.Encrypted}`).sort();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-parity-accounts-'));
  const config = join(folder, 'config');
  const profile = (name: string, account: string) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::${account}:role/plan\nsource_profile = keys\n`;
  writeFileSync(
    config,
    `[profile keys]\naws_access_key_id = test\naws_secret_access_key = test\n${profile('prod', PROD)}${profile('dr', DR)}`,
  );
  moto = await startEc2();
  Object.assign(process.env, { ...AWS_ENV, AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_STS: moto.url });
  runner = await ScriptRunner.start(moto.url);
}, 180_000);
afterAll(async () => {
  runner?.remove();
  await moto?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function planned(): Promise<Plan> {
  const audited = await auditedLive(moto.url, SIDES);
  const options = { allowRevoke: false, allowWorldOpen: false, findings: null };
  return buildPlan({ ...audited, options, profiles: { source: 'prod', target: 'dr' } });
}

/** Only the profiles give credentials: a call without one fails. */
const run = (plan: Plan, shell: 'dash' | 'bash', how: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  runner.run(plan, shell, {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    ...how,
  });

const STEPS = [
  'prod create-grant',
  'prod modify-image-attribute',
  'prod modify-image-attribute',
  'prod modify-snapshot-attribute',
  'prod modify-snapshot-attribute',
  'dr create-security-group',
  'dr copy-image',
  'dr copy-image',
];

it('a plan of two accounts shares with the credentials of the source, changes the target with its own, and waits for the grant', async () => {
  await seed();
  const plan = await planned();
  expect([plan.source, plan.target]).toEqual([
    { account: PROD, region: SOURCE, profile: 'prod' },
    { account: DR, region: TARGET, profile: 'dr' },
  ]);
  const first = await run(plan, 'dash');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect([...first.changing].sort()).toEqual([...STEPS].sort());
  expect(first.waited).toBe(15);
  expect(await grantsOf(keyArn)).toEqual([
    `arn:aws:iam::${DR}:root Decrypt DescribeKey CreateGrant ReEncryptFrom`,
  ]);
  expect(await copies()).toEqual(['golden true', 'plain false']);
  expect(await run(plan, 'bash')).toMatchObject({ code: 0, stderr: '', changes: 0, waited: 0 });
  const { report } = await auditedLive(moto.url, SIDES);
  const left = new Set(report.findings.map((f) => f.fingerprint));
  expect(plan.resolves.length).toBeGreaterThan(2);
  expect(plan.resolves.filter((f) => left.has(f))).toEqual([]);
}, 600_000);

it('stopped after each of its changes and run again, it makes one grant and one copy of each image', async () => {
  await seed();
  const plan = await planned();
  for (let stops = 0; ; stops++) {
    const ended = await run(plan, stops % 2 === 0 ? 'dash' : 'bash', { FAIL_AT: '1', FAIL_AFTER: 'yes' });
    if (ended.code === 0) break;
    expect(ended).toMatchObject({ code: 9, changes: 1 });
    expect(stops).toBeLessThan(STEPS.length + 1);
  }
  expect(await grantsOf(keyArn)).toHaveLength(1);
  expect(await copies()).toEqual(['golden true', 'plain false']);
}, 600_000);

it('refuses the credentials of another account, and changes nothing', async () => {
  await seed();
  const plan = await planned();
  const swapped = await run(plan, 'dash', { SOURCE_PROFILE: 'dr', TARGET_PROFILE: 'prod' });
  expect(swapped).toMatchObject({ code: 1, changes: 0 });
  expect(swapped.stderr).toContain(`of account ${DR}, and the plan was made for account ${PROD}`);
}, 300_000);
