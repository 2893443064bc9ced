/** Not a template that can be read. The message is one line that follows the file's name, with line and column where they are known. */
export class UnreadableTemplate extends Error {
  override name = 'UnreadableTemplate';
}
