import type { FailureCode } from '../inventory/collected.ts';
import { rightsFor, serviceName, serviceOf } from './actions.ts';
import { PROXY_FAILED } from './connection/proxy.ts';

/** Where a call went: what every message about it names. */
export interface Asked {
  readonly action: string;
  readonly region: string;
  /** The custom endpoint, null for AWS's own. */
  readonly endpoint: string | null;
}

/** What Node and OpenSSL call a certificate that they do not accept. */
export function certificateHint(code: string, { action, region, endpoint }: Asked): string | null {
  const at = endpoint ?? `${serviceOf(action)}.${region}`;
  switch (code) {
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `Node.js does not know who signed the certificate of ${at}. Where a proxy inspects TLS, set AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS to the file that holds its certificate authority, then run again.`;
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `Check the clock of this machine first, then the dates of the certificate of ${at}. Then run again.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate is for another host name than ${at}: check the endpoint URL, and that no proxy answers in its place. Then run again.`;
    default:
      return null;
  }
}

/** Where the way to AWS is the cause, and not AWS: a proxy, or a kind of endpoint that the region does not have. */
export function wayHint(code: string, message: string): string | null {
  if (code === PROXY_FAILED)
    return 'Correct the variable that names the proxy (a user name and a password are written before an "@"), or add the host to NO_PROXY. Then run again.';
  if (code === 'ENOTFOUND' && /-fips[.-]/.test(message))
    return 'Only some regions have FIPS endpoints of this service. Unset AWS_USE_FIPS_ENDPOINT, or use_fips_endpoint of the profile, for this side.';
  return null;
}

/** What the user can do about it. */
export function hintFor(code: FailureCode, { action, region, endpoint }: Asked): string {
  const service = serviceName(action);
  const at = endpoint ?? `${serviceOf(action)}.${region}`;
  switch (code) {
    case 'access-denied':
      return `Allow ${rightsFor(action).join(' and ')} for the caller (\`ec2-parity iam-policy\` prints the whole policy). If it is allowed, check service control policies and permissions boundaries.`;
    case 'auth-failure':
      return `Check that the credentials are for this account and partition, that the session token has not expired, that the clock is right, and that ${region} is enabled for the account.`;
    case 'credentials-expired':
      return 'Renew the credentials (`aws sso login`, or assume the role again) and check that the clock is right. Then run again.';
    case 'region-not-enabled':
      return `Enable the region: \`aws account enable-region --region-name ${region}\`, or AWS console > Account > AWS Regions. It takes some minutes.`;
    case 'throttled':
      return `Run again when fewer other tools call ${service} in this account and region. AWS_MAX_ATTEMPTS sets how often a call is tried.`;
    case 'truncated':
      return `Run again. If it happens again, the endpoint does not return pages as ${service} does.`;
    case 'timed-out':
      return `Check the network, proxy and VPC endpoint on the way to ${at}. Then run again.`;
    case 'unreachable':
      return `Check the name, network, proxy and TLS on the way to ${at}. Then run again.`;
    case 'malformed':
      return `Check that ${at} is an endpoint of ${service} and that no proxy answers in its place. Then run again.`;
    case 'unsupported':
      return `${endpoint ?? region} does not support ${action}. Use another endpoint, or exclude the kind with --only.`;
    case 'service-error':
      return `Run again. If it happens again, look up the code in the API reference of ${service}, or contact AWS Support.`;
    case 'not-read':
    case 'not-in-dump':
      return 'Run again with this kind included.';
  }
}
