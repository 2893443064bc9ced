import type { AutoScalingGroup } from '../inventory/auto-scaling-group.ts';
import type { ContentEvidence } from '../inventory/content.ts';
import type { Image } from '../inventory/image.ts';
import type { Instance } from '../inventory/instance.ts';
import type { KeyPair } from '../inventory/key-pair.ts';
import type { LaunchConfiguration } from '../inventory/launch-configuration.ts';
import type { LaunchTemplate } from '../inventory/launch-template.ts';
import type { PrefixList } from '../inventory/prefix-list.ts';
import type { PublicKeyInFile } from '../inventory/public-key.ts';
import type { SecurityGroup } from '../inventory/security-group.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Stack } from '../inventory/stack.ts';
import { placesOf } from '../report/places.ts';
import type { Phase, Scope } from '../report/vocabulary.ts';
import type { Config } from './config.ts';
import { type Families, imageFamilies } from './families/family.ts';
import { type KeyIdentities, keyIdentities } from './keys/identity.ts';
import { stackNames } from './makers/stacks.ts';
import { type NameMap, nameMap } from './names.ts';
import { type CidrMap, cidrMap } from './pairing/cidrs.ts';
import { type ContentFinder, contentFinder } from './pairing/content.ts';
import type { Counterpart } from './pairing/counterpart.ts';
import { meanings } from './pairing/group-meaning.ts';
import { imageCounterparts } from './pairing/images.ts';
import { keyPairCounterparts } from './pairing/key-pairs.ts';
import type { BothStacks } from './pairing/made.ts';
import type { Meanings } from './pairing/meant-row.ts';
import { prefixListCounterparts } from './pairing/prefix-lists.ts';
import { securityGroupCounterparts } from './pairing/security-groups.ts';
import { chosenFiles, type TemplateFile } from './pairing/template-files.ts';
import { type VpcMap, vpcMap } from './pairing/vpcs.ts';
import {
  instanceCounterparts,
  type LaunchWords,
  launchWords,
  namedCounterparts,
  stackCounterparts,
} from './pairing/workloads.ts';

/** What the items of each report kind are. */
export interface ItemOf {
  'key-pair': KeyPair;
  'prefix-list': PrefixList;
  'security-group': SecurityGroup;
  image: Image;
  instance: Instance;
  'launch-template': LaunchTemplate;
  'launch-configuration': LaunchConfiguration;
  'auto-scaling-group': AutoScalingGroup;
  stack: Stack;
}
export type ComparedKind = keyof ItemOf;

/** Everything a rule may look at: both sides, their pairs, and the config. */
export interface Context {
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly config: Config;
  readonly phase: Phase;
  /** What sentences call the two sides. */
  readonly places: { readonly source: string; readonly target: string };
  readonly vpcs: VpcMap;
  /** What the stacks of both sides are called without what differs from region to region. */
  readonly stacks: BothStacks;
  readonly cidrs: CidrMap;
  readonly names: Readonly<Record<'images' | 'keyPairs' | 'securityGroups' | 'prefixLists', NameMap>>;
  readonly counterparts: { readonly [K in ComparedKind]: readonly Counterpart<ItemOf[K]>[] };
  readonly meanings: Meanings;
  /** Which images are versions of one another. */
  readonly families: Families;
  readonly content: ContentFinder;
  /** Template files as if each were a stack of the source, named by its file, which has no counterpart on the target. */
  readonly templateFiles: readonly Counterpart<Stack>[];
  /** The file of each of them. */
  readonly fileOf: (stack: Stack) => TemplateFile | null;
  /** Template files that are for neither side. */
  readonly filesApart: readonly TemplateFile[];
  /** Which public key a record is of, on either side. */
  readonly keys: KeyIdentities;
}

/** What the user said about the two sides. */
export interface Asked {
  readonly config: Config;
  readonly phase: Phase;
  /** What is reported. What decides severities is looked at in any case. */
  readonly scopes: readonly Scope[];
  /** Keys that were handed over in files: they identify records whose public key the API did not show. */
  readonly publicKeys?: readonly PublicKeyInFile[] | undefined;
  /** The result of comparing the blocks of paired images, where --verify-content was given. */
  readonly content?: ContentEvidence | undefined;
  /** CloudFormation templates whose references are checked too. */
  readonly templates?: readonly TemplateFile[] | undefined;
}

/** Pairs first, meaning second: what a group rule means depends on which groups correspond. */
export function contextOf(source: Snapshot, target: Snapshot, input: Omit<Asked, 'scopes'>): Context {
  const { config, phase, publicKeys = [], content, templates = [] } = input;
  const names = {
    keyPairs: nameMap(config.names?.keyPairs, 'names.keyPairs'),
    securityGroups: nameMap(config.names?.securityGroups, 'names.securityGroups'),
    images: nameMap(config.names?.images, 'names.images'),
    prefixLists: nameMap(config.names?.prefixLists, 'names.prefixLists'),
  };
  const families = imageFamilies(config.families);
  const keys = keyIdentities(source, target, publicKeys);
  const cidrs = cidrMap(config.cidrs);
  const stacks = {
    source: stackNames(source, nameMap(config.names?.stacks, 'names.stacks')),
    target: stackNames(target, (name) => name),
  };
  const vpcs = vpcMap(source, target, config, stacks);
  const groupNaming = { names: names.securityGroups, stacks, section: 'securityGroups' };
  const groups = securityGroupCounterparts(source, target, vpcs, groupNaming);
  const lists = prefixListCounterparts(source, target, names.prefixLists, cidrs, stacks);
  const { judged: files, apart } = chosenFiles(templates, source, target);
  const launched = {
    'key-pair': keyPairCounterparts(source, target, names.keyPairs, keys, stacks),
    'security-group': groups,
    image: imageCounterparts(source, target, names.images),
  };
  return {
    source,
    target,
    config,
    phase,
    places: placesOf(source, target),
    vpcs,
    stacks,
    cidrs,
    names,
    counterparts: {
      ...launched,
      'prefix-list': lists,
      ...workloadCounterparts(source, target, config, stacks, launchWords(launched)),
    },
    templateFiles: [...files.keys()].map((stack) => ({
      kind: 'stack',
      name: stack.name,
      scope: null,
      source: stack,
      target: null,
      pairingStatus: 'unread',
      matchedBy: null,
    })),
    fileOf: (stack) => files.get(stack) ?? null,
    filesApart: apart,
    families,
    content: contentFinder(content),
    keys,
    meanings: meanings({ source, target, groups, lists, cidrs, vpcs }),
  };
}

function workloadCounterparts(
  source: Snapshot,
  target: Snapshot,
  { names }: Config,
  stacks: BothStacks,
  words: LaunchWords,
) {
  const naming = (section: keyof NonNullable<Config['names']>) => ({
    names: nameMap(names?.[section], `names.${section}`),
    stacks,
    section,
  });
  return {
    instance: instanceCounterparts(source.instances, target.instances, naming('instances'), words),
    'launch-template': namedCounterparts(
      'launch-template',
      source.launchTemplates,
      target.launchTemplates,
      naming('launchTemplates'),
    ),
    'launch-configuration': namedCounterparts(
      'launch-configuration',
      source.launchConfigurations,
      target.launchConfigurations,
      naming('launchConfigurations'),
    ),
    'auto-scaling-group': namedCounterparts(
      'auto-scaling-group',
      source.autoScalingGroups,
      target.autoScalingGroups,
      naming('autoScalingGroups'),
    ),
    stack: stackCounterparts(source.stacks, target.stacks, stacks),
  };
}
