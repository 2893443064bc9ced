import type { Json } from '../../../report/rules/shared.ts';
import type { ReferenceFacts } from '../../../report/rules/workloads.ts';
import type { SideName } from '../../../report/vocabulary.ts';
import type { Context, ItemOf } from '../../context.ts';
import type { Counterpart } from '../../pairing/counterpart.ts';
import { type FoundIssue, issuesOfPair, type ReferrerKind } from '../../workloads/reference-issues.ts';

/** The issues of some kinds in what a pair refers to, as findings. */
export function* found<Is extends FoundIssue['is'], F extends object>(
  is: readonly Is[],
  pair: Counterpart<ItemOf[ReferrerKind]>,
  context: Context,
  more: (issue: Extract<FoundIssue, { is: Is }>, side: SideName) => F | null,
) {
  for (const { issue, side, written, place: at, of } of issuesOfPair(pair, context)) {
    const facts = isOneOf(issue, is) ? more(issue, side) : null;
    if (facts === null) continue;
    yield {
      facts: { reference: issue.text, side, ...written, ...facts },
      discriminator: [side, at, ...identityOf(issue)],
      content: contentOf(issue),
      origin: { references: of },
      // Whether it counts at all depends on a condition that could not be decided, or on what was not read.
      ...(written.when !== '' || (issue.is === 'hard-coded' && issue.unread) || isOnlyUnproven(issue)
        ? { severity: 'medium' as const }
        : {}),
    };
  }
}

function isOneOf<Is extends FoundIssue['is']>(
  issue: FoundIssue,
  is: readonly Is[],
): issue is Extract<FoundIssue, { is: Is }> {
  return (is as readonly string[]).includes(issue.is);
}

/** Whether nothing shows that it is another image, and nothing that it is the same. */
function isOnlyUnproven(issue: FoundIssue): boolean {
  return issue.is === 'unsuitable-image' && issue.state === null && issue.copyOf === null;
}

/** Which reference it is, by a name that means the same in every region where there is one. */
function identityOf(issue: FoundIssue): Json[] {
  switch (issue.is) {
    case 'dangling':
    case 'not-on-target':
      return [issue.to, issue.text];
    case 'hard-coded':
      return issue.name === null ? [issue.text] : [issue.name, ...issue.within];
    case 'no-mapping-row':
      return [issue.text, issue.first, issue.second];
    case 'missing-parameter':
    case 'unsuitable-image':
      return [issue.text];
  }
}

/** What may change about it while it stays the same reference. */
function contentOf(issue: FoundIssue): Json {
  switch (issue.is) {
    case 'missing-parameter':
      return { exists: issue.leadsTo !== null };
    case 'unsuitable-image':
      return { state: issue.state, copyOf: issue.copyOf };
    case 'dangling':
    case 'not-on-target':
    case 'hard-coded':
    case 'no-mapping-row':
      return null;
  }
}

/** " (file.yaml:12, Resources.Web)": where a reference is written. */
export function place({ file, line, at, when }: ReferenceFacts): string {
  const where = [file === null ? '' : `${file}${line === null ? '' : `:${line}`}`, at].filter(
    (t) => t !== '',
  );
  if (file === null && line !== null) where.push(`line ${line}`);
  const under = when === '' ? '' : ` (where ${when})`;
  return where.length === 0 ? under : ` (${where.join(', ')})${under}`;
}
