import type { EBSClient } from '@aws-sdk/client-ebs';
import type { BlockReader } from '../block-reader.ts';
import { type ClientOptions, ebsClient } from '../clients.ts';
import { sharedByCalls } from '../collect.ts';
import { endpointBeside, type Sent } from '../endpoint.ts';
import type { BlocksOptions } from '../side.ts';
import { makeBlockReader } from './reader.ts';

/** A client of the EBS direct APIs beside the one of EC2, made only where it is needed. */
export async function openBlocks(
  region: string,
  sent: Sent,
  options: Omit<ClientOptions, 'endpoint'>,
  { signal, deadline, pageSize }: BlocksOptions,
): Promise<{ client: EBSClient; reader: BlockReader }> {
  const endpoint = endpointBeside(sent, 'ebs');
  const client = await ebsClient(region, { ...options, endpoint });
  const shared = signal && sharedByCalls(signal);
  return {
    client,
    reader: makeBlockReader({ client, region, endpoint, pageSize, signal: shared, deadline }),
  };
}
