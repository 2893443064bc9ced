import type { Image } from '../../inventory/image.ts';
import { compareMaybe, compareText, firstOf } from '../../inventory/order.ts';
import type { Lineage } from '../../report/lineage.ts';
import type { Finding } from '../../report/model.ts';
import type { RuleIdOf } from '../../report/rules/index.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { copiedFrom, placeKey } from '../pairing/image-lineage.ts';
import { type SourceFamily, sourceFamilies } from './lag.ts';
import { provenanceOf } from './provenance.ts';

/** More would be no picture any more. */
const MOST = 12;

/** Findings about copies: a family of one image is drawn only where one of these was found. */
const ABOUT_COPIES = {
  'image/missing-copy': false,
  'image/undetermined': false,
  'image/owned-by-another-account': false,
  'image/stale-copy': true,
  'image/not-a-copy': true,
  'image/unusable-copy': true,
  'image/source-gone': true,
  'image/renamed-copy': false,
  'image/content-differs': false,
  'image/attributes-differ': false,
  'image/launch-permissions-differ': false,
  'image/encryption-differs': false,
  'image/lifecycle-differs': false,
  'image/written-size-differs': false,
  'image/tags-differ': false,
  'image/extra': false,
} as const satisfies Record<RuleIdOf<'image'>, boolean>;

type Drawn = Pick<SourceFamily, 'orderedBy' | 'versions' | 'current' | 'lag'> & {
  readonly family: Pick<SourceFamily['family'], 'name' | 'by' | 'strength'>;
  readonly architecture: string | null;
  readonly extras: Image[];
};

/** The families of the source's images with the counterpart of each version on the target. */
export function lineagesOf(context: Context, findings: readonly Finding[]): Lineage[] {
  const pairs = new Map(context.counterparts.image.flatMap((p) => (p.source ? [[p.source, p]] : [])));
  const reported = new Set(
    findings.flatMap(({ kind, rule, subject }) =>
      kind === 'image' && ABOUT_COPIES[rule] ? [`s ${subject.sourceId}`, `t ${subject.targetId}`] : [],
    ),
  );
  const byKey = new Map<string, Drawn>();
  const byImage = new Map<string, Drawn>();
  const drawn: Drawn[] = [];
  const add = (family: Drawn) => {
    drawn.push(family);
    for (const image of family.versions) byImage.set(placeKey(context.source.region, image.id), family);
  };
  for (const found of sourceFamilies(context)) {
    const family = { ...found, architecture: found.versions[0]?.architecture ?? null, extras: [] };
    byKey.set(found.family.key, family);
    add(family);
  }
  for (const image of pairs.keys())
    if (!context.families(image))
      add({ ...alone(image), versions: [image], current: pairs.get(image)?.target ? image : null });
  for (const { target: image, pairingStatus } of context.counterparts.image) {
    if (!image || pairingStatus !== 'alone') continue;
    const from = copiedFrom(image);
    const family =
      (from && byImage.get(placeKey(from.region ?? context.source.region, from.id))) ??
      byKey.get(context.families(image)?.key ?? '');
    if (family) family.extras.push(image);
    else if (reported.has(`t ${image.id}`)) drawn.push({ ...alone(image), extras: [image] });
  }
  return drawn
    .filter(
      ({ versions, extras }) =>
        versions.length > 1 ||
        versions.some((i) => reported.has(`s ${i.id}`)) ||
        extras.some((i) => reported.has(`t ${i.id}`)),
    )
    .map((family) => lineageOf(family, pairs, context))
    .sort((a, b) =>
      firstOf(
        compareText(a.family, b.family),
        compareMaybe(a.architecture, b.architecture),
        compareText(a.by, b.by),
        compareMaybe(a.versions[0]?.id, b.versions[0]?.id),
        compareMaybe(a.extraCopies[0]?.id, b.extraCopies[0]?.id),
      ),
    );
}

/** An image without a family is a family by itself. */
function alone(image: Image): Drawn {
  return {
    family: { name: image.name ?? image.id, by: 'its name', strength: 'weak' },
    architecture: image.architecture,
    orderedBy: 'creation date',
    versions: [],
    current: null,
    lag: null,
    extras: [],
  };
}

function lineageOf(drawn: Drawn, pairs: ReadonlyMap<Image, Counterpart<Image>>, context: Context): Lineage {
  const { family, architecture, orderedBy, versions, current, lag } = drawn;
  const listed = versions.slice(0, MOST);
  if (current && !listed.includes(current)) listed.splice(-1, 1, current);
  const behind = new Set(lag?.newer);
  const extras = drawn.extras.sort((a, b) =>
    firstOf(compareMaybe(b.createdAt, a.createdAt), compareText(a.id, b.id)),
  );
  return {
    family: family.name,
    architecture,
    by: family.by,
    strength: family.strength,
    orderedBy,
    versions: listed.map((image) => ({
      ...plain(image),
      side: 'source',
      copy: copyOf(image, pairs.get(image), context),
      newestCopied: image === current,
      behind: behind.has(image),
    })),
    leftOut: versions.length - listed.length,
    extraCopies: extras.slice(0, MOST).map((image) => {
      const from = copiedFrom(image);
      return {
        ...plain(image),
        region: context.target.region,
        copyOf: from?.id ?? null,
        copyOfRegion: from?.region ?? null,
      };
    }),
    extraLeftOut: Math.max(0, extras.length - MOST),
    behind: lag && { versions: lag.versions, days: lag.days },
  };
}

function copyOf(
  image: Image,
  pair: Counterpart<Image> | undefined,
  context: Context,
): Lineage['versions'][number]['copy'] {
  if (pair?.pairingStatus !== 'paired' || !pair.target) return null;
  return {
    ...plain(pair.target),
    region: context.target.region,
    is: provenanceOf(pair, image, pair.target, context).is,
    matchedBy: pair.matchedBy ?? '',
    strength: pair.matchStrength ?? 'weak',
  };
}

function plain({ id, name, createdAt, state }: Image) {
  return { id, name: name ?? id, createdAt, state };
}
