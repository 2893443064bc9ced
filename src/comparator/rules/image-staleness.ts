import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import type { Context } from '../context.ts';
import { bothEnds } from '../counterpart.ts';
import { groupBy } from '../counterparts/pairing.ts';
import { familyByName, familyKey } from '../image-family.ts';
import { standingOf } from '../image-standing.ts';
import { copyCommand } from './copy-command.ts';
import { always, listed, rule } from './rule.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';

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
  mend: ({ command }) => `Copy the current image and point launch templates at the new copy:  ${command}`,
});
