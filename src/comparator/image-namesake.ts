import type { Image } from '../inventory/image.ts';
import type { Context } from './context.ts';
import type { Counterpart } from './counterpart.ts';
import { ancestry, type Placed, placeKey } from './image-lineage.ts';

interface Known {
  /** The pairs that AWS's record of the copy made, by the name that the copy bears. */
  readonly copies: ReadonlyMap<string, Counterpart<Image>>;
  readonly placed: ReadonlyMap<string, Placed>;
}

const known = new WeakMap<Context, Known>();

function knownOf(context: Context): Known {
  const found = known.get(context);
  if (found) return found;
  const copies = new Map<string, Counterpart<Image>>();
  const placed = new Map<string, Placed>();
  for (const pair of context.counterparts.image) {
    for (const side of ['source', 'target'] as const) {
      const { region } = context[side];
      const image = pair[side];
      if (image) placed.set(placeKey(region, image.id), { image, region });
    }
    if (pair.source && pair.target?.name && ['lineage', 'ancestry'].includes(pair.matchedBy ?? ''))
      copies.set(pair.target.name, pair);
  }
  const made = { copies, placed };
  known.set(context, made);
  return made;
}

/**
 * The image over there that bears the name of this pair's source and is, by AWS's record, the copy of another image.
 * One that descends from the same original does not count: it holds the same content.
 */
export function copyOfAnother(
  pair: Counterpart<Image>,
  context: Context,
): { original: Image; copy: Image } | null {
  if (!pair.source?.name) return null;
  const name = context.names.images(pair.source.name);
  if (pair.target?.name === name) return null;
  const { copies, placed } = knownOf(context);
  const taken = copies.get(name);
  if (!taken?.source || !taken.target) return null;
  const root = (image: Image) => ancestry({ image, region: context.source.region }, placed).at(-1);
  return root(pair.source) === root(taken.source) ? null : { original: taken.source, copy: taken.target };
}
