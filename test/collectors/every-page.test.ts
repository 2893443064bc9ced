import { describe, expect, it } from 'vitest';
import { openSide } from '../../src/collectors/live.ts';
import type { Collected, FailureCode } from '../../src/inventory/collected.ts';
import { NO_LOOKUPS } from '../../src/inventory/lookups.ts';
import { SNAPSHOT_KINDS, type Snapshot } from '../../src/inventory/snapshot.ts';
import type { Fault } from '../endpoint/model.ts';
import { fullRegion, paged } from './every-action-kit.ts';
import { closingEndpoints, endpoint, HERE, NOON, withKeys } from './kit.ts';
import { EVERY_FACT } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const REPLY_BYTES = 400_000;
const PAGE = { pageCap: 1 } as const;
/** From the second page on. */
const THEN = { ...PAGE, after: 1 } as const;
const refusal = (status: number, code: string) => ({ error: { status, code, message: 'said by a test' } });

/**
 * What a list may do after its first page, and what the gap may be called. Facts and evidence that an endpoint other than
 * AWS gives no answer about count as not supported there.
 */
const FAULTS = {
  'a token that leads back': [{ ...PAGE, tokenLoop: true }, ['truncated']],
  'the first page for ever, each time with another token': [{ ...PAGE, newTokens: true }, ['truncated']],
  'a token that is refused': [{ ...THEN, ...refusal(400, 'InvalidNextToken') }, ['truncated']],
  'credentials that expire': [{ ...THEN, ...refusal(400, 'ExpiredToken') }, ['credentials-expired']],
  'half a document': [{ ...THEN, truncate: true }, ['malformed', 'service-error', 'unsupported']],
  'a document without the list': [{ ...THEN, body: '<Response/>' }, ['malformed', 'unsupported']],
  'a body without end': [{ ...THEN, endless: true }, ['malformed', 'unsupported']],
  'a body that drips': [{ ...THEN, dripMs: 20 }, ['timed-out', 'unreachable']],
} as const satisfies Readonly<Record<string, readonly [fault: Fault, codes: readonly FailureCode[]]>>;

/** Both looks at a region that answers the action with the fault. */
async function read(faults: Readonly<Record<string, Fault>>, requestTimeoutMs = 5000) {
  const ec2 = await endpoint({ [HERE]: { ...fullRegion, faults } });
  const side = await openSide({ endpointUrl: ec2.url, region: HERE }, { maxAttempts: 2 });
  const pace = { pause: () => 0, maxAttempts: 2, requestTimeoutMs, mostReplyBytes: REPLY_BYTES };
  try {
    const snapshot = await side.collect({ scopes: ['workloads'], now: NOON, ...pace });
    const lookups = { ...NO_LOOKUPS, parameterNames: ['/golden/image'], facts: EVERY_FACT };
    return { snapshot: await side.lookUp(snapshot, lookups, pace), ec2 };
  } finally {
    side.close();
  }
}

/** Every part of a snapshot that may be complete, by its name. */
function partsOf(snapshot: Snapshot): [name: string, part: Collected<unknown>][] {
  return [
    ...SNAPSHOT_KINDS.map((kind): [string, Collected<unknown>] => [kind, snapshot[kind]]),
    ...Object.entries(snapshot.launchFacts),
  ];
}

/** Evidence that only AWS itself has: of an endpoint without an answer it is not known, which is null and not empty. */
const EVIDENCE = {
  DescribeStaleSecurityGroups: ({ staleReferences }: Snapshot) => staleReferences,
  ListImagesInRecycleBin: ({ recycledImages }: Snapshot) => recycledImages,
} as const;

let whole: ReadonlyMap<string, Collected<unknown>> | undefined;
/** The actions that have a second page there. The fault of another one is on its first. */
let several: ReadonlySet<string>;
/** In a test, since the credentials of the tests are set for each. */
async function readWhole(): Promise<ReadonlyMap<string, Collected<unknown>>> {
  const { snapshot, ec2 } = await read({ '*': PAGE });
  several = new Set(paged.filter((action) => ec2.calls(action).some(({ params }) => hasToken(params))));
  return new Map(partsOf(snapshot));
}

/** Each service has its own name for it. */
function hasToken(params: object): boolean {
  return Object.keys(params).some((name) => /^(NextToken|Marker)$/.test(name));
}

describe.each(Object.entries(FAULTS))('%s', (_, [fault, codes]) => {
  it.each(paged)('%s: is a gap, and what is complete is whole', async (action) => {
    whole ??= await readWhole();
    const spoilt = { [action]: several.has(action) ? fault : { ...fault, after: 0 } };
    const { snapshot } = await read(spoilt, 'dripMs' in fault ? 300 : undefined);
    const gaps = JSON.stringify(snapshot).matchAll(/"code":"([a-z-]+)"/g);
    const stated = new Set<string | undefined>([...gaps].map(([, code]) => code));
    // Activities come newest first: what follows those that were looked for is not read.
    const isNotNeeded = action === 'DescribeScalingActivities' && 'tokenLoop' in fault;
    const evidence = EVIDENCE[action as keyof typeof EVIDENCE];
    if (evidence !== undefined && (codes as readonly FailureCode[]).includes('unsupported'))
      expect(evidence(snapshot)).toBeNull();
    else if (!isNotNeeded) {
      expect(JSON.stringify(snapshot)).toContain(`${action} in ${HERE}`);
      expect(
        codes.some((code) => stated.has(code)),
        [...stated].join(),
      ).toBe(true);
    }
    for (const [name, part] of partsOf(snapshot)) {
      // Which images of other owners are looked up depends on what parameters and launches name.
      if (part.status === 'failed' || name === 'otherImages') continue;
      const before = whole.get(name);
      const count = before?.status === 'complete' ? before.items.length : -1;
      expect([name, part.items.length]).toEqual([name, count]);
    }
  });
});
