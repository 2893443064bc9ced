import type { Failure, FailureCode } from '../inventory/collected.ts';
import { serviceName } from './actions.ts';
import { clockHint } from './clock.ts';
import { PROXY_FAILED } from './connection/proxy.ts';
import { type Asked, certificateHint, hintFor, wayHint } from './hints.ts';
import { saidInOneLine, unpointed } from './text.ts';

export type { Asked } from './hints.ts';

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
  [PROXY_FAILED]: 'unreachable',
};

/** The failure for what `send` threw. */
export function failureFrom(error: unknown, asked: Asked): Failure {
  const sdk = sdkError(error);
  const code = codeOf(sdk);
  const hint = /^(OptInRequired|PendingVerification|Blocked)$/.test(sdk.Code ?? '')
    ? `The account cannot use ${serviceName(asked.action)} yet: complete the sign-up, or contact AWS Support.`
    : (wrongClock(error, code) ??
      certificateHint(sdk.code ?? '', asked) ??
      wayHint(sdk.code ?? '', sdk.message) ??
      hintFor(code, asked));
  return { code, message: saidInOneLine(`${asked.action} in ${asked.region}: ${saidOf(sdk, code)}`), hint };
}

/** That the clock is wrong, where AWS refused the credentials and its reply shows that. */
export function wrongClock(error: unknown, code: FailureCode): string | null {
  return isAboutCredentials(code) ? clockHint(error, Date.now()) : null;
}

/** The service refused the call because there were too many. */
function isThrottling(error: unknown): boolean {
  return codeOf(sdkError(error)) === 'throttled';
}

/** The service or a gateway before it cannot take calls for the moment: the same call may be answered later. */
const UNAVAILABLE: readonly (number | undefined)[] = [502, 503, 504];

export function isUnavailable(error: unknown): boolean {
  return !isThrottling(error) && UNAVAILABLE.includes(sdkError(error).$metadata?.httpStatusCode);
}

/** Waiting helps: there were too many calls, or the service is not available for the moment. */
export function isBusy(error: unknown): boolean {
  return isThrottling(error) || isUnavailable(error);
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
  const { code } = sdkError(error);
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN';
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
