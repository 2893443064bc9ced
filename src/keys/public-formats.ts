import { createPublicKey, type KeyObject } from 'node:crypto';
import { algorithmOfBlob, publicKeyFromBlob } from '../inventory/public-key.ts';
import { authorizedKey } from './authorized-line.ts';
import { type KeyFormat, type SshKey, Unreadable } from './model.ts';
import { sshBlob } from './ssh-blob.ts';

type Public = Omit<SshKey, 'line'>;

const damaged = () =>
  new Unreadable(
    'damaged',
    'contains a public key that is damaged: its lengths do not match its bytes',
    'Copy it again completely: one key is one line.',
  );

/** A line of a `.pub` or `authorized_keys` file. @throws Unreadable */
export function publicKeyOfLine(text: string): Public {
  const key = authorizedKey(text);
  if (!key) {
    const label = /(?:^|\s)(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w.@-]+\s+AAAA/.test(text);
    if (label) throw damaged();
    throw new Unreadable(
      'rubbish',
      'contains no key that can be read',
      'Give a public key (.pub, authorized_keys, RFC 4716, PEM, DER) or a private key (PEM, OpenSSH).',
    );
  }
  return checked('OpenSSH', key.algorithm, key.blob, key.comment);
}

/** The lines between the markers of RFC 4716: headers, which a backslash at the end continues, then base64. @throws Unreadable */
export function publicKeyOfRfc4716(lines: readonly string[]): Public {
  const rest = [...lines];
  let comment: string | null = null;
  while (rest[0]?.includes(':')) {
    let header = rest.shift() ?? '';
    while (header.endsWith('\\')) header = header.slice(0, -1) + (rest.shift() ?? '');
    const [, value] = /^comment:\s*(.*)$/i.exec(header) ?? [];
    if (value !== undefined) comment = value.replace(/^"(.*)"$/, '$1') || null;
  }
  const blob = Buffer.from(rest.join(''), 'base64');
  return checked('RFC 4716', algorithmOfBlob(blob), blob, comment);
}

/** `BEGIN PUBLIC KEY` and `BEGIN RSA PUBLIC KEY`. @throws Unreadable */
export function publicKeyOfPem(pem: string, format: KeyFormat): Public {
  return publicKeyOfObject(attempt(() => createPublicKey({ key: pem, format: 'pem' })) ?? fail(), format);
}

/** The same without armour; null for bytes that are no public key. */
export function publicKeyOfDer(bytes: Buffer): Public | null {
  for (const [type, format] of [
    ['spki', 'DER SPKI'],
    ['pkcs1', 'DER PKCS#1'],
  ] as const) {
    const key = attempt(() => createPublicKey({ key: bytes, format: 'der', type }));
    if (key) return publicKeyOfObject(key, format);
  }
  return null;
}

/** @throws Unreadable naming the kind, for one that SSH has no name for. */
function publicKeyOfObject(key: KeyObject, format: KeyFormat): Public {
  const found = sshBlob(key);
  if (!found) throw nameless(key);
  return { half: 'public', format, ...found, comment: null, privateSha1: null };
}

export function nameless(key: KeyObject): Unreadable {
  const kind = (key.asymmetricKeyType ?? 'unknown').toUpperCase();
  return new Unreadable(
    'kind',
    `contains a key of the kind ${kind}: EC2 accepts only RSA and ED25519 keys`,
    'Use an RSA or ED25519 key.',
  );
}

function checked(format: KeyFormat, algorithm: string | null, blob: Buffer, comment: string | null): Public {
  if (algorithm === null) throw damaged();
  const ours = algorithm === 'ssh-rsa' || algorithm === 'ssh-ed25519';
  if (ours && !publicKeyFromBlob(blob)) throw damaged();
  return { half: 'public', format, algorithm, blob, comment, privateSha1: null };
}

function fail(): never {
  throw damaged();
}

/** The OpenSSL message for a key that it cannot read does not help the user. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
