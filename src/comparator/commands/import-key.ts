import { undocumentedBits } from '../../inventory/ec2-key-limits.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { publicKeyLine } from '../../inventory/public-key.ts';
import type { ImportFacts } from '../../report/rules/key-pairs.ts';
import { shellWord } from '../../text/shell.ts';
import type { Context } from '../context.ts';
import { awsCommand } from './aws.ts';
import { tagSpecifications } from './ec2-commands.ts';
import type { Offer } from './offer.ts';

/** The key as a person would recognise it. */
export function shownKey(record: KeyPair, { keys }: Context): string {
  return keys.id(record) ?? `${record.type ?? 'key'} with fingerprint ${record.fingerprint ?? 'unknown'}`;
}

/** Of the source's key: its public half, and where that was found. */
export function importFacts(record: KeyPair, { keys, places }: Context): ImportFacts {
  const known = keys.known(record);
  if (!known) return { publicKey: null, foundIn: null, undocumentedBits: null };
  return {
    publicKey: publicKeyLine(known.key),
    foundIn: known.from === 'api' ? `the snapshot of ${places.source}` : known.at,
    undocumentedBits: undocumentedBits(known.key),
  };
}

/**
 * Imports the key of the source under the name that it is to have on the target; nothing where no public key is known.
 * Through standard input, because the two versions of the AWS CLI disagree about an inline value: version 1 takes text,
 * version 2 takes base64.
 */
function importKey(record: KeyPair, { keys, names, target }: Context): Offer[] {
  const known = keys.known(record);
  if (!known) return [];
  const name = names.keyPairs(record.name);
  const command = awsCommand('ec2 import-key-pair', target.region, {
    '--key-name': name,
    ...tagSpecifications('key-pair', record.tags),
    '--public-key-material': 'fileb:///dev/stdin',
  });
  return [
    {
      shell: `printf %s ${shellWord(publicKeyLine(known.key))} | ${command}`,
      side: 'target',
      does: `Import the public key "${name}"`,
    },
  ];
}

/** The import of a key of a length that ImportKeyPair does not document: a plan leaves it to a person, because it may fail. */
export function importUndocumented(record: KeyPair, context: Context): Offer[] {
  const known = context.keys.known(record);
  return known && undocumentedBits(known.key) !== null ? importKey(record, context) : [];
}

/** Makes room for the key of the source under the name of another. */
export function replaceKey(record: KeyPair, other: KeyPair, context: Context): Offer[] {
  const imported = importKey(record, context);
  if (imported.length === 0) return [];
  const { region } = context.target;
  const remove = awsCommand('ec2 delete-key-pair', region, { '--key-name': other.name });
  return [
    {
      shell: remove,
      side: 'target',
      does: `Delete the key pair "${other.name}" of ${context.places.target}`,
    },
    ...imported,
  ];
}

/** Prints the public key of a key pair of the source. */
export function showKey(record: KeyPair, { source }: Context): Offer[] {
  return [
    {
      shell: awsCommand('ec2 describe-key-pairs', source.region, {
        '--include-public-key': null,
        '--key-names': [record.name],
        '--query': 'KeyPairs[0].PublicKey',
        '--output': 'text',
      }),
      side: 'source',
      does: `Fingerprint the public key of "${record.name}"`,
    },
  ];
}
