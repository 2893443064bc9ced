import type { Tags } from '../../inventory/tags.ts';
import type { Kind } from '../../report/vocabulary.ts';

/** The kinds whose objects services make. */
type MadeKind = Extract<
  Kind,
  'security-group' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group'
>;

/** A service that makes objects under names that it chooses. */
export interface Made {
  readonly maker: string;
  /** What it is made together with: "the cluster". */
  readonly with: string;
  /** What distinguishes it from the other objects of that maker, the same in every region; null where nothing does. */
  readonly identity: readonly string[] | null;
  /** What the identity is based on, in the words of `matchedBy`. */
  readonly by: string;
}

/** How to recognise what a service makes. */
export interface Maker {
  readonly maker: string;
  readonly kinds: readonly MadeKind[];
  readonly pattern: RegExp;
  /** What it is made together with: "the cluster", "the environment". */
  readonly with: string;
  readonly by?: string;
  /** What else has to be true where the name alone could as well be a person's. */
  readonly provenBy?: (tags: Tags, captured: readonly string[]) => boolean;
  /** From the tags, what the pattern captured, and the description. */
  readonly identity?: (
    tags: Tags,
    captured: readonly string[],
    description: string,
  ) => readonly (string | null)[] | null;
}

export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The value of a tag; null where the object does not have it. */
export function tagOf(tags: Tags, key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
}
