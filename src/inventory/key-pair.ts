import * as z from 'zod';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';
import { isoTime } from './time.ts';

export const keyPairSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string(),
  type: z
    .string()
    .nullable()
    .describe('"rsa" or "ed25519"; null where an old dump does not say and nothing shows it.'),
  fingerprint: z
    .string()
    .nullable()
    .describe('As EC2 shows it. Depends on how the key was made: never an identity by itself.'),
  publicKey: z.string().nullable().describe('"<type> <base64>", without comment; null when it was not read.'),
  createdAt: z.string().nullable(),
  tags: tagsSchema,
});
export type KeyPair = z.infer<typeof keyPairSchema>;

/** A row of DescribeKeyPairs. */
export interface AwsKeyPair {
  KeyPairId?: string | undefined;
  KeyName?: string | undefined;
  KeyType?: string | undefined;
  KeyFingerprint?: string | undefined;
  PublicKey?: string | undefined;
  CreateTime?: Date | string | undefined;
  Tags?: AwsTags;
}

/** The comment goes (EC2 writes the pair's name there), as does a trailing newline: neither is part of the key. */
export function keyPairFrom(raw: AwsKeyPair): KeyPair {
  const parsed = raw.PublicKey ? parsePublicKey(raw.PublicKey) : null;
  return {
    id: raw.KeyPairId ?? null,
    name: raw.KeyName ?? '',
    type: raw.KeyType?.toLowerCase() ?? typeOf(parsed, raw.KeyFingerprint),
    fingerprint: raw.KeyFingerprint || null,
    publicKey: parsed ? `${parsed.algorithm} ${parsed.blob}` : raw.PublicKey?.trim() || null,
    createdAt: isoTime(raw.CreateTime),
    tags: tagsFrom(raw.Tags),
  };
}

/** API versions before 2021 have no KeyType. */
function typeOf(key: PublicKey | null, fingerprint: string | undefined): string | null {
  if (key) return key.type;
  if (fingerprint && /^([0-9a-f]{2}:)+[0-9a-f]{2}$/i.test(fingerprint)) return 'rsa';
  return fingerprint && /^(SHA256:)?[A-Za-z0-9+/]{43}=?$/.test(fingerprint) ? 'ed25519' : null;
}
