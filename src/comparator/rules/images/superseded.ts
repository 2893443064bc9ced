import type { Image } from '../../../inventory/image.ts';
import type { Context } from '../../context.ts';
import { type SourceFamily, sourceFamilies } from '../../images/lag.ts';
import { provenanceOf } from '../../images/provenance.ts';
import { perAudit } from '../../per-audit.ts';
import { usersOf } from '../../workloads/users.ts';

/** How the family of an image without a copy is reported. */
export type MissingInFamily =
  /** Older builds that nothing uses and that have no copy either: they have no separate finding. */
  | {
      readonly is: 'newest';
      readonly family: string;
      readonly older: readonly Image[];
      readonly newerCopied: Image | null;
    }
  /** The finding of a newer build, or of the copy that is out of date, says it. */
  | { readonly is: 'with another build' };

/**
 * A pipeline that builds an image every day needs a copy of the newest build, not of each. So of one family only the newest build without a
 * copy has a finding, and every one that something uses; where the newest copy is out of date, that finding says it.
 */
export function missingInFamily(image: Image, context: Context): MissingInFamily | null {
  return byImage(context).get(image) ?? null;
}

const byImage = perAudit(
  (context): ReadonlyMap<Image, MissingInFamily> =>
    new Map(sourceFamilies(context).flatMap((family) => [...toldIn(family, context)])),
);

function toldIn(
  { family, versions, lag, current }: SourceFamily,
  context: Context,
): Map<Image, MissingInFamily> {
  const reported = new Map<Image, MissingInFamily>();
  const status = statusOf(context);
  const missing = versions.filter((v) => v.state === 'available' && status.get(v)?.pairingStatus === 'alone');
  const unused = missing.filter((v) => usersOf(v, context).length === 0);
  const [newest] = missing;
  if (!newest || versions.length < 2) return reported;
  // Whether the finding about the copy is there at all: an image that is no copy is not behind.
  const pair = current && status.get(current);
  const behind =
    lag && current && pair?.target && provenanceOf(pair, current, pair.target, context).is !== 'no-copy';
  for (const image of unused)
    if (behind || image !== newest) reported.set(image, { is: 'with another build' });
  if (reported.has(newest)) return reported;
  const older = behind ? [] : unused.filter((v) => v !== newest);
  const copied = versions
    .slice(0, versions.indexOf(newest))
    .find((v) => status.get(v)?.pairingStatus === 'paired');
  reported.set(newest, { is: 'newest', family: family.name, older, newerCopied: copied ?? null });
  return reported;
}

const statusOf = perAudit(
  (context) =>
    new Map(
      context.counterparts.image.flatMap((pair) => (pair.source ? [[pair.source, pair] as const] : [])),
    ),
);
