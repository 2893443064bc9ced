import type { EC2Client } from '@aws-sdk/client-ec2';
import { Unable } from '../inventory/unable.ts';
import { type ClientOptions, ec2Client, stsClient } from './clients.ts';
import { collect } from './collect.ts';
import { checkedEndpoint, configuredEndpoint, isAwsHost } from './endpoint.ts';
import { cachedCredentials, callerAccount, credentialSource, requireCredentials } from './identity.ts';
import type { LiveSide, OpenSide } from './side.ts';

export { refuseOnePlace } from './one-place.ts';
export type { CollectOptions, LiveSide, OpenSide } from './side.ts';

/** Loads the SDK, finds credentials and endpoint, and asks STS whose they are. @throws Unable */
export async function openSide(
  side: LiveSide,
  options: { maxAttempts?: number; requestTimeoutMs?: number } = {},
): Promise<OpenSide> {
  const { region, profile, roleArn } = side;
  if (!/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/.test(region)) {
    throw new Unable(`There is no such region: "${region}".`, 'Region names look like us-east-1.');
  }
  const flag = side.endpointUrl ? checkedEndpoint(side.endpointUrl) : null;
  const endpoints = await endpointsOf(flag, region, profile);
  const base: ClientOptions = { ...options, endpoint: null, profile };
  const source = await credentialSource(side, { ...base, endpoint: endpoints.sts });
  const credentials = cachedCredentials(source, region);
  await requireCredentials(side, credentials);
  const account = await callerAccount(side, { ...base, endpoint: endpoints.sts, credentials });
  const clients: EC2Client[] = [];
  return {
    region,
    profile,
    roleArn,
    account,
    endpoint: endpoints.ec2,
    collect: (wishes) =>
      collect({
        side,
        account,
        endpoint: endpoints.ec2,
        options: wishes,
        client: async (where) => {
          const client = await ec2Client(where, {
            endpoint: endpoints.ec2,
            profile,
            credentials,
            maxAttempts: wishes.maxAttempts ?? options.maxAttempts,
            requestTimeoutMs: wishes.requestTimeoutMs ?? options.requestTimeoutMs,
          });
          clients.push(client);
          return client;
        },
      }),
    close: () => {
      for (const client of clients.splice(0)) client.destroy();
    },
  };
}

/**
 * What is in force for EC2, and for STS: its own setting, else wherever EC2 was sent (an emulator's keys mean nothing
 * to AWS), unless that is AWS under another name.
 */
async function endpointsOf(flag: string | null, region: string, profile: string | undefined) {
  if (flag !== null) return { ec2: flag, sts: isAwsHost(flag) ? null : flag };
  const options: ClientOptions = { endpoint: null, profile };
  const [ec2, sts] = await Promise.all([
    ec2Client(region, options).then(configuredEndpoint),
    stsClient(region, options).then(configuredEndpoint),
  ]);
  const forEc2 = ec2 === null ? null : checkedEndpoint(ec2);
  if (sts !== null) return { ec2: forEc2, sts: checkedEndpoint(sts) };
  return { ec2: forEc2, sts: forEc2 !== null && !isAwsHost(forEc2) ? forEc2 : null };
}
