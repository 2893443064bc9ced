import type { Image } from '../../inventory/image.ts';
import type { MatchStrength } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { lineOf, rootOf } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';
import { namesakeProvenance } from './provenance.ts';
import { placedIn } from './unread.ts';

/** The pairs by the name of their target. */
const pairsByName = perAudit(
  ({ counterparts }): ReadonlyMap<string, Counterpart<Image>> =>
    new Map(counterparts.image.flatMap((pair) => (pair.target?.name ? [[pair.target.name, pair]] : []))),
);

/** An image of the target that has the name and is another image. */
export interface NameConflict {
  readonly image: Image;
  readonly because: string;
  readonly strength: MatchStrength;
}

/**
 * The image of the target that has the name of this pair's source and is proven not to be its copy, while the copy, if there
 * is one, has another name. One that descends from the same original does not count: it holds the same content.
 */
export function nameConflictOf(pair: Counterpart<Image>, context: Context): NameConflict | null {
  const { source } = pair;
  if (!source?.name) return null;
  const name = context.names.images(source.name);
  if (pair.target?.name === name) return null;
  const other = pairsByName(context).get(name);
  const image = other?.target;
  if (!other || !image) return null;
  const root = (i: Image, side: 'source' | 'target') =>
    rootOf(lineOf({ image: i, region: context[side].region }, placedIn(context)));
  if (root(source, 'source') === root(image, 'target')) return null;
  if (other.source) {
    if (other.matchStrength !== 'strong' || root(source, 'source') === root(other.source, 'source'))
      return null;
    const { id, name: called } = other.source;
    const because = `it is the copy of "${called ?? id}" (${id}), by AWS's record of the copy (SourceImageId)`;
    return { image, because, strength: 'strong' };
  }
  const provenance = namesakeProvenance(source, image, context);
  switch (provenance.is) {
    case 'no-copy':
      return { image, because: provenance.because, strength: provenance.strength };
    case 'copy-of-former': {
      const { former, by, strength } = provenance;
      return {
        image,
        because: `it is, by ${by}, a copy of ${former}, which ${context.places.source} does not have`,
        strength,
      };
    }
    case 'copy':
    case 'namesake':
      return null;
  }
}
