/**
 * The tool cannot do what was asked, for a reason that the user can correct: exit code 2.
 * The message names the object and what is wrong with it; the hint says what to do. One line each.
 */
export class Unable extends Error {
  override name = 'Unable';
  readonly hint: string;
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
