import type { FactsOf } from '../../../report/rules/index.ts';
import { count } from '../../../text/counts.ts';
import { listed } from '../../../text/lists.ts';
import { copyAdvice } from '../../commands/copy-advice.ts';
import { copyImage } from '../../commands/copy-image.ts';
import { daysBetween, lagOf } from '../../images/lag.ts';
import { hiddenBy, provenanceOf } from '../../images/provenance.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';

type StaleFacts = FactsOf<'image/stale-copy'>;

export const imageStaleCopy = rule({
  id: 'image/stale-copy',
  title: 'The copy is out of date',
  short: 'copy out of date',
  severity: always('high'),
  compares:
    'The copy with the image that has its name on the source now, and with newer images of its family. Families come from the config (families), else from the names without dates, versions, build numbers and hashes, which is a guess. An image is newer by its version where the config gives one, else by the creation date of the source image.',
  why: 'The content of an image never changes: after a rebuild of the source, the copy still has the old content, with the same name and tags.',
  remedy: 'Copy the current source image, and refer to the new copy in the launch templates.',
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const provenance = provenanceOf(pair, ends.source, ends.target, context);
    if (provenance.is === 'copy-of-former') {
      const { former, by, strength } = provenance;
      const again = copyImage(ends.source, context);
      yield {
        facts: {
          reason: 'rebuilt',
          former,
          by,
          strength,
          hidden: hiddenBy(context),
          newer: [ends.source.name ?? ends.source.id],
          family: null,
          orderedBy: null,
          versionsBehind: null,
          // At least: the earlier image no longer exists, and it was made before its copy.
          daysBehind: daysBetween(ends.target.createdAt, ends.source.createdAt),
          transfer: again.facts,
        },
        commands: again.commands,
        discriminator: 'rebuilt',
        content: null,
      };
    }
    const lag = lagOf(ends.source, context);
    if (!lag || provenance.is === 'no-copy') return;
    const [newest] = lag.newer;
    const newer = copyImage(newest, context);
    yield {
      facts: {
        reason: 'newer-source',
        former: null,
        by: lag.family.by,
        strength: lag.family.strength,
        hidden: null,
        newer: lag.newer.map((i) => i.name ?? i.id),
        family: lag.family.name,
        orderedBy: lag.orderedBy,
        versionsBehind: lag.versions,
        daysBehind: lag.days,
        transfer: newer.facts,
      },
      commands: newer.commands,
      discriminator: 'newer-source',
      content: lag.newer.map((i) => i.name ?? null),
    };
  },
  message: (facts, { name, target }) =>
    facts.reason === 'rebuilt'
      ? `The copy of "${name}" in ${target} was made from ${facts.former}, which the source no longer has: "${name}" was built again since${later(facts)} (by ${facts.by}).${facts.hidden ? ` ${facts.hidden}.` : ''}`
      : `The newest copy in ${target} is "${name}", ${distance(facts)} behind: ${listed(
          facts.newer.map((n) => `"${n}"`),
          3,
        )} ${facts.newer.length === 1 ? 'has' : 'have'} no copy. ${ground(facts)}`,
  remedyFor: ({ transfer }) =>
    copyAdvice('Copy the current image, and refer to the new copy in the launch templates.', transfer),
});

/** How long after the copy was made; at the least that far it is behind. */
function later({ daysBehind }: StaleFacts): string {
  return daysBehind === null ? '' : `, ${days(daysBehind)} after that copy was made`;
}

function days(n: number): string {
  return n === 0 ? 'less than a day' : count(n, 'day');
}

function distance({ newer, versionsBehind, daysBehind }: StaleFacts): string {
  const versions = count(versionsBehind ?? newer.length, 'version');
  if (daysBehind === null) return versions;
  return `${versions} and ${days(daysBehind)}`;
}

function ground({ strength, family, by }: StaleFacts): string {
  return strength === 'strong'
    ? `They are versions of one family, "${family}", by ${by}.`
    : `This is a guess from the names: images named "${family}" are treated as one family. The config (families) can define it.`;
}
