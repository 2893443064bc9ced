import type { Block } from './model.ts';

const PEM_BEGIN = /^-----BEGIN ([A-Z0-9][A-Z0-9 ]*)-----$/;
const SSH2_BEGIN = /^---- BEGIN SSH2 (PUBLIC KEY|ENCRYPTED PRIVATE KEY) ----$/;

/**
 * Divides a file into what may be keys: armoured blocks anywhere in it, else every line by itself. Text around
 * armour is a remark (RFC 7468, section 2), as `openssl pkcs12` writes it; in a file without armour every line counts.
 */
export function blocksOf(bytes: Buffer, decode: (bytes: Buffer) => string): Block[] {
  if (isDer(bytes)) return [{ form: 'der', bytes, line: null }];
  const text = decode(bytes);
  const bare = bareDer(text);
  if (bare) return [{ form: 'der', bytes: bare, line: null }];
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const armoured: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [block, last] = armour(lines, at) ?? [];
    if (block) armoured.push(block);
    at = last ?? at;
  }
  const single = lines.flatMap((text, i): Block[] =>
    text === '' || text.startsWith('#') ? [] : [{ form: 'line', line: i + 1, text }],
  );
  return armoured.length > 0 ? armoured : single;
}

/** The block that begins at a line, and its last line. */
function armour(lines: readonly string[], at: number): [Block, number] | null {
  const first = lines[at] ?? '';
  const line = at + 1;
  if (/^PuTTY-User-Key-File-\d+:/.test(first)) return [{ form: 'ppk', line }, lines.length];
  const label = PEM_BEGIN.exec(first)?.[1] ?? SSH2_BEGIN.exec(first)?.[1];
  if (label === undefined) return null;
  const end = lines.indexOf(first.replace('BEGIN', 'END'), at);
  if (end < 0) return [{ form: 'cut-short', line, label }, lines.length];
  if (PEM_BEGIN.test(first))
    return [{ form: 'pem', line, label, pem: `${lines.slice(at, end + 1).join('\n')}\n` }, end];
  const inner = lines.slice(at + 1, end);
  return label === 'PUBLIC KEY'
    ? [{ form: 'rfc4716', line, lines: inner }, end]
    : [{ form: 'pem', line, label: `SSH2 ${label}`, pem: '' }, end];
}

/** A SEQUENCE whose length is that of the file. */
function isDer(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30 || bytes.length < 16) return false;
  const short = bytes[1] ?? 0;
  if (short < 0x80) return bytes.length === 2 + short;
  const size = short & 0x7f;
  return size >= 1 && size <= 3 && bytes.length === 2 + size + bytes.readUIntBE(2, size);
}

/** Base64 of DER without armour: one of the forms that ImportKeyPair takes. */
function bareDer(text: string): Buffer | null {
  const joined = text.replace(/\s+/g, '');
  if (!/^M[A-Za-z0-9+/]{40,}={0,2}$/.test(joined)) return null;
  const bytes = Buffer.from(joined, 'base64');
  return isDer(bytes) ? bytes : null;
}
