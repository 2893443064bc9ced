import type { Pair } from '../model.ts';

/** What is unique about the name of a kind, so that a name alone pairs it. */
const UNIQUE: Readonly<Partial<Record<Pair['kind'], string>>> = {
  'security-group': 'A group name is unique in its VPC.',
  'prefix-list':
    'No other prefix list of either side has this name. Names of prefix lists need not be unique.',
  image: 'No record says that one is a copy of the other: the name is all they share.',
  instance: 'No other instance of either side has this Name tag.',
  'key-pair': 'A name is unique in a region, and says nothing of the key itself.',
  'launch-template': 'A name is unique in a region.',
  'launch-configuration': 'A name is unique in a region.',
  'auto-scaling-group': 'A name is unique in a region.',
  stack: 'A name is unique in a region.',
};

/** What each way of pairing is based on. A way of another version is named, and not explained. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['vpc-and-name', 'The two VPCs are a pair, and a group name is unique in its VPC.'],
  ['public-key', 'Both have the same key, under different names.'],
  ['lineage', 'AWS records the image of the source as the one that the copy was made from.'],
  ['ancestry', 'AWS records the image of the source among those that the other was made from.'],
  ['watermark', 'Both have the same watermark of AWS, which names the image that they were made from.'],
  [
    'snapshot-description',
    'The description that EC2 gave the snapshot of the copy names the image of the source.',
  ],
  ['description', 'The description that EC2 gave the copy names the image of the source.'],
  ['id', 'It is one image: both sides see it under the same id.'],
  ['shared', 'It is one image: its owner shares it with the account of the target.'],
  ['entries', 'No other prefix lists of the two sides have these entries.'],
  ['stack and logical id', 'The tags of CloudFormation name the same stack and the same logical id.'],
  [
    'name without its generated ending',
    'The names are the same without what a service or a tool added to them.',
  ],
  ['name but for the VPC id', 'The names are the same but for the id of the VPC that each contains.'],
  [
    'name, one of several',
    'Several instances of a side have this Name tag: each can be the counterpart of any of them.',
  ],
]);

/** What the pair is based on, in a sentence; empty where the report does not say. */
export function pairingSentence({ kind, matchedBy, source, target }: Pair): string {
  if (matchedBy === null || source === null || target === null) return '';
  if (matchedBy !== 'name' && matchedBy !== 'vpc-and-name') return REASONS.get(matchedBy) ?? '';
  // A name pairs objects of two names only where the config maps one to the other.
  if (kind !== 'image' && source.name.trimEnd().toLowerCase() !== target.name.trimEnd().toLowerCase())
    return kind === 'stack' ? '' : 'The config maps the name of the source to that of the target.';
  return (matchedBy === 'name' ? UNIQUE[kind] : REASONS.get(matchedBy)) ?? '';
}
