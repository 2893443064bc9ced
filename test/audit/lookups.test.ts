import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownLookups } from '../../src/audit/lookups.ts';
import { collectLive, type SideRequest } from '../../src/audit/reading.ts';
import { readSides, runAudit } from '../../src/audit/run.ts';
import { itemsOf } from '../../src/inventory/collected.ts';
import { kindsOfScope } from '../../src/inventory/kinds.ts';
import type { Report } from '../../src/report/model.ts';
import { SCOPES, type Scope } from '../../src/report/vocabulary.ts';
import { image, withKeys } from '../collectors/kit.ts';
import { template } from '../collectors/workloads-kit.ts';
import { type Endpoint, startEndpoint } from '../endpoint/endpoint.ts';

withKeys();

const AMAZON = { OwnerId: '137112412989', ImageOwnerAlias: 'amazon', Name: 'al2023' };
const launching = (id: string, ImageId: string) => {
  const one = template(id);
  return { ...one, Versions: one.Versions.map((v) => ({ ...v, LaunchTemplateData: { ImageId } })) };
};

let aws: Endpoint;
beforeEach(async () => {
  aws = await startEndpoint({
    regions: {
      'us-east-1': {
        images: [image('ami-0000000a', AMAZON), image('ami-0000000b', { ...AMAZON, Name: 'by-parameter' })],
        launchTemplates: [launching('lt-1', 'ami-0000000a'), launching('lt-2', 'resolve:ssm:/golden/image')],
        parameters: [{ Name: '/golden/image', Type: 'String', Value: 'ami-0000000b' }],
      },
      'eu-west-1': {
        images: [image('ami-0000000c', AMAZON), image('ami-0000000d', { ...AMAZON, Name: 'another' })],
        parameters: [{ Name: '/golden/image', Type: 'String', Value: 'ami-0000000d' }],
      },
    },
  });
});
afterEach(() => aws.close());

const request = (region: string): SideRequest => ({
  side: { form: 'live', text: region, region },
  regionFlag: '--region',
  endpointUrl: aws.url,
});
const progress = { of: () => () => undefined, stop: () => undefined };
const run = {
  signal: new AbortController().signal,
  note: () => undefined,
  startProgress: async () => progress,
};

describe('the second look at live sides', () => {
  it('asks each side for what itself and the other refers to: parameters by name, images by id here and by name there', async () => {
    const { source, target } = await readSides({
      ...run,
      source: request('us-east-1'),
      target: request('eu-west-1'),
    });
    const seen = (snapshot: typeof source) => ({
      parameters: itemsOf(snapshot.parameters).map(({ id, value }) => [id, value]),
      images: itemsOf(snapshot.otherImages)
        .filter(({ exists }) => exists)
        .map(({ id, name }) => [id, name]),
    });
    expect(seen(source)).toEqual({
      parameters: [['/golden/image', 'ami-0000000b']],
      images: [
        ['ami-0000000a', 'al2023'],
        ['ami-0000000b', 'by-parameter'],
      ],
    });
    expect(seen(target)).toEqual({
      parameters: [['/golden/image', 'ami-0000000d']],
      images: [
        ['ami-0000000c', 'al2023'],
        ['ami-0000000d', 'another'],
      ],
    });
    expect(aws.calls('GetParameters')).toHaveLength(2);
  });

  it('asks no question twice', async () => {
    await readSides({ ...run, source: request('us-east-1'), target: request('eu-west-1') });
    const asked = aws
      .calls('DescribeImages')
      .map(({ region, params: { Owners, Filters } }) => JSON.stringify([region, Owners, Filters]));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('asks one side alone for its own references only', async () => {
    const how = { ...run, scopes: SCOPES, progress, wanted: ownLookups };
    const [taken] = await collectLive([request('us-east-1')], how);
    expect(itemsOf(taken?.otherImages ?? { status: 'complete', items: [] })).toHaveLength(2);
    expect(aws.received.every(({ region }) => region === 'us-east-1')).toBe(true);
  });

  it('asks for what weighs the findings whatever is reported, and for nothing else that only verdicts need', async () => {
    const { source } = await readSides({
      ...run,
      scopes: ['images'],
      source: request('us-east-1'),
      target: request('eu-west-1'),
    });
    expect(itemsOf(source.launchTemplates)).toHaveLength(2);
    expect(itemsOf(source.parameters).map(({ id, value }) => [id, value])).toEqual([
      ['/golden/image', 'ami-0000000b'],
    ]);
    expect(itemsOf(source.otherImages).map(({ id }) => id)).toContain('ami-0000000a');
    expect(aws.calls('DescribeSubnets')).toEqual([]);
  });

  it.each(SCOPES)(
    'with --only %s gives the findings that the whole report has of these kinds',
    async (scope) => {
      aws.close();
      const GOLDEN = image('ami-0000000e', { Name: 'golden', OwnerId: '111122223333' });
      const WINDOWS = image('ami-0000000f', { ...AMAZON, Name: 'Windows_Server', Platform: 'Windows' });
      const web = (ImageId: string) => {
        const one = launching('lt-3', ImageId);
        const data = { ImageId, KeyName: 'ops', SecurityGroupIds: ['sg-1'] };
        return { ...one, Versions: one.Versions.map((v) => ({ ...v, LaunchTemplateData: data })) };
      };
      aws = await startEndpoint({
        regions: {
          'us-east-1': {
            keyPairs: [{ KeyName: 'ops', KeyPairId: 'key-1', KeyType: 'ed25519', KeyFingerprint: 'aa' }],
            securityGroups: [{ GroupId: 'sg-1', GroupName: 'web', VpcId: 'vpc-1', OwnerId: '111122223333' }],
            vpcs: [{ VpcId: 'vpc-1', IsDefault: true, CidrBlock: '10.0.0.0/16' }],
            images: [GOLDEN, WINDOWS],
            launchTemplates: [web('ami-0000000f'), launching('lt-4', 'resolve:ssm:/golden/image')],
            parameters: [{ Name: '/golden/image', Type: 'String', Value: 'ami-0000000e' }],
          },
          'eu-west-1': { vpcs: [{ VpcId: 'vpc-2', IsDefault: true, CidrBlock: '10.0.0.0/16' }] },
        },
      });
      const report = (scopes: readonly Scope[]) =>
        runAudit({
          ...run,
          phase: 'readiness',
          config: {},
          scopes,
          source: request('us-east-1'),
          target: request('eu-west-1'),
        });
      const [whole, some] = [await report(SCOPES), await report([scope])];
      const weighed =
        ({ findings }: Report) =>
        (kinds: readonly string[]) =>
          findings
            .filter((f) => kinds.includes(f.kind))
            .map((f) => [f.fingerprint, f.rule, f.severity, f.usedBy]);
      const kinds = kindsOfScope(scope);
      expect(weighed(some)(kinds)).toEqual(weighed(whole)(kinds));
      expect(weighed(whole)(kinds).length).toBeGreaterThan(0);
    },
  );

  it('loses only the kind that could not be looked up', async () => {
    aws.misbehave('eu-west-1', 'GetParameters', { deny: true });
    const { source, target } = await readSides({
      ...run,
      source: request('us-east-1'),
      target: request('eu-west-1'),
    });
    expect(target.parameters).toMatchObject({ status: 'failed', failure: { code: 'access-denied' } });
    const there = itemsOf(target.otherImages).map(({ id, exists }) => `${id} ${exists}`);
    expect(there).toEqual(['137112412989/by-parameter false', 'ami-0000000c true']);
    expect(itemsOf(source.parameters)).toHaveLength(1);
  });
});
