import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { PROXY_FAILED, type ProxyServer, portOf, proxyFor, proxyName } from './proxy.ts';

/** As the SDK has them where it makes the agents itself. */
const POOL = { keepAlive: true, maxSockets: 50 };
/** A proxy that takes the connection and says nothing. */
const PROXY_TIMEOUT_MS = 10_000;

/** Where a socket goes; what Node hands to an agent has these. */
interface Destination {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}
type Made = (error: Error | null, socket?: Duplex) => void;
interface ConnectingAgent {
  createConnection(options: object, made: Made): Duplex | undefined;
  addRequest(request: ClientRequest, options: object): void;
}

/** What every client gets as its agents, so that each of its requests goes through the proxy of the environment. */
export function agents(ca: string | null): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return { httpAgent: new ProxiedHttpAgent(POOL), httpsAgent: new TunnelAgent(ca) };
}

/** HTTPS: a tunnel through the proxy (CONNECT), and TLS with the server inside it. */
class TunnelAgent extends HttpsAgent {
  readonly #ca: string | null;

  constructor(ca: string | null) {
    super({ ...POOL, ...(ca === null ? {} : { ca }) });
    this.#ca = ca;
  }

  override createConnection(options: RequestOptions & Destination, made: Made): Duplex | undefined {
    const inherited = (HttpsAgent.prototype as unknown as ConnectingAgent).createConnection;
    const proxy = proxyFor(urlOf('https:', options));
    if (!proxy) return inherited.call(this, options, made);
    tunnel(proxy, options, this.#ca).then(
      (socket) =>
        made(
          null,
          inherited.call(this, { ...options, socket }, () => {}),
        ),
      (error: Error) => made(error),
    );
    return undefined;
  }
}

/** HTTP: the proxy receives the whole URL. Emulators are reached this way, AWS never. */
class ProxiedHttpAgent extends HttpAgent {
  addRequest(request: ClientRequest, options: RequestOptions & Destination): void {
    const inherited = (HttpAgent.prototype as unknown as ConnectingAgent).addRequest;
    const target = urlOf('http:', options);
    const proxy = proxyFor(target);
    if (!proxy) {
      inherited.call(this, request, options);
      return;
    }
    request.path = `${target.origin}${request.path}`;
    const authorization = authorizationOf(proxy);
    if (authorization) request.setHeader('proxy-authorization', authorization);
    inherited.call(this, request, { ...options, host: hostOf(proxy.url), port: portOf(proxy.url) });
  }
}

/** The way to the server ended at the proxy. Its code is none of Node's: an unknown proxy is no unknown region. */
class ProxyFailed extends Error {
  override name = 'ProxyFailed';
  readonly code = PROXY_FAILED;
  /** Read by the SDK: whether to try again. */
  readonly $retryable?: object;

  constructor(message: string, again: boolean, options: ErrorOptions) {
    super(message, options);
    if (again) this.$retryable = {};
  }
}

function tunnel(proxy: ProxyServer, { host, port }: Destination, ca: string | null): Promise<Duplex> {
  const authority = `${/:/.test(host ?? '') ? `[${host}]` : host}:${port}`;
  const authorization = authorizationOf(proxy);
  return new Promise((resolve, reject) => {
    const failed = (said: string, again: boolean, cause?: Error) =>
      reject(new ProxyFailed(`the proxy ${proxyName(proxy)} ${said}`, again, { cause }));
    const answered = (status = 0, message = '') =>
      failed(`answered ${`${status} ${message}`.trimEnd()} to CONNECT ${authority}`, status >= 500);
    const asked = (proxy.url.protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: hostOf(proxy.url),
      port: portOf(proxy.url),
      path: authority,
      headers: { host: authority, ...(authorization ? { 'proxy-authorization': authorization } : {}) },
      agent: false,
      timeout: PROXY_TIMEOUT_MS,
      ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
    });
    asked.once('connect', ({ statusCode, statusMessage }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      answered(statusCode, statusMessage);
    });
    // Some proxies refuse as they would any other request, with a body.
    asked.once('response', ({ statusCode, statusMessage }) => {
      asked.destroy();
      answered(statusCode, statusMessage);
    });
    asked.once('timeout', () => {
      failed(`did not answer within ${PROXY_TIMEOUT_MS / 1000} s`, true);
      asked.destroy();
    });
    asked.once('error', (error) => failed(`cannot be reached: ${error.message}`, true, error));
    asked.end();
  });
}

function authorizationOf({ url: { username, password } }: ProxyServer): string | null {
  if (username === '' && password === '') return null;
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(plain).toString('base64')}`;
}

function urlOf(protocol: 'http:' | 'https:', { host, port }: Destination): URL {
  const name = host ?? 'localhost';
  return new URL(`${protocol}//${name.includes(':') ? `[${name}]` : name}:${port ?? ''}`);
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
