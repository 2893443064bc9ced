import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import { SNAPSHOT_KINDS } from '../../src/inventory/snapshot.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { badDay } from '../kit/bad-days.ts';
import { closingEndpoints, endpoint, failureIn, HERE, snapshotOf, withKeys } from './kit.ts';
import { runningRegion } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const error = (status: number, code: string) => ({
  error: { status, code, message: 'Request has expired.' },
});
const MINUTE = 60_000;

describe(badDay('credentials-expire'), () => {
  it.each([1, 2, 5, 9])('after %d requests', async (after) => {
    const whole = await snapshotOf(await endpoint({ [HERE]: runningRegion }), {}, { scopes: SCOPES });
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, '*', { ...error(400, 'RequestExpired'), after: after + 1 });
    const snapshot = await snapshotOf(ec2, {}, { scopes: SCOPES });
    const unread = SNAPSHOT_KINDS.filter((kind) => snapshot[kind].status === 'failed');
    expect(unread.length + snapshot.gaps.length).toBeGreaterThan(0);
    for (const kind of unread)
      expect(failureIn(snapshot[kind])).toMatchObject({
        code: 'credentials-expired',
        hint: expect.stringMatching(/^Renew the credentials/),
      });
    // One call lists all of these: without it nothing of the kind is known.
    for (const kind of ['keyPairs', 'vpcs', 'securityGroups', 'instances'] as const)
      if (!unread.includes(kind)) expect(snapshot[kind]).toEqual(whole[kind]);
    const report = compare({
      source: snapshot,
      target: whole,
      config: {},
      phase: 'readiness',
      scopes: SCOPES,
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
    expect(report.complete).toBe(false);
    expect(report.gaps.map(({ code }) => code)).toContain('credentials-expired');
  });
});

describe(badDay('not-available'), () => {
  const unavailable = error(503, 'Unavailable');

  it.each([
    ['the service', unavailable],
    ['a gateway with a page of its own', { html: 503 }],
    ['a gateway that has no answer', { html: 502 }],
    ['a gateway that waited too long', { html: 504 }],
  ])('%s', async (_, fault) => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, 'DescribeKeyPairs', { ...fault, times: 7 });
    const pauses: number[] = [];
    const pause = (ms: number) => {
      pauses.push(ms);
      return 0;
    };
    const snapshot = await snapshotOf(ec2, {}, { maxAttempts: 8, pause });
    expect(snapshot.keyPairs.status).toBe('complete');
    // Each is between a half and the whole of what it can be.
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(25_000);
    expect(ec2.calls('DescribeKeyPairs')).toHaveLength(8);
  });

  it('for ever, it is one gap in the words of every kind', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, '*', unavailable);
    const snapshot = await snapshotOf(ec2);
    const failures = [snapshot.vpcs, snapshot.keyPairs, snapshot.securityGroups, snapshot.images].map(
      failureIn,
    );
    expect(new Set(failures.map(({ message }) => message))).toEqual(
      new Set([`Every call in ${HERE} failed: Unavailable: Request has expired (after 2 attempts)`]),
    );
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['service-error']));
  });
});

describe(badDay('no-host-name'), () => {
  it('with an endpoint of its own', async () => {
    const url = 'http://nothing.invalid';
    const snapshot = await snapshotOf({ url } as Endpoint, {}, { requestTimeoutMs: 2_000 });
    const failures = [snapshot.vpcs, snapshot.keyPairs, snapshot.images].map(failureIn);
    expect(new Set(failures.map(({ message }) => message)).size).toBe(1);
    expect(failures[0]?.message).toMatch(/^No call in eu-west-1 was answered: /);
    expect(failures[0]?.hint).toContain('nothing.invalid');
  });
});

it('calls that fail in several ways because nothing answers are one gap, which names the ways', async () => {
  const ec2 = await endpoint({ [HERE]: runningRegion });
  ec2.misbehave(HERE, '*', { dropConnection: true });
  ec2.misbehave(HERE, 'DescribeKeyPairs', { delayMs: 20_000 });
  const snapshot = await snapshotOf(ec2, {}, { requestTimeoutMs: 500 });
  const failures = [snapshot.vpcs, snapshot.keyPairs, snapshot.securityGroups, snapshot.images].map(
    failureIn,
  );
  expect(new Set(failures.map(({ code, message, hint }) => `${code} ${message} ${hint}`)).size).toBe(1);
  expect(failures[0]?.message).toMatch(/^No call in eu-west-1 was answered: .*; /);
  expect(failures[0]?.code).toBe('unreachable');
});

describe(badDay('wrong-clock'), () => {
  it.each([
    ['RequestExpired', 400, 17 * MINUTE, '17 minutes behind'],
    ['AuthFailure', 401, -62 * MINUTE, '62 minutes ahead of'],
    ['SignatureDoesNotMatch', 403, 5.2 * MINUTE, '5 minutes behind'],
    ['ExpiredToken', 400, -6 * MINUTE, '6 minutes ahead of'],
  ])('%s (%d)', async (code, status, dateOffMs, said) => {
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, optIn: 'not-opted-in' } });
    ec2.misbehave(HERE, '*', { ...error(status, code), dateOffMs });
    await expect(snapshotOf(ec2)).rejects.toMatchObject({
      name: 'Unable',
      hint: `The clock of this machine is ${said} the clock of AWS: correct it, then run again.`,
    });
  });

  it('where only some calls are refused, the gap says it first', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, 'DescribeVpcs', { ...error(400, 'RequestExpired'), dateOffMs: 30 * MINUTE });
    expect(failureIn((await snapshotOf(ec2)).vpcs).hint).toMatch(
      /^The clock of this machine is 30 minutes behind/,
    );
  });

  it('is not blamed where it is right, nor for a refusal that has nothing to do with it', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, 'DescribeVpcs', { ...error(400, 'RequestExpired'), dateOffMs: 4 * MINUTE });
    ec2.misbehave(HERE, 'DescribeKeyPairs', { deny: true, dateOffMs: 30 * MINUTE });
    const { vpcs, keyPairs } = await snapshotOf(ec2);
    expect(failureIn(vpcs).hint).toMatch(/^Renew the credentials/);
    expect(failureIn(keyPairs).hint).toMatch(/^Allow ec2:DescribeKeyPairs/);
  });
});

describe(badDay('no-tls'), () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });
  it.each<[string, (socket: Socket) => void]>([
    ['plain HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')],
    ['a connection that closes', (socket) => socket.destroy()],
  ])('%s', async (_, answer) => {
    server = createServer((socket) => {
      socket.on('error', () => {});
      answer(socket);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const url = `https://127.0.0.1:${port}`;
    const snapshot = await snapshotOf({ url } as Endpoint);
    const failures = [snapshot.vpcs, snapshot.keyPairs, snapshot.images].map(failureIn);
    for (const { code, message, hint } of failures) {
      expect(code).toBe('unreachable');
      expect(message).toMatch(/^(No call in eu-west-1 was answered: |Describe)/);
      expect(hint).toContain(url);
    }
  });
});
