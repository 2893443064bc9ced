import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openSide } from '../../../src/collectors/live.ts';
import { badDay } from '../../kit/bad-days.ts';
import { CERTIFICATES } from '../../kit/certificates.ts';
import {
  ACCOUNT,
  busyRegion,
  closingEndpoints,
  configFile,
  endpoint,
  failureIn,
  HERE,
  snapshotOf,
  unable,
  withKeys,
} from '../kit.ts';
import { behindTls, closingServers, deadPort, recordingProxy } from './kit.ts';

withKeys();
closingEndpoints();
closingServers();

const KEYS = 'aws_access_key_id = AKIAPROFILE\naws_secret_access_key = s\n';
const SCOPES = { scopes: ['key-pairs'], now: () => new Date() } as const;

function caFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ec2-parity-ca-')), 'ca.pem');
  writeFileSync(path, CERTIFICATES.good.cert);
  return path;
}

/** Opens a side, reads its key pairs and closes it. */
async function keyPairsOf(
  side: Parameters<typeof openSide>[0],
  options: Parameters<typeof openSide>[1] = {},
) {
  const open = await openSide(side, { maxAttempts: 1, ...options });
  const { keyPairs } = await open.collect({ ...SCOPES, maxAttempts: 1 });
  open.close();
  return { keyPairs, endpoint: open.endpoint, account: open.account };
}

describe('each side is sent where its own profile says', () => {
  it('with two profiles and two endpoints, whatever AWS_PROFILE names', async () => {
    const [one, two, third] = [
      await endpoint({ [HERE]: busyRegion }),
      await endpoint({ [HERE]: busyRegion }),
      await endpoint({ [HERE]: busyRegion }),
    ];
    configFile(
      `[profile one]\nendpoint_url = ${one.url}\n${KEYS}[profile two]\n${KEYS}services = two\n` +
        `[services two]\nec2 =\n  endpoint_url = ${two.url}\n[profile third]\n${KEYS}endpoint_url = ${third.url}\n`,
    );
    vi.stubEnv('AWS_PROFILE', 'third');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    for (const [profile, ec2] of [
      ['one', one],
      ['two', two],
      [undefined, third],
    ] as const) {
      const read = await keyPairsOf({ region: HERE, profile });
      expect(read).toMatchObject({ endpoint: ec2.url, account: ACCOUNT, keyPairs: { status: 'complete' } });
      expect(ec2.calls('DescribeKeyPairs')).toHaveLength(1);
      expect(ec2.calls('GetCallerIdentity')).toHaveLength(1);
    }
  });

  it('and a side without one goes to AWS, though AWS_PROFILE has an endpoint', async () => {
    const other = await endpoint({ [HERE]: busyRegion });
    const proxy = await recordingProxy('503 Service Unavailable');
    configFile(`[profile mine]\n${KEYS}[profile other]\n${KEYS}endpoint_url = ${other.url}\n`);
    vi.stubEnv('AWS_PROFILE', 'other');
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    const { keyPairs } = await keyPairsOf({ region: HERE, profile: 'mine' });
    expect(failureIn(keyPairs).code).toBe('unreachable');
    expect(other.received).toEqual([]);
    expect(new Set(proxy.tunnels)).toContain('ec2.eu-west-1.amazonaws.com:443');
    expect(proxy.tunnels.every((host) => host.includes('.amazonaws.com:443'))).toBe(true);
  });

  it('as often as max_attempts of the profile says', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { throttle: true } } },
    });
    configFile(`[profile a]\n${KEYS}max_attempts = 2\nendpoint_url = ${ec2.url}\n`);
    const side = await openSide({ region: HERE, profile: 'a' });
    await side.collect({ ...SCOPES, pause: () => 0 });
    side.close();
    expect(ec2.calls('DescribeKeyPairs')).toHaveLength(2);
  });

  it('and AWS sees in every call which tool asks', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion }, { roles: { 'arn:aws:iam::222233334444:role/a': {} } });
    const userAgent = { name: 'ec2-parity', version: '9.9.9' };
    const roleArn = 'arn:aws:iam::222233334444:role/a';
    await keyPairsOf({ region: HERE, endpointUrl: ec2.url, roleArn }, { userAgent });
    expect(ec2.received.map(({ action }) => action)).toContain('AssumeRole');
    for (const request of ec2.received) expect(request.userAgent).toContain('ec2-parity/9.9.9');
  });
});

describe('a certificate authority of one’s own', () => {
  it.each(['AWS_CA_BUNDLE', 'ca_bundle'])('is trusted by %s', async (by) => {
    const url = await behindTls((await endpoint({ [HERE]: busyRegion })).url);
    const path = caFile();
    configFile(
      `[profile a]\n${KEYS}endpoint_url = ${url}\n${by === 'ca_bundle' ? `ca_bundle = ${path}\n` : ''}`,
    );
    if (by === 'AWS_CA_BUNDLE') vi.stubEnv(by, path);
    const { keyPairs, account } = await keyPairsOf({ region: HERE, profile: 'a' });
    expect({ status: keyPairs.status, account }).toEqual({ status: 'complete', account: ACCOUNT });
  });

  it('is not trusted without, and the hint names the variable', async () => {
    const url = await behindTls((await endpoint({ [HERE]: busyRegion })).url);
    const { keyPairs } = await keyPairsOf({ region: HERE, endpointUrl: url });
    expect(failureIn(keyPairs)).toMatchObject({
      code: 'unreachable',
      hint: expect.stringContaining('set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS'),
    });
  });
});

describe('a proxy', () => {
  const tls = async () => behindTls((await endpoint({ [HERE]: busyRegion })).url);

  it('is used by EC2 and STS, with the user of its URL', async () => {
    const [url, proxy] = [await tls(), await recordingProxy()];
    vi.stubEnv('AWS_CA_BUNDLE', caFile());
    vi.stubEnv('HTTPS_PROXY', `http://me:s%40cret@127.0.0.1:${proxy.port}`);
    const { keyPairs, account } = await keyPairsOf({ region: HERE, endpointUrl: url });
    expect({ status: keyPairs.status, account }).toEqual({ status: 'complete', account: ACCOUNT });
    expect(proxy.tunnels.length).toBeGreaterThanOrEqual(2);
    expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(url).host]));
    expect(proxy.authorizations[0]).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`);
  });

  it('keeps its connections: many calls need few tunnels', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const [url, proxy] = [await behindTls(ec2.url), await recordingProxy()];
    vi.stubEnv('AWS_CA_BUNDLE', caFile());
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    const side = await openSide({ region: HERE, endpointUrl: url });
    const before = { calls: ec2.received.length, tunnels: proxy.tunnels.length };
    await side.collect({
      scopes: ['key-pairs', 'security-groups', 'images'],
      concurrency: 1,
      now: () => new Date(),
    });
    side.close();
    expect(ec2.received.length - before.calls).toBeGreaterThan(8);
    // One for the region, one for the list of regions, which another one is asked for.
    expect(proxy.tunnels.length - before.tunnels).toBeLessThanOrEqual(2);
  });

  it('is not asked for what NO_PROXY names', async () => {
    const [url, proxy] = [await tls(), await recordingProxy()];
    vi.stubEnv('AWS_CA_BUNDLE', caFile());
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv('NO_PROXY', 'localhost');
    expect((await keyPairsOf({ region: HERE, endpointUrl: url })).keyPairs.status).toBe('complete');
    expect(proxy.tunnels).toEqual([]);
  });

  it('of HTTP_PROXY is given the whole URL of a plain endpoint', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const proxy = await recordingProxy();
    vi.stubEnv('HTTP_PROXY', `http://me:pw@127.0.0.1:${proxy.port}`);
    expect((await keyPairsOf({ region: HERE, endpointUrl: ec2.url })).keyPairs.status).toBe('complete');
    expect(new Set(proxy.requests)).toEqual(new Set([`${ec2.url}/`]));
    expect(proxy.authorizations[0]).toMatch(/^Basic /);
  });

  it('that refuses is named, without its password, and is not taken for AWS', async () => {
    const proxy = await recordingProxy('407 Proxy Authentication Required');
    vi.stubEnv('HTTPS_PROXY', `http://me:secret@127.0.0.1:${proxy.port}`);
    const failure = failureIn((await keyPairsOf({ region: HERE })).keyPairs);
    expect(failure).toMatchObject({ code: 'unreachable', hint: expect.stringContaining('NO_PROXY') });
    expect(failure.message).toContain(
      `the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) answered 407 Proxy Authentication Required to CONNECT ec2.eu-west-1.amazonaws.com:443`,
    );
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  it(badDay('proxy-refuses'), async () => {
    for (const host of [`127.0.0.1:${await deadPort()}`, 'proxy.invalid:3128']) {
      vi.stubEnv('HTTPS_PROXY', `http://${host}`);
      const failure = failureIn((await keyPairsOf({ region: HERE })).keyPairs);
      expect(failure.code).toBe('unreachable');
      expect(failure.message).toContain(`the proxy http://${host} (HTTPS_PROXY) cannot be reached: `);
    }
  });

  it('that is no URL is refused before anything is sent', async () => {
    vi.stubEnv('HTTPS_PROXY', 'socks5://127.0.0.1:1');
    const { message } = await unable(openSide({ region: HERE }));
    expect(message).toContain('HTTPS_PROXY is not the URL of an HTTP or HTTPS proxy');
  });
});

describe('where the calls of a side go', () => {
  /** The hosts that a side asks for, as a proxy that refuses them all sees them. */
  const hostsOf = async (region: string) => {
    const proxy = await recordingProxy('403 Forbidden');
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    await keyPairsOf({ region });
    return new Set(proxy.tunnels.map((host) => host.replace(/:443$/, '')));
  };

  it.each([
    ['us-east-1', 'us-east-1.amazonaws.com'],
    ['cn-north-1', 'cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'us-gov-west-1.amazonaws.com'],
    ['us-iso-east-1', 'us-iso-east-1.c2s.ic.gov'],
    ['us-isob-east-1', 'us-isob-east-1.sc2s.sgov.gov'],
    ['eusc-de-east-1', 'eusc-de-east-1.amazonaws.eu'],
  ])('in %s are the hosts of its partition', async (region, domain) => {
    expect(await hostsOf(region)).toEqual(new Set([`sts.${domain}`, `ec2.${domain}`]));
  });

  it.each([
    [
      'AWS_USE_FIPS_ENDPOINT',
      'us-east-1',
      ['sts-fips.us-east-1.amazonaws.com', 'ec2-fips.us-east-1.amazonaws.com'],
    ],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'us-east-1', ['sts.us-east-1.api.aws', 'ec2.us-east-1.api.aws']],
  ])('with %s are those of that kind', async (variable, region, hosts) => {
    vi.stubEnv(variable, 'true');
    expect(await hostsOf(region)).toEqual(new Set(hosts));
  });

  it('are FIPS ones for the profile that says so, and for no other', async () => {
    configFile(`[profile a]\n${KEYS}use_fips_endpoint = true\n[profile b]\n${KEYS}`);
    const proxy = await recordingProxy('403 Forbidden');
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    await keyPairsOf({ region: 'us-east-1', profile: 'a' });
    expect(proxy.tunnels.every((host) => host.includes('-fips.'))).toBe(true);
    const before = proxy.tunnels.length;
    await keyPairsOf({ region: 'us-east-1', profile: 'b' });
    expect(proxy.tunnels.slice(before).some((host) => host.includes('-fips.'))).toBe(false);
  });

  it('cannot be a FIPS one and a URL at once', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    const { message } = await unable(openSide({ region: HERE, endpointUrl: 'http://127.0.0.1:1' }));
    expect(message).toContain(
      'AWS_USE_FIPS_ENDPOINT is true, but requests would go to the endpoint http://127.0.0.1:1',
    );
  });
});

it('one endpoint elsewhere for the workloads of two regions is seen on both sides', async () => {
  const ec2 = await endpoint({ [HERE]: busyRegion });
  configFile(
    `[profile a]\n${KEYS}services = s\n[services s]\nec2 =\n  endpoint_url = ${ec2.url}\nssm =\n  endpoint_url = http://ssm.internal\n`,
  );
  const side = await openSide({ region: HERE, profile: 'a' });
  side.close();
  expect(side.otherEndpoints).toContain('http://ssm.internal');
  expect((await snapshotOf(ec2)).keyPairs.status).toBe('complete');
});
