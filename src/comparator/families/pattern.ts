import { expression } from '../../text/expression.ts';

/** What is wrong with the expression of a family, or null. */
export function patternFault(text: string): string | null {
  try {
    expression(text);
  } catch (error) {
    return `"${text}" is not a regular expression that can be used (${error instanceof Error ? error.message : String(error)})`;
  }
  return text.includes('(?<family>') ? null : `"${text}" has no group (?<family>…)`;
}
