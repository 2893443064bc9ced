import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf } from '../../endpoint/ebs.ts';
import type { Fault } from '../../endpoint/endpoint.ts';
import { badDay } from '../../kit/bad-days.ts';
import { closingEndpoints, withKeys } from '../kit.ts';
import { deviceIn, many, SOURCE, TARGET, twoRegions, verify, volume } from './kit.ts';

withKeys();
closingEndpoints();

describe('the content of two snapshots', () => {
  it('is equal where all blocks were compared and none differs', async () => {
    const ebs = await twoRegions([[many(40), many(40)]]);
    const evidence = await verify(ebs);
    expect(evidence.images[0]).toMatchObject({ result: 'equal', reason: null });
    expect(deviceIn(evidence)).toMatchObject({
      blocks: { source: 40, target: 40, either: 40, compared: 40, different: 0 },
      sizeGiB: { source: 1, target: 1 },
      failures: [],
    });
    expect(ebs.calls('GetSnapshotBlock', SOURCE)).toHaveLength(40);
    expect(ebs.calls('GetSnapshotBlock', TARGET)).toHaveLength(40);
  });

  it('differs where one block does, and the block is named', async () => {
    const ebs = await twoRegions([[many(40), many(40, { 17: 'changed' })]]);
    expect(deviceIn(await verify(ebs))).toMatchObject({
      result: 'different',
      blocks: { compared: 40, different: 1 },
      firstDifferent: [17],
    });
  });

  it('is equal where a block of zeros is written on one side and never was on the other', async () => {
    const ebs = await twoRegions([[volume({ 3: 'x', 9: '' }), volume({ 3: 'x' })]]);
    expect(deviceIn(await verify(ebs))).toMatchObject({
      result: 'equal',
      blocks: { either: 2, compared: 2 },
    });
    // What is not written cannot be asked for.
    expect(ebs.calls('GetSnapshotBlock', TARGET)).toHaveLength(1);
  });

  it('differs where something is written on one side only', async () => {
    const ebs = await twoRegions([[volume({ 3: 'x' }), volume({ 3: 'x', 2047: 'y' })]]);
    expect(deviceIn(await verify(ebs))).toMatchObject({ result: 'different', firstDifferent: [2047] });
  });

  it('differs by the size of the volume alone, and no block is paid for', async () => {
    const ebs = await twoRegions([[volume({ 1: 'x' }, 1), volume({ 1: 'x' }, 2)]]);
    expect(deviceIn(await verify(ebs))).toMatchObject({
      result: 'different',
      sizeGiB: { source: 1, target: 2 },
      blocks: { compared: 0 },
    });
    expect(ebs.calls('GetSnapshotBlock')).toEqual([]);
  });

  it('is equal where neither side was ever written', async () => {
    expect((await verify(await twoRegions([[volume({}), volume({})]]))).images[0]?.result).toBe('equal');
  });

  it('is that of the two volumes, whatever their blocks are: as comparing them byte by byte says', async () => {
    const blocks = fc.dictionary(fc.integer({ min: 0, max: 12 }).map(String), fc.constantFrom('', 'a', 'b'));
    await fc.assert(
      fc.asyncProperty(blocks, blocks, async (a, b) => {
        const ebs = await twoRegions([[volume(a), volume(b)]]);
        const same = Array.from({ length: 13 }, (_, i) => i).filter((i) =>
          blockOf(a[i] ?? '').equals(blockOf(b[i] ?? '')),
        );
        const device = deviceIn(await verify(ebs));
        await ebs.close();
        expect(device.result).toBe(same.length === 13 ? 'equal' : 'different');
        expect(device.blocks?.different).toBe(13 - same.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a sample', () => {
  it('that misses the difference says that none was found, never that there is none', async () => {
    const ebs = await twoRegions([[many(200), many(200)]]);
    const asked = deviceIn(await verify(ebs, { blocks: 5 }));
    expect(asked).toMatchObject({ result: 'no-difference-found', blocks: { compared: 5, either: 200 } });
    const read = ebs.calls('GetSnapshotBlock', SOURCE).map(({ params }) => params.BlockIndex);
    const missed = Array.from({ length: 200 }, (_, i) => i).find((i) => !read.includes(i)) ?? -1;
    const other = await twoRegions([[many(200), many(200, { [missed]: 'changed' })]]);
    expect(deviceIn(await verify(other, { blocks: 5 })).result).toBe('no-difference-found');
    const struck = await twoRegions([[many(200), many(200, { [read[0]]: 'changed' })]]);
    expect(deviceIn(await verify(struck, { blocks: 5 }))).toMatchObject({
      result: 'different',
      firstDifferent: [read[0]],
    });
  });

  it('is the same in every run, and lies all over the volume', async () => {
    const read = async () => {
      const ebs = await twoRegions([[many(400), many(400)]]);
      await verify(ebs, { blocks: 20 });
      return ebs
        .calls('GetSnapshotBlock', SOURCE)
        .map(({ params }) => params.BlockIndex as number)
        .sort((a, b) => a - b);
    };
    const first = await read();
    expect(await read()).toEqual(first);
    expect(first[0]).toBeLessThan(100);
    expect(first.at(-1)).toBeGreaterThan(300);
    expect(new Set(first).size).toBe(20);
  });

  it('looks first where only one list has a block: there a difference is likeliest', async () => {
    const ebs = await twoRegions([[many(200), many(200, { 2000: 'new' })]]);
    expect(deviceIn(await verify(ebs, { blocks: 1 }))).toMatchObject({
      result: 'different',
      firstDifferent: [2000],
    });
  });

  it('does not spend itself on zeros that one side wrote: half of it lies where both have blocks', async () => {
    const zeros = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [1000 + i, '']));
    const other = many(100);
    const changed = Object.fromEntries(Object.keys(other.blocks).map((index) => [index, `other ${index}`]));
    const ebs = await twoRegions([[many(100, zeros), volume(changed)]]);
    expect(deviceIn(await verify(ebs, { blocks: 4 }))).toMatchObject({
      result: 'different',
      blocks: { different: 2 },
    });
  });

  it('as large as the volume is a whole comparison', async () => {
    expect((await verify(await twoRegions([[many(7), many(7)]]), { blocks: 7 })).images[0]?.result).toBe(
      'equal',
    );
  });
});

describe('the block lists', () => {
  it('are read to the end, page by page, short and empty pages among them', async () => {
    const ebs = await twoRegions([[many(250), many(250)]]);
    ebs.misbehave(SOURCE, 'ListSnapshotBlocks', { pageCap: 33, emptyPages: 1 });
    expect(deviceIn(await verify(ebs, { blocks: 1, pageSize: 100 })).blocks).toMatchObject({
      source: 250,
      target: 250,
    });
    expect(ebs.calls('ListSnapshotBlocks', SOURCE)).toHaveLength(16);
    expect(ebs.calls('ListSnapshotBlocks', TARGET).map(({ params }) => params.MaxResults)).toEqual([
      100, 100, 100,
    ]);
  });

  it.each([
    ['a token that leads nowhere', { tokenLoop: true }, 'truncated'],
    ['no list', { body: '{"VolumeSize":1}' }, 'malformed'],
    [
      'a block beyond the volume',
      { body: '{"VolumeSize":1,"Blocks":[{"BlockIndex":2048,"BlockToken":"t"}]}' },
      'malformed',
    ],
    ['a block without a token', { body: '{"VolumeSize":1,"Blocks":[{"BlockIndex":1}]}' }, 'malformed'],
    ['no size', { body: '{"Blocks":[]}' }, 'malformed'],
    ['a refusal', { deny: true }, 'access-denied'],
    ['throttling without end', { throttle: true }, 'throttled'],
  ])('prove nothing where there is %s', async (_, fault, code) => {
    const ebs = await twoRegions([[many(3), many(3)]]);
    ebs.misbehave(TARGET, 'ListSnapshotBlocks', fault);
    expect(deviceIn(await verify(ebs))).toMatchObject({
      result: 'not-verified',
      reason: 'failed',
      blocks: null,
      failures: [{ side: 'target', code }],
    });
    expect(ebs.calls('GetSnapshotBlock')).toEqual([]);
  });
});

describe(badDay('blocks-fault'), () => {
  const faults: readonly (readonly [what: string, fault: Fault])[] = [
    ['a refusal', { deny: true }],
    ['throttling for ever', { throttle: true }],
    [
      'credentials that expired',
      { error: { status: 400, code: 'ExpiredTokenException', message: 'expired' } },
    ],
    ['an internal error', { error: { status: 500, code: 'InternalServerException', message: 'broken' } }],
    ['an action that does not exist', { unsupported: true }],
    ['a page of a proxy', { html: true }],
    ['an empty body', { body: '' }],
    ['a closed connection', { dropConnection: true }],
    ['half an answer', { dropHalfway: true }],
    ['damaged bytes', { corrupt: true }],
    ['bytes cut short', { truncate: true }],
  ];
  it.each(
    faults.flatMap(([what, fault]) =>
      ['ListSnapshotBlocks', 'GetSnapshotBlock'].map((action) => [action, what, fault] as const),
    ),
  )('%s: %s', async (action, _, fault) => {
    const ebs = await twoRegions([[many(3), many(3)]]);
    const damages = fault.corrupt === true;
    // The list of blocks has no checksum to be damaged.
    if (damages && action === 'ListSnapshotBlocks') return;
    ebs.misbehave(TARGET, action, fault);
    const evidence = await verify(ebs);
    expect(evidence.images.map(({ result }) => result)).toEqual(['not-verified']);
    expect(deviceIn(evidence).failures).toMatchObject([{ side: 'target' }]);
  });
});

describe('a block', () => {
  it('whose bytes are not those of its checksum proves nothing, however often it comes', async () => {
    const ebs = await twoRegions([[many(3), many(3)]]);
    ebs.misbehave(TARGET, 'GetSnapshotBlock', { corrupt: true });
    const device = deviceIn(await verify(ebs));
    expect(device).toMatchObject({ result: 'not-verified', reason: 'failed' });
    expect(device.failures).toMatchObject([{ side: 'target', code: 'malformed' }]);
    expect(device.failures[0]?.message).toMatch(/SHA-256/);
  });

  it.each([
    ['broke off', { dropHalfway: true }],
    ['came short', { truncate: true }],
    ['came damaged', { corrupt: true }],
    ['was throttled', { throttle: true }],
  ])('is asked for once more where it %s', async (_, fault) => {
    const ebs = await twoRegions([[many(3), many(3)]]);
    ebs.misbehave(TARGET, 'GetSnapshotBlock', { ...fault, times: 1 });
    expect((await verify(ebs)).images[0]?.result).toBe('equal');
    expect(ebs.calls('GetSnapshotBlock', TARGET)).toHaveLength(4);
  });

  it('that is denied leaves the pair unverified, names what to allow, and stops the reading', async () => {
    const ebs = await twoRegions([[many(300), many(300)]]);
    ebs.misbehave(SOURCE, 'GetSnapshotBlock', { deny: true });
    const device = deviceIn(await verify(ebs));
    expect(device).toMatchObject({
      result: 'not-verified',
      failures: [{ side: 'source', code: 'access-denied' }],
    });
    expect(device.failures[0]?.hint).toContain('kms:Decrypt');
    expect(ebs.calls('GetSnapshotBlock', SOURCE).length).toBeLessThan(40);
  });

  it('that differs is a proof, whatever could not be read after it', async () => {
    const ebs = await twoRegions([[many(300), many(300, { 0: 'changed' })]]);
    ebs.misbehave(SOURCE, 'GetSnapshotBlock', { deny: true, after: 100 });
    expect(deviceIn(await verify(ebs))).toMatchObject({
      result: 'different',
      failures: [{ code: 'access-denied' }],
    });
  });
});

describe('the budget', () => {
  /** In blocks. */
  const gib = (blocks: number) => blocks / 2048;

  it('is kept to: a pair that does not fit is not read, and one after it that fits is', async () => {
    const ebs = await twoRegions([
      [many(30), many(30)],
      [many(50), many(50)],
      [many(20), many(20)],
    ]);
    const { images, estimate } = await verify(ebs, { images: 3, budgetGiB: gib(101) });
    expect(images.map(({ result, reason }) => [result, reason])).toEqual([
      ['equal', null],
      ['not-verified', 'budget'],
      ['equal', null],
    ]);
    expect(estimate.blocks).toBe(100);
    expect(ebs.calls('GetSnapshotBlock')).toHaveLength(100);
  });

  it('holds for what is asked for again, too', async () => {
    const ebs = await twoRegions([[many(10), many(10)]]);
    ebs.misbehave(TARGET, 'GetSnapshotBlock', { corrupt: true, times: 3 });
    const evidence = await verify(ebs, { budgetGiB: gib(22) });
    expect(evidence.images[0]?.result).toBe('not-verified');
    expect(ebs.calls('GetSnapshotBlock').length).toBeLessThanOrEqual(22);
  });

  it('and the cost are said when the lists are read and before the first block is', async () => {
    const ebs = await twoRegions([[many(40), many(30)]]);
    const said: object[] = [];
    await verify(ebs, { onEstimate: (e) => said.push({ ...e, read: ebs.calls('GetSnapshotBlock').length }) });
    expect(said).toEqual([
      { listRequests: 2, blocks: 70, gib: 0.04, dollars: 0.0003, leastSeconds: 1, read: 0 },
    ]);
  });
});

describe('while blocks are read', () => {
  it('it says how many of how many, per side', async () => {
    const heard: string[] = [];
    await verify(await twoRegions([[many(5), many(3)]]), { onProgress: (line) => heard.push(line) });
    expect(heard).toContain('source list requests 1');
    expect(heard).toContain('source blocks (of 5) 5.');
    expect(heard).toContain('target blocks (of 3) 3.');
  });

  it('few are under way at once', async () => {
    const ebs = await twoRegions([[many(200), many(200)]]);
    ebs.misbehave(SOURCE, 'GetSnapshotBlock', { delayMs: 5 });
    await verify(ebs);
    expect(ebs.busiest).toBeLessThanOrEqual(32);
  });

  it.each(['GetSnapshotBlock', 'ListSnapshotBlocks'])(
    'an abort during %s ends it with its reason',
    async (action) => {
      const ebs = await twoRegions([[many(100), many(100)]]);
      ebs.misbehave(SOURCE, action, { stall: true, delayMs: action === 'ListSnapshotBlocks' ? 20_000 : 0 });
      const stop = new AbortController();
      const reading = verify(ebs, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('SIGINT')), 300);
      await expect(reading).rejects.toThrow('SIGINT');
    },
  );
});
