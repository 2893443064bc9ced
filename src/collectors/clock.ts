import { count } from '../text/counts.ts';

/** AWS refuses signatures that are 5 to 15 minutes off, by service. */
const TOLERATED_MINUTES = 5;

/**
 * Says that the clock of this machine is wrong, where the reply that came with an error shows it. AWS answers a wrong clock
 * as it answers expired or wrong credentials, so this comes before any other hint.
 * @param now Milliseconds since 1970, on this machine.
 */
export function clockHint(error: unknown, now: number): string | null {
  const { $response } = error as {
    readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  };
  const date = Object.entries($response?.headers ?? {}).find(([name]) => name.toLowerCase() === 'date');
  const ahead = (now - Date.parse(date?.[1] ?? '')) / 60_000;
  if (!(Math.abs(ahead) >= TOLERATED_MINUTES)) return null;
  const direction = ahead > 0 ? 'ahead of' : 'behind';
  return `The clock of this machine is ${count(Math.round(Math.abs(ahead)), 'minute')} ${direction} the clock of AWS: correct it, then run again.`;
}
