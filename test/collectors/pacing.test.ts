import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/collectors/pacing.ts';
import {
  busyRegion,
  closingEndpoints,
  endpoint,
  failureIn,
  HERE,
  image,
  itemsIn,
  snapshotOf,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

const images = (count: number) => Array.from({ length: count }, (_, i) => image(`ami-${i}`));

describe('calls of one action', () => {
  it('go out as fast as the bucket of EC2 fills, and few are refused', async () => {
    const bucket = { capacity: 40, perSecond: 20 };
    const ec2 = await endpoint({
      [HERE]: { images: images(80), faults: { DescribeImageAttribute: { bucket } } },
    });
    const began = performance.now();
    const snapshot = await snapshotOf(ec2, {}, { maxAttempts: 8, scopes: ['images'] });
    expect(snapshot.gaps).toEqual([]);
    expect(itemsIn(snapshot.images).filter((i) => i.launchPermissions === null)).toEqual([]);
    // 40 at once and 40 at 20 a second.
    expect(performance.now() - began).toBeGreaterThan(1900);
    // Those under way when the bucket was found empty, and a few more.
    expect(ec2.calls('DescribeImageAttribute').length).toBeLessThan(80 + 8 + 12);
  });

  it('take no place among the calls under way while they wait', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...busyRegion, faults: { DescribeKeyPairs: { throttle: true, times: 2 } } },
    });
    const snapshot = await snapshotOf(ec2, {}, { concurrency: 1, maxAttempts: 3, pause: () => 1500 });
    expect(snapshot.keyPairs.status).toBe('complete');
    const order = ec2.received.map(({ action }) => action);
    for (const action of ['DescribeVpcs', 'DescribeSecurityGroups', 'DescribeImageAttribute'])
      expect(order.lastIndexOf(action)).toBeLessThan(order.lastIndexOf('DescribeKeyPairs'));
  });

  it('that are refused for ever end together, not one after the other', async () => {
    const ec2 = await endpoint({
      [HERE]: { images: images(200), faults: { DescribeImageAttribute: { throttle: true } } },
    });
    const snapshot = await snapshotOf(ec2, {}, { scopes: ['images'], maxAttempts: 3 });
    expect(itemsIn(snapshot.images)).toHaveLength(200);
    expect(snapshot.gaps).toMatchObject([
      { code: 'throttled', message: expect.stringContaining('RequestLimitExceeded') },
    ]);
    expect(snapshot.gaps[0]?.message).toContain('(after 3 attempts)');
    expect(ec2.calls('DescribeImageAttribute').length).toBeLessThan(60);
  });

  it('name the attempts that were made', async () => {
    const ec2 = await endpoint({ [HERE]: { ...busyRegion, faults: { DescribeVpcs: { throttle: true } } } });
    const { message } = failureIn((await snapshotOf(ec2, {}, { maxAttempts: 4 })).vpcs);
    expect(message).toContain('(after 4 attempts)');
    expect(ec2.calls('DescribeVpcs')).toHaveLength(4);
  });
});

describe('the pace', () => {
  const pause = () => 0;
  const waits = (pacer: Pacer, count: number) =>
    Array.from({ length: count }, () => pacer.ticket(null).at - performance.now());

  it('is unlimited until the service refuses a call', () => {
    expect(Math.max(...waits(new Pacer('DescribeImages'), 1000))).toBeLessThan(50);
  });

  it('is that of the documented bucket from then on', () => {
    const pacer = new Pacer('DescribeImages');
    pacer.refused(performance.now(), pause);
    const [last = 0] = waits(pacer, 20).slice(-1);
    expect(last).toBeGreaterThan(1000 * (20 / 20));
    expect(last).toBeLessThan(1000 * (20 / 18));
  });

  it('is slower for an action with a smaller bucket, and has no bound where AWS documents none', () => {
    const stale = new Pacer('DescribeStaleSecurityGroups');
    stale.refused(performance.now(), pause);
    expect(waits(stale, 5).at(-1)).toBeGreaterThan(900);
  });

  it('is slower after each refusal, once for calls that were under way together, and recovers', () => {
    const pacer = new Pacer('DescribeImages');
    const rate = () => {
      const [a = 0, b = 0] = waits(pacer, 2);
      return 1000 / (b - a);
    };
    const sentAt = performance.now();
    for (let i = 0; i < 8; i++) pacer.refused(sentAt, pause);
    const first = rate();
    expect(first).toBeCloseTo(19, 0);
    pacer.refused(performance.now() + 1, pause);
    expect(rate()).toBeCloseTo(first * 0.8, 0);
    for (let i = 0; i < 100; i++) pacer.answered();
    expect(rate()).toBeCloseTo(20, 0);
  });

  it('makes a ticket from before a refusal void', () => {
    const pacer = new Pacer('DescribeImages');
    const ticket = pacer.ticket(null);
    expect(pacer.ticket(ticket)).toBe(ticket);
    pacer.refused(performance.now(), pause);
    expect(pacer.ticket(ticket)).not.toBe(ticket);
  });
});
