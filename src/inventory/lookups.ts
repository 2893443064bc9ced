/** What a side is to be asked for beyond its listings: what something, on either side, refers to. */
export interface Lookups {
  /** Images by id; the account's own among them cost nothing. */
  readonly imageIds: readonly string[];
  /** SSM parameters by name, with ":version" or ":label" where one is written. */
  readonly parameterNames: readonly string[];
  /** Images of other owners by their name: what stands here for one that the other side refers to. */
  readonly namesakes: readonly ImageName[];
}

/** The owner is an account, or an alias such as "amazon". */
export interface ImageName {
  readonly owner: string;
  readonly name: string;
}
