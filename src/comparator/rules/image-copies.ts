import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import type { Context } from '../context.ts';
import { bothEnds, type Counterpart, extra, missing } from '../counterpart.ts';
import { groupBy } from '../counterparts/pairing.ts';
import { familyByName, familyKey } from '../image-family.ts';
import { copiedFrom } from '../image-lineage.ts';
import { sourceHas, standingOf } from '../image-standing.ts';
import { always, listed, rule } from './rule.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const STATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html';
function copyCommand(id: string, from: string, to: string, name: string): string {
  const words = [
    '--source-image-id',
    id,
    '--source-region',
    from,
    '--region',
    to,
    '--name',
    name,
    '--copy-image-tags',
  ];
  return `aws ec2 copy-image ${words.map(shellWord).join(' ')}`;
}

/** A remedy is pasted into a shell: each value stays one word there, whatever is in it. */
function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export const imageMissingCopy = rule({
  id: 'image/missing-copy',
  kind: 'image',
  title: 'Image has no copy',
  severity: always('medium'),
  weighs: 'info where the source itself could not be launched (failed, pending, disabled)',
  compares:
    'The images of the source account with those of the target: by copy record, description and name.',
  why: 'An image exists only in its region: what launches from it fails over there.',
  remedy:
    'Copy the image to the target (aws ec2 copy-image --copy-image-tags); launch permissions must be set again.',
  links: [COPY],
  *find(pair, { source, target }) {
    const image = missing(pair);
    if (!image) return;
    const facts = {
      imageId: image.id,
      state: image.state,
      command: copyCommand(image.id, source.region, target.region, image.name ?? image.id),
    };
    yield { facts, ...(image.state === 'available' ? {} : { severity: 'info' as const }) };
  },
  say: ({ imageId, state }, { name, target }) =>
    `Image "${name}" (${imageId}) has no copy in ${target}.${state === 'available' ? '' : ` On the source it is ${state}, so it could not be launched there either.`}`,
  mend: ({ command, state }) =>
    state === 'available'
      ? `${command}   Then set its launch permissions.`
      : 'Nothing to copy while the source is not available.',
});

/** Of each family the newest source image that has a counterpart, with the newer ones that have none. */
function behind(context: Context): ReadonlyMap<Image, readonly Image[]> {
  const cached = lag.get(context);
  if (cached) return cached;
  const made = new Map<Image, readonly Image[]>();
  const dated = context.counterparts.image.filter((c) => c.source?.createdAt);
  for (const family of groupBy(dated, (c) => (c.source ? familyKey(c.source) : null)).values()) {
    const newestFirst = family.sort((a, b) =>
      compareText(b.source?.createdAt ?? '', a.source?.createdAt ?? ''),
    );
    const at = newestFirst.findIndex((c) => c.standing === 'paired');
    const newer = newestFirst
      .slice(0, Math.max(at, 0))
      .flatMap((c) => (c.source && c.source.state === 'available' ? c.source : []));
    const current = newestFirst[at]?.source;
    const newest = newer.filter((image) => (image.createdAt ?? '') > (current?.createdAt ?? ''));
    if (current && newest.length > 0) made.set(current, newest);
  }
  lag.set(context, made);
  return made;
}
const lag = new WeakMap<Context, ReadonlyMap<Image, readonly Image[]>>();

function days(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

type StaleFacts = {
  readonly reason: 'newer-source' | 'rebuilt';
  readonly former: string | null;
  readonly by: string;
  readonly newer: string[];
  readonly family: string | null;
  readonly versionsBehind: number | null;
  readonly daysBehind: number | null;
  readonly command: string;
};

export const imageStaleCopy = rule<'image', StaleFacts>({
  id: 'image/stale-copy',
  kind: 'image',
  title: 'The copy is out of date',
  severity: always('high'),
  compares:
    'The copy with the image that now bears its name on the source, and with newer images of its family. Families are guessed from names with dates and versions taken out.',
  why: 'An image never changes under its id: after a rebuild the copy still holds the old content, under the same name and tags.',
  remedy: 'Copy the current source image and point the launch templates at the new copy.',
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const [from, to] = [context.source.region, context.target.region];
    const standing = standingOf(pair, ends.source, ends.target, context);
    if (standing.is === 'copy-of-former') {
      const command = copyCommand(ends.source.id, from, to, ends.source.name ?? ends.source.id);
      const daysBehind =
        ends.source.createdAt && ends.target.createdAt
          ? Math.max(0, days(ends.target.createdAt, ends.source.createdAt))
          : null;
      const { former, by } = standing;
      yield {
        facts: {
          reason: 'rebuilt',
          former,
          by,
          newer: [ends.source.name ?? ends.source.id],
          family: null,
          versionsBehind: null,
          daysBehind,
          command,
        },
        apart: 'rebuilt',
      };
    }
    const newer = behind(context).get(ends.source) ?? [];
    const [newest] = newer;
    if (!newest || standing.is === 'no-copy') return;
    yield {
      facts: {
        reason: 'newer-source',
        former: null,
        by: 'the family guessed from the name',
        newer: newer.map((i) => i.name ?? i.id),
        family: familyByName(ends.source.name ?? ''),
        versionsBehind: newer.length,
        daysBehind:
          ends.source.createdAt && newest.createdAt ? days(ends.source.createdAt, newest.createdAt) : null,
        command: copyCommand(newest.id, from, to, newest.name ?? newest.id),
      },
      apart: ['newer-source', newest.name ?? ''],
    };
  },
  say: ({ reason, former, by, newer, family, versionsBehind, daysBehind }, { name, target }) =>
    reason === 'rebuilt'
      ? `The copy of "${name}" in ${target} was made from ${former}, which the source no longer has: "${name}" was rebuilt since (by ${by}).`
      : `The newest copy in ${target} is "${name}", ${versionsBehind} version${versionsBehind === 1 ? '' : 's'} and ${daysBehind ?? 'unknown'} days behind: ${listed(
          newer.map((n) => `"${n}"`),
          3,
        )} ` +
        `${newer.length === 1 ? 'has' : 'have'} no copy. This rests on a guess: images named "${family}" are taken for one family.`,
  mend: ({ command }) => `${command}   Then point launch templates at the new copy.`,
});

export const imageNotACopy = rule({
  id: 'image/not-a-copy',
  kind: 'image',
  title: 'Same name, but not a copy',
  severity: always('high'),
  compares:
    "The target's record of where its image comes from, and the dates, with the source image of the same name.",
  why: 'What launches from this name over there runs other content than on the source.',
  remedy:
    'Copy the source image; give it this name after deregistering the other, or another name and point the launch templates at it.',
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const standing = ends && standingOf(pair, ends.source, ends.target, context);
    if (standing?.is === 'no-copy') yield { facts: { because: standing.because } };
  },
  say: ({ because }, { name, target }) =>
    `The image "${name}" in ${target} is not a copy of the source's: ${because}.`,
});

export const imageUnusableCopy = rule({
  id: 'image/unusable-copy',
  kind: 'image',
  title: 'The copy cannot be used',
  severity: always('high'),
  compares:
    "The state of the copy and its deprecation date, at the time the target was read, with the source's.",
  why: 'A copy that is pending, failed or disabled cannot be launched; a deprecated one is hidden from searches and on its way out.',
  remedy:
    'Wait for a pending copy; copy a failed one anew (a KMS key that does not exist on the target is the usual cause); enable a disabled one; renew a deprecated one.',
  links: [STATES, COPY],
  *find(pair, { source, target }) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const { state, stateReason, deprecatedAt } = ends.target;
    const past = (image: Image, takenAt: string) =>
      image.deprecatedAt !== null && image.deprecatedAt <= takenAt;
    // Where the source is in the same state, the two are alike: nothing got lost on the way.
    const unusable = state !== 'available' && state !== ends.source.state;
    const deprecated = past(ends.target, target.takenAt) && !past(ends.source, source.takenAt);
    if (!unusable && !deprecated) return;
    const found = unusable ? state : 'deprecated';
    yield {
      facts: {
        state: found,
        reason: unusable ? stateReason : null,
        deprecatedAt: unusable ? null : deprecatedAt,
      },
      apart: found,
    };
  },
  say: ({ state, reason, deprecatedAt }, { name, target }) =>
    `The copy of "${name}" in ${target} is ${state}${deprecatedAt ? ` since ${deprecatedAt}` : ''}${reason ? ` (${reason})` : ''}.`,
});

/** What an extra image is a copy of, where that stood in the source's region and is not there any more. */
function lostSource(pair: Counterpart<Image>, context: Context): string | null {
  const image = extra(pair);
  const origin = image && copiedFrom(image);
  return origin && origin.region === context.source.region && !sourceHas(origin.id, context)
    ? origin.id
    : null;
}

export const imageSourceGone = rule({
  id: 'image/source-gone',
  kind: 'image',
  title: "The copy's source no longer exists",
  severity: always('low'),
  compares: "The target's record of the copy (SourceImageId) with the images of the source.",
  why: 'The copy cannot be made again, and nothing on the source says what is in it. It may be deregistered, or no longer shared.',
  remedy: 'Keep it knowingly, or deregister it together with its snapshots.',
  links: [COPY],
  *find(pair, context) {
    const id = lostSource(pair, context);
    if (id) yield { facts: { sourceImageId: id } };
  },
  say: ({ sourceImageId }, { name, source, target }) =>
    `"${name}" in ${target} is a copy of ${sourceImageId}, which ${source} does not have.`,
});

export const imageExtra = rule({
  id: 'image/extra',
  kind: 'image',
  title: 'Image only on the target',
  severity: always('info'),
  compares: 'The images of the target account with those of the source.',
  why: 'It has no part in what was carried over.',
  remedy: 'Nothing to do.',
  links: [COPY],
  *find(pair, context) {
    const image = extra(pair);
    if (image && lostSource(pair, context) === null)
      yield { facts: { imageId: image.id, copyOf: copiedFrom(image)?.id ?? null } };
  },
  say: ({ imageId, copyOf }, { name, target }) =>
    `Image "${name}" (${imageId}) exists only in ${target}${copyOf ? `; it is one more copy of ${copyOf}` : ''}.`,
});

export const imageRenamedCopy = rule({
  id: 'image/renamed-copy',
  kind: 'image',
  title: 'The copy bears another name',
  severity: always('info'),
  compares: 'The names of two images that are one by lineage.',
  why: 'Whatever looks the image up by name will not find it over there.',
  remedy: 'Map the name in the config (names.images) if it is meant.',
  links: [COPY],
  *find(pair, { names }) {
    const ends = bothEnds(pair);
    if (!ends || ends.source.name === null || ends.target.name === names.images(ends.source.name)) return;
    yield { facts: { targetName: ends.target.name ?? ends.target.id }, apart: ends.target.name ?? '' };
  },
  say: ({ targetName }, { name, target }) => `The copy of "${name}" is called "${targetName}" in ${target}.`,
});

export const imageCopyRules = [
  imageMissingCopy,
  imageStaleCopy,
  imageNotACopy,
  imageUnusableCopy,
  imageSourceGone,
  imageRenamedCopy,
];
