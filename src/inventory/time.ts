/** ISO-8601 UTC with milliseconds, as the SDK's dates print; the AWS CLI writes `+00:00` for the same instant. Null for no time. */
export function isoTime(value: Date | string | undefined | null): string | null {
  if (value === undefined || value === null || value === '') return null;
  const date = value instanceof Date ? value : new Date(inUtc(value));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Without a zone, or in another form, `Date` would read it by the clock and the habits of the machine. */
function inUtc(text: string): string {
  const [whole, zone] =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim()) ?? [];
  return whole === undefined ? '' : zone === undefined ? `${whole}Z` : whole;
}
