import { visible } from '../../../text/printable.ts';

/** A moment to the minute: `2026-11-22 09:13 UTC`. Anything else is shown as it is. */
export function momentText(text: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z$/.exec(text);
  return parts ? `${parts[1]} ${parts[2]} UTC` : visible(text);
}
