import { describe, expect, it } from 'vitest';
import { rightsFor } from '../../src/collectors/actions.ts';
import { itemsOf } from '../../src/inventory/collected.ts';
import { SNAPSHOT_KINDS, type Snapshot } from '../../src/inventory/snapshot.ts';
import type { Endpoint, RegionModel } from '../endpoint/endpoint.ts';
import { badDay } from '../kit/bad-days.ts';
import { actions, fullRegion, paged } from './every-action-kit.ts';
import { closingEndpoints, endpoint, HERE, withKeys } from './kit.ts';
import { EVERY_FACT, lookedUp } from './workloads-kit.ts';

withKeys();
closingEndpoints();

async function read(
  faults: NonNullable<RegionModel['faults']>,
): Promise<{ snapshot: Snapshot; ec2: Endpoint }> {
  const ec2 = await endpoint({ [HERE]: { ...fullRegion, faults } });
  const snapshot = await lookedUp(ec2, { parameterNames: ['/golden/image'], facts: EVERY_FACT });
  return { snapshot, ec2 };
}

describe('each action of the IAM policy', () => {
  it.each(actions.map(([name]) => name))(
    'denied: %s is stated with its right, and nothing is thrown',
    async (name) => {
      const { snapshot, ec2 } = await read({ [name]: { deny: true } });
      expect(ec2.calls(name).length).toBeGreaterThan(0);
      const said = JSON.stringify(snapshot);
      expect(said).toContain('access-denied');
      expect(said).toContain(rightsFor(name)[0]);
    },
  );

  it.each(actions.map(([name]) => name))(`${badDay('throttled-for-ever')}: %s`, async (name) => {
    const { snapshot: whole } = await read({});
    const { snapshot, ec2 } = await read({ [name]: { throttle: true } });
    expect(ec2.calls(name).length).toBeGreaterThan(1);
    expect(JSON.stringify(snapshot)).toContain('"throttled"');
    // Which images of other owners are looked up depends on what parameters and launches name.
    for (const kind of SNAPSHOT_KINDS.filter((kind) => kind !== 'otherImages')) {
      const collected = snapshot[kind];
      // What was read of a kind is all of it, but for details that the gap names.
      if (collected.status === 'complete')
        expect([kind, collected.items.length]).toEqual([kind, itemsOf<unknown>(whole[kind]).length]);
      else expect(collected.failure.code).toBe('throttled');
    }
  });

  it.each(paged)('%s is read to the last page, through short and empty ones', async (name) => {
    const { snapshot: whole } = await read({});
    const { snapshot, ec2 } = await read({ [name]: { pageCap: 1, emptyPages: 1 } });
    expect(ec2.calls(name).length).toBeGreaterThan(1);
    expect(snapshot).toEqual(whole);
    expect(JSON.stringify(whole)).not.toContain('access-denied');
  });
});
