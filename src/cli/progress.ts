import type { Progress, Step } from '../audit/progress.ts';
import { thousands } from '../text/counts.ts';
import { visible } from '../text/printable.ts';
import { askSecret } from './passphrase.ts';
import { type Streams, writeNote } from './streams.ts';

/** How far one side is, kind by kind, in the order in which the kinds were begun. */
export type Counts = ReadonlyMap<string, Step>;

/** What is drawn on, and where the user may be asked. */
type Talk = Pick<Streams, 'stdin' | 'stderr'> & {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
};

/**
 * A line that moves on a terminal; elsewhere one quiet line, since a log keeps every frame; nothing at all with --quiet.
 * On stderr: stdout is data.
 * @param part What of the sides is read, where it is not all: `blocks of `.
 */
export async function startProgress(
  talk: Talk,
  sides: readonly string[],
  quiet: boolean,
  part = '',
): Promise<Progress> {
  const { stderr, env } = talk;
  const ask = (question: string) => askSecret(question, talk, talk.signal);
  const silent: Progress = { of: () => () => {}, ask, stop: () => {} };
  if (quiet || sides.length === 0) return silent;
  // A pseudo-terminal without a size has 0 columns, over which ora divides and never ends.
  const moves = stderr.isTTY === true && (stderr.columns ?? 0) > 0 && env.TERM !== 'dumb';
  if (!moves) {
    writeNote(stderr, `reading ${part}${sides.join(' and ')}`);
    return silent;
  }
  const { default: ora } = await import('ora');
  const counts = new Map(sides.map((side) => [side, new Map<string, Step>()]));
  // stdin stays as it is: ora would put it into raw mode, in which Ctrl-C sends no SIGINT.
  const spinner = ora({
    stream: stderr,
    discardStdin: false,
    text: progressText(counts, width(stderr.columns)),
  }).start();
  return {
    of: (side) => (step) => {
      const known = counts.get(side);
      const begun = known?.has(step.what) === false;
      known?.set(step.what, step);
      spinner.text = progressText(counts, width(stderr.columns));
      // A small estate is read between two frames; the user should see what was read nevertheless.
      if (begun) spinner.render();
    },
    // The line that moves would overwrite the question.
    ask: async (question) => {
      spinner.stop();
      try {
        return await ask(question);
      } finally {
        spinner.start();
      }
    },
    stop: () => spinner.stop(),
  };
}

/** Room for the spinner itself; a line that wraps would leave its first half behind. */
function width(columns = 80): number {
  return columns - 4;
}

/** `us-east-1: security groups 2,000 · images 140 | eu-west-1: …` */
export function progressText(sides: ReadonlyMap<string, Counts>, columns: number): string {
  const room = Math.floor((columns - 3 * (sides.size - 1)) / sides.size);
  const text = [...sides].map(([side, counts]) => sideText(visible(side), counts, room)).join(' | ');
  return text.length > columns ? `${text.slice(0, Math.max(1, columns - 1))}…` : text;
}

/** A wait of less than this needs no estimate. */
const WORTH_SAYING_SECONDS = 10;

/** "images 140", or of what takes a call each "launch permissions 140 of 2,000 (about 2 min)". */
function stepText({ what, count, total, secondsLeft = 0 }: Step): string {
  const known = total === undefined ? '' : ` of ${thousands(total)}`;
  const left = secondsLeft < WORTH_SAYING_SECONDS ? '' : ` (about ${duration(secondsLeft)})`;
  return `${visible(what)} ${thousands(count)}${known}${left}`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.ceil(seconds / 60)} min`;
}

/** As many kinds as the side has room for, those begun last: what was begun first is mostly done. */
function sideText(side: string, counts: Counts, room: number): string {
  const kinds = [...counts.values()].map(stepText);
  for (let from = 0; from < kinds.length; from += 1) {
    const text = `${side}: ${[...(from > 0 ? ['…'] : []), ...kinds.slice(from)].join(' · ')}`;
    if (text.length <= room || from === kinds.length - 1) return text;
  }
  return `${side}: …`;
}
