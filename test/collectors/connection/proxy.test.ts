import { describe, expect, it } from 'vitest';
import { proxyFor, proxyName } from '../../../src/collectors/connection/proxy.ts';
import { Unable } from '../../../src/inventory/unable.ts';

const EC2 = 'https://ec2.us-east-1.amazonaws.com';
const proxied = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.url.href ?? null;

describe('the proxy for a URL', () => {
  it.each([
    ['none without a variable', EC2, {}, null],
    ['HTTPS_PROXY for https', EC2, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
    ['HTTP_PROXY is not for https', EC2, { HTTP_PROXY: 'http://p:3128' }, null],
    ['HTTP_PROXY for http', 'http://emulator:4566', { HTTP_PROXY: 'http://p:3128' }, 'http://p:3128/'],
    ['HTTPS_PROXY is not for http', 'http://emulator:4566', { HTTPS_PROXY: 'http://p:3128' }, null],
    ['the lower-case spelling first', EC2, { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, 'http://b/'],
    ['an empty variable is none', EC2, { HTTPS_PROXY: '' }, null],
    ['without a scheme it is an HTTP proxy', EC2, { HTTPS_PROXY: 'p:3128' }, 'http://p:3128/'],
    ['over TLS', EC2, { HTTPS_PROXY: 'https://p' }, 'https://p/'],
  ])('%s', (_, url, env, expected) => {
    expect(proxied(url, env)).toBe(expected);
  });

  it.each(['socks5://p:1080', 'http://', '://'])('is not %j, and the variable is named', (text) => {
    expect(() => proxyFor(new URL(EC2), { HTTPS_PROXY: text })).toThrow(Unable);
    expect(() => proxyFor(new URL(EC2), { HTTPS_PROXY: text })).toThrow('HTTPS_PROXY');
  });

  it('is named without its password', () => {
    const proxy = proxyFor(new URL(EC2), { HTTPS_PROXY: 'http://me:secret@p:3128' });
    expect(proxy && proxyName(proxy)).toBe('http://p:3128 (HTTPS_PROXY)');
  });
});

describe('NO_PROXY', () => {
  it.each([
    ['*', EC2, true],
    ['ec2.us-east-1.amazonaws.com', EC2, true],
    ['amazonaws.com', EC2, true],
    ['.amazonaws.com', EC2, true],
    ['*.amazonaws.com', EC2, true],
    ['AMAZONAWS.com', EC2, true],
    ['azonaws.com', EC2, false],
    ['example.com, amazonaws.com', EC2, true],
    ['example.com amazonaws.com', EC2, true],
    ['amazonaws.com:443', EC2, true],
    ['amazonaws.com:8443', EC2, false],
    ['localhost', 'https://localhost:4566', true],
    ['localhost:4566', 'https://localhost:4566', true],
    ['localhost:1', 'https://localhost:4566', false],
    ['127.0.0.1', 'https://127.0.0.1:4566', true],
    ['127.0.0.0/8', 'https://127.9.9.9:4566', true],
    ['10.0.0.0/8', 'https://127.9.9.9:4566', false],
    ['10.0.0.0/8', EC2, false],
    ['::1', 'https://[::1]:4566', true],
    ['[::1]:4566', 'https://[::1]:4566', true],
    ['[::1]:1', 'https://[::1]:4566', false],
    ['fd00::/8', 'https://[fd00::7]', true],
    ['', EC2, false],
    [' , ', EC2, false],
  ])('%j and %s: %s', (list, url, excluded) => {
    expect(proxied(url, { HTTPS_PROXY: 'http://p:3128', NO_PROXY: list }) === null).toBe(excluded);
    expect(proxied(url, { HTTPS_PROXY: 'http://p:3128', no_proxy: list }) === null).toBe(excluded);
  });
});
