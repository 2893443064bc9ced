import { execFile } from 'node:child_process';
import dns from 'node:dns';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failureFrom } from '../../src/collectors/failures.ts';
import { type OpenSide, openSide, refuseOnePlace } from '../../src/collectors/live.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { badDay } from '../kit/bad-days.ts';
import {
  ACCOUNT,
  busyRegion,
  closingEndpoints,
  configFile,
  endpoint,
  failureIn,
  HERE,
  keyPair,
  snapshotOf,
  unable,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();
afterEach(() => {
  vi.restoreAllMocks();
});

describe('opening a side', () => {
  it('tells whose account it is and which endpoint is in force', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const side = await openSide({ region: HERE, endpointUrl: ec2.url });
    expect(side).toMatchObject({ region: HERE, account: ACCOUNT, endpoint: ec2.url });
    expect(ec2.calls('GetCallerIdentity').map((r) => [r.service, r.region])).toEqual([['sts', HERE]]);
  });

  it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_EC2'])(
    'honours %s, and asks STS there too',
    async (name) => {
      const ec2 = await endpoint({ [HERE]: busyRegion });
      vi.stubEnv(name, ec2.url);
      const side = await openSide({ region: HERE });
      expect(side).toMatchObject({ account: ACCOUNT, endpoint: ec2.url });
      expect((await side.collect({ scopes: ['key-pairs'], now: () => new Date() })).keyPairs.status).toBe(
        'complete',
      );
    },
  );

  it('prefers the flag to the environment', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', 'http://127.0.0.1:1');
    expect((await openSide({ region: HERE, endpointUrl: ec2.url })).endpoint).toBe(ec2.url);
  });

  it('reads with the credentials of the profile that is named, whatever the environment holds', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    configFile('[profile audit]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = s\n');
    await snapshotOf(ec2, { profile: 'audit' });
    expect(await openSide({ region: HERE, endpointUrl: ec2.url, profile: 'audit' })).toMatchObject({
      profile: 'audit',
    });
    expect(new Set(ec2.received.map((r) => r.accessKeyId))).toEqual(new Set(['AKIAPROFILE']));
  });

  it('assumes the role with the external id, and is then of the role’s account', async () => {
    const roleArn = 'arn:aws:iam::222233334444:role/audit';
    // Nothing that belongs to another account: such a region would contradict the role.
    const ec2 = await endpoint(
      { [HERE]: { keyPairs: [keyPair] } },
      { roles: { [roleArn]: { externalId: 'parity' } } },
    );
    const snapshot = await snapshotOf(ec2, { roleArn, externalId: 'parity' });
    expect(snapshot.account).toBe('222233334444');
    expect(ec2.calls('AssumeRole')).toHaveLength(1);
    expect(ec2.calls('AssumeRole')[0]?.params).toMatchObject({ RoleArn: roleArn, ExternalId: 'parity' });
    const refused = await unable(
      openSide({ region: HERE, endpointUrl: ec2.url, roleArn, externalId: 'wrong' }),
    );
    expect(refused.message).toMatch(/^eu-west-1: no credentials: AccessDenied: .*sts:AssumeRole/);
    expect(refused.hint).toContain('--external-id');
  });

  it('is unable without credentials, naming the side and how to get some', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    const { message, hint } = await unable(openSide({ region: HERE }));
    expect(message).toMatch(/^eu-west-1: no credentials: /);
    expect(hint).toContain('eu-west-1@PROFILE');
  });

  it('is unable when the profile does not exist, though the environment has keys', async () => {
    const { message, hint } = await unable(openSide({ region: HERE, profile: 'nobody' }));
    expect(message).toMatch(/^eu-west-1@nobody: no credentials: .*nobody/);
    expect(hint).toBe(
      'There is no profile "nobody" in the AWS config files: `aws configure list-profiles` lists them.',
    );
  });

  it('is unable when STS refuses the credentials wherever it is asked', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion, 'us-east-1': {} });
    for (const region of [HERE, 'us-east-1'])
      ec2.misbehave(region, 'GetCallerIdentity', { authFailure: true });
    const { message, hint } = await unable(openSide({ region: HERE, endpointUrl: ec2.url }));
    expect(message).toMatch(
      /^eu-west-1: AWS refused the credentials: GetCallerIdentity in eu-west-1: InvalidClientTokenId/,
    );
    expect(hint).toMatch(/keys.*partition.*expired.*clock.*not enabled/);
  });

  it.each([
    ['does not know it', { unsupported: true }],
    ['answers HTML', { html: true }],
    ['answers 404', { html: 404 }],
    ['drops the connection', { dropConnection: true }],
  ])('goes on without an account when STS %s', async (_, fault) => {
    const ec2 = await endpoint({ [HERE]: busyRegion, 'us-east-1': {} });
    for (const region of [HERE, 'us-east-1']) ec2.misbehave(region, 'GetCallerIdentity', fault);
    expect((await openSide({ region: HERE, endpointUrl: ec2.url }, { maxAttempts: 1 })).account).toBeNull();
    expect((await snapshotOf(ec2)).account).toBe(ACCOUNT);
  });

  it.each(['us east 1', 'US-EAST-1', '../etc', ''])(
    'is unable for %j, which cannot be a region',
    async (region) => {
      expect((await unable(openSide({ region }))).message).toContain(`"${region}"`);
    },
  );

  it.each(['localhost:4566', 'ftp://x', 'somewhere'])(
    'is unable for the endpoint %j',
    async (endpointUrl) => {
      const { message, hint } = await unable(openSide({ region: HERE, endpointUrl }));
      expect(message).toContain(endpointUrl);
      expect(hint).toContain('http://127.0.0.1');
    },
  );
});

describe('the tool’s own voice', () => {
  it('is the only one on stderr: the SDK’s notice about Node 20 stays out of it', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const live = pathToFileURL(join(import.meta.dirname, '../../src/collectors/live.ts')).href;
    const code = `const { openSide } = await import('${live}');
      const side = await openSide({ region: '${HERE}', endpointUrl: '${ec2.url}' });
      const snapshot = await side.collect({ scopes: ['key-pairs'], now: () => new Date() });
      process.stdout.write(snapshot.keyPairs.status);
      side.close();`;
    const node = promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      code,
    ]);
    expect(await node).toEqual({ stdout: 'complete', stderr: '' });
  });

  it.each(['0', '-1', 'many'])('says so when AWS_MAX_ATTEMPTS is %s', async (text) => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', text);
    expect((await unable(openSide({ region: HERE }))).message).toContain(`AWS_MAX_ATTEMPTS is "${text}"`);
  });

  it('tries as often as AWS_MAX_ATTEMPTS says', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { throttle: true } } },
    });
    vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
    const side = await openSide({ region: HERE, endpointUrl: ec2.url });
    const { keyPairs } = await side.collect({ scopes: ['key-pairs'], now: () => new Date() });
    side.close();
    expect(failureIn(keyPairs)).toMatchObject({
      code: 'throttled',
      message: expect.stringContaining('(after 3 attempts)'),
    });
    expect(ec2.calls('DescribeKeyPairs')).toHaveLength(3);
  });
});

describe('a region that AWS refuses', () => {
  const AWAY = 'ap-east-1';
  const home = { account: ACCOUNT };

  it('is said to be not enabled, with the way to enable it, when the account has not opted in', async () => {
    const ec2 = await endpoint({ [AWAY]: { ...busyRegion, optIn: 'not-opted-in' }, 'us-east-1': home });
    const snapshot = await snapshotOf(ec2, { region: AWAY });
    expect(snapshot.account).toBe(ACCOUNT); // as the always-on region told
    for (const kind of [
      snapshot.vpcs,
      snapshot.keyPairs,
      snapshot.prefixLists,
      snapshot.securityGroups,
      snapshot.images,
    ]) {
      expect(failureIn(kind)).toMatchObject({
        code: 'region-not-enabled',
        message: expect.stringContaining('ap-east-1 is not enabled'),
        hint: expect.stringContaining('aws account enable-region --region-name ap-east-1'),
      });
    }
    expect(
      ec2.calls('DescribeRegions').every((r) => r.region === 'us-east-1' && r.params.AllRegions === true),
    ).toBe(true);
  });

  it('is believed where it answers, though the list says that it is not enabled', async () => {
    // Everything but key pairs is answered, so the region is enabled and the list is behind.
    const ec2 = await endpoint({
      [AWAY]: { ...busyRegion, faults: { DescribeKeyPairs: { authFailure: true } } },
      'us-east-1': { ...home, faults: { DescribeRegions: { body: regionsSaying(AWAY, 'not-opted-in') } } },
    });
    const snapshot = await snapshotOf(ec2, { region: AWAY });
    expect(snapshot.securityGroups.status).toBe('complete');
    expect(failureIn(snapshot.keyPairs).code).toBe('auth-failure');
  });

  it('is a matter of credentials, and not of gaps, when it is enabled and refuses every call', async () => {
    const ec2 = await endpoint({
      [AWAY]: { ...busyRegion, faults: { '*': { authFailure: true } } },
      'us-east-1': home,
    });
    ec2.misbehave(AWAY, 'GetCallerIdentity', {});
    const { message, hint } = await unable(snapshotOf(ec2, { region: AWAY }));
    expect(message).toMatch(/^ap-east-1: AWS refused the credentials for every call; .*AuthFailure/);
    expect(hint).toContain('clock');
  });

  it('is no region when the list does not know it, with the one that was probably meant', async () => {
    const ec2 = await endpoint({ 'us-east-1': home, 'eu-west-1': {} });
    const { message, hint } = await unable(snapshotOf(ec2, { region: 'eu-wset-1' }));
    expect(message).toBe('eu-wset-1: there is no region "eu-wset-1".');
    expect(hint).toBe('Did you mean eu-west-1?');
  });

  it('is believed where it answers, though the list does not know it', async () => {
    const ec2 = await endpoint({ 'us-east-1': home, 'xx-test-1': { ...busyRegion, listed: false } });
    expect((await snapshotOf(ec2, { region: 'xx-test-1' })).securityGroups.status).toBe('complete');
  });

  it.each(['<html><body/></html>', '<DescribeRegionsResponse><regionInfo/></DescribeRegionsResponse>'])(
    'is not said to be missing because the list of regions is none: %s',
    async (body) => {
      const ec2 = await endpoint({
        [HERE]: { ...busyRegion, faults: { '*': { html: true } } },
        'us-east-1': { faults: { '*': { body } } },
      });
      const snapshot = await snapshotOf(ec2);
      expect(failureIn(snapshot.vpcs).code).toBe('malformed');
    },
  );

  it('costs nothing when the list cannot be read: no gap, and the failures as they are', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeVpcs: { deny: true } } },
      'us-east-1': { faults: { DescribeRegions: { deny: true } } },
    });
    const snapshot = await snapshotOf(ec2);
    expect(snapshot.gaps).toEqual([]);
    expect(failureIn(snapshot.vpcs).code).toBe('access-denied');
  });
});

describe('where no host name can be resolved', () => {
  /** As Node does without a network. */
  const withoutNames = () =>
    vi.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
      const [host] = args as [string];
      const done = args.at(-1) as (error: Error) => void;
      const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
      setImmediate(() => done(Object.assign(error, { code: 'ENOTFOUND', hostname: host })));
    }) as typeof dns.lookup);
  const read = async (region: string) => {
    const side = await openSide({ region }, { maxAttempts: 1 });
    return side.collect({ scopes: ['key-pairs'], now: () => new Date(), maxAttempts: 1 }).finally(side.close);
  };

  it(badDay('no-network'), async () => {
    withoutNames();
    const known = await unable(read('eu-west-1'));
    expect(known.message).toBe(
      'eu-west-1: no network: the host name of EC2 in eu-west-1 cannot be resolved.',
    );
    const unknown = await unable(read('eu-wset-1'));
    expect(unknown.message).toContain('there is no region "eu-wset-1", or no network');
    expect(unknown.hint).toMatch(/^Did you mean eu-west-1\? /);
  });

  it('a FIPS endpoint that the region does not have is said to be one', async () => {
    vi.spyOn(dns, 'lookup').mockRestore();
    const failure = failureFrom(
      Object.assign(new Error('getaddrinfo ENOTFOUND ec2-fips.eu-west-1.amazonaws.com'), {
        code: 'ENOTFOUND',
      }),
      { action: 'DescribeVpcs', region: 'eu-west-1', endpoint: null },
    );
    expect(failure.hint).toContain('AWS_USE_FIPS_ENDPOINT');
  });
});

function regionsSaying(region: string, status: string): string {
  return `<DescribeRegionsResponse><regionInfo><item><regionName>${region}</regionName><optInStatus>${status}</optInStatus></item></regionInfo></DescribeRegionsResponse>`;
}

describe('two sides that would be one place', () => {
  const side = (more: Partial<OpenSide>): OpenSide => ({
    region: 'us-east-1',
    account: ACCOUNT,
    endpoint: null,
    collect: () => Promise.reject(new Error('not here')),
    lookUp: () => Promise.reject(new Error('not here')),
    blocks: () => Promise.reject(new Error('not here')),
    close: () => undefined,
    ...more,
  });
  const refused = (a: Partial<OpenSide>, b: Partial<OpenSide>) => {
    try {
      refuseOnePlace(side(a), side(b));
      return null;
    } catch (error) {
      expect(error).toBeInstanceOf(Unable);
      return (error as Unable).message;
    }
  };
  const remote = 'http://ec2.internal:4566';

  it('are refused: one region of one account', () => {
    expect(refused({}, { profile: 'b' })).toMatch(
      /the same place: us-east-1 and us-east-1@b are us-east-1 of account 111122223333/,
    );
  });
  it('are refused: one region and the same credentials of an unknown account', () => {
    expect(refused({ account: null }, { account: null })).toMatch(/the same place/);
    expect(refused({ account: null }, {})).toMatch(/the same place/);
  });
  it('are refused: one endpoint elsewhere that would answer for both regions', () => {
    expect(refused({ endpoint: remote }, { endpoint: `${remote}/`, region: 'eu-west-1' })).toMatch(
      /the same place: http:\/\/ec2\.internal:4566 answers for us-east-1 and for eu-west-1/,
    );
  });
  it.each(['http://localhost:4566', 'http://127.0.0.1:5000', 'http://127.1.2.3:1', 'http://[::1]:80'])(
    'are fine on this machine: %s',
    (endpoint) => {
      expect(refused({ endpoint }, { endpoint, region: 'eu-west-1' })).toBeNull();
    },
  );
  it('are fine: two regions, two accounts, two profiles of unknown accounts, two endpoints', () => {
    expect(refused({}, { region: 'eu-west-1' })).toBeNull();
    expect(refused({}, { account: '222233334444' })).toBeNull();
    expect(refused({ account: null, profile: 'a' }, { account: null, profile: 'b' })).toBeNull();
    expect(
      refused(
        { account: null, roleArn: 'arn:aws:iam::1:role/a' },
        { account: null, roleArn: 'arn:aws:iam::2:role/a' },
      ),
    ).toBeNull();
    expect(
      refused({ endpoint: remote }, { endpoint: 'http://other.internal', region: 'eu-west-1' }),
    ).toBeNull();
    expect(refused({ endpoint: 'http://localhost:1' }, { endpoint: 'http://localhost:2' })).toBeNull();
  });
});
