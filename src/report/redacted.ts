import { Unable } from '../inventory/unable.ts';
import type { Report } from './model.ts';

/**
 * Refuses a report that holds pseudonyms where what follows has to know the objects: those of another run are others.
 * @param name What the report is called in the message: its file.
 * @throws Unable
 */
export function refuseRedacted({ redacted }: Report, name: string): void {
  if (redacted !== true) return;
  throw new Unable(
    `${name} was written with --redact: its names and fingerprints are pseudonyms, which mean nothing outside it.`,
    'Name the report of the same run that was written without --redact; keep that one, and share the redacted one.',
  );
}
