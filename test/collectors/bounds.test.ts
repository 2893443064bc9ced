import { expect, it } from 'vitest';
import { TIMEOUT_SECONDS } from '../../src/audit/deadline.ts';
import { openSide } from '../../src/collectors/live.ts';
import {
  busyRegion,
  closingEndpoints,
  endpoint,
  failureIn,
  HERE,
  NOON,
  snapshotOf,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

const MOST = 2 * 1024 * 1024;

it('a reply without end is a failure of its kind, with its size, and is not asked for again', async () => {
  const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { endless: true } } } });
  const snapshot = await snapshotOf(ec2, {}, { mostReplyBytes: MOST });
  expect(failureIn(snapshot.keyPairs)).toMatchObject({
    code: 'malformed',
    message: expect.stringContaining('the reply is larger than 2 MiB'),
  });
  expect(ec2.calls('DescribeKeyPairs')).toHaveLength(1);
  expect([snapshot.vpcs.status, snapshot.images.status]).toEqual(['complete', 'complete']);
});

it('a reply of the largest size is read', async () => {
  const ec2 = await endpoint({ [HERE]: busyRegion });
  const snapshot = await snapshotOf(ec2, {}, { mostReplyBytes: 20_000 });
  expect([snapshot.vpcs.status, snapshot.keyPairs.status]).toEqual(['complete', 'complete']);
});

it('what is not read when the time is over is a gap that names the option, and what was read is kept', async () => {
  const ec2 = await endpoint({
    [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { delayMs: 60_000 } } },
  });
  const end = new AbortController();
  const deadline = { seconds: 2, signal: end.signal };
  const reading = snapshotOf(ec2, {}, { deadline });
  await expect.poll(() => ec2.calls('DescribeImages').length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  end.abort();
  const snapshot = await reading;
  expect(failureIn(snapshot.keyPairs)).toEqual({
    code: 'timed-out',
    message: 'DescribeKeyPairs in eu-west-1: not complete when the 2 s for all reading (--timeout) were over',
    hint: expect.stringContaining('--timeout SECONDS'),
  });
  expect(snapshot.vpcs.status).toBe('complete');
});

it('the wait between two attempts does not outlast the time', async () => {
  const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { throttle: true } } } });
  const end = new AbortController();
  const reading = snapshotOf(ec2, {}, { deadline: { seconds: 1, signal: end.signal }, pause: () => 60_000 });
  await expect.poll(() => ec2.calls('DescribeKeyPairs').length).toBeGreaterThan(0);
  end.abort();
  const snapshot = await reading;
  expect(failureIn(snapshot.keyPairs).code).toBe('timed-out');
});

it('nothing is sent after the time', async () => {
  const ec2 = await endpoint({ [HERE]: busyRegion });
  const opened = await openSide({ endpointUrl: ec2.url, region: HERE });
  const before = ec2.received.length;
  const deadline = { seconds: TIMEOUT_SECONDS, signal: AbortSignal.abort() };
  const snapshot = await opened.collect({ scopes: ['key-pairs', 'images'], now: NOON, deadline });
  opened.close();
  expect(failureIn(snapshot.keyPairs).code).toBe('timed-out');
  expect(ec2.received).toHaveLength(before);
});

it('an aborted run rejects, also before the time is over', async () => {
  const ec2 = await endpoint({
    [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { delayMs: 60_000 } } },
  });
  const stop = new AbortController();
  const reading = snapshotOf(
    ec2,
    {},
    { signal: stop.signal, deadline: { seconds: 60, signal: new AbortController().signal } },
  );
  await expect.poll(() => ec2.calls('DescribeKeyPairs').length).toBeGreaterThan(0);
  stop.abort(new Error('stopped'));
  await expect(reading).rejects.toThrow('stopped');
});
