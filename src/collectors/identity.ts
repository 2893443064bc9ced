import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import { alwaysOnRegion } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import { assumeRoleClientConfig, type ClientOptions, stsClient } from './clients.ts';
import { failureFrom, isAboutCredentials, sdkError, wrongClock } from './failures.ts';
import { SDK } from './sdk.ts';
import type { LiveSide } from './side.ts';
import { saidInOneLine, unpointed } from './text.ts';

export type Credentials = Exclude<NonNullable<EC2ClientConfig['credentials']>, (...args: never[]) => unknown>;
/** Gets credentials as a client in that region would. */
export type CredentialSource = (region: string) => Promise<Credentials>;

/** `us-east-1@prod`: a live side as the command line writes it. */
export function sideName({ region, profile }: Pick<LiveSide, 'region' | 'profile'>): string {
  return profile ? `${region}@${profile}` : region;
}

/**
 * Where a side's credentials come from. A profile that is named must be the one that is used: the SDK's chain would go
 * on to the instance's own role when the profile does not exist, and audit another account.
 */
export async function credentialSource(side: LiveSide, options: ClientOptions): Promise<CredentialSource> {
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } = SDK.credentials();
  const base = side.profile ? fromIni({ profile: side.profile }) : fromNodeProviderChain();
  const { roleArn, externalId } = side;
  return async (region) => {
    const asked = { callerClientConfig: { region: async () => region } };
    if (!roleArn) return base(asked);
    const assume = fromTemporaryCredentials({
      masterCredentials: () => base(asked),
      params: {
        RoleArn: roleArn,
        RoleSessionName: 'ec2-parity',
        ...(externalId ? { ExternalId: externalId } : {}),
      },
      clientConfig: assumeRoleClientConfig(region, options),
    });
    return assume(asked);
  };
}

/**
 * One answer for all clients of a side, asked again shortly before it expires. A region that is not enabled refuses
 * AssumeRole too, so what fails there is tried in a region that is always on; collecting will explain the rest.
 */
export function cachedCredentials(source: CredentialSource, region: string): () => Promise<Credentials> {
  let current: Promise<Credentials> | undefined;
  return async () => {
    const known = await current;
    if (known && !expiresSoon(known)) return known;
    const home = alwaysOnRegion(region);
    current = source(region).catch((error) => {
      if (home === region || error.name === 'CredentialsProviderError') throw error;
      return source(home).catch(() => Promise.reject(error));
    });
    current.catch(() => {
      current = undefined;
    });
    return current;
  };
}

function expiresSoon({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < 5 * 60_000;
}

/** @throws Unable when there are no credentials to ask with. */
export async function requireCredentials(
  side: LiveSide,
  credentials: () => Promise<Credentials>,
): Promise<void> {
  try {
    await credentials();
  } catch (error) {
    const { name, message, Code } = sdkError(error);
    const said = Code ? `${Code}: ${message}` : message || name;
    throw new Unable(`${sideName(side)}: no credentials: ${unpointed(saidInOneLine(said))}.`, hintFor(side), {
      cause: error,
    });
  }
}

/**
 * The caller's account. Null when STS cannot be asked: out of reach, or an emulator without it; what the region's
 * groups and VPCs belong to will show it.
 * @throws Unable when STS refuses the credentials, in the region and in one that is always on.
 */
export async function callerAccount(side: LiveSide, options: ClientOptions): Promise<string | null> {
  const regions = [...new Set([side.region, alwaysOnRegion(side.region)])];
  let refusal: Unable | null = null;
  for (const region of regions) {
    const sts = await stsClient(region, impatient(options));
    try {
      const { GetCallerIdentityCommand } = SDK.sts();
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      return Account || null;
    } catch (error) {
      const failure = failureFrom(error, { action: 'GetCallerIdentity', region, endpoint: options.endpoint });
      if (!isAboutCredentials(failure.code)) continue;
      const said = `${sideName(side)}: AWS refused the credentials: ${failure.message}.`;
      refusal ??= new Unable(said, wrongClock(error, failure.code) ?? refusedHint(side), { cause: error });
    } finally {
      sts.destroy();
    }
  }
  if (refusal) throw refusal;
  return null;
}

/** The account can be had otherwise, so a firewall before STS must not hold up the reading for minutes. */
function impatient(options: ClientOptions): ClientOptions {
  const { maxAttempts = 3, requestTimeoutMs = 10_000 } = options;
  return {
    ...options,
    maxAttempts: Math.min(maxAttempts, 3),
    requestTimeoutMs: Math.min(requestTimeoutMs, 10_000),
  };
}

function hintFor({ profile, roleArn, region }: LiveSide): string {
  if (roleArn) {
    return `Check that ${roleArn} exists, trusts the caller${profile ? ` (profile "${profile}")` : ''}, and whether it requires an --external-id.`;
  }
  if (profile) {
    return `Check the profile "${profile}" with \`aws sts get-caller-identity --profile ${profile}\`, or log in with \`aws sso login --profile ${profile}\`.`;
  }
  return `Log in (\`aws sso login\`), set AWS_PROFILE or AWS_ACCESS_KEY_ID, or name a profile: ${region}@PROFILE.`;
}

/** The causes of AWS's one answer for them all. */
export function refusedHint({ profile, region }: Pick<LiveSide, 'profile' | 'region'>): string {
  const login = profile ? `aws sso login --profile ${profile}` : 'aws sso login';
  return `Wrong or deleted keys, keys of another partition, an expired token (\`${login}\`), a wrong clock, or ${region} not enabled for the account: check them in this order.`;
}
