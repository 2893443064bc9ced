import type { Image } from '../inventory/image.ts';
import type { KeyPair } from '../inventory/key-pair.ts';
import type { PrefixList } from '../inventory/prefix-list.ts';
import type { PublicKeyInFile } from '../inventory/public-key.ts';
import type { SecurityGroup } from '../inventory/security-group.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Phase } from '../report/vocabulary.ts';
import type { Config } from './config.ts';
import type { Counterpart } from './counterpart.ts';
import { type CidrMap, cidrMap } from './counterparts/cidrs.ts';
import { imageCounterparts } from './counterparts/images.ts';
import { keyPairCounterparts } from './counterparts/key-pairs.ts';
import { type NameMap, nameMap } from './counterparts/names.ts';
import { prefixListCounterparts } from './counterparts/prefix-lists.ts';
import { securityGroupCounterparts } from './counterparts/security-groups.ts';
import { type VpcMap, vpcMap } from './counterparts/vpcs.ts';
import type { Meanings } from './group-meaning.ts';
import { meanings } from './group-meaning.ts';
import { type Families, imageFamilies } from './image-family.ts';
import { type KeyRing, keyRing } from './key-ring.ts';

/** What the items of each report kind are. */
export interface ItemOf {
  'key-pair': KeyPair;
  'prefix-list': PrefixList;
  'security-group': SecurityGroup;
  image: Image;
}
export type ComparedKind = keyof ItemOf;

/** Everything a rule may look at: both sides, who stands for whom, and what the user said about it. */
export interface Context {
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly config: Config;
  readonly phase: Phase;
  readonly vpcs: VpcMap;
  readonly cidrs: CidrMap;
  readonly names: { readonly images: NameMap; readonly keyPairs: NameMap };
  readonly counterparts: { readonly [K in ComparedKind]: readonly Counterpart<ItemOf[K]>[] };
  readonly meanings: Meanings;
  /** Which images are versions of one another. */
  readonly families: Families;
  /** Which public key stands behind which record, on either side. */
  readonly keys: KeyRing;
}

/** Pairs first, meaning second: what a group rule means depends on which group over there is which. */
export function contextOf(
  source: Snapshot,
  target: Snapshot,
  config: Config,
  phase: Phase,
  publicKeys: readonly PublicKeyInFile[],
): Context {
  const names = {
    keyPairs: nameMap(config.names?.keyPairs, 'names.keyPairs'),
    securityGroups: nameMap(config.names?.securityGroups, 'names.securityGroups'),
    images: nameMap(config.names?.images, 'names.images'),
    prefixLists: nameMap(config.names?.prefixLists, 'names.prefixLists'),
  };
  const families = imageFamilies(config.families);
  const keys = keyRing(source, target, publicKeys);
  const cidrs = cidrMap(config.cidrs);
  const vpcs = vpcMap(source, target, config);
  const groups = securityGroupCounterparts(source, target, vpcs, names.securityGroups);
  const lists = prefixListCounterparts(source, target, names.prefixLists, cidrs);
  return {
    source,
    target,
    config,
    phase,
    vpcs,
    cidrs,
    names,
    counterparts: {
      'key-pair': keyPairCounterparts(source, target, names.keyPairs, keys),
      'prefix-list': lists,
      'security-group': groups,
      image: imageCounterparts(source, target, names.images),
    },
    families,
    keys,
    meanings: meanings({ source, target, groups, lists, cidrs }),
  };
}
