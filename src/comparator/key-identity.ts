import type { KeyPair } from '../inventory/key-pair.ts';
import { compareText } from '../inventory/order.ts';
import { importedRsaFingerprints, keyId, type PublicKey, parsePublicKey } from '../inventory/public-key.ts';

/** Whether two records hold one key, and what says so. */
export interface KeyEvidence {
  readonly verdict: 'same' | 'different' | 'undetermined';
  readonly by: string;
}

/**
 * By public key where both were read; else by fingerprint, as far as that can be trusted: EC2 shows SHA-1 of the
 * private key for an RSA key it made and MD5 of the public key for one that was imported, so two schemes never prove
 * anything about each other unless one side's public key lets the other's be computed.
 */
export function keyEvidence(source: KeyPair, target: KeyPair): KeyEvidence {
  const [s, t] = [publicKeyOf(source), publicKeyOf(target)];
  if (s && t) return { verdict: keyId(s) === keyId(t) ? 'same' : 'different', by: 'public keys' };
  if (source.type && target.type && source.type !== target.type)
    return { verdict: 'different', by: 'key types' };
  const [sourcePrints, targetPrints] = [fingerprints(source), fingerprints(target)];
  // Both lists hold what each scheme shows for the key; only prints of one scheme can be held against each other.
  const comparable = sourcePrints.filter((a) => targetPrints.some((b) => a.scheme === b.scheme));
  if (comparable.length === 0) return { verdict: 'undetermined', by: 'fingerprints of two schemes' };
  const equal = comparable.some((a) => targetPrints.some((b) => a.value === b.value));
  return { verdict: equal ? 'same' : 'different', by: 'fingerprints' };
}

/** "rsa:SHA256…" or "ed25519:…", what `ssh-keygen -l` prints; null when the public key was not read. */
export function publicKeyId(key: KeyPair): string | null {
  const parsed = publicKeyOf(key);
  return parsed ? keyId(parsed) : null;
}

const parsedKeys = new WeakMap<KeyPair, PublicKey | null>();

function publicKeyOf(key: KeyPair): PublicKey | null {
  const known = parsedKeys.get(key);
  if (known !== undefined) return known;
  const parsed = key.publicKey ? parsePublicKey(key.publicKey) : null;
  parsedKeys.set(key, parsed);
  return parsed;
}

type Scheme = 'sha1-private' | 'md5-public' | 'sha256';
interface Print {
  readonly scheme: Scheme;
  readonly value: string;
}

const printsOf = new WeakMap<KeyPair, Print[]>();

/** Worked out once per record: MD5 over DER is not free, and a region may hold 5,000 key pairs. */
function fingerprints(key: KeyPair): Print[] {
  const known = printsOf.get(key) ?? readFingerprints(key);
  printsOf.set(key, known);
  return known;
}

/** What a same key on the other side must share at least one of: an index for finding candidates, no proof. */
function keyTokens(key: KeyPair): string[] {
  const id = publicKeyId(key);
  return [...(id ? [id] : []), ...fingerprints(key).map((p) => `${p.scheme}:${p.value}`)];
}

function readFingerprints(key: KeyPair): Print[] {
  const parsed = publicKeyOf(key);
  const shown = key.fingerprint ? print(key.fingerprint) : null;
  const computed: Print[] = parsed
    ? [
        ...importedRsaFingerprints(parsed).map((value): Print => ({ scheme: 'md5-public', value })),
        ...(parsed.type === 'ed25519'
          ? [{ scheme: 'sha256' as const, value: keyId(parsed).slice('ed25519:'.length) }]
          : []),
      ]
    : [];
  return shown ? [shown, ...computed] : computed;
}

/** The shape tells the scheme. ED25519: EC2 may pad with "=", ssh-keygen does not. */
function print(text: string): Print | null {
  const hex = text.toLowerCase();
  if (/^([0-9a-f]{2}:){19}[0-9a-f]{2}$/.test(hex)) return { scheme: 'sha1-private', value: hex };
  if (/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/.test(hex)) return { scheme: 'md5-public', value: hex };
  const sha256 = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/.exec(text);
  return sha256?.[1] ? { scheme: 'sha256', value: sha256[1] } : null;
}

/** Finds the records that provably hold a given key, in order of name. */
export function sameKeyFinder(keys: readonly KeyPair[]): (key: KeyPair) => KeyPair[] {
  const byToken = new Map<string, KeyPair[]>();
  for (const key of [...keys].sort((a, b) => compareText(a.name, b.name))) {
    for (const token of keyTokens(key)) byToken.set(token, [...(byToken.get(token) ?? []), key]);
  }
  return (key) => {
    const candidates = new Set(keyTokens(key).flatMap((token) => byToken.get(token) ?? []));
    return [...candidates]
      .filter((c) => keyEvidence(key, c).verdict === 'same')
      .sort((a, b) => compareText(a.name, b.name));
  };
}
