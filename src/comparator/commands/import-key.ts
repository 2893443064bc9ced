import { undocumentedBits } from '../../inventory/ec2-key-limits.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { publicKeyLine } from '../../inventory/public-key.ts';
import type { ImportFacts } from '../../report/rules/key-pairs.ts';
import type { Context } from '../context.ts';
import { shellWord } from './shell.ts';

/** The key as a person would recognise it. */
export function shownKey(record: KeyPair, { keys }: Context): string {
  return keys.id(record) ?? `${record.type ?? 'key'} with fingerprint ${record.fingerprint ?? 'unknown'}`;
}

/** Of the source's key, under the name that it is to have on the target. */
export function importFacts(record: KeyPair, { keys, names, source, target }: Context): ImportFacts {
  const known = keys.known(record);
  if (!known) return { publicKey: null, foundIn: null, importCommand: null, undocumentedBits: null };
  const publicKey = publicKeyLine(known.key);
  return {
    publicKey,
    foundIn: known.from === 'api' ? `the snapshot of ${source.region}` : known.at,
    importCommand: importCommand(target.region, names.keyPairs(record.name), publicKey),
    undocumentedBits: undocumentedBits(known.key),
  };
}

/**
 * What to type to import a public key. Through standard input, because the two versions of the AWS CLI disagree about
 * an inline value: version 1 takes text, version 2 takes base64.
 * Null for a name that the CLI would not take as a name: `file://…` and `https://…` it replaces by what stands there.
 */
export function importCommand(region: string, name: string, publicKey: string): string | null {
  if (/^(file|fileb|https?):\/\//i.test(name)) return null;
  const key = name.startsWith('-') ? `--key-name=${shellWord(name)}` : `--key-name ${shellWord(name)}`;
  return `printf %s ${shellWord(publicKey)} | aws ec2 import-key-pair --region ${shellWord(region)} ${key} --public-key-material fileb:///dev/stdin`;
}
