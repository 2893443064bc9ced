import { DOMAIN_PATTERN } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import type { ConnectionSettings, ServiceWithEndpoint } from './connection/settings.ts';

/** Where EC2 was sent, by `--endpoint-url` or otherwise; null for AWS. */
export interface Sent {
  readonly flag: string | null;
  readonly ec2: string | null;
  readonly settings: ConnectionSettings;
}

/** Where EC2 is sent: by the flag, else by environment or profile (AWS_ENDPOINT_URL[_EC2], `endpoint_url`). @throws Unable */
export function sentBy(flag: string | null, settings: ConnectionSettings): Sent {
  const configured = flag === null ? settings.endpointOf('ec2') : null;
  const ec2 = flag ?? (configured && checkedEndpoint(configured.value));
  return { flag, ec2: ec2 && withoutVariant(ec2, settings), settings };
}

/**
 * What is in force for a service beside EC2: its own setting, else wherever EC2 was sent (an emulator's keys mean nothing
 * to AWS), unless that is AWS's EC2 under another name.
 */
export function endpointBeside({ flag, ec2, settings }: Sent, service: ServiceWithEndpoint): string | null {
  if (flag !== null) return isAwsHost(flag) ? null : flag;
  const own = settings.endpointOf(service);
  if (own !== null) return withoutVariant(checkedEndpoint(own.value), settings);
  return ec2 !== null && !isAwsHost(ec2) ? ec2 : null;
}

/** A URL is used as it is, so it cannot be made the FIPS or dual-stack one. @throws Unable where the settings say both. */
function withoutVariant(endpoint: string, { fips, dualStack }: ConnectionSettings): string {
  const variant = [fips, dualStack].find((setting) => setting?.value === true);
  if (!variant) return endpoint;
  throw new Unable(
    `${variant.by} is true, but requests would go to the endpoint ${endpoint}: AWS SDKs refuse the two together.`,
    'Remove one of the two settings.',
  );
}

/**
 * @throws Unable for what is not an http(s) URL (`localhost:4566` is the usual slip), and for one with a user name or a
 *   password: the SDK does not send them, and the report names the endpoint.
 */
export function checkedEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const http = url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname;
  if (!http) {
    throw new Unable(
      `The endpoint "${withoutUser(text)}" is not an HTTP or HTTPS URL.`,
      'Write the complete URL, for example http://127.0.0.1:4566',
    );
  }
  if (url.username === '' && url.password === '') return text;
  throw new Unable(
    `The endpoint ${withoutUser(text)} has a user name or a password, which would not be sent.`,
    'Remove what is before the "@". Requests are signed with AWS credentials: a profile or AWS_ACCESS_KEY_ID.',
  );
}

/** An endpoint as messages may name it: what is before an "@" may be a password. */
export function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/*)?[^/?#]*@/i, '$1');
}

/** localhost, 127.0.0.0/8, ::1: a server on this machine, which distinguishes regions by the signature. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(hostname) ||
    hostname === '[::1]'
  );
}

/** A VPC endpoint or another name of AWS's own EC2: it serves EC2 and nothing else, so STS is not to be asked there. */
export function isAwsHost(endpoint: string): boolean {
  return AWS_HOST.test(new URL(endpoint).hostname);
}

/** The domains of the partitions, and those of their dual-stack endpoints. */
const AWS_HOST = new RegExp(
  `\\.(${DOMAIN_PATTERN}|api\\.(aws(\\.ic\\.gov|\\.scloud|\\.hci\\.ic\\.gov)?|cloud-aws\\.adc-e\\.uk|amazonwebservices\\.(com\\.cn|eu)))$`,
);

/** Whether two endpoints are one, however the URL is written. */
export function sameEndpoint(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  const plain = (text: string) => {
    const { protocol, host, pathname } = new URL(text);
    return `${protocol}//${host}${pathname.replace(/\/$/, '')}`;
  };
  return plain(a) === plain(b);
}
