import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError, type Fault, type RegionModel, type SnapshotBlocks } from './model.ts';

/** The EBS direct APIs: REST with JSON, and the bytes of a block as they are. */

export const BLOCK = 524_288;

export interface EbsAsked {
  readonly action: string;
  // biome-ignore lint/suspicious/noExplicitAny: as for the other services
  readonly params: Readonly<Record<string, any>>;
}

/** What a block holds that a test describes by a text. */
export function blockOf(text: string): Buffer {
  return text === '' ? Buffer.alloc(BLOCK) : Buffer.alloc(BLOCK, text);
}

/** `GET /snapshots/{id}/blocks?maxResults=…` and `GET /snapshots/{id}/blocks/{index}?blockToken=…`. */
export function ebsRequest(path: string): EbsAsked {
  const url = new URL(path, 'http://ebs');
  const [, , SnapshotId = '', , index] = url.pathname.split('/').map(decodeURIComponent);
  const query = (name: string) => url.searchParams.get(name) ?? undefined;
  if (index !== undefined)
    return {
      action: 'GetSnapshotBlock',
      params: { SnapshotId, BlockIndex: Number(index), BlockToken: query('blockToken') },
    };
  const MaxResults = query('maxResults');
  return {
    action: 'ListSnapshotBlocks',
    params: {
      SnapshotId,
      NextToken: query('pageToken'),
      ...(MaxResults === undefined ? {} : { MaxResults: Number(MaxResults) }),
    },
  };
}

export function answerEbs(
  outgoing: ServerResponse,
  { action, params }: EbsAsked,
  here: RegionModel | undefined,
  fault: Fault,
): void {
  if (fault.error) throw new AwsError(fault.error.status, fault.error.code, fault.error.message);
  if (fault.deny) throw new AwsError(403, 'AccessDeniedException', 'You do not have sufficient access.');
  if (fault.throttle) throw new AwsError(400, 'RequestThrottledException', 'Too many requests.');
  if (fault.dropConnection) {
    outgoing.socket?.destroy();
    return;
  }
  if (fault.unsupported) throw new AwsError(404, 'UnknownOperationException', `Unknown operation ${action}`);
  if (fault.html) {
    const page = '<!DOCTYPE html><html><body><p>Sign in</p></body></html>';
    outgoing.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length });
    outgoing.end(page);
    return;
  }
  const snapshot = here?.blocks?.[params.SnapshotId];
  if (!snapshot)
    throw new AwsError(404, 'ResourceNotFoundException', `The snapshot ${params.SnapshotId} does not exist.`);
  if (action === 'ListSnapshotBlocks') {
    const list = fault.body ?? listOf(snapshot, params, fault);
    const half = list.slice(0, list.length / 2);
    if (fault.dropHalfway) {
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': list.length });
      outgoing.write(half, () => setTimeout(() => outgoing.socket?.destroy(), 10));
    } else json(outgoing, 200, fault.truncate ? half : list);
    return;
  }
  const { BlockIndex: index, BlockToken: token } = params;
  const text = snapshot.blocks[index];
  if (text === undefined || !String(token).startsWith(`${params.SnapshotId}:${index}:`))
    throw new AwsError(400, 'ValidationException', 'Invalid block token.');
  const block = blockOf(text);
  const checksum = createHash('sha256').update(block).digest('base64');
  if (fault.corrupt) block[BLOCK - 1] = (block[BLOCK - 1] ?? 0) ^ 1;
  const whole = fault.body === undefined ? block : Buffer.from(fault.body);
  const body = fault.truncate ? block.subarray(0, BLOCK / 2) : whole;
  outgoing.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    'x-amz-Data-Length': BLOCK,
    'x-amz-Checksum': checksum,
    'x-amz-Checksum-Algorithm': 'SHA256',
  });
  if (!fault.dropHalfway && !fault.stall) outgoing.end(body);
  else
    outgoing.write(body.subarray(0, BLOCK / 2), () => {
      if (fault.dropHalfway) setTimeout(() => outgoing.socket?.destroy(), 10);
    });
}

let lists = 0;

/** Tokens are others in every list, as AWS's are. */
function listOf(
  { sizeGiB, blocks }: SnapshotBlocks,
  { SnapshotId, NextToken, MaxResults = 10_000 }: EbsAsked['params'],
  { pageCap = Number.POSITIVE_INFINITY, emptyPages = 0, tokenLoop }: Fault,
): string {
  if (MaxResults < 100 || MaxResults > 10_000)
    throw new AwsError(400, 'ValidationException', 'Invalid page size.');
  const [from = 0, empties = 0] = NextToken === undefined ? [] : String(NextToken).split('.').map(Number);
  const rows = Object.keys(blocks).map(Number);
  const size = Math.min(MaxResults, pageCap);
  lists += 1;
  const page = empties < emptyPages ? [] : rows.slice(from, from + size);
  const next =
    empties < emptyPages ? `${from}.${empties + 1}` : from + size < rows.length ? `${from + size}.0` : null;
  return JSON.stringify({
    Blocks: page.map((index) => ({ BlockIndex: index, BlockToken: `${SnapshotId}:${index}:${lists}` })),
    ExpiryTime: 1_900_000_000,
    VolumeSize: sizeGiB,
    BlockSize: BLOCK,
    NextToken: tokenLoop ? '0.0' : next,
  });
}

export function ebsErrorReply(outgoing: ServerResponse, { status, code, message }: AwsError): void {
  outgoing.setHeader('x-amzn-ErrorType', code);
  json(outgoing, status, JSON.stringify({ Message: message }));
}

function json(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}
