import type { Image } from '../../inventory/image.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { type Kind, wordsOf } from '../../inventory/kinds.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { SideName } from '../../report/vocabulary.ts';

/** What a reference comes to on the side that it stands on. */
export type Found =
  | { readonly is: 'key-pair'; readonly item: KeyPair }
  | { readonly is: 'security-group'; readonly item: SecurityGroup }
  | { readonly is: 'image'; readonly item: Image }
  | { readonly is: 'other-image'; readonly item: OtherImage }
  | { readonly is: 'prefix-list'; readonly item: PrefixList }
  /** The side was read, and there is no such thing. */
  | { readonly is: 'dangling' }
  /** Whether there is such a thing could not be read, or was not asked. `gap`: what to state where no gap says so yet. */
  | { readonly is: 'unread'; readonly gap: NotAsked | null };

/** A look-up that nobody made: of a stored side, or of a dump that lacks it. */
export interface NotAsked {
  readonly side: SideName;
  readonly what: 'image' | 'parameter';
  readonly name: string;
}

export type ReferenceTo = Extract<Kind, 'key-pair' | 'security-group' | 'image'>;

/** One thing that a launch asks for. */
export interface Reference {
  readonly to: ReferenceTo;
  /** As written: a key name, "sg-…", a group name, "ami-…". */
  readonly text: string;
  /** The SSM parameter it goes through; its value on another side is another, rightly. */
  readonly parameter: string | null;
  readonly found: Found;
}

/** What the thing is called in a sentence. */
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

/** What a parameter holds that leads to no image: an encrypted value is not kept, and most others are no ids. */
export function leadingTo(value: string): string {
  return value.startsWith('ami-')
    ? `it names ${value}, which does not exist there`
    : 'its value is not the id of an image';
}
