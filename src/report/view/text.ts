import { visible } from '../../text/printable.ts';

/** A moment as ISO 8601 in UTC to the second: `2026-11-22 09:13:04Z`. Anything else is shown unchanged. */
export function moment(text: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(text);
  return parts ? `${parts[1]} ${parts[2]}Z` : visible(text);
}

/** Where a group is: its scope, with its VPC by id and ranges where that is needed to distinguish it from another group. */
export function scopeText({
  scope,
  vpc,
}: {
  readonly scope: string | null;
  readonly vpc?: string | undefined;
}): string | null {
  return scope !== null && vpc !== undefined ? `${scope}, ${vpc}` : (scope ?? vpc ?? null);
}
