import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach } from 'vitest';
import { CERTIFICATES } from '../../kit/certificates.ts';

const closing: (() => void)[] = [];
export function closingServers(): void {
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** TLS before a server that speaks HTTP, with the certificate of "localhost" that CERTIFICATES holds. */
export async function behindTls(url: string): Promise<string> {
  const port = Number(new URL(url).port);
  const server = createTlsServer(CERTIFICATES.good, (socket) => {
    const inner = connect(port, '127.0.0.1');
    socket.pipe(inner).pipe(socket);
    socket.on('error', () => inner.destroy());
    inner.on('error', () => socket.destroy());
  });
  return `https://localhost:${await listening(server)}`;
}

export interface RecordingProxy {
  readonly port: number;
  /** What each CONNECT named: "host:port". */
  readonly tunnels: string[];
  /** The URL of each request that was not CONNECT. */
  readonly requests: string[];
  readonly authorizations: (string | undefined)[];
}

/** A proxy that counts. `answer`: what it says to every CONNECT instead of 200. */
export async function recordingProxy(answer?: string): Promise<RecordingProxy> {
  const seen: Omit<RecordingProxy, 'port'> = { tunnels: [], requests: [], authorizations: [] };
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '', headers } = incoming;
    seen.requests.push(url);
    seen.authorizations.push(headers['proxy-authorization']);
    const { host, pathname } = new URL(url);
    const inner = connect(Number(host.split(':')[1]), '127.0.0.1', () => {
      const { 'proxy-authorization': _ours, ...rest } = headers;
      const lines = Object.entries({ ...rest, connection: 'close' }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      inner.write([`${method} ${pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      incoming.pipe(inner, { end: false });
      inner.pipe(outgoing.socket as NodeJS.WritableStream);
    });
  });
  server.on('connect', (request, socket) => {
    seen.tunnels.push(request.url ?? '');
    seen.authorizations.push(request.headers['proxy-authorization']);
    socket.on('error', () => {});
    if (answer) {
      socket.end(`HTTP/1.1 ${answer}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const port = Number((request.url ?? '').split(':').at(-1));
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(inner).pipe(socket);
    });
    inner.on('error', () => socket.destroy());
  });
  return { port: await listening(server), ...seen };
}

/** A port where nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
