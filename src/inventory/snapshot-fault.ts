import { andMore } from '../text/lists.ts';
import { printable } from '../text/printable.ts';
import { fieldFault, type Issue, issueFault, type Path } from './issue.ts';

/** A value in a snapshot that the schema does not allow. The message begins with the path of the field. */
export class SnapshotFault extends Error {
  override name = 'SnapshotFault';
  constructor(message: string) {
    super(printable(message, 400));
  }
}

export function faultAt(path: Path, what: string): SnapshotFault {
  return new SnapshotFault(fieldFault(path, what, 'the file'));
}

/** The first fault, with the number of the others: one broken field often makes a hundred. */
export function schemaFault(issues: readonly Issue[]): SnapshotFault {
  const others = issues.length > 1 ? ` (${andMore(issues.length - 1)})` : '';
  return new SnapshotFault(`${issueFault(issues, 'the file')}${others}`);
}
