import { Unable } from '../inventory/unable.ts';
import type { ReadService } from './actions.ts';
import { openBlocks } from './blocks/open.ts';
import { type ClientOptions, ec2Client, mostAttempts, READ_CLIENTS, stsClient } from './clients.ts';
import { collect } from './collect.ts';
import { checkedEndpoint, configuredEndpoint, endpointBeside, type Sent } from './endpoint.ts';
import { cachedCredentials, callerAccount, credentialSource, requireCredentials } from './identity.ts';
import { lookUp } from './look-up.ts';
import { Pacer } from './pacing.ts';
import type { ServiceAccess } from './reader.ts';
import type { LiveSide, OpenSide, Pace } from './side.ts';

export type { Deadline } from './deadline.ts';
export { refuseOnePlace } from './one-place.ts';
export type { CollectOptions, LiveSide, OpenSide } from './side.ts';

/** Loads the SDK, finds credentials and endpoint, and asks STS whose they are. @throws Unable */
export async function openSide(
  side: LiveSide,
  options: { maxAttempts?: number; requestTimeoutMs?: number } = {},
): Promise<OpenSide> {
  const { region, profile, roleArn } = side;
  if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(region)) {
    throw new Unable(`There is no such region: "${region}".`, 'An example of a region name is us-east-1.');
  }
  const flag = side.endpointUrl ? checkedEndpoint(side.endpointUrl) : null;
  const sent: Sent = { flag, ec2: flag ?? (await ec2Endpoint(region, profile)) };
  const sts = await endpointBeside(sent, () => stsClient(region, { endpoint: null, profile }));
  const base: ClientOptions = { ...options, endpoint: null, profile };
  const source = await credentialSource(side, { ...base, endpoint: sts });
  const credentials = cachedCredentials(source, region);
  await requireCredentials(side, credentials);
  const account = await callerAccount(side, { ...base, endpoint: sts, credentials });
  const clients: { destroy(): void }[] = [];
  const pacers = new Map<string, Pacer>();
  const accessFor = (wishes: Pace) =>
    accessOf(
      { sent, clients, pacers },
      {
        profile,
        credentials,
        maxAttempts: wishes.maxAttempts ?? options.maxAttempts,
        requestTimeoutMs: wishes.requestTimeoutMs ?? options.requestTimeoutMs,
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
    collect: (wishes) =>
      collect({ side, account, endpoint: sent.ec2, options: wishes, access: accessFor(wishes) }),
    lookUp: (snapshot, wanted, wishes = {}) => lookUp(snapshot, wanted, wishes, accessFor(wishes)),
    blocks: async (wishes) => {
      const { client, reader } = await openBlocks(region, sent, { ...options, profile, credentials }, wishes);
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
    const maker = READ_CLIENTS[service];
    const asking = { endpoint: null, profile: options.profile };
    const endpoint = service === 'ec2' ? sent.ec2 : await endpointBeside(sent, () => maker(region, asking));
    const client = await maker(region, { ...options, endpoint, throttling: 'throw' });
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

async function ec2Endpoint(region: string, profile: string | undefined): Promise<string | null> {
  const client = await ec2Client(region, { endpoint: null, profile });
  const configured = await configuredEndpoint(client).finally(() => client.destroy());
  return configured === null ? null : checkedEndpoint(configured);
}
