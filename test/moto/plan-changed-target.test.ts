import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allow, group, VPC } from '../kit/estate.ts';
import type { Estates } from '../kit/random-estate.ts';
import { clientOf, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startEc2 } from './kit.ts';
import { plannedLive, seedAnew } from './planned.ts';
import { ScriptRunner } from './run-script.ts';

const OFFICE = '198.51.100.0/24';
const OTHER = '203.0.113.0/24';

let moto: Moto;
let runner: ScriptRunner;
let there: EC2Client;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startEc2();
  runner = await ScriptRunner.start(moto.url);
  there = clientOf(moto.url, TARGET);
}, 180_000);
afterAll(async () => {
  there?.destroy();
  await moto?.stop();
  runner?.remove();
});

/** Two groups that name each other, one of which names a prefix list; the target has none of them. */
const ESTATES: Estates = {
  source: {
    vpcs: [VPC],
    prefixLists: [
      {
        PrefixListId: 'pl-1',
        PrefixListName: 'office',
        AddressFamily: 'IPv4',
        MaxEntries: 2,
        Entries: [OFFICE],
      },
    ],
    securityGroups: [
      group('web', [allow('tcp', 443, 443, 'sg-db', 'pl-1')]),
      group('db', [allow('tcp', 22, 22, 'sg-web', OFFICE)]),
    ],
  },
  target: { vpcs: [VPC] },
};

const rule = (CidrIp: string) => [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp }] }];

/** A group "db" that somebody makes on the target once the plan is made. */
async function makeDb(Description: string, CidrIp: string | null): Promise<string> {
  const { Vpcs } = await there.send(new DescribeVpcsCommand({}));
  const VpcId = Vpcs?.find((v) => v.IsDefault)?.VpcId;
  const { GroupId = '' } = await there.send(
    new CreateSecurityGroupCommand({ GroupName: 'db', Description, VpcId }),
  );
  if (CidrIp !== null)
    await there.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: rule(CidrIp) }));
  return GroupId;
}

const DESCRIPTION = group('db', []).Description ?? '';

it.each<readonly [string, string, string | null]>([
  ['another description', 'somebody else made it', null],
  ['a rule that the plan does not make', DESCRIPTION, OTHER],
])(
  'a group of that name with %s gets no rule',
  async (_, description, cidr) => {
    await seedAnew(moto.url, ESTATES);
    const { plan } = await plannedLive(moto.url);
    const id = await makeDb(description, cidr);
    const ran = await runner.run(plan, 'dash');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`another security group by the name of one that this plan makes: ${id}`);
    const { SecurityGroups } = await there.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    expect(SecurityGroups?.[0]?.IpPermissions).toHaveLength(cidr === null ? 0 : 1);
  },
  300_000,
);

it('a group that has a part of the rules by now gets the others', async () => {
  await seedAnew(moto.url, ESTATES);
  const { plan } = await plannedLive(moto.url);
  await makeDb(DESCRIPTION, OFFICE);
  expect(await runner.run(plan, 'bash')).toMatchObject({ code: 0, stderr: '' });
  expect((await plannedLive(moto.url)).report.findings.map((f) => f.message)).toEqual([]);
}, 300_000);

it('a rule that is authorized between the look-up and the call is no failure', async () => {
  await seedAnew(moto.url, ESTATES);
  const { plan } = await plannedLive(moto.url);
  await makeDb(DESCRIPTION, OFFICE);
  // Revoking what is not there is left to the next run.
  const steps = plan.steps.filter((s) => s.operation.type !== 'revoke-rules');
  const ran = await runner.run({ ...plan, steps }, 'dash', { BLIND: 'yes' });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(await runner.run(plan, 'dash')).toMatchObject({ code: 0, stderr: '' });
  expect((await plannedLive(moto.url)).report.findings.map((f) => f.message)).toEqual([]);
}, 300_000);

it('a prefix list of that name with other entries is left alone', async () => {
  await seedAnew(moto.url, ESTATES);
  const { plan } = await plannedLive(moto.url);
  await there.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'office',
      AddressFamily: 'IPv4',
      MaxEntries: 2,
      Entries: [{ Cidr: OTHER }],
    }),
  );
  const ran = await runner.run(plan, 'dash');
  expect(ran).toMatchObject({ code: 1, changes: 0 });
  expect(ran.stderr).toContain('another prefix list by the name of one that this plan makes');
}, 300_000);
