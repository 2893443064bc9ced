import type { Image } from '../../inventory/image.ts';
import { Unable } from '../../inventory/unable.ts';
import { expression } from '../../text/expression.ts';
import { familyByMaker } from './by-maker.ts';
import { familyByName } from './by-name.ts';
import { isHash, type NameToken } from './name-tokens.ts';
import { patternFault } from './pattern.ts';

/** Which images an image is a version of, and what says so. */
export interface Family {
  readonly name: string;
  /** Images of one key are of one family and of one architecture: an arm64 build is no newer version of an x86_64 one. */
  readonly key: string;
  readonly by: string;
  /** What the user or the service that made it said is strong, a guess from the name is weak. */
  readonly strength: 'strong' | 'weak';
  /** As the config's pattern reads it from the name; null where nothing can be ordered by it. */
  readonly version: string | null;
  /** What was taken out of a name that the family is guessed from. */
  readonly tokens: readonly NameToken[];
}
export type Families = (image: Image) => Family | null;

/** One entry of `families` in the config. */
type FamilySetting = { readonly pattern: string } | { readonly tag: string };

type Entry = (image: Image) => Pick<Family, 'name' | 'version' | 'by'> | null;

/**
 * By the first entry of the config that fits, else by what the service that made it says, else by the name.
 * @throws Unable for a pattern that is no expression or names no family.
 */
export function imageFamilies(config: readonly FamilySetting[] = []): Families {
  const entries = config.map((entry, i): Entry => {
    const path = `families.${i}`;
    return 'tag' in entry ? byTag(entry.tag, path) : byPattern(entry.pattern, path);
  });
  const known = new WeakMap<Image, Family | null>();
  return (image) => {
    let family = known.get(image);
    if (family === undefined) {
      family = familyOf(image, entries);
      known.set(image, family);
    }
    return family;
  };
}

function familyOf(image: Image, entries: readonly Entry[]): Family | null {
  const key = (strength: string, name: string) => `${strength} ${image.architecture ?? ''} ${name}`;
  for (const entry of entries) {
    const said = entry(image);
    if (said) return { ...said, key: key('strong', said.name), strength: 'strong', tokens: [] };
  }
  const made = familyByMaker(image);
  if (made) return { ...made, key: key('strong', made.name), strength: 'strong', tokens: [] };
  const guess = image.name === null ? null : familyByName(image.name);
  return (
    guess && {
      name: guess.family,
      key: key('weak', guess.family),
      by: 'the family guessed from the name',
      strength: 'weak',
      version: null,
      tokens: guess.tokens,
    }
  );
}

function byTag(tag: string, path: string): Entry {
  return ({ tags }) => {
    const name = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
    return name ? { name, version: null, by: `the tag "${tag}" (${path} in the config)` } : null;
  };
}

function byPattern(pattern: string, path: string): Entry {
  const fault = patternFault(pattern);
  if (fault)
    throw new Unable(
      `config ${path}.pattern: ${fault}`,
      'Correct it, for example (?<family>.+)-(?<version>[0-9.]+)',
    );
  const names = expression(pattern);
  return (image) => {
    const { family, version } = names.groups(image.name ?? '') ?? {};
    if (!family) return null;
    // A commit says nothing of its order.
    const orders = version !== undefined && /\d/.test(version) && !isHash(version);
    return { name: family, version: orders ? version : null, by: `the pattern ${path} of the config` };
  };
}
