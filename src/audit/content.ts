import type { BlockReader } from '../collectors/block-reader.ts';
import { isLoopback, sameEndpoint } from '../collectors/endpoint.ts';
import type { Deadline, OpenSide } from '../collectors/live.ts';
import type { Config } from '../comparator/config.ts';
import type { ContentEstimate, ContentEvidence, ImageToVerify } from '../inventory/content.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { Unable } from '../inventory/unable.ts';
import type { Scope } from '../report/vocabulary.ts';
import { count } from '../text/counts.ts';
import type { Progress } from './progress.ts';
import type { SideRequest } from './reading.ts';
import type { VerifyContent } from './verify-content.ts';

interface Request {
  readonly source: SideRequest;
  readonly target: SideRequest;
  readonly scopes?: readonly Scope[] | undefined;
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly deadline?: Deadline | undefined;
  readonly note: (line: string) => void;
  readonly startProgress: (sides: readonly string[], part?: string) => Promise<Progress>;
}

/** An option that could have no effect is refused before any work. @throws Unable */
export function refuseUnverifiable({ by }: VerifyContent, { source, target, scopes }: Request): void {
  const stored = [source, target].find(({ side }) => side.form !== 'live');
  if (stored)
    throw new Unable(
      `${by} reads blocks from AWS, and ${stored.side.text} is not read from AWS.`,
      `Name two live regions (us-east-1, us-east-1@profile), or remove ${by}.`,
    );
  if (scopes && !scopes.includes('images'))
    throw new Unable(
      `${by} compares the content of images, and images are not among the kinds to compare.`,
      `Add images to --only, or remove ${by}.`,
    );
}

/** Compares the blocks of paired images: what it will cost is said first, how far it is while it runs. */
export async function contentOf(
  { blocks, budgetGiB, by }: VerifyContent,
  [sourceSide, targetSide]: readonly OpenSide[],
  [source, target]: readonly Snapshot[],
  request: Request,
): Promise<ContentEvidence> {
  if (!sourceSide || !targetSide || !source || !target) throw new Error('content needs two live sides');
  const [{ contentPlan }, { verifyContent }, cost] = await Promise.all([
    import('../comparator/images/content-plan.ts'),
    import('../collectors/blocks/verify.ts'),
    import('../collectors/blocks/cost.ts'),
  ]);
  const images = contentPlan(source, target, request.config);
  const { signal, deadline } = request;
  const how = { signal, deadline };
  const [here, there] = await Promise.all([sourceSide.blocks(how), targetSide.blocks(how)]);
  refuseSharedBlocks(here, there);
  const labels = { source: request.source.side.text, target: request.target.side.text };
  request.note(listingText(images, by, cost.mostListRequests));
  let progress = await request.startProgress([labels.source, labels.target], 'the block lists of ');
  try {
    return await verifyContent({
      images,
      source: here,
      target: there,
      blocks,
      budgetGiB,
      onEstimate: async (estimate, leftOut) => {
        progress.stop();
        request.note(estimateText(estimate, budgetGiB, leftOut));
        if (estimate.blocks > 0)
          progress = await request.startProgress([labels.source, labels.target], 'blocks of ');
      },
      onProgress: (side, step) => progress.of(labels[side])(step),
    });
  } finally {
    progress.stop();
  }
}

function listingText(
  images: readonly ImageToVerify[],
  by: string,
  mostListRequests: (sizeGiB: number) => number,
): string {
  const devices = images.flatMap((image) => image.devices).filter(({ reason }) => reason === null);
  const requests = devices
    .flatMap(({ sizeGiB }) => [sizeGiB.source ?? 0, sizeGiB.target ?? 0])
    .reduce((sum, size) => sum + mostListRequests(size), 0);
  return `${by}: ${count(devices.length, 'pair')} of volumes in ${count(images.length, 'pair')} of images; listing their blocks takes ${count(requests, 'request')} at most`;
}

/** The cost in AWS's own example prices. What AWS charges for data transfer depends on where this runs. */
function estimateText(
  { listRequests, blocks, gib, dollars, leastSeconds }: ContentEstimate,
  budgetGiB: number,
  leftOut: number,
): string {
  const left =
    leftOut > 0 ? `; ${count(leftOut, 'pair')} of volumes would exceed it and will not be read` : '';
  return (
    `reading ${blocks} blocks, ${gib} GiB of a budget of ${budgetGiB} GiB (--verify-budget)${left}: about $${dollars} with ` +
    `${listRequests} list requests at AWS's example prices, which vary by region; data transfer is charged separately; at least ${leastSeconds} s`
  );
}

/** As for EC2 itself: one endpoint that is not on this machine cannot serve two regions. */
function refuseSharedBlocks(source: BlockReader, target: BlockReader): void {
  const { endpoint } = source;
  if (source.region === target.region || endpoint === null || !sameEndpoint(endpoint, target.endpoint))
    return;
  if (isLoopback(endpoint)) return;
  throw new Unable(
    `Both sides would be the same place: ${endpoint} answers for the snapshots of ${source.region} and of ${target.region}.`,
    'Unset AWS_ENDPOINT_URL_EBS, or remove --verify-content.',
  );
}
