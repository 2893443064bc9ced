import type { Context } from '../../comparator/context.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { Draft, Operation } from '../model.ts';
import type { NamedObject, Reason } from '../reasons/reason.ts';

/** What EC2 accepts as a name: the characters, and how many of them. */
interface Names {
  readonly kind: NamedObject;
  readonly pattern: RegExp;
  readonly accepts: string;
}

/** CreateSecurityGroup, GroupName. */
const GROUPS: Names = {
  kind: 'security group',
  pattern: /^(?!sg-)(?!default$)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/i,
  accepts:
    '1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, and neither "default" nor a text that begins with "sg-"',
};
/** CreateManagedPrefixList, PrefixListName. */
const LISTS: Names = {
  kind: 'prefix list',
  pattern: /^(?!com\.amazonaws)[\s\S]{1,255}$/,
  accepts: '1 to 255 characters that do not begin with "com.amazonaws"',
};
/** CreateKeyPair, KeyName. */
const KEYS: Names = {
  kind: 'key pair',
  pattern: /^(?! )[\x20-\x7e]{1,255}(?<! )$/,
  accepts: '1 to 255 ASCII characters without a space at an end',
};
/** RegisterImage, Name. */
const IMAGES: Names = {
  kind: 'image',
  pattern: /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/,
  accepts: "3 to 128 letters, digits, spaces and ()[]./-'@_",
};
/** CreateLaunchTemplate, LaunchTemplateName. */
const TEMPLATES: Names = {
  kind: 'launch template',
  pattern: /^[A-Za-z0-9().\-/_]{3,128}$/,
  accepts: '3 to 128 letters, digits and ().-/_',
};

/**
 * Steps whose names EC2 does not accept, by id, each with the reason. A name that an object of the source has was accepted there; the
 * others come from the config.
 */
export function notAccepted(drafts: readonly Draft[], { source }: Context): ReadonlyMap<string, Reason> {
  const of = (items: readonly { readonly name: string | null }[]) => new Set(items.map((i) => i.name));
  const known: Readonly<Record<NamedObject, ReadonlySet<string | null>>> = {
    'security group': of(itemsOf(source.securityGroups)),
    'prefix list': of(itemsOf(source.prefixLists)),
    'key pair': of(itemsOf(source.keyPairs)),
    image: of(itemsOf(source.images)),
    'launch template': of(itemsOf(source.launchTemplates)),
  };
  return new Map(
    drafts.flatMap(({ id, operation }) => {
      const names = namesOf(operation);
      if (names === null || !('name' in operation)) return [];
      const { name } = operation;
      const { kind, pattern, accepts } = names;
      if (known[kind].has(name) || pattern.test(name)) return [];
      return [[id, { type: 'name-not-accepted', kind, name, accepts }] as const];
    }),
  );
}

function namesOf({ type }: Operation): Names | null {
  switch (type) {
    case 'create-security-group':
      return GROUPS;
    case 'create-prefix-list':
      return LISTS;
    case 'import-key-pair':
      return KEYS;
    case 'copy-image':
      return IMAGES;
    case 'create-launch-template':
      return TEMPLATES;
    case 'put-parameter':
    case 'resize-prefix-list':
    case 'change-prefix-list':
    case 'authorize-rules':
    case 'revoke-rules':
    case 'describe-rules':
    case 'set-tags':
    case 'grant-key':
    case 'share-image':
    case 'share-snapshot':
    case 'wait-for-image':
    case 'grant-launch':
    case 'deprecate-image':
    case 'protect-image':
    case 'copy-template-version':
    case 'create-template-version':
    case 'set-default-version':
      return null;
  }
}
