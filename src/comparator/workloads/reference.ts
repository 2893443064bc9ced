import type { Image } from '../../inventory/image.ts';
import { isImageId } from '../../inventory/image-id.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { type Kind, wordsOf } from '../../inventory/kinds.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { SideName } from '../../report/vocabulary.ts';

/** What a reference resolves to on the side that it is on. */
export type Found =
  | { readonly is: 'key-pair'; readonly item: KeyPair }
  | { readonly is: 'security-group'; readonly item: SecurityGroup }
  | { readonly is: 'image'; readonly item: Image }
  | { readonly is: 'other-image'; readonly item: OtherImage }
  | { readonly is: 'prefix-list'; readonly item: PrefixList }
  /** The side was read, and there is no such object. */
  | { readonly is: 'dangling' }
  /** Whether there is such an object could not be read, or was not requested. `gap`: what to state where no gap says so yet. */
  | { readonly is: 'unread'; readonly gap: NotAsked | null };

/** A look-up that was not made: of a stored side, or of a dump that lacks it. */
export interface NotAsked {
  readonly side: SideName;
  readonly what: 'image' | 'parameter';
  readonly name: string;
}

export type ReferenceTo = Extract<Kind, 'key-pair' | 'security-group' | 'image'>;

/** One object that a launch refers to. */
export interface Reference {
  readonly to: ReferenceTo;
  /** As written: a key name, "sg-…", a group name, "ami-…". */
  readonly text: string;
  /** The SSM parameter it goes through; its value on another side is another, rightly. */
  readonly parameter: string | null;
  readonly found: Found;
}

/** What the object is called in a sentence. */
export function referenceName({ to, text, parameter, found }: Reference): string {
  const word = wordsOf(to).one;
  if (parameter !== null) return `${word} of the parameter ${parameter}`;
  switch (found.is) {
    case 'key-pair':
    case 'security-group':
    case 'prefix-list':
      return `${word} ${found.item.name}`;
    case 'image':
    case 'other-image':
      return `${word} ${found.item.name ?? found.item.id}`;
    case 'dangling':
    case 'unread':
      return `${word} ${text}`;
  }
}

/**
 * What a parameter contains that gives no image: an encrypted value is not kept, and most others are no ids.
 * @param ofRegion The region of the other side, where the id is known to be of it.
 */
export function leadingTo(value: string, ofRegion: string | null): string {
  if (!isImageId(value)) return 'its value is not the id of an image';
  return ofRegion === null
    ? `it names ${value}, which EC2 does not return to the account there`
    : `it names ${value}, an id of ${ofRegion}`;
}

/** What something can refer to. */
export type ReferredKind = ReferenceTo | 'prefix-list' | 'launch-template' | 'launch-configuration';

/**
 * Other accounts can own security groups and prefix lists: what the account sees does not show that one does not exist.
 * @param to Not of an image: `absence` says why there is none.
 */
export function absentIn(to: TakenFrom, place: string): string {
  return to === 'security-group' || to === 'prefix-list'
    ? `was not found in ${place}`
    : `does not exist in ${place}`;
}

/** What a template takes from an SSM parameter. */
export type TakenFrom = ReferredKind | 'value';

/** What is wrong with one reference. `text`: as written. */
export type ReferenceIssue =
  /** Its own side was read and has no such object. */
  | { readonly is: 'dangling'; readonly to: ReferredKind; readonly text: string }
  /** The template names this id for the target alone, and the target has no such object. */
  | { readonly is: 'not-on-target'; readonly to: ReferredKind; readonly text: string }
  /** An id that stays the same wherever the template is used, though one region has it. */
  | {
      readonly is: 'hard-coded';
      readonly to: 'image' | 'security-group';
      readonly text: string;
      /** Whose id it is; null: not known. */
      readonly region: string | null;
      /** Whether it was not read if the target has it; with the look-up that is missing. */
      readonly unread: { readonly gap: NotAsked | null } | null;
      /** The name of the object that it is the id of; null where it has none or is not known. */
      readonly name: string | null;
      /** What distinguishes it from others of that name, in words that mean the same in every region: a VPC, an owner. */
      readonly within: readonly string[];
    }
  | {
      readonly is: 'no-mapping-row';
      readonly text: string;
      readonly first: string;
      readonly second: string | null;
    }
  /** `leadsTo`: the target has the parameter, and not the image that it names. */
  | {
      readonly is: 'missing-parameter';
      readonly text: string;
      readonly leadsTo: string | null;
      /** What is taken from it; `value` where that does not matter. */
      readonly holds: TakenFrom;
    }
  /**
   * The image on the target cannot be launched, or a parameter gives another image there than on the source. `text`: the parameter,
   * else the image by name.
   */
  | {
      readonly is: 'unsuitable-image';
      readonly text: string;
      readonly parameter: string | null;
      readonly image: { readonly id: string; readonly name: string | null };
      /** Not "available"; null: it can be launched, and is not what the parameter gives on the source. */
      readonly state: string | null;
      /** The image of the source that it is a copy of; null: not known. */
      readonly copyOf: string | null;
      /** What the parameter gives on the source. */
      readonly wanted: { readonly id: string; readonly name: string | null } | null;
    }
  /** Fn::ImportValue of a name that no stack of the target exports. */
  | { readonly is: 'no-export'; readonly text: string }
  /** `text`: which zone, counted from 1; `count`: how many there are. */
  | { readonly is: 'no-zone'; readonly text: string; readonly count: number }
  /** What it resolves to is not known. */
  | { readonly is: 'unresolved'; readonly text: string }
  /** Whether the object exists was not read. `gap`: what to state where no gap says so yet. */
  | { readonly is: 'unread'; readonly text: string; readonly gap: NotAsked | null };

export type IssueOf<Is extends ReferenceIssue['is']> = Extract<ReferenceIssue, { is: Is }>;
