import { domainOf } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import type { ReadService } from './actions.ts';
import { openBlocks } from './blocks/open.ts';
import { type ClientOptions, mostAttempts, READ_CLIENTS, type UserAgent } from './clients.ts';
import { collect } from './collect.ts';
import { connectionOf } from './connection/index.ts';
import { proxyFor } from './connection/proxy.ts';
import { checkedEndpoint, endpointBeside, type Sent, sentBy } from './endpoint.ts';
import { cachedCredentials, callerAccount, credentialSource, requireCredentials } from './identity.ts';
import type { Login } from './login.ts';
import { lookUp } from './look-up.ts';
import { Pacer } from './pacing.ts';
import type { ServiceAccess } from './reader.ts';
import type { LiveSide, OpenSide, Pace } from './side.ts';

export type { Deadline } from './deadline.ts';
export { Login } from './login.ts';
export { refuseOnePlace } from './one-place.ts';
export type { CollectOptions, LiveSide, OpenSide } from './side.ts';

/** Services beside EC2 that answer for one region; IAM answers for all. */
const REGIONAL = ['autoscaling', 'cloudformation', 'ssm', 'kms', 'servicequotas', 'elbv2', 'elb'] as const;

export interface OpenOptions {
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutMs?: number | undefined;
  readonly userAgent?: UserAgent | undefined;
  readonly login?: Login | undefined;
}

/** Loads the SDK, finds credentials and endpoint, and asks STS whose they are. @throws Unable */
export async function openSide(side: LiveSide, options: OpenOptions = {}): Promise<OpenSide> {
  const { region, profile, roleArn } = side;
  if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(region)) {
    throw new Unable(`There is no such region: "${region}".`, 'An example of a region name is us-east-1.');
  }
  const { maxAttempts, requestTimeoutMs, userAgent, login } = options;
  const flag = side.endpointUrl ? checkedEndpoint(side.endpointUrl) : null;
  const connection = await connectionOf(profile);
  const sent = sentBy(flag, connection.settings);
  const sts = endpointBeside(sent, 'sts');
  // A proxy that cannot be used is said once, and not by each call.
  for (const endpoint of [sent.ec2, sts]) proxyFor(new URL(endpoint ?? `https://ec2.${domainOf(region)}`));
  const base = { maxAttempts, requestTimeoutMs, profile, connection, userAgent };
  const source = credentialSource(side, { ...base, endpoint: sts }, login);
  const credentials = cachedCredentials(source, region);
  await requireCredentials(side, credentials);
  const account = await callerAccount(side, { ...base, endpoint: sts, credentials });
  const clients: { destroy(): void }[] = [];
  const pacers = new Map<string, Pacer>();
  const accessFor = (wishes: Pace) =>
    accessOf(
      { sent, clients, pacers },
      {
        ...base,
        credentials,
        maxAttempts: wishes.maxAttempts ?? maxAttempts,
        requestTimeoutMs: wishes.requestTimeoutMs ?? requestTimeoutMs,
        mostReplyBytes: wishes.mostReplyBytes,
        pause: wishes.pause,
      },
    );
  return {
    region,
    profile,
    roleArn,
    account,
    endpoint: sent.ec2,
    otherEndpoints: REGIONAL.flatMap((service) => endpointBeside(sent, service) ?? []),
    collect: (wishes) =>
      collect({ side, account, endpoint: sent.ec2, options: wishes, access: accessFor(wishes) }),
    lookUp: (snapshot, wanted, wishes = {}) => lookUp(snapshot, wanted, wishes, accessFor(wishes)),
    blocks: async (wishes) => {
      const { client, reader } = await openBlocks(region, sent, { ...base, credentials }, wishes);
      clients.push(client);
      return reader;
    },
    close: () => {
      for (const client of clients.splice(0)) client.destroy();
    },
  };
}

/** The clients of a side, each made when it is first needed, and put with those that `close` ends. */
function accessOf(
  { sent, clients, pacers }: { sent: Sent; clients: { destroy(): void }[]; pacers: Map<string, Pacer> },
  options: Omit<ClientOptions, 'endpoint'>,
) {
  const made = new Map<string, Promise<ServiceAccess>>();
  const make = async (service: ReadService, region: string): Promise<ServiceAccess> => {
    const endpoint = service === 'ec2' ? sent.ec2 : endpointBeside(sent, service);
    const client = await READ_CLIENTS[service](region, { ...options, endpoint, busy: 'throw' });
    clients.push(client);
    const { pause = (delayMs: number) => delayMs } = options;
    const pacerOf = (action: string) => {
      const key = `${region} ${action}`;
      const pacer = pacers.get(key) ?? new Pacer(action);
      pacers.set(key, pacer);
      return pacer;
    };
    return { client, endpoint, pacerOf, pause, maxAttempts: mostAttempts(options) };
  };
  return (region: string) => (service: ReadService) => {
    const key = `${service} ${region}`;
    const known = made.get(key) ?? make(service, region);
    made.set(key, known);
    return known;
  };
}
