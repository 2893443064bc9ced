import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditedSides } from '../../src/audit/run.ts';
import { buildPlan } from '../../src/plan/build.ts';
import type { Plan } from '../../src/plan/model.ts';
import { ED25519 } from '../inventory/vectors.ts';
import { allow, group, VPC } from '../kit/estate.ts';
import type { Estates } from '../kit/random-estate.ts';
import { AWS_ENV, type Moto, startEc2 } from './kit.ts';
import { auditedLive } from './planned.ts';
import { ScriptRunner } from './run-script.ts';
import { seedEstates } from './seed-estate.ts';

const OFFICE = '198.51.100.0/24';

let moto: Moto;
let runner: ScriptRunner;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startEc2();
  runner = await ScriptRunner.start(moto.url);
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  runner?.remove();
});

const audited = () => auditedLive(moto.url);

async function seeded(pair: Estates): Promise<{ before: AuditedSides; plan: Plan }> {
  await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
  await seedEstates(moto.url, pair);
  const before = await audited();
  const plan = buildPlan({ ...before, options: { allowRevoke: true, allowWorldOpen: true, findings: null } });
  return { before, plan };
}

const runs = (plan: Plan, shell: 'dash' | 'bash', failing: NodeJS.ProcessEnv = {}) =>
  runner.run(plan, shell, failing);

it('descriptions that a plan sets are found when it is run again', async () => {
  const described = (text: string, peer: string) => [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: peer, Description: text }] },
  ];
  const side = (text: string) => ({ vpcs: [VPC], securityGroups: [group('web', described(text, OFFICE))] });
  const everywhere = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: "all; '$(id)'" }] };
  const source = side("new; '$(id)'");
  const { plan } = await seeded({
    source: {
      ...source,
      securityGroups: [...source.securityGroups, group('app', [], { IpPermissionsEgress: [everywhere] })],
    },
    target: side('old'),
  });
  expect(await runs(plan, 'dash')).toMatchObject({ code: 0, stderr: '', changes: 3 });
  expect((await audited()).report.findings.map((f) => f.message)).toEqual([]);
  expect(await runs(plan, 'bash')).toMatchObject({ code: 0, stderr: '', changes: 0 });
}, 600_000);

it('descriptions of 255 characters, of all that EC2 accepts, arrive whole', async () => {
  const accepted = 'abzABZ019 ._-:/()#,@[]+=&;{}!$*';
  const long = accepted.repeat(9).slice(0, 255).replace(/ $/, '.');
  const permission = {
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: OFFICE, Description: long }],
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: long }],
  };
  const source = {
    vpcs: [VPC],
    securityGroups: [group('web', [permission], { Description: long })],
    prefixLists: [
      {
        PrefixListId: 'pl-1',
        PrefixListName: long,
        AddressFamily: 'IPv4',
        MaxEntries: 1,
        Entries: [OFFICE],
        Tags: [{ Key: long.slice(0, 127), Value: long }],
      },
    ],
  };
  const { plan } = await seeded({ source, target: { vpcs: [VPC] } });
  expect(await runs(plan, 'dash')).toMatchObject({ code: 0, stderr: '' });
  expect((await audited()).report.findings.map((f) => f.message)).toEqual([]);
  expect(await runs(plan, 'bash')).toMatchObject({ code: 0, stderr: '', changes: 0 });
}, 600_000);

/** A prefix list, a group that names itself and the list and has no egress, and a key: all missing on the target. */
const SMALL: Estates = {
  source: {
    vpcs: [VPC],
    prefixLists: [
      {
        PrefixListId: 'pl-1',
        PrefixListName: "bob's",
        AddressFamily: 'IPv4',
        MaxEntries: 2,
        Entries: [OFFICE],
      },
    ],
    securityGroups: [group('web', [allow('tcp', 443, 443, 'sg-web', 'pl-1', OFFICE)])],
    keyPairs: [{ KeyName: '$(id)', PublicKey: ED25519.line }],
  },
  target: { vpcs: [VPC] },
};

it.each([1, 2, 3, 4, 5])(
  'stopped at its change %d and run again, a plan ends as if it had not stopped',
  async (n) => {
    const { plan } = await seeded(SMALL);
    expect(plan.steps.length).toBe(5);
    const failing = { FAIL_AT: String(n), ...(n % 2 === 0 ? { FAIL_AFTER: 'yes' } : {}) };
    const stopped = await runs(plan, 'dash', failing);
    expect(stopped).toMatchObject({ code: 9, changes: n });
    expect(await runs(plan, 'dash')).toMatchObject({
      code: 0,
      stderr: '',
      changes: n % 2 === 0 ? 5 - n : 6 - n,
    });
    expect((await audited()).report.findings.map((f) => f.message)).toEqual([]);
  },
  600_000,
);
