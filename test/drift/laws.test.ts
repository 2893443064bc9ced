import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/drift/baseline.ts';
import { exitCode } from '../../src/report/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { allow, audit, type Estate, group, VPC } from '../kit/estate.ts';

/** A group of each side by the ports that it admits, and keys by name: small worlds that differ in every way that counts here. */
const port = fc.integer({ min: 1, max: 6 });
const world = fc.record({
  ports: fc.uniqueArray(port, { maxLength: 4 }),
  wide: fc.boolean(),
  keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  /** Of a group that one side alone may have. */
  spare: fc.uniqueArray(port, { maxLength: 3 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function estate({ ports, wide, keys, spare }: World, unread: Estate['unread'] = []): Estate {
  const admit = (p: number) => allow('tcp', p, p, wide ? '0.0.0.0/0' : '10.0.0.0/8');
  return {
    vpcs: [VPC],
    securityGroups: [
      group('web', ports.map(admit)),
      ...(spare.length > 0 ? [group('spare', spare.map(admit))] : []),
    ],
    keyPairs: keys.map((name) => ({ KeyPairId: `key-${name}`, KeyName: name, KeyType: 'ed25519' })),
    unread,
  };
}

const run = (source: Estate, target: Estate, last?: Report) =>
  audit(source, target, { phase: 'drift', ...(last ? { baseline: baselineOf(last) } : {}) });
const changed = (report: Report) => report.findings.filter((f) => f.status !== 'persisting');

describe('drift', () => {
  it('says nothing of a night without change', () => {
    fc.assert(
      fc.property(world, world, (a, b) => {
        const [source, target] = [estate(a), estate(b)];
        const again = run(source, target, run(source, target));
        expect([changed(again), again.resolved, again.unchecked]).toEqual([[], [], []]);
        expect(exitCode(again, 'info')).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('never fails where the target only gets closer to the source', () => {
    fc.assert(
      fc.property(world, world, fc.nat(), (a, b, choice) => {
        const wide = { ...b, wide: a.wide };
        const own = { ...a, spare: [] };
        const first = run(estate(own), estate(wide));
        // One difference less: a port that only one side admits, a key that is missing or extra, a port of an extra group.
        const closer = [
          ...wide.spare.map((p) => ({ ...wide, spare: wide.spare.filter((q) => q !== p) })),
          ...wide.ports
            .filter((p) => !a.ports.includes(p))
            .map((p) => ({ ...wide, ports: wide.ports.filter((q) => q !== p) })),
          ...a.ports
            .filter((p) => !wide.ports.includes(p))
            .map((p) => ({ ...wide, ports: [...wide.ports, p] })),
          ...a.keys.filter((k) => !wide.keys.includes(k)).map((k) => ({ ...wide, keys: [...wide.keys, k] })),
          ...wide.keys
            .filter((k) => !a.keys.includes(k))
            .map((k) => ({ ...wide, keys: wide.keys.filter((l) => l !== k) })),
        ];
        const next = closer[choice % Math.max(1, closer.length)] ?? wide;
        const second = run(estate(own), estate(next), first);
        expect(changed(second).map((f) => `${f.status} ${f.rule}`)).toEqual([]);
        expect(exitCode(second, 'info')).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('makes of what was not read neither resolved nor, when it is read again, new', () => {
    const kinds = fc.subarray(['securityGroups', 'keyPairs', 'vpcs', 'images', 'instances'] as const, {
      minLength: 1,
    });
    fc.assert(
      fc.property(world, world, kinds, fc.boolean(), (a, b, unread, onSource) => {
        const [source, target] = [estate(a), estate(b)];
        const first = run(source, target);
        const second = onSource
          ? run(estate(a, unread), target, first)
          : run(source, estate(b, unread), first);
        expect(second.resolved).toEqual([]);
        const third = run(source, target, second);
        expect([
          changed(third).map((f) => f.rule),
          third.resolved.filter((f) => first.findings.some((g) => g.fingerprint === f.fingerprint)),
        ]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });
});
