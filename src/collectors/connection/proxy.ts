import ipaddr from 'ipaddr.js';
import { Unable } from '../../inventory/unable.ts';

/** The proxy that the environment names for a URL. */
export interface ProxyServer {
  readonly url: URL;
  /** The variable that names it. */
  readonly by: string;
}

/** The code of an error that a proxy caused. */
export const PROXY_FAILED = 'EPROXY';

/** Of two spellings the lower-case one counts, as in curl, Python and the AWS CLI. */
const VARIABLES = {
  'https:': ['https_proxy', 'HTTPS_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY'],
} as const;

/** @throws Unable for a proxy that is not an HTTP or HTTPS URL. */
export function proxyFor(target: URL, env: NodeJS.ProcessEnv = process.env): ProxyServer | null {
  const names = VARIABLES[target.protocol as keyof typeof VARIABLES] ?? [];
  const by = names.find((name) => env[name]);
  if (by === undefined || excluded(target, env.no_proxy || env.NO_PROXY || '')) return null;
  const text = env[by] ?? '';
  const url = text.includes('://') ? text : `http://${text}`;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.hostname && (parsed.protocol === 'http:' || parsed.protocol === 'https:'))
    return { url: parsed, by };
  throw new Unable(
    `${by} is not the URL of an HTTP or HTTPS proxy.`,
    'An example is http://proxy.example.com:3128. Other kinds of proxy (SOCKS) are not supported.',
  );
}

/** A proxy as messages may name it: without its password. */
export function proxyName({ url, by }: ProxyServer): string {
  return `${url.protocol}//${url.host} (${by})`;
}

export function portOf({ protocol, port }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/**
 * NO_PROXY: names and addresses separated by commas or spaces. A name includes its subdomains, with or without a dot
 * before it; `*` is every host; an address may have a prefix length; each may have a port.
 */
function excluded(target: URL, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(target, entry));
}

function matches(target: URL, entry: string): boolean {
  if (entry === '*') return true;
  const host = unbracketed(target.hostname.toLowerCase()).replace(/\.$/, '');
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : null;
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]+)\]|(.*?))(?::(\d+))?$/.exec(entry) ?? [];
  // "::1" has no port, though it ends like one.
  const whole = ipaddr.IPv6.isValid(entry);
  const name = whole ? entry : (bracketed ?? plain);
  if (!whole && port !== undefined && Number(port) !== portOf(target)) return false;
  if (address) return holds(name, address);
  const suffix = name.replace(/^\*?\.?/, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

function holds(entry: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(entry)) {
    const [network, bits] = ipaddr.parseCIDR(entry);
    return network.kind() === address.kind() && address.match([network, bits] as [ipaddr.IPv4, number]);
  }
  return ipaddr.isValid(entry) && ipaddr.process(entry).toString() === address.toString();
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
