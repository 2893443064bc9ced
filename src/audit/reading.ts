import { isLoopback, withoutUser } from '../collectors/endpoint.ts';
import type { Deadline, OpenSide } from '../collectors/live.ts';
import type { SharedRules } from '../inventory/shared-rules.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { Unable } from '../inventory/unable.ts';
import type { Working } from '../inventory/working.ts';
import type { Scope } from '../report/vocabulary.ts';
import { lookUpAll, type Wanted } from './lookups.ts';
import type { Progress } from './progress.ts';
import type { LiveOptions, Side } from './sides.ts';
import { tool } from './tool.ts';

/** One side and everything that may be said about how to read it. */
export interface SideRequest extends LiveOptions {
  readonly side: Side;
  /** The region of a folder of dumps or of a listing, where neither its name nor its content shows it. */
  readonly region?: string;
  /** The option that would give it, for the message. */
  readonly regionFlag: string;
}

/** A side as it was found on disk, with remarks on what was ignored there. */
export interface Stored {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

/**
 * Null for a live side.
 * @param shared What the two sides have in common.
 */
export async function readStored(
  { side, region, regionFlag }: SideRequest,
  scopes: readonly Scope[],
  shared?: SharedRules,
  working?: Working,
): Promise<Stored | null> {
  switch (side.form) {
    case 'live':
      return null;
    case 'snapshot':
      return {
        snapshot: await (await import('../inventory/store.ts')).readSnapshot(side.text, shared, working),
        notes: [],
      };
    case 'dumps': {
      const { readDumps } = await import('../collectors/dumps/index.ts');
      return readDumps(side.text, { region, flag: regionFlag, scopes, working });
    }
    case 'listing': {
      const { readListingFile } = await import('./listing-file.ts');
      return readListingFile(side.text, { region, flag: regionFlag, scopes });
    }
  }
}

export interface Collecting {
  readonly scopes: readonly Scope[];
  readonly signal: AbortSignal;
  /** The most time that the reading may take. */
  readonly deadline?: Deadline | undefined;
  readonly progress: Progress;
  /** With more images than this, details that take one call per image are read of those that matter; without it of all. */
  readonly detailLimit?: number | undefined;
  /** What is looked up on a side once all sides are read; nothing without workloads in scope. */
  readonly wanted?: Wanted | undefined;
  /** Called with the sides and what was read of them, before they are closed. */
  readonly whileOpen?:
    | ((
        sides: readonly OpenSide[],
        taken: readonly Snapshot[],
        deadline: Deadline | undefined,
      ) => Promise<void>)
    | undefined;
}

/**
 * Reads the live ones among the sides, side by side. Both are opened before either is read, so that two names for one
 * place are refused before they cost minutes; everything that was opened is closed, also after a failure.
 */
export async function collectLive(requests: readonly SideRequest[], how: Collecting): Promise<Snapshot[]> {
  if (requests.length === 0) return [];
  const { Login, openSide, refuseOnePlace } = await import('../collectors/live.ts');
  how.signal.throwIfAborted();
  const failing = new AbortController();
  const signal = AbortSignal.any([how.signal, failing.signal]);
  const login = new Login(async (question) => (await how.progress.ask?.(question)) ?? null);
  const opening = await Promise.allSettled(
    requests.map((request) => openSide(liveSide(request), { userAgent: tool, login })),
  );
  const opened = opening.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const refused = opening.find((result) => result.status === 'rejected');
    if (refused) throw refused.reason;
    how.signal.throwIfAborted();
    const [source, target] = opened;
    if (source && target) refuseOnePlace(source, target);
    const paces = opened.map((side, i) => ({
      onProgress: how.progress.of(requests[i]?.side.text ?? side.region),
      signal,
      deadline: how.deadline,
    }));
    const { scopes, wanted, detailLimit } = how;
    const first = await Promise.all(
      opened.map((side, i) => side.collect({ scopes, detailLimit, now: () => new Date(), ...paces[i] })),
    );
    const taken =
      wanted && scopes.includes('workloads')
        ? await lookUpAll(opened, first, wanted, (i) => paces[i] ?? {})
        : first;
    await how.whileOpen?.(opened, taken, how.deadline);
    return taken;
  } finally {
    // When one side throws, the other has nothing left to read for.
    failing.abort();
    for (const side of opened) side.close();
  }
}

function liveSide({ side, roleArn, externalId, endpointUrl }: SideRequest) {
  if (side.form !== 'live') throw new TypeError(`${side.text} is not live`);
  return {
    region: side.region,
    ...(side.profile === undefined ? {} : { profile: side.profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
}

/**
 * One endpoint for two live regions makes both sides one place, and the audit a comparison of it with itself. On
 * loopback that is an emulator, which distinguishes regions by the signature. Asked of the option before anything is
 * sent there; `refuseOnePlace` asks it again of what the SDK resolved.
 */
export function refuseSharedEndpoint(requests: readonly SideRequest[], by: string): void {
  const shared = requests.filter(({ side }) => side.form === 'live');
  const url = shared[0]?.endpointUrl;
  if (shared.length < 2) return;
  if (url === undefined) {
    refuseSharedServices(shared);
    return;
  }
  if (isLoopback(url)) return;
  throw new Unable(
    `${by} ${url} would answer for both regions: both sides would be the same place.`,
    'Remove it, or take a snapshot of each side with its own endpoint and audit the two files.',
  );
}

/** EC2's own variable is asked after when the SDK has resolved it; these serve what is read beside EC2. */
const SERVICE_VARIABLES = ['AUTO_SCALING', 'CLOUDFORMATION', 'SSM', 'KMS', 'SERVICE_QUOTAS'].map(
  (name) => `AWS_ENDPOINT_URL_${name}`,
);

function refuseSharedServices(live: readonly SideRequest[]): void {
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return;
  const regions = new Set(live.map(({ side }) => (side.form === 'live' ? side.region : '')));
  for (const variable of SERVICE_VARIABLES) {
    const url = process.env[variable];
    if (!url || regions.size < 2 || !URL.canParse(url) || isLoopback(url)) continue;
    throw new Unable(
      `${variable} ${withoutUser(url)} would answer for both regions: both sides would have the workloads of the same place.`,
      'Unset it (or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true), or take a snapshot of each side with its own endpoint and audit the two files.',
    );
  }
}
