import { type KeyPair, keyPairFrom } from '../inventory/key-pair.ts';
import { canonical } from './canonical.ts';
import { listed, malformed } from './paging.ts';
import type { Reader } from './reader.ts';

/** DescribeKeyPairs is not paged: one answer holds all (A4). Public keys are returned only with IncludePublicKey. */
export async function readKeyPairs(reader: Reader): Promise<KeyPair[]> {
  const { KeyPairs } = await reader.call('DescribeKeyPairs', { IncludePublicKey: true });
  const rows = listed(reader, 'DescribeKeyPairs', KeyPairs);
  const nameless = rows.find((row) => !row.KeyName);
  if (nameless) {
    throw malformed(reader, 'DescribeKeyPairs', `key pair ${nameless.KeyPairId ?? '(no id)'} has no name`);
  }
  const byName = new Map(rows.map((row) => [row.KeyName, row]));
  reader.progress('key pairs', byName.size, true);
  return [...byName.values()].map((row) =>
    canonical(reader, 'DescribeKeyPairs', row.KeyName ?? '', () => keyPairFrom(row)),
  );
}
