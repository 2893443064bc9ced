import type { SecurityGroup } from '../../../inventory/security-group.ts';
import { isListing } from '../../../inventory/snapshot.ts';
import type { Tags } from '../../../inventory/tags.ts';
import { listed } from '../../../text/lists.ts';
import { changedBy, changeText } from '../../commands/owners.ts';
import { writtenAlike } from '../../groups/alike.ts';
import { ignoredOf, tagsToCompare } from '../../ignored.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { tagDifference } from '../tags.ts';
import { GROUPS } from './links.ts';
import { lineOf } from './rows.ts';

export const securityGroupDescriptionDiffers = rule({
  id: 'security-group/description-differs',
  title: 'Descriptions differ',
  short: 'descriptions differ',
  severity: always('info'),
  compares: 'The description of the group, and of the rules that exist on both sides.',
  why: 'No effect on traffic. The description of a group cannot be changed: only a new group can have another one.',
  remedy: 'Nothing to do for traffic. Change the descriptions of the rules if people rely on them.',
  links: [GROUPS],
  *find(pair, context) {
    const { meanings, source, target, config } = context;
    const ends = bothEnds(pair);
    if (!ends || ignoredOf(config, pair)('description')) return;
    if (
      ends.source.description === ends.target.description &&
      writtenAlike(ends.source, ends.target, context)
    )
      return;
    const ruleDescriptionsRead = !isListing(source) && !isListing(target);
    const described = (side: 'source' | 'target', group: SecurityGroup) => {
      const byRow = new Map<string, Set<string>>();
      for (const row of meanings.rows(side, group)) {
        const all = byRow.get(lineOf(row)) ?? new Set();
        byRow.set(lineOf(row), all.add(row.description ?? ''));
      }
      return byRow;
    };
    const [s, t] = [described('source', ends.source), described('target', ends.target)];
    const text = (all: ReadonlySet<string> | undefined) => [...(all ?? [])].sort().join(' | ');
    const rows = { source: [] as string[], target: [] as string[] };
    if (ends.source.description !== ends.target.description) {
      rows.source.push(`group: ${ends.source.description}`);
      rows.target.push(`group: ${ends.target.description}`);
    }
    for (const [row, all] of ruleDescriptionsRead ? s : []) {
      const other = t.get(row);
      if (!other || text(all) === text(other)) continue;
      rows.source.push(`${row}: ${text(all)}`);
      rows.target.push(`${row}: ${text(other)}`);
    }
    if (rows.source.length > 0) yield { facts: { rows }, content: rows };
  },
  message: ({ rows }, { name }) =>
    `${rows.source.length === 1 ? 'A description' : `${rows.source.length} descriptions`} of "${name}" ${rows.source.length === 1 ? 'differs' : 'differ'}; the traffic is not affected.`,
});

export const securityGroupTagsDiffer = rule({
  id: 'security-group/tags-differ',
  title: 'Tags of the group differ',
  short: 'tags differ',
  severity: always('info'),
  compares: "The user's tags of a pair; aws: tags are left out.",
  why: 'Cost reports, permissions and controllers that depend on the tags of the group behave differently.',
  remedy: 'Set the tags on the target.',
  links: [GROUPS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const [source, tags] = tagsToCompare(ends, pair, context.config);
    const facts = tagDifference(...withoutOwnNames(ends, source, tags));
    if (!facts) return;
    const by = changedBy(ends.target, 'target', context);
    yield { facts: { ...facts, changedBy: by }, content: facts.rows };
  },
  message: ({ keys }, { name }) => `Tags of security group "${name}" differ: ${listed(keys)}.`,
  remedyFor: ({ changedBy: by }, { target }) =>
    `${changeText(by, target)}Set the tags of the source on the group of ${target}.`,
});

/** A Name tag that repeats the name of its group on both sides is not a separate difference where the names differ. */
function withoutOwnNames(
  { source, target }: { readonly source: SecurityGroup; readonly target: SecurityGroup },
  sourceTags: Tags,
  targetTags: Tags,
): [Tags, Tags] {
  if (sourceTags.Name !== source.name || targetTags.Name !== target.name) return [sourceTags, targetTags];
  const { Name: _source, ...s } = sourceTags;
  const { Name: _target, ...t } = targetTags;
  return [s, t];
}
