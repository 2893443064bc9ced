import { printable } from '../text/printable.ts';
import { bitsOf, type Fingerprint, fingerprintsOf, remarksOn, SCHEMES } from './fingerprints.ts';
import { shortName } from './kinds.ts';
import type { Problem, SshKey } from './model.ts';

/** The keys of one file as it was named. */
export interface NamedKeys {
  readonly file: string;
  readonly keys: readonly SshKey[];
  readonly problems: readonly Problem[];
}

/** For people: a line per key, a line per fingerprint, the fingerprint first. */
export function keysText(files: readonly NamedKeys[]): string {
  const blocks = files.flatMap(({ file, keys }) => keys.map((key) => keyText(printable(file, 400), key)));
  return blocks.join('\n');
}

function keyText(file: string, key: SshKey): string {
  const bits = bitsOf(key);
  const place = key.line === null ? file : `${file}:${key.line}`;
  const kind = `${shortName(key.algorithm)}${bits === null ? '' : ` ${bits}`}, ${key.half} key (${key.format})`;
  const prints = fingerprintsOf(key);
  const width = Math.max(...prints.map((print) => value(print).length));
  return [
    `${place}: ${kind}${key.comment === null ? '' : `, ${printable(key.comment)}`}`,
    ...prints.map((print) => `  ${value(print).padEnd(width)}  ${SCHEMES[print.scheme]}`),
    ...remarksOn(key).map((remark) => `  note: ${remark}`),
    '',
  ].join('\n');
}

function value({ value, note }: Fingerprint): string {
  return value ?? `(${note})`;
}

/** For programs. Fields are only ever added. */
export function keysJson(files: readonly NamedKeys[]): string {
  const keys = files.flatMap(({ file, keys }) =>
    keys.map((key) => ({
      file,
      line: key.line,
      format: key.format,
      half: key.half,
      type: shortName(key.algorithm).toLowerCase(),
      algorithm: key.algorithm,
      bits: bitsOf(key),
      comment: key.comment,
      publicKey: `${key.algorithm} ${key.blob.toString('base64')}`,
      fingerprints: fingerprintsOf(key).map(({ scheme, value, note }) => ({
        scheme,
        value,
        shown: SCHEMES[scheme],
        ...(note === undefined ? {} : { note }),
      })),
      remarks: remarksOn(key),
    })),
  );
  const problems = files.flatMap(({ file, problems }) =>
    problems.map(({ line, why, message, hint }) => ({ file, line, why, message, hint })),
  );
  return `${JSON.stringify({ keys, problems }, null, 2)}\n`;
}
