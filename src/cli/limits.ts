import type { Format } from '../audit/formats.ts';
import { Unable } from '../inventory/unable.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import type { Given } from './arguments.ts';

/** The formats that a bound makes shorter, each with the least bytes that hold its headline; of HTML also its style and its script. */
const LEAST = { md: 4_096, html: 200_000 } as const satisfies Partial<Record<Format, number>>;
type Limited = keyof typeof LEAST;

/** What every document of the format contains, and no bound can leave out. */
const NEEDS = {
  md: 'the headline alone needs up to that many',
  html: 'its style and its script, without which no part can be shown, need most of that',
} as const satisfies Record<Limited, string>;

const LIMITED = Object.keys(LEAST) as readonly Limited[];

/** What `--limit FORMAT=BYTES` allows each format. */
export function limitsFrom(given: readonly Given<string>[]): Readonly<Partial<Record<Limited, number>>> {
  return Object.fromEntries(given.map(limitFrom));
}

function limitFrom({ value, by }: Given<string>): readonly [Limited, number] {
  const [, name = '', bytes = ''] = /^([^=]*)=?(.*)$/s.exec(value) ?? [];
  const format = LIMITED.find((known) => known === name);
  if (format === undefined)
    throw new Unable(
      `${by} names "${name}", which is not a format with a limit.`,
      `${didYouMean(name, LIMITED)}Write for example ${by}=md=65536.`,
    );
  if (!/^\d{1,12}$/.test(bytes))
    throw new Unable(`${by} is "${value}", without a number of bytes.`, `Write for example ${by}=md=65536.`);
  if (Number(bytes) < LEAST[format])
    throw new Unable(
      `${by}: ${bytes} bytes are too few for ${format}.`,
      `Give at least ${LEAST[format]}: ${NEEDS[format]}.`,
    );
  return [format, Number(bytes)];
}
