import { itemsOf } from '../../inventory/collected.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { compareText } from '../../inventory/order.ts';
import { keyId, type PublicKey, type PublicKeyInFile, parsePublicKey } from '../../inventory/public-key.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { groupByEach } from '../../text/groups.ts';
import {
  type Contradiction,
  computedFingerprints,
  contradictions,
  type Fingerprint,
  shownFingerprint,
} from './fingerprints.ts';

/** Whether two records hold one key, and what says so. */
export interface KeyEvidence {
  readonly verdict: 'same' | 'different' | 'undetermined';
  readonly by: string;
}

/** A public key and where it was found. */
export interface KnownKey {
  readonly key: PublicKey;
  /** `file`: handed over, `at` is `FILE:LINE`. `record`: of another record with this fingerprint, `at` names it. */
  readonly from: 'api' | 'file' | 'record';
  readonly at: string;
}

/** Which public key a record is of, and what follows from it. */
export interface KeyIdentities {
  /** The record's own public key; else one whose fingerprint the record shows. Null where there is none. */
  known(record: KeyPair): KnownKey | null;
  /** "rsa:SHA256…" or "ed25519:…", what `ssh-keygen -l` prints; null when the public key is not known. */
  id(record: KeyPair): string | null;
  evidence(source: KeyPair, target: KeyPair): KeyEvidence;
  /** Whether they are one key, and a public key is what says so: then no other field of the records can part them. */
  provenSame(source: KeyPair, target: KeyPair): boolean;
  contradictions(record: KeyPair): readonly Contradiction[];
  /** Finds the records among these that provably hold a given key, in order of name. */
  finder(records: readonly KeyPair[]): (key: KeyPair) => KeyPair[];
}

interface Entry {
  readonly own: PublicKey | null;
  readonly known: KnownKey | null;
  /** Shown and computed. */
  readonly fingerprints: readonly Fingerprint[];
  readonly contradictions: readonly Contradiction[];
  readonly type: string | null;
}

/**
 * Made once for both sides: MD5 over DER is not free, and a region may hold 5,000 key pairs. Keys that were handed over
 * come before those of other records; a record that contradicts itself teaches nothing about others.
 */
export function keyIdentities(
  source: Snapshot,
  target: Snapshot,
  files: readonly PublicKeyInFile[],
): KeyIdentities {
  const owns = new Map<KeyPair, PublicKey | null>();
  const byFingerprint = new Map<string, KnownKey>();
  const teach = (fingerprints: readonly Fingerprint[], known: KnownKey) => {
    for (const fingerprint of fingerprints)
      if (!byFingerprint.has(token(fingerprint))) byFingerprint.set(token(fingerprint), known);
  };
  for (const { publicKey, file, line } of files) {
    const key = parsePublicKey(publicKey);
    if (key)
      teach(computedFingerprints(key), { key, from: 'file', at: line === null ? file : `${file}:${line}` });
  }
  for (const { keyPairs, region } of [source, target]) {
    for (const record of itemsOf(keyPairs)) {
      const key = record.publicKey ? parsePublicKey(record.publicKey) : null;
      owns.set(record, key);
      const shown = shownFingerprint(record);
      if (key && contradictions(record, key).length === 0)
        teach([...(shown ? [shown] : []), ...computedFingerprints(key)], {
          key,
          from: 'record',
          at: `key pair ${JSON.stringify(record.name)} of ${region}`,
        });
    }
  }
  const entries = new Map<KeyPair, Entry>();
  const entryOf = (record: KeyPair): Entry => {
    const made = entries.get(record) ?? entry(record, owns.get(record) ?? null, byFingerprint);
    entries.set(record, made);
    return made;
  };
  const id = (record: KeyPair): string | null => {
    const { known } = entryOf(record);
    return known ? keyId(known.key) : null;
  };
  const evidenceOf = (a: KeyPair, b: KeyPair) => evidence(entryOf(a), entryOf(b));
  /** What a same key must share at least one of: an index for finding candidates, no proof. */
  const tokens = (record: KeyPair) => {
    const known = id(record);
    return [...(known === null ? [] : [known]), ...entryOf(record).fingerprints.map(token)];
  };
  return {
    known: (record) => entryOf(record).known,
    id,
    evidence: evidenceOf,
    provenSame: (a, b) =>
      evidenceOf(a, b).verdict === 'same' && (entryOf(a).known !== null || entryOf(b).known !== null),
    contradictions: (record) => entryOf(record).contradictions,
    finder(records) {
      const byToken = groupByEach(records, tokens);
      return (key) =>
        [...new Set(tokens(key).flatMap((text) => byToken.get(text) ?? []))]
          .filter((candidate) => evidenceOf(key, candidate).verdict === 'same')
          .sort((a, b) => compareText(a.name, b.name));
    },
  };
}

function entry(record: KeyPair, own: PublicKey | null, byFingerprint: ReadonlyMap<string, KnownKey>): Entry {
  const shown = shownFingerprint(record);
  const found = shown ? (byFingerprint.get(token(shown)) ?? null) : null;
  const known = own ? ({ key: own, from: 'api', at: 'the API' } as const) : found;
  const contradicting = contradictions(record, own);
  return {
    own,
    known,
    contradictions: contradicting,
    fingerprints: [...(shown ? [shown] : []), ...(known ? computedFingerprints(known.key) : [])],
    type: known?.key.type ?? (contradicting.length > 0 ? null : record.type),
  };
}

/**
 * By public key where both are known; else by fingerprint, as far as that can be trusted: EC2 shows SHA-1 of the
 * private key for an RSA key it made and MD5 of the public key for one that was imported, so two schemes never prove
 * anything about each other unless one side's public key lets the other's be computed.
 */
function evidence(source: Entry, target: Entry): KeyEvidence {
  const [s, t] = [source.known, target.known];
  if (s && t) return { verdict: keyId(s.key) === keyId(t.key) ? 'same' : 'different', by: byKeys(s, t) };
  if (source.type && target.type && source.type !== target.type)
    return { verdict: 'different', by: 'key types' };
  if ([source, target].some((e) => e.contradictions.includes('fingerprint-and-public-key')))
    return { verdict: 'undetermined', by: 'a record that contradicts itself' };
  // Both lists hold what each scheme shows for the key; only fingerprints of one scheme can be held against each other.
  const comparable = source.fingerprints.filter((a) =>
    target.fingerprints.some((b) => a.scheme === b.scheme),
  );
  if (comparable.length === 0) return { verdict: 'undetermined', by: because(source, target) };
  const equal = comparable.some((a) => target.fingerprints.some((b) => token(a) === token(b)));
  return { verdict: equal ? 'same' : 'different', by: 'fingerprints' };
}

function because(source: Entry, target: Entry): string {
  const shown = [source, target].filter(({ fingerprints }) => fingerprints.length > 0).length;
  return shown === 2 ? 'fingerprints of two schemes' : 'fewer than two fingerprints';
}

/** "public keys", and where one was found if not in its own record. */
function byKeys(source: KnownKey, target: KnownKey): string {
  const found = [
    ...(source.from === 'api' ? [] : [`the source's from ${source.at}`]),
    ...(target.from === 'api' ? [] : [`the target's from ${target.at}`]),
  ];
  return `public keys${found.length > 0 ? `, ${found.join(', ')}` : ''}`;
}

function token({ scheme, value }: Fingerprint): string {
  return `${scheme}:${value}`;
}
