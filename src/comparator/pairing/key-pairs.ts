import type { KeyPair } from '../../inventory/key-pair.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { KeyIdentities } from '../keys/identity.ts';
import type { NameMap } from '../names.ts';
import type { Counterpart } from './counterpart.ts';
import { type BothStacks, pairByStack } from './made.ts';
import { Pairing } from './pairing.ts';

/** By name first, since templates and instances know a key by nothing else; what is left, by the key itself. */
export function keyPairCounterparts(
  source: Snapshot,
  target: Snapshot,
  names: NameMap,
  keys: KeyIdentities,
  stacks: BothStacks,
): Counterpart<KeyPair>[] {
  const pairing = new Pairing<KeyPair>('key-pair', source.keyPairs, target.keyPairs, (k) => ({
    name: k.name,
    scope: null,
  }));
  // The name makes the pair; how sure it is depends on whether the key is the same too.
  pairing.pairUnique(
    (k, side) => (side === 'source' ? names(k.name) : k.name),
    'name',
    (s, t) => {
      const { verdict, by } = keys.evidence(s, t);
      return verdict !== 'same' ? 'weak' : by === 'fingerprints' ? 'medium' : 'strong';
    },
  );
  const sameKey = keys.finder(pairing.freeTargets);
  for (const s of pairing.freeSources) {
    const same = sameKey(s).find((t) => pairing.isFree(t));
    if (same)
      pairing.pair(s, same, 'public-key', keys.evidence(s, same).by === 'fingerprints' ? 'medium' : 'strong');
  }
  pairByStack(pairing, stacks);
  return pairing.finish();
}
