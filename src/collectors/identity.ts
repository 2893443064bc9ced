import { alwaysOnRegion } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import { nearest } from '../text/did-you-mean.ts';
import { assumeRoleClientConfig, type ClientOptions, signInClientConfig, stsClient } from './clients.ts';
import { failureFrom, isAboutCredentials, sdkError, wrongClock } from './failures.ts';
import { wayHint } from './hints.ts';
import { type Credentials, expiresSoon, Login } from './login.ts';
import { SDK } from './sdk.ts';
import type { LiveSide } from './side.ts';
import { saidInOneLine, unpointed } from './text.ts';

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
export function credentialSource(
  side: LiveSide,
  options: ClientOptions,
  login = new Login(async () => null),
): CredentialSource {
  const { roleArn, externalId, profile } = side;
  return async (region) => {
    const asked = { callerClientConfig: { region: async () => region } };
    const base = () =>
      login.credentials(`${profile ?? ''} ${options.endpoint ?? ''}`, () =>
        baseProvider(region, profile, options, login)(asked),
      );
    if (!roleArn) return base();
    const assume = SDK.credentials().fromTemporaryCredentials({
      masterCredentials: base,
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

/** What the profile or the environment gives, with clients for STS and sign-in that reach AWS as all clients of the side do. */
function baseProvider(region: string, profile: string | undefined, options: ClientOptions, login: Login) {
  const { fromIni, fromNodeProviderChain } = SDK.credentials();
  const { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } = SDK.sts();
  const sts = assumeRoleClientConfig(region, options);
  const how = {
    roleAssumer: getDefaultRoleAssumer(sts),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(sts),
    mfaCodeProvider: (serial: string) => login.mfaCode(serial, { region, profile }),
    clientConfig: signInClientConfig(options),
  };
  return profile ? fromIni({ ...how, profile }) : fromNodeProviderChain(how);
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
      if (home === region || error instanceof Unable || error.name === 'CredentialsProviderError')
        throw error;
      return source(home).catch(() => Promise.reject(error));
    });
    current.catch(() => {
      current = undefined;
    });
    return current;
  };
}

/** @throws Unable when there are no credentials to ask with. */
export async function requireCredentials(
  side: LiveSide,
  credentials: () => Promise<Credentials>,
): Promise<void> {
  try {
    await credentials();
  } catch (error) {
    if (error instanceof Unable) throw error;
    const { name, message, Code, code = '' } = sdkError(error);
    const said = Code ? `${Code}: ${message}` : message || name;
    const hint = (await misnamed(side)) ?? wayHint(code, message) ?? hintFor(side);
    throw new Unable(`${sideName(side)}: no credentials: ${unpointed(saidInOneLine(said))}.`, hint, {
      cause: error,
    });
  }
}

/** The hint where the profile is in none of the two files. */
async function misnamed({ profile }: LiveSide): Promise<string | null> {
  if (!profile) return null;
  const { configFile, credentialsFile } = await SDK.config().loadSharedConfigFiles();
  const names = Object.keys({ ...credentialsFile, ...configFile }).filter((name) => !name.includes('.'));
  if (names.includes(profile)) return null;
  const meant = nearest(profile, names.sort());
  const list = '`aws configure list-profiles` lists them.';
  return meant === undefined
    ? `There is no profile "${profile}" in the AWS config files: ${list}`
    : `Did you mean the profile "${meant}"? ${list}`;
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
  const named = process.env.AWS_PROFILE ? ` --profile ${process.env.AWS_PROFILE}` : '';
  return `Log in (\`aws sso login${named}\`), set AWS_PROFILE or AWS_ACCESS_KEY_ID, or name a profile: ${region}@PROFILE.`;
}

/** The causes of AWS's one answer for them all. */
export function refusedHint({ profile, region }: Pick<LiveSide, 'profile' | 'region'>): string {
  const login = profile ? `aws sso login --profile ${profile}` : 'aws sso login';
  return `Wrong or deleted keys, keys of another partition, an expired token (\`${login}\`), a wrong clock, or ${region} not enabled for the account: check them in this order.`;
}
