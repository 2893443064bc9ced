import type { KeyPair } from '../../../inventory/key-pair.ts';
import { md5Fingerprint } from '../../../inventory/public-key.ts';
import { listed } from '../../../text/lists.ts';
import { importFacts, importUndocumented, replaceKey, showKey, shownKey } from '../../commands/import-key.ts';
import { bothEnds, missing } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { keyPairUndocumentedLength } from './length.ts';
import { keyPairExtra, keyPairRenamed, namesOnTarget } from './names.ts';
import { keyPairInconsistentRecord, keyPairTagsDiffer } from './records.ts';
import { keyPairUnusableForWindows } from './windows.ts';

const KEY_PAIRS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html';
const VERIFY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html';
const IMPORT = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html';

export const keyPairMissing = rule({
  id: 'key-pair/missing',
  title: 'Key pair is missing',
  short: 'key pair missing',
  severity: always('medium'),
  whenUsed: 'critical',
  compares: 'The key-pair names of the source with those of the target, and the keys behind them.',
  why: 'AWS does not copy key pairs between regions. A launch that names this key pair fails on the target.',
  remedy:
    'Import the public key on the target under the same name. The import does not copy tags. If EC2 did not return the public key, --public-keys FILE takes it from a .pub or authorized_keys file.',
  links: [KEY_PAIRS, IMPORT],
  *find(pair, context) {
    const key = missing(pair);
    if (!key || namesOnTarget(key, context).length > 0) return;
    const imported = importFacts(key, context);
    yield {
      facts: {
        key: shownKey(key, context),
        type: key.type,
        publicKeyKnown: imported.publicKey !== null,
        ...imported,
      },
      commands: imported.publicKey === null ? showKey(key, context) : importUndocumented(key, context),
      content: null,
    };
  },
  message: ({ key }, { name, target }) =>
    `Key pair "${name}" (${key}) does not exist in ${target}, under any name.`,
  remedyFor: ({ foundIn }, { name, target }) =>
    foundIn === null
      ? `Get its public key and import it in ${target} as "${name}": EC2 may show it, ssh-keygen -y prints it from the private key, and an audit with --public-keys finds it in the authorized_keys file of an instance that was launched with it.`
      : `Import its public key, which is in ${foundIn}, in ${target}.`,
});

export const keyPairDifferentKey = rule({
  id: 'key-pair/different-key',
  title: 'One name, two keys',
  short: 'another key',
  severity: always('critical'),
  compares:
    'The public keys of the key pairs of one name on both sides; fingerprints only where both were computed in the same way.',
  why: 'Instances that are launched from the same template accept different private keys: some people can no longer log in, and others can.',
  remedy:
    'Find out which key is right. If it is the key of the source, delete the key pair of the target and import the public key of the source under this name. If it is the key of the target, do the same on the source.',
  links: [VERIFY, KEY_PAIRS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const evidence = ends && context.keys.evidence(ends.source, ends.target);
    if (!ends || evidence?.verdict !== 'different') return;
    const facts = { source: shownKey(ends.source, context), target: shownKey(ends.target, context) };
    yield {
      facts: {
        ...facts,
        provenBy: evidence.by,
        sourceKeyStandsThereAs: namesOnTarget(ends.source, context),
        ...importFacts(ends.source, context),
      },
      commands: replaceKey(ends.source, ends.target, context),
      content: facts,
    };
  },
  message: ({ source, target, provenBy, sourceKeyStandsThereAs }, { name }) =>
    `"${name}" is ${source} on the source and ${target} on the target (by ${provenBy}).` +
    (sourceKeyStandsThereAs.length > 0
      ? ` The source's key exists there as ${listed(sourceKeyStandsThereAs.map((n) => `"${n}"`))}.`
      : ''),
});

export const keyPairUndetermined = rule({
  id: 'key-pair/undetermined',
  title: 'Same name, identity not proven',
  short: 'key not proven',
  severity: always('medium'),
  outcome: 'undetermined',
  compares:
    'What was read of two key pairs of one name: public keys, else fingerprints that were computed in the same way.',
  why: 'EC2 shows the SHA-1 of the private key for an RSA key that it created, and the MD5 of the public key for an imported one: one key has two fingerprints. Whether the keys are the same or different is not known.',
  remedy:
    'Read the public keys on both sides (DescribeKeyPairs with IncludePublicKey), or give the key to --public-keys.',
  links: [VERIFY],
  *find(pair, { keys }) {
    const ends = bothEnds(pair);
    const evidence = ends && keys.evidence(ends.source, ends.target);
    if (!ends || evidence?.verdict !== 'undetermined') return;
    const side = (key: KeyPair) => ({
      fingerprint: key.fingerprint,
      publicKeyRead: keys.known(key) !== null,
    });
    // A FIPS build of Node cannot work out what EC2 shows for an imported RSA key.
    const md5 = md5Fingerprint(new Uint8Array()) !== null;
    yield {
      facts: { because: evidence.by, md5, source: side(ends.source), target: side(ends.target) },
      content: null,
    };
  },
  message: ({ because, md5, source, target }, { name }) =>
    `Whether "${name}" is the same key is not known from ${because} (${source.fingerprint ?? 'none'} and ${target.fingerprint ?? 'none'})` +
    `${source.publicKeyRead || target.publicKeyRead ? ', and only one public key is known' : ', and no public key is known'}.` +
    (md5 ? '' : ' This Node has no MD5 (FIPS), so fingerprints of imported RSA keys were not worked out.'),
});

export const keyPairRules = [
  keyPairMissing,
  keyPairDifferentKey,
  keyPairUndetermined,
  keyPairInconsistentRecord,
  keyPairRenamed,
  keyPairExtra,
  keyPairUndocumentedLength,
  keyPairUnusableForWindows,
  keyPairTagsDiffer,
];
