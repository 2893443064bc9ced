/** The expression for whole names. With flag u, as for `names`, so that a slip is an error and not a literal. */
export function familyPattern(text: string): RegExp {
  return new RegExp(`^(?:${text})$`, 'u');
}

/** What is wrong with it, or null. */
export function patternFault(text: string): string | null {
  try {
    familyPattern(text);
  } catch (error) {
    return `"${text}" is not a regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
  return text.includes('(?<family>') ? null : `"${text}" has no group (?<family>…)`;
}
