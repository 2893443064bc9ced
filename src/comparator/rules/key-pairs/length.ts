import { IMPORTABLE_RSA_BITS } from '../../../inventory/ec2-key-limits.ts';
import { importFacts, shownKey } from '../../commands/import-key.ts';
import { bothEnds, missing } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';

const CREATE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html';

export const keyPairUndocumentedLength = rule({
  id: 'key-pair/undocumented-length',
  title: 'The import may refuse this length',
  short: 'key length undocumented',
  severity: always('low'),
  compares: `The length of each RSA key that has to be imported on the target with what ImportKeyPair documents: ${IMPORTABLE_RSA_BITS.join(', ')} bits.`,
  why: 'EC2 may refuse a length that is not documented. Then the key cannot exist on the target under its name, and a launch that names it fails.',
  remedy:
    'Try the import before the key is needed. If EC2 refuses it, create a key of a documented length or an ED25519 key, and use it on both sides.',
  links: [CREATE],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const replaced = ends && context.keys.evidence(ends.source, ends.target).verdict === 'different';
    // One that exists there under its own name has been imported already.
    const key = missing(pair) ?? (pair.matchedBy === 'public-key' || replaced ? pair.source : null);
    const bits = key && importFacts(key, context).undocumentedBits;
    if (key && bits) yield { facts: { bits, key: shownKey(key, context) }, content: bits };
  },
  message: ({ bits }, { name, target }) =>
    `"${name}" has ${bits} bits, which is outside what ImportKeyPair documents (${IMPORTABLE_RSA_BITS.join(', ')}): its import in ${target} may be refused.`,
});
