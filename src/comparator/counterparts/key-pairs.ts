import type { KeyPair } from '../../inventory/key-pair.ts';
import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Counterpart } from '../counterpart.ts';
import { keyEvidence, keyTokens } from '../key-identity.ts';
import type { NameMap } from './names.ts';
import { Pairing } from './pairing.ts';

/** By name first, since templates and instances know a key by nothing else; what is left, by the key itself. */
export function keyPairCounterparts(
  source: Snapshot,
  target: Snapshot,
  names: NameMap,
): Counterpart<KeyPair>[] {
  const pairing = new Pairing<KeyPair>('key-pair', source.keyPairs, target.keyPairs, (k) => ({
    name: k.name,
    scope: null,
  }));
  pairing.pairUnique((k, side) => (side === 'source' ? names(k.name) : k.name), 'name');
  const sameKey = sameKeyFinder(pairing.freeTargets);
  for (const s of pairing.freeSources) {
    const same = sameKey(s).find((t) => pairing.isFree(t));
    if (same) pairing.pair(s, same, 'public-key');
  }
  return pairing.finish();
}

/** Finds the records that provably hold a given key, in order of name. */
function sameKeyFinder(keys: readonly KeyPair[]): (key: KeyPair) => KeyPair[] {
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
