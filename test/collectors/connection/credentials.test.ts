import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Login, openSide } from '../../../src/collectors/live.ts';
import { snapshot } from '../../../src/index.ts';
import { badDay } from '../../kit/bad-days.ts';
import { CERTIFICATES } from '../../kit/certificates.ts';
import { busyRegion, closingEndpoints, configFile, endpoint, HERE, unable, withKeys } from '../kit.ts';
import { behindTls, closingServers, listening, recordingProxy } from './kit.ts';

withKeys();
closingEndpoints();
closingServers();

const ROLE = 'arn:aws:iam::222233334444:role/audit';
const NEXT = 'arn:aws:iam::333344445555:role/next';
const MFA = 'arn:aws:iam::111122223333:mfa/ann';
const START = `[profile start]\naws_access_key_id = AKIASTART\naws_secret_access_key = s\n`;

const temporary = () => mkdtempSync(join(tmpdir(), 'ec2-parity-credentials-'));
const opened = async (side: Parameters<typeof openSide>[0], options: Parameters<typeof openSide>[1] = {}) => {
  const open = await openSide(side, { maxAttempts: 1, ...options });
  open.close();
  return open;
};

describe('a role that the profile assumes', () => {
  it('is assumed where the side is sent, through source_profile and a chain of roles', async () => {
    const ec2 = await endpoint({ [HERE]: {} }, { roles: { [ROLE]: { externalId: 'x' }, [NEXT]: {} } });
    configFile(
      `${START}[profile role]\nrole_arn = ${ROLE}\nsource_profile = start\nexternal_id = x\n` +
        `[profile next]\nrole_arn = ${NEXT}\nsource_profile = role\n`,
    );
    const side = await opened({ region: HERE, profile: 'next', endpointUrl: ec2.url });
    expect(side.account).toBe('333344445555');
    expect(ec2.calls('AssumeRole').map(({ accessKeyId, region }) => [accessKeyId, region])).toEqual([
      ['AKIASTART', HERE],
      ['ASIA222233334444', HERE],
    ]);
  });

  it('is assumed with the keys of the environment by credential_source', async () => {
    const ec2 = await endpoint({ [HERE]: {} }, { roles: { [ROLE]: {} } });
    configFile(
      `[profile role]\nrole_arn = ${ROLE}\ncredential_source = Environment\nendpoint_url = ${ec2.url}\n`,
    );
    expect((await opened({ region: HERE, profile: 'role' })).account).toBe('222233334444');
    expect(ec2.calls('AssumeRole')[0]?.accessKeyId).toBe('AKIATEST');
  });

  it('is assumed through the proxy', async () => {
    const ec2 = await endpoint({ [HERE]: {} }, { roles: { [ROLE]: {} } });
    const [url, proxy] = [await behindTls(ec2.url), await recordingProxy()];
    const ca = join(temporary(), 'ca.pem');
    writeFileSync(ca, CERTIFICATES.good.cert);
    configFile(
      `${START}[profile role]\nrole_arn = ${ROLE}\nsource_profile = start\nca_bundle = ${ca}\nendpoint_url = ${url}\n`,
    );
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    expect((await opened({ region: HERE, profile: 'role' })).account).toBe('222233334444');
    // One for AssumeRole and one for GetCallerIdentity, which is another client.
    expect(proxy.tunnels).toHaveLength(2);
  });
});

describe('a web identity', () => {
  it('is exchanged where STS of the side is', async () => {
    const asked: string[] = [];
    const port = await listening(
      createServer(async (incoming, outgoing) => {
        let body = '';
        for await (const chunk of incoming) body += chunk;
        const action = new URLSearchParams(body).get('Action') ?? '';
        asked.push(action);
        outgoing.end(
          action === 'GetCallerIdentity'
            ? '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>444455556666</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'
            : '<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>',
        );
      }),
    );
    const token = join(temporary(), 'token');
    writeFileSync(token, 'eyJ');
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::444455556666:role/ci');
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
    const side = await opened({ region: HERE, endpointUrl: `http://127.0.0.1:${port}` });
    expect(side.account).toBe('444455556666');
    expect(asked).toEqual(['AssumeRoleWithWebIdentity', 'GetCallerIdentity']);
  });
});

describe('a program of one’s own', () => {
  it('gives the credentials, by credential_process', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const script = join(temporary(), 'credentials.mjs');
    writeFileSync(
      script,
      `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 's' }))`,
    );
    configFile(
      `[profile p]\ncredential_process = "${process.execPath}" "${script}"\nendpoint_url = ${ec2.url}\n`,
    );
    await opened({ region: HERE, profile: 'p' });
    expect(ec2.calls('GetCallerIdentity')[0]?.accessKeyId).toBe('AKIAPROCESS');
  });

  it('is run again when its credentials expire while a region is read, and the reading goes on', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeSecurityGroups: { pageCap: 1 } } },
    });
    const script = join(temporary(), 'credentials.mjs');
    // Each run of it gives another key, which lasts for two seconds.
    writeFileSync(
      script,
      `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIA' + process.pid, SecretAccessKey: 's',
        Expiration: new Date(Date.now() + 2000).toISOString() }))`,
    );
    configFile(
      `[profile p]\ncredential_process = "${process.execPath}" "${script}"\nendpoint_url = ${ec2.url}\n`,
    );
    const open = await openSide({ region: HERE, profile: 'p' }, { maxAttempts: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const taken = await open.collect({ scopes: ['security-groups'], now: () => new Date() });
    open.close();
    expect(taken.securityGroups).toMatchObject({ status: 'complete', items: [{}, {}] });
    const keyOf = (action: string) => ec2.calls(action)[0]?.accessKeyId;
    expect(keyOf('DescribeSecurityGroups')).toMatch(/^AKIA\d+$/);
    expect(keyOf('DescribeSecurityGroups')).not.toBe(keyOf('GetCallerIdentity'));
  });
});

describe('a code of an MFA device', () => {
  const profile = (url: string) =>
    configFile(
      `${START}[profile mfa]\nrole_arn = ${ROLE}\nsource_profile = start\nmfa_serial = ${MFA}\nendpoint_url = ${url}\n`,
    );

  it('is asked for once, though both sides need it: AWS takes each code once', async () => {
    const ec2 = await endpoint({ [HERE]: {}, 'eu-central-1': {} }, { roles: { [ROLE]: {} } });
    profile(ec2.url);
    const asked: string[] = [];
    const login = new Login(async (question) => {
      asked.push(question);
      return ' 123456 ';
    });
    const sides = [HERE, 'eu-central-1'].map((region) => opened({ region, profile: 'mfa' }, { login }));
    expect((await Promise.all(sides)).map(({ account }) => account)).toEqual([
      '222233334444',
      '222233334444',
    ]);
    expect(asked).toEqual([`MFA code of profile mfa (${MFA}): `]);
    expect(
      ec2.calls('AssumeRole').map(({ form }) => [form.get('SerialNumber'), form.get('TokenCode')]),
    ).toEqual([[MFA, '123456']]);
  });

  it('is asked for one after the other where two profiles need one', async () => {
    const ec2 = await endpoint({ [HERE]: {} }, { roles: { [ROLE]: {}, [NEXT]: {} } });
    configFile(
      [
        ['a', ROLE],
        ['b', NEXT],
      ]
        .map(
          ([name, role]) =>
            `[profile ${name}]\nrole_arn = ${role}\nsource_profile = start\nmfa_serial = ${MFA}\nendpoint_url = ${ec2.url}\n`,
        )
        .join('') + START,
    );
    let open = 0;
    const login = new Login(async () => {
      open += 1;
      expect(open).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      open -= 1;
      return '1';
    });
    await Promise.all(['a', 'b'].map((profile) => opened({ region: HERE, profile }, { login })));
    expect(ec2.calls('AssumeRole')).toHaveLength(2);
  });

  it('is what the library asks its caller for', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion }, { roles: { [ROLE]: {} } });
    profile(ec2.url);
    await snapshot(`${HERE}@mfa`, { only: ['key-pairs'], onMfaCode: async () => '777' });
    expect(ec2.calls('AssumeRole')[0]?.form.get('TokenCode')).toBe('777');
    await expect(snapshot(`${HERE}@mfa`, { onMfaCode: async () => null })).rejects.toThrow('MFA device');
  });

  it(badDay('mfa-without-terminal'), async () => {
    const ec2 = await endpoint({ [HERE]: {} }, { roles: { [ROLE]: {} } });
    profile(ec2.url);
    const { message, hint } = await unable(openSide({ region: HERE, profile: 'mfa' }));
    expect(message).toBe(
      `eu-west-1@mfa: the profile "mfa" requires a code of the MFA device ${MFA}, and there is no terminal on which to enter it.`,
    );
    expect(hint).toContain('aws configure export-credentials --profile mfa --format env');
    expect(ec2.received).toEqual([]);
  });
});

describe('IAM Identity Center', () => {
  const home = (session: { expiresAt: string }) => {
    const folder = temporary();
    const cache = join(folder, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const name = createHash('sha1').update('corp').digest('hex');
    writeFileSync(join(cache, `${name}.json`), JSON.stringify({ accessToken: 'token', ...session }));
    vi.stubEnv('HOME', folder);
    configFile(
      '[sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://corp.example/start\n' +
        '[profile sso]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Audit\n',
    );
  };

  it('is asked through the proxy, in its own region', async () => {
    home({ expiresAt: '2999-01-01T00:00:00Z' });
    const proxy = await recordingProxy('403 Forbidden');
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
    const { message } = await unable(openSide({ region: HERE, profile: 'sso' }, { maxAttempts: 1 }));
    expect(new Set(proxy.tunnels)).toEqual(new Set(['portal.sso.eu-central-1.amazonaws.com:443']));
    expect(message).toContain('(HTTPS_PROXY) answered 403 Forbidden');
  });

  it('gives the credentials, where an endpoint of its own is configured', async () => {
    home({ expiresAt: '2999-01-01T00:00:00Z' });
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const tokens: (string | undefined)[] = [];
    const port = await listening(
      createServer((incoming, outgoing) => {
        tokens.push(incoming.headers['x-amz-sso_bearer_token']?.toString());
        const roleCredentials = {
          accessKeyId: 'ASIASSO',
          secretAccessKey: 's',
          sessionToken: 't',
          expiration: 32503680000000,
        };
        outgoing.setHeader('content-type', 'application/json');
        outgoing.end(JSON.stringify({ roleCredentials }));
      }),
    );
    vi.stubEnv('AWS_ENDPOINT_URL_SSO', `http://127.0.0.1:${port}`);
    await opened({ region: HERE, profile: 'sso', endpointUrl: ec2.url });
    expect(tokens).toEqual(['token']);
    expect(ec2.calls('GetCallerIdentity')[0]?.accessKeyId).toBe('ASIASSO');
  });

  it(badDay('session-expired'), async () => {
    home({ expiresAt: '2020-01-01T00:00:00Z' });
    const { message, hint } = await unable(openSide({ region: HERE, profile: 'sso' }));
    expect(message).toMatch(/^eu-west-1@sso: no credentials: .*SSO/i);
    expect(hint).toContain('aws sso login --profile sso');
  });
});

it('a profile that does not exist is reported with the one that was probably meant', async () => {
  configFile(START);
  const { hint } = await unable(openSide({ region: HERE, profile: 'strat' }));
  expect(hint).toBe('Did you mean the profile "start"? `aws configure list-profiles` lists them.');
});
