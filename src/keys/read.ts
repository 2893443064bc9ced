import { printable } from '../text/printable.ts';
import { blocksOf } from './blocks.ts';
import {
  type AskPassphrase,
  type Block,
  type KeysInFile,
  type Problem,
  type SshKey,
  Unreadable,
} from './model.ts';
import { isPrivateLabel, privateKeyOfDer, privateKeyOfPem } from './private-formats.ts';
import { publicKeyOfDer, publicKeyOfLine, publicKeyOfPem, publicKeyOfRfc4716 } from './public-formats.ts';

/**
 * Every key of a file, in the order of its lines, and what is in it and is not a key.
 * @param name What messages call the file.
 * @param ask Called for passphrases, one key after the other.
 */
export async function readKeys(bytes: Buffer, name: string, ask: AskPassphrase): Promise<KeysInFile> {
  const keys: SshKey[] = [];
  const problems: Problem[] = [];
  const said = printable(name, 400);
  const refuse = (line: number | null, { why, message, hint }: Unreadable) =>
    problems.push({ line, why, hint, message: `${said}${line === null ? '' : `:${line}`} ${message}.` });
  let blocks: Block[] = [];
  try {
    blocks = blocksOf(bytes, decoded);
    if (blocks.length === 0) throw empty();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    refuse(null, error);
  }
  for (const block of blocks) {
    const place = block.line === null ? said : `${said}:${block.line}`;
    try {
      keys.push({ line: block.line, ...(await keyOf(block, () => ask(place))) });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refuse(block.line, error);
    }
  }
  return { keys, problems: keys.length === 0 ? oncePerFile(problems) : problems };
}

async function keyOf(block: Block, ask: () => Promise<string | null>): Promise<Omit<SshKey, 'line'>> {
  switch (block.form) {
    case 'line':
      return publicKeyOfLine(block.text);
    case 'rfc4716':
      return publicKeyOfRfc4716(block.lines);
    case 'pem':
      return pemKey(block.label, block.pem, ask);
    case 'der': {
      // The private one first: Node reads a private PKCS#1 where a public one is requested.
      const key = (await privateKeyOfDer(block.bytes, ask)) ?? publicKeyOfDer(block.bytes);
      if (key) return key;
      throw new Unreadable(
        'rubbish',
        'is DER, but not a key of a kind that is supported',
        'Convert it to PEM.',
      );
    }
    case 'ppk':
      throw new Unreadable(
        'format',
        'is a PuTTY key (PPK), which is not supported',
        'Convert it: `puttygen KEY.ppk -O private-openssh -o KEY.pem`, or `-O public-openssh` for its public half.',
      );
    case 'cut-short':
      throw new Unreadable(
        'damaged',
        `contains a "${block.label}" without its last line`,
        'Copy it again completely.',
      );
  }
}

async function pemKey(label: string, pem: string, ask: () => Promise<string | null>) {
  if (label === 'PUBLIC KEY') return publicKeyOfPem(pem, 'PEM SPKI');
  if (label === 'RSA PUBLIC KEY') return publicKeyOfPem(pem, 'PEM PKCS#1');
  if (isPrivateLabel(label)) return privateKeyOfPem(label, pem, ask);
  throw new Unreadable(
    'format',
    `contains a "${label}", which is not a key of a supported kind`,
    HINTS[label] ?? OTHER,
  );
}

const OTHER = 'Give a public key or a private key in PEM, or a .pub file.';
const HINTS: Readonly<Record<string, string>> = {
  CERTIFICATE: 'Extract its public key: `openssl x509 -in FILE -noout -pubkey`.',
  'SSH2 ENCRYPTED PRIVATE KEY': 'Convert it with the tools of SSH Tectia, or give the public half.',
};

const empty = () => new Unreadable('rubbish', 'contains no key', 'Name a file with a public or private key.');

/** A file that is no key file at all is said to be so once, and not line by line. */
function oncePerFile(problems: Problem[]): Problem[] {
  const rubbish = problems.filter(({ why }) => why === 'rubbish');
  return problems.filter((p) => p.why !== 'rubbish' || p === rubbish[0]);
}

function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // PowerShell's `>` writes UTF-16; the decoder takes the byte order mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(
      'rubbish',
      'is neither text nor a key in DER',
      'Name a file with a public or private key.',
    );
  }
}
