/** A file of Terraform that cannot be read. The message says why in words that follow the file's name. */
export class UnreadableTerraform extends Error {
  override name = 'UnreadableTerraform';
}
