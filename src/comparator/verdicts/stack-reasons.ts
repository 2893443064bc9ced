import { type Chain, plainFacts } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { writtenAt } from '../workloads/reference-issues.ts';
import type { Check, StackUser } from '../workloads/template-checks.ts';
import type { Judgements } from './judgements.ts';
import { parameterReasons, referenceReasons } from './launch-reasons.ts';

/** Why the template would not bring up on the target what it brings up on the source. */
export function stackReasons(stack: StackUser, judgements: Judgements, context: Context): Chain[] {
  if (stack.item.template === null)
    return [{ verdict: 'unknown', steps: ['its template could not be read'], findings: [] }];
  return stack.checks.flatMap((check) =>
    checkReasons(check, stack, judgements, context).map((chain) => ({
      ...chain,
      // What hangs on a condition that nobody can decide may or may not happen.
      verdict: check.outcome.when.length > 0 && chain.verdict === 'blocked' ? 'unknown' : chain.verdict,
      steps: [check.reference.resource, ...chain.steps],
    })),
  );
}

function checkReasons(check: Check, stack: StackUser, judgements: Judgements, context: Context): Chain[] {
  const { reference, own, problem } = check;
  const region = context.target.region;
  const at = writtenAt(check, stack).at;
  const because = (rule: string, text: string) =>
    (judgements.of(stack.item)?.findings ?? [])
      .filter((f) => f.rule === rule && plainFacts(f).reference === text && plainFacts(f).at === at)
      .map((f) => f.fingerprint);
  const chain = (verdict: Chain['verdict'], what: string, why: string, findings: string[] = []): Chain[] => [
    { verdict, steps: [what, why], findings },
  ];
  const word = reference.to.replace('-', ' ');
  switch (problem?.is) {
    case 'hard-coded': {
      const rule = reference.to === 'image' ? 'reference/hard-coded-image' : 'reference/hard-coded-group';
      return chain(
        'blocked',
        `${word} ${problem.id}`,
        `an id that ${region} does not have`,
        because(rule, problem.id),
      );
    }
    case 'not-there':
      return chain(
        'blocked',
        `${word} ${problem.id}`,
        `does not exist in ${region}`,
        because('reference/dangling', problem.id),
      );
    case 'no-mapping-row':
      return chain(
        'blocked',
        `mapping ${problem.map}`,
        hasRow(stack, problem)
          ? `no value "${problem.second}" for ${problem.first}`
          : `no row for ${problem.first}`,
        because('reference/no-region-mapping', problem.map),
      );
    case 'missing-parameter':
    case 'parameter-to-nothing':
      return parameterReasons(
        problem.name,
        (verdict, why, findings) => chain(verdict, `parameter ${problem.name}`, why, findings),
        because,
        context,
      );
    case 'unresolved':
      return chain('unknown', word, `unresolved: ${problem.what}`);
    case 'unread':
      return chain('unknown', nameOf(check), `whether ${region} has it was not read`);
    case undefined:
      return own === null ? [] : referenceReasons(own, stack.item, stack.side, judgements, context);
  }
}

function nameOf({ reference, outcome }: Check): string {
  if (outcome.is === 'ssm') return `parameter ${outcome.name}`;
  const word = reference.to.replace('-', ' ');
  return outcome.is === 'value' ? `${word} ${outcome.value}` : word;
}

/** Whether the mapping has the row, and only lacks the value in it. */
function hasRow({ item }: StackUser, { map, first }: { map: string; first: string }): boolean {
  return item.template?.mappings.some((m) => m.map === map && m.first === first) ?? false;
}
