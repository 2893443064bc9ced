import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ebsClient, READ_CLIENTS, stsClient } from '../../../src/collectors/clients.ts';
import { connectionOf } from '../../../src/collectors/connection/index.ts';
import { SERVICE_IDS, type ServiceWithEndpoint } from '../../../src/collectors/connection/settings.ts';
import { CERTIFICATES } from '../../kit/certificates.ts';
import { configFile, unable, withKeys } from '../kit.ts';

withKeys();

const endpointOf = async (service: ServiceWithEndpoint, profile?: string) =>
  (await connectionOf(profile)).settings.endpointOf(service)?.value ?? null;

const CONFIG = `
[default]
endpoint_url = http://default.example
[profile plain]
region = eu-west-1
[profile one]
endpoint_url = http://one.example
[profile many]
endpoint_url = http://many.example
services = local
[profile lost]
services = nowhere
[profile ignoring]
endpoint_url = http://one.example
ignore_configured_endpoint_urls = true
[services local]
ec2 =
  endpoint_url = http://ec2.example
auto_scaling =
  endpoint_url = http://scaling.example
elastic_load_balancing_v2 =
  endpoint_url = http://elb.example
`;

describe('the endpoint of a service', () => {
  it.each([
    ['of the profile', 'one', 'ec2', 'http://one.example'],
    ['of the profile, for STS too', 'one', 'sts', 'http://one.example'],
    ['of the services section first', 'many', 'ec2', 'http://ec2.example'],
    ['with a service name of two words', 'many', 'autoscaling', 'http://scaling.example'],
    ['with a service name of four words', 'many', 'elbv2', 'http://elb.example'],
    ['of the profile, where the services section does not have it', 'many', 'kms', 'http://many.example'],
    ['none, where the profile has none', 'plain', 'ec2', null],
    ['none, where the profile ignores it', 'ignoring', 'ec2', null],
    ['of the default profile', undefined, 'ec2', 'http://default.example'],
  ] as const)('is the one %s', async (_, profile, service, expected) => {
    configFile(CONFIG);
    expect(await endpointOf(service, profile)).toBe(expected);
  });

  it('is that of the profile that is named, and not of AWS_PROFILE', async () => {
    configFile(CONFIG);
    vi.stubEnv('AWS_PROFILE', 'one');
    expect(await endpointOf('ec2', 'plain')).toBeNull();
    expect(await endpointOf('ec2', 'many')).toBe('http://ec2.example');
    expect(await endpointOf('ec2')).toBe('http://one.example');
  });

  it('comes from a variable first, and from that of the service before that of all', async () => {
    configFile(CONFIG);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all.example');
    expect(await endpointOf('ec2', 'many')).toBe('http://all.example');
    vi.stubEnv('AWS_ENDPOINT_URL_AUTO_SCALING', 'http://variable.example');
    expect(await endpointOf('autoscaling', 'many')).toBe('http://variable.example');
    expect(await endpointOf('ec2', 'many')).toBe('http://all.example');
  });

  it('is none with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, wherever it would come from', async () => {
    configFile(CONFIG);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://all.example');
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
    expect(await endpointOf('ec2', 'many')).toBeNull();
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'false');
    expect(await endpointOf('ec2', 'ignoring')).toBe('http://all.example');
  });

  it('is an error where the services section does not exist: AWS itself would be asked', async () => {
    configFile(CONFIG);
    const { message } = await unable(endpointOf('ec2', 'lost'));
    expect(message).toBe(
      'The profile "lost" names the services section "nowhere", which the AWS config file does not have.',
    );
  });

  it('is looked up by the name that the SDK gives each service', async () => {
    const clients = { ...READ_CLIENTS, sts: stsClient, ebs: ebsClient };
    for (const [service, make] of Object.entries(clients)) {
      const client = await make('us-east-1', { endpoint: null });
      expect((client.config as { serviceId?: string }).serviceId).toBe(SERVICE_IDS[service as 'ec2']);
      client.destroy();
    }
  });
});

describe('a value', () => {
  it('of max_attempts comes from the profile, and from AWS_MAX_ATTEMPTS first', async () => {
    configFile('[profile a]\nmax_attempts = 5\n');
    expect((await connectionOf('a')).settings.maxAttempts).toBe(5);
    vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
    expect((await connectionOf('a')).settings.maxAttempts).toBe(2);
  });

  it.each([
    [
      'max_attempts',
      'often',
      'max_attempts of the profile "a" is "often", which is not a number of attempts.',
    ],
    ['use_fips_endpoint', '1', 'use_fips_endpoint of the profile "a" is "1".'],
    ['use_dualstack_endpoint', 'yes', 'use_dualstack_endpoint of the profile "a" is "yes".'],
  ])('of %s that cannot be used is refused: %s', async (key, value, message) => {
    configFile(`[profile a]\n${key} = ${value}\n`);
    expect((await unable(connectionOf('a'))).message).toBe(message);
  });

  it.each(['True', 'true'])('AWS_USE_FIPS_ENDPOINT=%s is true', async (text) => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', text);
    expect((await connectionOf(undefined)).settings.fips?.value).toBe(true);
  });
});

describe('a certificate bundle', () => {
  const file = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'ec2-parity-ca-')), 'ca.pem');
    writeFileSync(path, text);
    return path;
  };

  it('comes from the profile, and from AWS_CA_BUNDLE first', async () => {
    configFile(`[profile a]\nca_bundle = ${file(CERTIFICATES.good.cert)}\n`);
    expect((await connectionOf('a')).ca).toBe(CERTIFICATES.good.cert);
    vi.stubEnv('AWS_CA_BUNDLE', file(CERTIFICATES.other.cert));
    expect((await connectionOf('a')).ca).toBe(CERTIFICATES.other.cert);
  });

  it('that is not there, or holds none, is named', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', '/nowhere/ca.pem');
    expect((await unable(connectionOf(undefined))).message).toMatch(
      /^AWS_CA_BUNDLE \/nowhere\/ca\.pem cannot be read: /,
    );
    for (const text of ['', 'hello', '-----BEGIN CERTIFICATE-----\nxyz\n-----END CERTIFICATE-----\n']) {
      vi.stubEnv('AWS_CA_BUNDLE', file(text));
      expect((await unable(connectionOf(undefined))).message).toMatch(
        /^AWS_CA_BUNDLE .* holds no certificate in PEM format/,
      );
    }
  });
});
