import type { FactWanted } from './launch-needs.ts';

/** What is to be read of a side beyond its listings: what something, on either side, refers to. */
export interface Lookups {
  /** Images by id; the account's own among them cost nothing. */
  readonly imageIds: readonly string[];
  /** SSM parameters by name, with ":version" or ":label" where one is written. */
  readonly parameterNames: readonly string[];
  /** Images of other owners by their name: the counterpart here of one that the other side refers to. */
  readonly namesakes: readonly ImageName[];
  /** Images of the other side, by id: which images of other owners were copied from them, that this side may launch? */
  readonly copiesOf: readonly string[];
  /** The side's own images, by id, whose launch permissions decide and were not read with the listing. */
  readonly permissionsOf: readonly string[];
  /** The side's own copies, by id, whose ancestry decides and was not read with the listing. */
  readonly ancestryOf: readonly string[];
  /** What launches of either side name besides key pair, groups and image. */
  readonly facts: readonly FactWanted[];
}

export const NO_LOOKUPS: Lookups = {
  imageIds: [],
  parameterNames: [],
  namesakes: [],
  copiesOf: [],
  permissionsOf: [],
  ancestryOf: [],
  facts: [],
};

/** The look-ups of several askers as one. */
export function allLookups(all: readonly Partial<Lookups>[]): Lookups {
  const every = <K extends keyof Lookups>(kind: K) =>
    all.flatMap((lookups) => (lookups[kind] ?? []) as Lookups[K][number][]) as unknown as Lookups[K];
  return {
    imageIds: every('imageIds'),
    parameterNames: every('parameterNames'),
    namesakes: every('namesakes'),
    copiesOf: every('copiesOf'),
    permissionsOf: every('permissionsOf'),
    ancestryOf: every('ancestryOf'),
    facts: every('facts'),
  };
}

/** The owner is an account, or an alias such as "amazon". */
export interface ImageName {
  readonly owner: string;
  readonly name: string;
}
