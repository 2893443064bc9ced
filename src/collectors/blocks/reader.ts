import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type {
  EBSClient,
  GetSnapshotBlockCommandOutput,
  ListSnapshotBlocksCommandOutput,
} from '@aws-sdk/client-ebs';
import { BLOCK_BYTES, BLOCKS_PER_GIB } from '../../inventory/content.ts';
import type { BlockReader } from '../block-reader.ts';
import { type Deadline, inTime, refuseLate } from '../deadline.ts';
import { CallFailed, failure, failureFrom } from '../failures.ts';
import { NotReadOnly } from '../guard.ts';
import { SDK } from '../sdk.ts';

/** A block whose bytes did not arrive as AWS said: worth asking for once more. */
export class BrokenBlock extends CallFailed {
  override name = 'BrokenBlock';
}

/** The largest page that EBS gives. */
export const LIST_PAGE = 10_000;
/** EBS may answer an empty page and a token; for ever, only something that is not EBS does. */
const MOST_EMPTY_PAGES = 500;
/** 2 TiB written: lists beyond that do not fit comfortably into memory. */
const MOST_BLOCKS = 2048 * BLOCKS_PER_GIB;

export interface BlockReaderOptions {
  readonly client: EBSClient;
  readonly region: string;
  readonly endpoint: string | null;
  /** The page size instead of the largest; tests force paging with it. */
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | undefined;
}

export function makeBlockReader(options: BlockReaderOptions): BlockReader {
  const { client, region, endpoint, signal, deadline, pageSize: MaxResults = LIST_PAGE } = options;
  const asked = (action: string) => ({ action, region, endpoint });
  let listed = 0;

  const send = async <Out>(
    action: string,
    snapshotId: string,
    how: (during: AbortSignal | undefined) => Promise<Out>,
  ): Promise<Out> => {
    signal?.throwIfAborted();
    refuseLate(deadline, asked(action));
    try {
      return await inTime(deadline, asked(action), signal, how);
    } catch (error) {
      signal?.throwIfAborted(); // what an abort breaks is no failure of AWS
      if (error instanceof NotReadOnly || error instanceof CallFailed) throw error;
      throw refused(error, action, snapshotId);
    }
  };
  const refused = (error: unknown, action: string, snapshotId: string): CallFailed => {
    const { code, message, hint } = failureFrom(error, asked(action));
    return new CallFailed(
      { code, message: `${message} (${snapshotId})`, hint: code === 'access-denied' ? DENIED : hint },
      { cause: error },
    );
  };
  const malformed = (action: string, said: string) =>
    new CallFailed(failure('malformed', asked(action), said));

  return {
    region,
    endpoint,
    get listed() {
      return listed;
    },
    list: async (SnapshotId) => {
      const { ListSnapshotBlocksCommand } = SDK.ebs();
      const tokens = new Map<number, string>();
      const seen = new Set<string>();
      let sizeGiB: number | undefined;
      let empty = 0;
      const bad = (said: string) => malformed('ListSnapshotBlocks', `${SnapshotId}: ${said}`);
      for (let NextToken: string | undefined; ; ) {
        listed += 1;
        const page = await send('ListSnapshotBlocks', SnapshotId, (during) =>
          client.send(
            new ListSnapshotBlocksCommand({ SnapshotId, MaxResults, ...(NextToken ? { NextToken } : {}) }),
            abortable(during),
          ),
        );
        sizeGiB ??= sizeIn(page);
        if (sizeGiB === undefined || page.Blocks === undefined)
          throw bad('the answer holds no list of blocks');
        if (page.VolumeSize !== sizeGiB) throw bad('the size of the volume changed between two pages');
        const most = sizeGiB * BLOCKS_PER_GIB;
        for (const { BlockIndex, BlockToken } of page.Blocks) {
          const index = indexFrom(BlockIndex);
          if (!(index < most) || !BlockToken) throw bad('a block has no token, or is outside the volume');
          tokens.set(index, BlockToken);
        }
        if (tokens.size > MOST_BLOCKS) throw tooLarge(SnapshotId);
        if (!page.NextToken) return { sizeGiB, tokens };
        empty = page.Blocks.length > 0 ? 0 : empty + 1;
        if (seen.has(page.NextToken) || empty > MOST_EMPTY_PAGES) {
          const said = `${SnapshotId}: the list does not end, after ${tokens.size} blocks`;
          throw new CallFailed(failure('truncated', asked('ListSnapshotBlocks'), said));
        }
        seen.add(page.NextToken);
        NextToken = page.NextToken;
      }
    },
    digest: async (SnapshotId, BlockIndex, BlockToken) => {
      const { GetSnapshotBlockCommand } = SDK.ebs();
      const answer = await send('GetSnapshotBlock', SnapshotId, (during) =>
        client.send(new GetSnapshotBlockCommand({ SnapshotId, BlockIndex, BlockToken }), abortable(during)),
      );
      try {
        return await digestOf(answer, signal);
      } catch (error) {
        signal?.throwIfAborted();
        const said = `block ${BlockIndex} of ${SnapshotId}: ${(error as Error).message}`;
        throw new BrokenBlock(failure('malformed', asked('GetSnapshotBlock'), said), { cause: error });
      }
    },
  };
}

/** Computed of what arrived, and held against what AWS says it sent: the one alone proves nothing of the other. */
async function digestOf(
  answer: GetSnapshotBlockCommandOutput,
  signal: AbortSignal | undefined,
): Promise<string> {
  const body = answer.BlockData as Readable | undefined;
  if (body === undefined) throw new Error('the answer has no body');
  if (signal) addAbortSignal(signal, body);
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of body) {
    length += (chunk as Buffer).length;
    if (length > BLOCK_BYTES) {
      body.destroy();
      break;
    }
    hash.update(chunk as Buffer);
  }
  if (length !== BLOCK_BYTES) throw new Error(`it is not ${BLOCK_BYTES} bytes long`);
  const digest = hash.digest('base64');
  if (answer.ChecksumAlgorithm !== 'SHA256' || !answer.Checksum)
    throw new Error('it came without its SHA-256');
  if (answer.Checksum !== digest) throw new Error('its bytes do not have the SHA-256 that AWS states');
  return digest;
}

const DENIED =
  'Allow ebs:ListSnapshotBlocks and ebs:GetSnapshotBlock for the caller, and kms:Decrypt with the key of an encrypted snapshot (`ec2-parity iam-policy --with-verify-content` prints the whole policy). Public snapshots cannot be read.';

function tooLarge(snapshotId: string): CallFailed {
  return new CallFailed({
    code: 'not-read',
    message: `More than ${MOST_BLOCKS} blocks are written in ${snapshotId}: too many to compare.`,
    hint: 'Compare the files of such a volume on instances that mount it.',
  });
}

function abortable(abortSignal: AbortSignal | undefined) {
  return abortSignal ? { abortSignal } : {};
}

function sizeIn({ VolumeSize }: ListSnapshotBlocksCommandOutput): number | undefined {
  return Number.isSafeInteger(VolumeSize) && (VolumeSize ?? 0) > 0 ? VolumeSize : undefined;
}

/** NaN for what is none. Emulators write the number as a string, and the SDK leaves it as it came. */
function indexFrom(index: unknown): number {
  const digits = typeof index === 'number' || typeof index === 'string' ? String(index) : '';
  return /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
}
