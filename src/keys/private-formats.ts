import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { colonHex } from '../inventory/public-key.ts';
import { unsupportedBecause } from './kinds.ts';
import { type AskPassphrase, type KeyFormat, type SshKey, Unreadable } from './model.ts';
import { opensshEnvelope, opensshPrivateKey } from './openssh-private.ts';
import { nameless } from './public-formats.ts';
import { sshBlob } from './ssh-blob.ts';

type Private = Omit<SshKey, 'line'>;

const FORMATS: Readonly<Record<string, KeyFormat>> = {
  'PRIVATE KEY': 'PEM PKCS#8',
  'ENCRYPTED PRIVATE KEY': 'PEM PKCS#8',
  'RSA PRIVATE KEY': 'PEM PKCS#1',
  'EC PRIVATE KEY': 'PEM SEC1',
  'DSA PRIVATE KEY': 'PEM DSA',
};

/** Whether the armour of that label holds a private key that is read here. */
export function isPrivateLabel(label: string): boolean {
  return label === 'OPENSSH PRIVATE KEY' || Object.hasOwn(FORMATS, label);
}

/** A private key in PEM. The passphrase is requested once, and only for a key that has one. @throws Unreadable */
export async function privateKeyOfPem(
  label: string,
  pem: string,
  ask: () => ReturnType<AskPassphrase>,
): Promise<Private> {
  if (label === 'OPENSSH PRIVATE KEY') return ofOpenssh(pem, ask);
  const format = FORMATS[label] as KeyFormat;
  const encrypted = label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(pem);
  const passphrase = encrypted ? await passphraseFrom(ask) : null;
  const key = opened(() =>
    createPrivateKey({ key: pem, format: 'pem', ...(passphrase === null ? {} : { passphrase }) }),
  );
  if (!key) throw encrypted ? wrongPassphrase() : damaged();
  return ofObject(key, format);
}

/** A private key in DER, PKCS#8 or PKCS#1; null for other bytes. @throws Unreadable for one that has a passphrase. */
export async function privateKeyOfDer(
  bytes: Buffer,
  ask: () => ReturnType<AskPassphrase>,
): Promise<Private | null> {
  for (const [type, format] of [
    ['pkcs8', 'DER PKCS#8'],
    ['pkcs1', 'DER PKCS#1'],
  ] as const) {
    const read = (passphrase?: string) =>
      opened(() =>
        createPrivateKey({
          key: bytes,
          format: 'der',
          type,
          ...(passphrase === undefined ? {} : { passphrase }),
        }),
      );
    const key = read();
    if (key) return ofObject(key, format);
  }
  if (!isEncryptedPkcs8(bytes)) return null;
  const passphrase = await passphraseFrom(ask);
  const key = opened(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8', passphrase }));
  if (!key) throw wrongPassphrase();
  return ofObject(key, 'DER PKCS#8');
}

async function ofOpenssh(pem: string, ask: () => ReturnType<AskPassphrase>): Promise<Private> {
  const envelope = opensshEnvelope(pem);
  const { algorithm, blob } = envelope;
  const encrypted = envelope.encryption !== null;
  const common = { half: 'private', format: 'OpenSSH', algorithm, blob, comment: null } as const;
  // Nothing behind the passphrase of such a key would be shown.
  if (unsupportedBecause(algorithm) !== null) return { ...common, privateSha1: null };
  const key = await opensshPrivateKey(envelope, encrypted ? await passphraseFrom(ask) : null);
  if (!key) throw encrypted ? wrongPassphrase() : damaged();
  // The public half of the envelope is not protected: it is used only if the private half agrees.
  if (!sshBlob(createPublicKey(key))?.blob.equals(blob)) throw damaged();
  return { ...common, privateSha1: createdFingerprint(key) };
}

function ofObject(key: KeyObject, format: KeyFormat): Private {
  const found = sshBlob(createPublicKey(key));
  if (!found) throw nameless(key);
  return { half: 'private', format, ...found, comment: null, privateSha1: createdFingerprint(key) };
}

/** What EC2 shows for an RSA key that it made: SHA-1 of the PKCS#8 DER of the private key. Null for other kinds. */
function createdFingerprint(key: KeyObject): string | null {
  if (key.asymmetricKeyType !== 'rsa') return null;
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return colonHex(createHash('sha1').update(der).digest('hex'));
}

async function passphraseFrom(ask: () => ReturnType<AskPassphrase>): Promise<string> {
  const passphrase = await ask();
  if (passphrase !== null) return passphrase;
  throw new Unreadable(
    'encrypted',
    'contains a private key with a passphrase, and there is no terminal to enter it',
    'Run it in a terminal, or give the .pub file, which gives every fingerprint but that of a key that EC2 created.',
  );
}

const wrongPassphrase = () =>
  new Unreadable(
    'encrypted',
    'contains a private key that this passphrase does not decrypt',
    'Try again. If the passphrase is right, this version of Node may not support its cipher: make a copy with `ssh-keygen -p -f COPY`.',
  );

const damaged = () =>
  new Unreadable(
    'damaged',
    'contains a private key that is damaged',
    'Copy it again completely, with its first and last line.',
  );

/** EncryptedPrivateKeyInfo begins with the OID of PKCS#5: SEQUENCE { SEQUENCE { OBJECT 1.2.840.113549.1.5… */
function isEncryptedPkcs8(bytes: Buffer): boolean {
  return bytes.subarray(0, 24).includes(Buffer.from('2a864886f70d0105', 'hex'));
}

/** Errors of OpenSSL about a private key are never passed on. */
function opened(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    return null;
  }
}
