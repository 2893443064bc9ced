import { itemsOf } from '../../inventory/collected.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import type { Context } from '../context.ts';
import { bothEnds, extra, missing } from '../counterpart.ts';
import { keyEvidence, publicKeyId, sameKeyFinder } from '../key-identity.ts';
import { always, EXTRA, listed, rule } from './rule.ts';
import { tagDifference } from './tags.ts';

const KEY_PAIRS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html';
const VERIFY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html';
const IMPORT = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html';

/** The key as a person would recognise it. */
function shown(key: KeyPair): string {
  return publicKeyId(key) ?? `${key.type ?? 'key'} with fingerprint ${key.fingerprint ?? 'unknown'}`;
}

const finders = new WeakMap<Context, ReturnType<typeof sameKeyFinder>>();

/** Every name under which the target holds the key, in code-unit order. */
function namesOnTarget(key: KeyPair, context: Context): string[] {
  const find = finders.get(context) ?? sameKeyFinder(itemsOf(context.target.keyPairs));
  finders.set(context, find);
  return find(key).map((k) => k.name);
}

export const keyPairMissing = rule({
  id: 'key-pair/missing',
  kind: 'key-pair',
  title: 'Key pair is missing',
  severity: always('medium'),
  compares: 'The key-pair names of the source with those of the target, and the keys behind them.',
  why: 'AWS copies no key pair between regions. Whatever names this key pair fails to launch over there.',
  remedy:
    'Import the public key on the target under the same name (aws ec2 import-key-pair); tags do not come along by themselves.',
  links: [KEY_PAIRS, IMPORT],
  *find(pair, context) {
    const key = missing(pair);
    if (key && namesOnTarget(key, context).length === 0)
      yield { facts: { key: shown(key), type: key.type, publicKeyKnown: key.publicKey !== null } };
  },
  say: ({ key }, { name, target }) =>
    `Key pair "${name}" (${key}) does not exist in ${target}, under any name.`,
  mend: ({ publicKeyKnown }, { name, source, target }) =>
    publicKeyKnown
      ? `Import its public key in ${target} as "${name}" (aws ec2 import-key-pair). The public key is in the snapshot of ${source}.`
      : `Get its public key (aws ec2 describe-key-pairs --include-public-key --key-names …, or ssh-keygen -y on the private key) and import it in ${target} as "${name}".`,
});

export const keyPairDifferentKey = rule({
  id: 'key-pair/different-key',
  kind: 'key-pair',
  title: 'One name, two keys',
  severity: always('critical'),
  compares:
    'The public keys behind a key-pair name on both sides; fingerprints only where one scheme made both.',
  why: 'Instances launched from the same template admit different people: some are locked out, others let in.',
  remedy:
    'Find out which key is right. Then delete the other on its side and import the right public key under this name.',
  links: [VERIFY, KEY_PAIRS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends || keyEvidence(ends.source, ends.target).verdict !== 'different') return;
    const facts = { source: shown(ends.source), target: shown(ends.target) };
    const elsewhere = namesOnTarget(ends.source, context);
    yield {
      facts: {
        ...facts,
        provenBy: keyEvidence(ends.source, ends.target).by,
        sourceKeyStandsThereAs: elsewhere,
      },
      apart: facts,
    };
  },
  say: ({ source, target, provenBy, sourceKeyStandsThereAs }, { name }) =>
    `"${name}" is ${source} on the source and ${target} on the target (by ${provenBy}).` +
    (sourceKeyStandsThereAs.length > 0
      ? ` The source's key stands there as ${listed(sourceKeyStandsThereAs.map((n) => `"${n}"`))}.`
      : ''),
});

export const keyPairUndetermined = rule({
  id: 'key-pair/undetermined',
  kind: 'key-pair',
  title: 'Same name, identity not proven',
  severity: always('medium'),
  tells: 'doubt',
  compares: 'What was read of two key pairs of one name: public keys, else fingerprints of one scheme.',
  why: 'EC2 shows SHA-1 of the private key for an RSA key it made and MD5 of the public key for an imported one: one key, two fingerprints. Neither equal nor different can be said.',
  remedy: 'Read the public keys on both sides: aws ec2 describe-key-pairs --include-public-key.',
  links: [VERIFY],
  *find(pair) {
    const ends = bothEnds(pair);
    if (!ends || keyEvidence(ends.source, ends.target).verdict !== 'undetermined') return;
    const side = (key: KeyPair) => ({ fingerprint: key.fingerprint, publicKeyRead: key.publicKey !== null });
    yield { facts: { source: side(ends.source), target: side(ends.target) } };
  },
  say: ({ source, target }, { name }) =>
    `Whether "${name}" is one key cannot be told: ${source.fingerprint ?? 'no fingerprint'} and ${target.fingerprint ?? 'no fingerprint'} are not of one scheme` +
    `${source.publicKeyRead || target.publicKeyRead ? ', and only one public key was read' : ', and no public key was read'}.`,
});

export const keyPairRenamed = rule({
  id: 'key-pair/renamed',
  kind: 'key-pair',
  title: 'Same key under another name',
  severity: always('low'),
  compares: 'Keys of the source that have no counterpart by name with the keys of the target.',
  why: 'Launch templates and Auto Scaling refer to key pairs by name: the key is there, the name is not.',
  remedy:
    'Import the public key once more under the source name, or map the name in the config (names.keyPairs) if the new name is meant.',
  links: [KEY_PAIRS],
  *find(pair, context) {
    // Also where that other name has a counterpart of its own: two names here, one there.
    const key = pair.matchedBy === 'public-key' ? pair.source : missing(pair);
    const names = key ? namesOnTarget(key, context) : [];
    const first = pair.target?.name ?? names[0];
    if (first === undefined) return;
    const config = `names: { keyPairs: { ${JSON.stringify(pair.name)}: ${JSON.stringify(first)} } }`;
    if (key) yield { facts: { targetNames: names, config }, apart: names };
  },
  say: ({ targetNames }, { name, target }) =>
    `The key of "${name}" stands in ${target} as ${listed(targetNames.map((n) => `"${n}"`))}.`,
});

export const keyPairExtra = rule({
  id: 'key-pair/extra',
  kind: 'key-pair',
  title: 'Key pair only on the target',
  severity: EXTRA,
  compares: 'Key pairs of the target with those of the source, by name and by key.',
  why: 'A key nobody carried over may let in somebody nobody expects.',
  remedy: 'Delete it if nobody needs it over there.',
  links: [KEY_PAIRS],
  *find(pair) {
    const key = extra(pair);
    if (key) yield { facts: { key: shown(key) } };
  },
  say: ({ key }, { name, target }) => `Key pair "${name}" (${key}) exists only in ${target}.`,
});

export const keyPairTagsDiffer = rule({
  id: 'key-pair/tags-differ',
  kind: 'key-pair',
  title: 'Tags of the key pair differ',
  severity: always('info'),
  compares: "The user's tags of a pair; aws: tags are left out.",
  why: 'Importing a key carries no tags; cost reports and tag-based permissions then see something else.',
  remedy: 'Set the tags on the target (aws ec2 create-tags).',
  links: [IMPORT],
  *find(pair) {
    const ends = bothEnds(pair);
    const facts = ends && tagDifference(ends.source.tags, ends.target.tags);
    if (facts) yield { facts, apart: facts.rows };
  },
  say: ({ keys }, { name }) => `Tags of key pair "${name}" differ: ${listed(keys)}.`,
});

export const keyPairRules = [
  keyPairMissing,
  keyPairDifferentKey,
  keyPairUndetermined,
  keyPairRenamed,
  keyPairExtra,
  keyPairTagsDiffer,
];
