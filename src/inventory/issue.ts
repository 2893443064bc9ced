import type * as z from 'zod';

export type Path = readonly PropertyKey[];
export type Issue = z.core.$ZodIssue;

/**
 * A field and what is wrong with it: `securityGroups.items[3].rules[0].from is missing`.
 * @param root What to call the value itself, where the path is empty.
 */
export function fieldFault(path: Path, what: string, root: string): string {
  const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${field.replace(/^\./, '') || root}${what.startsWith(':') ? '' : ' '}${what}`;
}

/** The first of zod's issues as such a line. */
export function issueFault([issue]: readonly Issue[], root: string): string {
  return issue ? fieldFault(issue.path, issueText(issue), root) : `${root} is not valid`;
}

function issueText(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `holds ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}, which this version does not know`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing' : plain(issue.message);
    default:
      return plain(issue.message);
  }
}

/** zod's "Invalid input: expected string, received number" without what is said already. Our own messages are words that follow. */
function plain(message: string): string {
  return message
    .replace(/^Invalid \w+( value)?(: |\. )?/, ': ')
    .replace(/^: $/, 'has none of the forms it may have');
}
