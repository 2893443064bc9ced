import { type Finding, plainFacts } from '../report/model.ts';
import { groupBy } from '../text/groups.ts';

/** What distinguishes two findings of one rule about one object, in the facts that have it. */
const APART = ['direction', 'at', 'reference', 'side'] as const;

/**
 * The findings of an earlier run whose object has another name now: a VPC and an instance are named by a tag, which anyone
 * can change. The object is known by its ids, which mean the same from one run to the next of the same sides.
 * @param found Findings of this run that the earlier one does not have.
 * @param before Findings of the earlier run that this one does not have.
 */
export function renamedFrom(
  found: readonly Finding[],
  before: readonly Finding[],
): ReadonlyMap<Finding, Finding> {
  const known = groupBy(before.filter(hasId), objectKey);
  const now = groupBy(found.filter(hasId), objectKey);
  return new Map(
    [...now].flatMap(([key, own]) => {
      const [finding, ...more] = own;
      const [former, ...others] = known.get(key) ?? [];
      return finding && former && more.length + others.length === 0 ? [[finding, former] as const] : [];
    }),
  );
}

function hasId({ subject }: Finding): boolean {
  return subject.sourceId !== null || subject.targetId !== null;
}

function objectKey(finding: Finding): string {
  const { rule, kind, subject } = finding;
  const facts = plainFacts(finding);
  return JSON.stringify([
    rule,
    kind,
    subject.sourceId,
    subject.targetId,
    ...APART.map((key) => facts[key] ?? null),
  ]);
}
