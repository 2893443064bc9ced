import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunInstancesCommand, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type Report } from '../../src/index.ts';
import { dumpByHints, dumpFacts, dumpTemplates } from './dumps.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';
import { CASES, launchOf, type Named, seedLaunches } from './launches-estate.ts';

let moto: Moto;
let root: string;
let named: { source: Named; target: Named };
let live: Report;
// The emulator keeps no record of what an image was copied from: the config says that the name tells.
const config = { names: { images: { golden: 'golden' } } };
/** What the emulator checks only where it is configured to, and EC2 always does. */
const CHECKS = {
  MOTO_ENABLE_KEYPAIR_VALIDATION: 'true',
  MOTO_ENABLE_AMI_VALIDATION: 'true',
  MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: 'true',
};
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV, CHECKS);
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-launches-'));
  moto = await startMoto();
  named = await seedLaunches(moto.url);
  const endpoint = { endpointUrl: moto.url };
  live = await audit(SOURCE, TARGET, { source: endpoint, target: endpoint, config });
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

/** Whether the region starts an instance with what a launch template names, given as parameters of the call. */
async function refusal(name: string): Promise<string | null> {
  const { names } = CASES[name] ?? {};
  if (!names) throw new Error(`no case ${name}`);
  const { TagSpecifications: _, ...data } = launchOf(named.target, names(named.target, named.source));
  const ec2 = clientOf(moto.url, TARGET);
  try {
    await ec2.send(
      new RunInstancesCommand({ ...(data as RunInstancesCommandInput), MinCount: 1, MaxCount: 1 }),
    );
    return null;
  } catch (error) {
    return (error as Error).name;
  } finally {
    ec2.destroy();
  }
}

const workload = (report: Report, name: string) => report.workloads.find((w) => w.name === name);

describe('a launch template of the target', () => {
  it.each(Object.entries(CASES))('%s: EC2 does what the verdict says', async (name, { verdict }) => {
    const judged = workload(live, name);
    const refused = await refusal(name);
    expect(
      { verdict: judged?.verdict, refused: refused !== null },
      `${refused} ${JSON.stringify(judged?.chains)}`,
    ).toEqual({
      verdict,
      refused: verdict === 'blocked',
    });
  });

  it('is stopped by the part that it names wrongly, and by no other', () => {
    const stopped = Object.keys(CASES).map((name) => {
      const parts = Object.entries(workload(live, name)?.lookedAt ?? {});
      return [name, parts.filter(([, { state }]) => state === 'stops').map(([part]) => part)];
    });
    expect(Object.fromEntries(stopped)).toEqual({
      'own-subnet': [],
      'own-zone': [],
      'own-profile': [],
      'own-snapshot': [],
      'own-interface': [],
      'subnet-of-source': ['network'],
      'no-such-subnet': ['network'],
      'zone-of-source': ['network'],
      'no-such-zone': ['type'],
      'no-such-profile': ['profile'],
      'snapshot-of-source': ['storage'],
      'no-such-snapshot': ['storage'],
      'interface-of-source': ['network'],
      'no-such-interface': ['network'],
      'own-type': [],
      'no-such-type': ['type'],
      'no-such-key': ['key'],
      'no-such-group': ['groups'],
      'group-of-source': ['groups'],
      'no-such-image': ['image'],
      'image-of-source': ['image'],
    });
  });
});

describe('two folders of AWS CLI dumps of the same regions', () => {
  let stored: Report;
  beforeAll(async () => {
    const folder = async (region: string) => {
      const dir = join(root, region);
      await dumpTemplates(dir, region, moto.url);
      await dumpByHints(root, region, moto.url);
      await dumpFacts(dir, region, moto.url);
      return dir;
    };
    const [source = '', target = ''] = await Promise.all([SOURCE, TARGET].map(folder));
    stored = await audit(source, target, { config });
  }, 600_000);

  // The listings of own snapshots and images do not contain what another account shares: what is missing there may exist.
  const UNLIKE: readonly string[] = ['no-such-snapshot', 'no-such-image', 'own-interface'];
  const SHOWN = Object.keys(CASES).filter((name) => !UNLIKE.includes(name));

  it('show the network interface that an instance has been launched with as in use', () => {
    expect(workload(stored, 'own-interface')?.chains?.map(({ steps }) => steps.at(-1))).toContain(
      'is in use already',
    );
  });

  it('come to the verdicts of the live regions, part by part', () => {
    const told = (report: Report) =>
      Object.fromEntries(
        SHOWN.map((name) => {
          const { verdict, lookedAt, chains } = workload(report, name) ?? {};
          return [name, { verdict, lookedAt, chains }];
        }),
      );
    expect(told(stored)).toEqual(told(live));
  });

  it('lead to the same findings about launches', () => {
    const found = (report: Report) =>
      report.findings
        .filter(({ rule, subject }) => /^(workload|reference)\//.test(rule) && SHOWN.includes(subject.name))
        .map(({ fingerprint, content }) => `${fingerprint} ${content}`);
    expect(found(stored)).toEqual(found(live));
  });

  it('lack nothing that the live regions say of launches, but for a snapshot that no listing shows', () => {
    const lacking = (report: Report) => report.notLookedAt.map(({ side, what }) => `${side} ${what}`);
    const more = lacking(stored).filter((one) => !lacking(live).includes(one));
    expect(more).toEqual([expect.stringContaining('target snapshots of block devices')]);
    expect(workload(stored, 'no-such-snapshot')?.lookedAt?.storage.state).toBe('unknown');
  });
});
