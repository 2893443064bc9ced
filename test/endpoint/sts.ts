import { GetCallerIdentity$ } from '@aws-sdk/client-sts';
import { AwsError } from './model.ts';
import { type Operation, queryReply } from './wire.ts';

/** Roles that may be assumed, by ARN; `externalId` where the trust policy asks for one. */
export type Roles = Readonly<Record<string, { readonly externalId?: string }>>;

/** The access keys that AssumeRole hands out carry the role's account, so that GetCallerIdentity can tell it. */
const ROLE_KEY = 'ASIA';

/** The account of a caller: of the role it assumed, else the region's. */
export function accountOf(accessKeyId: string, ofRegion: string): string {
  return accessKeyId.startsWith(ROLE_KEY)
    ? accessKeyId.slice(ROLE_KEY.length, ROLE_KEY.length + 12)
    : ofRegion;
}

export function answerSts(
  action: string,
  form: URLSearchParams,
  account: string,
  roles: Roles,
  requestId: string,
): string {
  if (action === 'GetCallerIdentity') {
    const identity = { Account: account, Arn: `arn:aws:iam::${account}:user/tester`, UserId: 'AIDATESTER' };
    return queryReply(GetCallerIdentity$ as unknown as Operation, identity, requestId);
  }
  if (action !== 'AssumeRole') throw new AwsError(400, 'InvalidAction', `Could not find operation ${action}`);
  const arn = form.get('RoleArn') ?? '';
  const role = Object.hasOwn(roles, arn) ? roles[arn] : undefined;
  if (!role || (role.externalId !== undefined && role.externalId !== form.get('ExternalId'))) {
    const said = `User: arn:aws:iam::${account}:user/tester is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    throw new AwsError(403, 'AccessDenied', said);
  }
  // By hand: AssumeRole$ is not ours to import, the tool itself never sends it.
  return `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${ROLE_KEY}${arn.split(':')[4]}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}
