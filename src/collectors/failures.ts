import type { Failure, FailureCode } from '../inventory/collected.ts';
import { rightsFor, serviceName, serviceOf } from './actions.ts';
import { saidInOneLine, unpointed } from './text.ts';

/** Where a call went: what every message about it names. */
export interface Asked {
  readonly action: string;
  readonly region: string;
  /** The custom endpoint, null for AWS's own. */
  readonly endpoint: string | null;
}

/** A call that gave no usable answer, already in the words of the report. `cause` is what the SDK threw. */
export class CallFailed extends Error {
  override name = 'CallFailed';
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** Failures that say "not with these credentials", which is also how AWS answers for a region that is not enabled. */
export function isAboutCredentials(code: FailureCode): boolean {
  return code === 'auth-failure' || code === 'credentials-expired' || code === 'region-not-enabled';
}

/** What the SDK's errors carry, of any service; everything may be missing. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  /** The service's own error code; absent where the answer was no AWS error document. */
  readonly Code?: string;
  /** Who is to blame: on errors that the service named, and on no others. */
  readonly $fault?: 'client' | 'server';
  /** The field of a JSON answer that holds it. */
  readonly __type?: string;
  /** Node's code of a socket or DNS error. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

/** AWS error codes (and the SDK's own throttling list) and what they mean for the reader. */
const SERVICE_CODES: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /^(UnauthorizedOperation|Client\.UnauthorizedOperation|AccessDenied(Exception)?|UnauthorizedAccess)$/,
    'access-denied',
  ],
  [
    /^(RequestExpired|ExpiredToken(Exception)?|RequestTimeTooSkewed|RequestInTheFuture)$/,
    'credentials-expired',
  ],
  [
    /^(AuthFailure|UnrecognizedClient(Exception)?|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature(Exception)?|IncompleteSignature|MissingAuthenticationToken(Exception)?|InvalidAccessKeyId|InvalidToken)$/,
    'auth-failure',
  ],
  [
    /^(RequestLimitExceeded|Throttling|Throttled|Throttling?Exception|ThrottledException|RequestThrottled(Exception)?|TooManyRequests(Exception)?|EC2ThrottledException|SlowDown|BandwidthLimitExceeded|Client\.RequestLimitExceeded)$/,
    'throttled',
  ],
  [/^(InvalidNextToken|InvalidPaginationToken|ExpiredNextToken)$/, 'truncated'],
  [
    /^(InvalidAction|UnsupportedOperation|UnknownOperation(Exception)?|UnsupportedAction|NotImplemented|ActionNotFound)$/,
    'unsupported',
  ],
];

const SOCKET_CODES: Readonly<Record<string, FailureCode>> = {
  ETIMEDOUT: 'timed-out',
  ESOCKETTIMEDOUT: 'timed-out',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ECONNABORTED: 'unreachable',
  EPIPE: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPROTO: 'unreachable',
};

/** The failure for what `send` threw. */
export function failureFrom(error: unknown, asked: Asked): Failure {
  const sdk = sdkError(error);
  const code = codeOf(sdk);
  const hint = /^(OptInRequired|PendingVerification|Blocked)$/.test(sdk.Code ?? '')
    ? `The account cannot use ${serviceName(asked.action)} yet: complete the sign-up, or contact AWS Support.`
    : hintFor(code, asked);
  return { code, message: saidInOneLine(`${asked.action} in ${asked.region}: ${saidOf(sdk, code)}`), hint };
}

/** The service refused the call because there were too many. */
export function isThrottling(error: unknown): boolean {
  return codeOf(sdkError(error)) === 'throttled';
}

/** The error with the number of attempts that this tool made, of which the SDK knows the last one only. */
export function attemptsMade(error: unknown, attempts: number): unknown {
  const { $metadata } = error as { $metadata?: object };
  return $metadata ? Object.assign(error as Error, { $metadata: { ...$metadata, attempts } }) : error;
}

/** A failure that this tool found in an answer that the SDK accepted. */
export function failure(code: FailureCode, asked: Asked, said: string): Failure {
  return {
    code,
    message: saidInOneLine(`${asked.action} in ${asked.region}: ${said}`),
    hint: hintFor(code, asked),
  };
}

/** The host name could not be found: no such region, a mistyped endpoint, or no network. */
export function isUnknownHost(error: unknown): boolean {
  return sdkError(error).code === 'ENOTFOUND';
}

function codeOf(sdk: SdkError): FailureCode {
  const { httpStatusCode: status } = sdk.$metadata ?? {};
  if (sdk.Code !== undefined) {
    const known = SERVICE_CODES.find(([pattern]) => pattern.test(sdk.Code ?? ''));
    if (known) return known[1];
    if (status === 429) return 'throttled';
    return status === 501 ? 'unsupported' : 'service-error';
  }
  // The SDK renames some refused connections to TimeoutError, so what Node called it comes first.
  const socket =
    sdk.code !== undefined && Object.hasOwn(SOCKET_CODES, sdk.code) ? SOCKET_CODES[sdk.code] : undefined;
  if (socket) return socket;
  if (sdk.name === 'TimeoutError') return 'timed-out';
  if (/certificate|self-signed|SSL|TLS/i.test(`${sdk.code ?? ''} ${sdk.message}`)) return 'unreachable';
  if (status === 429) return 'throttled';
  if (status === 404 || status === 501) return 'unsupported';
  return status === undefined ? 'service-error' : 'malformed';
}

/** Services that speak JSON have their error code in `name` alone, which the SDK fills in where there is none. */
export function sdkError(error: unknown): SdkError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, Code, code, $fault, $metadata, __type } = error as SdkError;
  // Of a web framework's error page the SDK makes a name too, of its status: "NotFound".
  const named =
    $fault !== undefined && (__type !== undefined || /^(?!Unknown)\w+(Exception|Error)$/.test(name));
  const own = Code ?? (named ? name : undefined);
  return {
    name,
    message,
    ...(own === undefined ? {} : { Code: own }),
    ...(code === undefined ? {} : { code }),
    ...($metadata === undefined ? {} : { $metadata }),
  };
}

function saidOf(sdk: SdkError, code: FailureCode): string {
  const { httpStatusCode: status, attempts = 1 } = sdk.$metadata ?? {};
  const tries = attempts > 1 ? ` (after ${attempts} attempts)` : '';
  if (sdk.Code !== undefined) return `${sdk.Code}: ${unpointed(saidInOneLine(sdk.message))}${tries}`;
  if (code === 'malformed' || code === 'unsupported') {
    const why = sdk.message && sdk.message !== 'Unknown' ? ` (${unpointed(saidInOneLine(sdk.message))})` : '';
    return `HTTP ${status} with a body that is not a response of AWS${why}${tries}`;
  }
  return `${unpointed(saidInOneLine(sdk.message || sdk.name))}${tries}`;
}

/** What the user can do about it. */
function hintFor(code: FailureCode, { action, region, endpoint }: Asked): string {
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
