import { fileURLToPath } from 'node:url';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { type Moto, run, startMoto } from './kit.ts';

let moto: Moto;
let here: EC2Client;
let there: EC2Client;

async function make(client: EC2Client, GroupName: string, Description = GroupName): Promise<string> {
  const { Vpcs } = await client.send(new DescribeVpcsCommand({}));
  const VpcId = Vpcs?.[0]?.VpcId;
  const { GroupId = '' } = await client.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName, Description }),
  );
  return GroupId;
}
const admit = (client: EC2Client, GroupId: string, IpPermissions: IpPermission[]) =>
  client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
const tcp = (from: number, to: number, peers: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  ...peers,
});

beforeAll(async () => {
  moto = await startMoto();
  [here, there] = [clientOf(moto.url, SOURCE), clientOf(moto.url, TARGET)];
  const office = [{ CidrIp: '203.0.113.0/24', Description: 'the office, $(x) & more' }];
  const lb = await make(here, 'lb', 'in front of the web');
  const web = await make(here, 'web');
  const db = await make(here, 'db');
  const list = new CreateManagedPrefixListCommand({
    PrefixListName: 'partners',
    AddressFamily: 'IPv4',
    MaxEntries: 3,
    Entries: [{ Cidr: '198.51.100.0/24', Description: 'first' }],
  });
  const PrefixListId = (await here.send(list)).PrefixList?.PrefixListId;
  await admit(here, lb, [tcp(443, 443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]);
  await admit(here, web, [
    tcp(8080, 8080, { UserIdGroupPairs: [{ GroupId: lb }] }),
    tcp(22, 22, { IpRanges: office }),
    tcp(443, 443, { PrefixListIds: [{ PrefixListId }] }),
  ]);
  await admit(here, db, [
    tcp(5432, 5432, { UserIdGroupPairs: [{ GroupId: web }, { GroupId: db }] }),
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  ]);
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await here.send(new RevokeSecurityGroupEgressCommand({ GroupId: db, IpPermissions: everything }));
  // On the target: "web" is wider open and lacks rows, the others do not exist.
  const copy = await make(there, 'web');
  await admit(there, copy, [tcp(22, 22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]);
});
afterAll(() => {
  here?.destroy();
  there?.destroy();
  return moto?.stop();
});

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
async function audit(): Promise<Report> {
  const args = ['audit', SOURCE, TARGET, '--only', 'security-groups', '-o', 'json', '--fail-on', 'none'];
  const env = { AWS_ENDPOINT_URL: moto.url };
  return JSON.parse((await run(process.execPath, ['--import', 'tsx', MAIN, ...args], env)).stdout);
}
const weighty = ({ findings }: Report) => findings.filter((f) => f.severity !== 'info').map((f) => f.rule);

it('the commands of a report about groups, pasted into a shell in its order, bring the target in line', async () => {
  const before = await audit();
  expect(weighty(before).sort()).toEqual([
    'prefix-list/missing',
    'security-group/allows-less',
    'security-group/allows-more',
    'security-group/missing',
    'security-group/missing',
  ]);
  const lines = before.findings.flatMap((f) => (f.commands ?? []).map((c) => c.shell));
  const ended = await run('sh', ['-e', '-c', lines.join('\n')], { AWS_ENDPOINT_URL: moto.url });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const after = await audit();
  expect(weighty(after)).toEqual([]);
  expect(after.pairs.map((p) => p.state)).toEqual(after.pairs.map(() => 'same'));
});
