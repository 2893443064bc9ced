import { isEmpty } from '../../../traffic/index.ts';
import { writtenAlike } from '../../groups/alike.ts';
import { groupDifferences } from '../../groups/difference.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { RULES } from './links.ts';
import { bothLines } from './rows.ts';

export const securityGroupWrittenDifferently = rule({
  id: 'security-group/written-differently',
  title: 'Same traffic, different rules',
  short: 'other rows',
  severity: always('info'),
  compares: 'The rules of two groups that admit exactly the same packets.',
  why: 'The traffic is the same. Tools that compare the text of rules report drift, and each rule counts toward the quota.',
  remedy: 'Nothing to do.',
  links: [RULES],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends || writtenAlike(ends.source, ends.target, context)) return;
    for (const d of groupDifferences(ends.source, ends.target, context)) {
      if (d.undetermined || !isEmpty(d.less) || !isEmpty(d.more)) continue;
      if ([...d.rows.source, ...d.rows.target].some((r) => r.unresolved)) continue;
      const rows = bothLines(d.rows);
      if (rows.source.join('\n') !== rows.target.join('\n'))
        yield { facts: { direction: d.direction, rows }, discriminator: d.direction, content: rows };
    }
  },
  message: ({ direction, rows }, { name }) =>
    `"${name}" admits the same ${direction} traffic on both sides, written in ${rows.source.length} and ${rows.target.length} rows.`,
});
