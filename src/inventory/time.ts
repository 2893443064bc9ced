/** ISO-8601 UTC with milliseconds, as the SDK's dates print; the AWS CLI writes `+00:00` for the same instant. Null for no time. */
export function isoTime(value: Date | string | undefined | null): string | null {
  if (value === undefined || value === null || value === '') return null;
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
