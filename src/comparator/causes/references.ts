import type { Context } from '../context.ts';
import { groupBy } from '../counterparts/pairing.ts';
import type { Judged } from '../workloads/judgements.ts';
import { counted, type Root } from './root.ts';

/** One parameter, mapping or lost object that several refer to. */
export function referenceRoots(judged: readonly Judged[], context: Context): Root[] {
  const faults = judged.flatMap(({ findings }) => findings.filter((f) => f.rule.startsWith('reference/')));
  const groups = groupBy(faults, (f) =>
    JSON.stringify([
      f.rule,
      f.facts.side ?? null,
      f.facts.reference ?? null,
      f.rule === 'reference/no-region-mapping' ? f.subject.name : null,
    ]),
  );
  return [...groups.values()].flatMap((all): Root[] => {
    const [first] = all;
    if (!first) return [];
    const reference = String(first.facts.reference);
    const named = /^(ami|sg|lt|pl)-[0-9a-f]/.test(reference) ? all.map((f) => f.subject.name) : [reference];
    return [
      {
        key: ['reference', first.rule, first.facts.side ?? null, ...named],
        title: title(first.rule, reference, all.length, context),
        remedy: first.remedy,
        findings: all.map((f) => f.fingerprint),
      },
    ];
  });
}

function title(rule: string, reference: string, count: number, { source, target }: Context): string {
  const many = `: ${counted(count, 'place')} refer${count === 1 ? 's' : ''} to it.`;
  switch (rule) {
    case 'reference/missing-parameter':
      return `The SSM parameter "${reference}" leads to no image in ${target.region}${many}`;
    case 'reference/no-region-mapping':
      return `The mapping "${reference}" has no row for ${target.region}${many}`;
    case 'reference/dangling':
      return `"${reference}" does not exist${many}`;
    default:
      return `${reference} is an id of ${source.region} and means nothing in ${target.region}${many}`;
  }
}
