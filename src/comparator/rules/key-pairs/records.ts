import { listed } from '../../../text/lists.ts';
import { lacksTags } from '../../commands/ec2-commands.ts';
import { tagsToCompare } from '../../ignored.ts';
import type { Contradiction } from '../../keys/fingerprints.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { tagDifference } from '../tags.ts';

const VERIFY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html';
const IMPORT = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html';

const SAID: Readonly<Record<Contradiction, string>> = {
  'type-and-public-key': 'its KeyType is not that of its public key',
  'type-and-fingerprint': 'its KeyType is not that of its fingerprint',
  'fingerprint-and-public-key': 'its fingerprint is not that of its public key',
};

export const keyPairInconsistentRecord = rule({
  id: 'key-pair/inconsistent-record',
  title: 'A key-pair record contradicts itself',
  short: 'contradictory record',
  severity: always('medium'),
  severityNote: 'info where a public key proves that both records are of one key nevertheless',
  outcome: 'undetermined',
  compares:
    'KeyType, PublicKey and KeyFingerprint of one record with each other: the MD5 of an imported RSA key in both forms that AWS documents, the SHA-256 of an ED25519 key.',
  why: 'One of them is wrong: the file was edited, it mixes the records of two keys, or an emulator is faulty. The audit compares this key by its public key where it was read, and may be wrong too.',
  remedy:
    'Read the record again (DescribeKeyPairs with IncludePublicKey). If it still contradicts itself, import the key again.',
  links: [VERIFY],
  *find(pair, { keys }) {
    const ends = bothEnds(pair);
    const proven = ends !== null && keys.provenSame(ends.source, ends.target);
    for (const side of ['source', 'target'] as const) {
      const record = pair[side];
      const wrong = record ? keys.contradictions(record) : [];
      if (!record || wrong.length === 0) continue;
      const { type, fingerprint } = record;
      const facts = { side, wrong: [...wrong], type, fingerprint, publicKeyId: keys.id(record) };
      yield { facts, discriminator: side, content: wrong, ...(proven ? { severity: 'info' as const } : {}) };
    }
  },
  message: ({ side, wrong, type, fingerprint, publicKeyId }, { name, source, target }) =>
    `The record of "${name}" in ${side === 'source' ? source : target} contradicts itself: ${listed(wrong.map((w) => SAID[w]))} (KeyType ${type ?? 'none'}, fingerprint ${fingerprint ?? 'none'}, public key ${publicKeyId ?? 'none'}).`,
});

export const keyPairTagsDiffer = rule({
  id: 'key-pair/tags-differ',
  title: 'Tags of the key pair differ',
  short: 'tags differ',
  severity: always('info'),
  compares: "The user's tags of a pair; aws: tags are left out.",
  why: 'ImportKeyPair copies no tags. Cost reports and permissions that depend on tags then differ.',
  remedy: 'Set the tags on the target.',
  links: [IMPORT],
  *find(pair, { config }) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const [source, tags] = tagsToCompare(ends, pair, config);
    const facts = tagDifference(source, tags);
    if (!facts) return;
    const settable = ends.target.id !== null && lacksTags(source, tags);
    yield { facts: { ...facts, settable }, content: facts.rows };
  },
  message: ({ keys }, { name }) => `Tags of key pair "${name}" differ: ${listed(keys)}.`,
  remedyFor: ({ settable }) =>
    settable
      ? 'Set the tags on the target.'
      : 'Remove the tags that only the target has, if they are not intended.',
});
