/** Facts are plain JSON: what a rule found, before any sentence about it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The facts of any rule, where which rule it is does not matter. */
export type Facts = { readonly [key: string]: Json };

/** Lines of both sides, for a side-by-side view. */
export type Rows = { readonly source: readonly string[]; readonly target: readonly string[] };

/** The user's tags of both sides that differ. */
export type TagFacts = { readonly keys: readonly string[]; readonly rows: Rows };

/** What made an object whose name no person wrote in full. */
export type OriginFacts = {
  /** "EKS", "the CloudFormation stack \"shop\"", "Terraform"; null where its maker is not known. */
  readonly madeBy: string | null;
  /** What a service makes it together with: "the cluster". */
  readonly madeWith: string | null;
  /** The resource of a stack that it is. `onTarget`: the name of that stack there, where it exists. */
  readonly stack: {
    readonly name: string;
    readonly logicalId: string;
    readonly onTarget: string | null;
  } | null;
  /** The name without the ending that a tool generated; null for a name that is not generated. */
  readonly nameStem: string | null;
};

/** An object of another name that may be the missing one. */
export type RenameCandidateFacts = {
  readonly name: string;
  readonly confidence: 'high' | 'medium';
  readonly because: readonly string[];
  /** The lines of the config that would pair the two. */
  readonly config: string;
};

/** What an object could be paired with: the first ones, and how many more there are where not all are listed. */
export type RivalFacts = { readonly candidates: readonly string[]; readonly moreCandidates?: number };

/** Who changes an object in place of a person: the stack that made it, or the account that owns and shares it. */
export type ChangedByFacts =
  | { readonly is: 'stack'; readonly stack: string; readonly logicalId: string }
  | { readonly is: 'account'; readonly account: string };
