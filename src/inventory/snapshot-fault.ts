import type { z } from 'zod';
import { printable } from './printable.ts';

export type Path = readonly PropertyKey[];

/** A value in a snapshot that cannot stand there. The message begins with the path of the field. */
export class SnapshotFault extends Error {
  override name = 'SnapshotFault';
  constructor(path: Path, what: string) {
    super(printable(`${pathText(path)} ${what}`, 400));
  }
}

/** `securityGroups.items[3].rules[0].peer.cidr` */
function pathText(path: Path): string {
  return (
    path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('')
      .replace(/^\./, '') || 'the file'
  );
}

type Issue = z.core.$ZodIssue;

/** The first fault, with the number of the others: one broken field often makes a hundred. */
export function schemaFault(issues: readonly Issue[]): SnapshotFault {
  const [first] = issues;
  if (!first) return new SnapshotFault([], 'is not a snapshot');
  const others = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new SnapshotFault(first.path, `${describe(first)}${others}`);
}

function describe(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `holds ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}, which this version does not know`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : issue.message.replace(/^Invalid input: /, '');
    default:
      return issue.message.replace(/^Invalid (input|option): /, '');
  }
}
