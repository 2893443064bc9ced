import { resolveParameter } from '../../inventory/parameter.ts';
import type { Chain } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { absence } from '../workloads/hidden-image.ts';
import { absentIn, type IssueOf } from '../workloads/reference.ts';
import type { StackRefusal } from '../workloads/stack-demands.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import type { Check } from '../workloads/template-checks.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { unsuitableReasons } from './image-reasons.ts';
import type { Judgements } from './judgements.ts';
import { parameterReasons, referenceReasons, unreadText } from './launch-reasons.ts';
import { about, type PartChain, partOfStackReference } from './looked-at.ts';

/** Why the template would not bring up on the target what it brings up on the source. */
export function stackReasons(stack: StackUser, judgements: Judgements, context: Context): PartChain[] {
  if (stack.item.template === null)
    return [{ verdict: 'unknown', steps: ['its template could not be read'], findings: [], parts: null }];
  const unknown = stack.unknown.map(
    ({ resource, type, why }): PartChain => ({
      verdict: 'unknown',
      steps: [resource, type, why],
      findings: [],
      parts: null,
    }),
  );
  const known = stack.checks.flatMap((check) =>
    aboutCheck(check, checkReasons(check, stack, judgements, context)).map((chain) => ({
      ...chain,
      // What depends on a condition that cannot be decided may or may not happen.
      verdict: check.outcome.when.length > 0 && chain.verdict === 'blocked' ? 'unknown' : chain.verdict,
      steps: [check.reference.resource, ...chain.steps],
    })),
  );
  const refused = stack.refusals.map(
    (refusal): PartChain => ({
      verdict: 'blocked',
      parts: null,
      steps: [refusal.resource, ...refusalSteps(refusal, context)],
      findings: judgements.about(refusal, 'workload/refused'),
    }),
  );
  return [...known, ...unknown, ...refused];
}

/** A failed look-up of CloudFormation, for any purpose, stops the stack as a whole. */
function aboutCheck({ reference: { to } }: Check, chains: readonly Chain[]): PartChain[] {
  return to === 'value'
    ? chains.map((chain) => ({ ...chain, parts: null }))
    : about(partOfStackReference(to), chains);
}

function refusalSteps({ because, what }: StackRefusal, { places }: Context): string[] {
  switch (because) {
    case 'name-taken':
      return [what, `exists in ${places.target} already: its name is taken`];
    case 'rule-fails':
      return [`rule ${what}`, `fails in ${places.target}`];
    case 'no-such-name':
      return [what, 'is neither a parameter nor a resource of the template'];
    case 'no-such-condition':
      return [`condition ${what}`, 'is not defined in the template'];
    case 'no-value':
      return [`property ${what}`, 'has no value'];
    case 'name-refused':
      return [what, 'AWS refuses the name in every region'];
    case 'no-source-image':
      return [what, 'does not exist there, so that it cannot be copied'];
    case 'refused-text':
      return [what, 'EC2 refuses it in every region'];
    case 'no-property':
      return [what, 'is required and not given: CloudFormation refuses it in every region'];
    case 'no-property-there':
      return [what, `is required and not given in ${places.target}`];
    case 'no-image':
      return ['its image', 'no image is named, which EC2 refuses in every region'];
    case 'no-image-there':
      return ['its image', `no image is named in ${places.target}, which EC2 refuses`];
  }
}

function checkReasons(check: Check, stack: StackUser, judgements: Judgements, context: Context): Chain[] {
  const { reference, own, issue } = check;
  const region = context.places.target;
  const chain = (verdict: Chain['verdict'], what: string, why: string, findings: string[] = []): Chain[] => [
    { verdict, steps: [what, why], findings },
  ];
  const word = wordOf(reference);
  switch (issue?.is) {
    case 'hard-coded':
      return chain(
        issue.unread ? 'unknown' : 'blocked',
        `${word} ${issue.text}`,
        issue.unread ? `whether ${region} has it was not read` : `an id that ${region} does not have`,
        judgements.about(check, 'reference/hard-coded-image', 'reference/hard-coded-group'),
      );
    case 'dangling':
    case 'not-on-target':
      return chain(
        'blocked',
        `${word} ${issue.text}`,
        issue.to === 'image' ? absence(issue.text, 'target', context) : absentIn(issue.to, region),
        judgements.about(check, 'reference/dangling'),
      );
    case 'no-mapping-row':
      return chain(
        'blocked',
        `mapping ${issue.text}`,
        hasRow(stack, issue) ? `no value "${issue.second}" for ${issue.first}` : `no row for ${issue.first}`,
        judgements.about(check, 'reference/no-region-mapping'),
      );
    case 'missing-parameter':
      return parameterReasons(
        issue,
        (verdict, why, findings) => chain(verdict, `parameter ${issue.text}`, why, findings),
        judgements.about(check, 'reference/missing-parameter'),
        context,
      );
    case 'unsuitable-image': {
      const name = issue.parameter === null ? `${word} ${issue.text}` : `parameter ${issue.parameter}`;
      return unsuitableReasons(
        issue,
        (verdict, why, findings) => chain(verdict, name, why, findings),
        judgements.about(check, 'reference/unsuitable-image'),
        context,
      );
    }
    case 'no-export':
      return chain(
        'blocked',
        `Fn::ImportValue "${issue.text}"`,
        `no stack of ${region} exports it`,
        judgements.about(check, 'workload/refused'),
      );
    case 'no-zone':
      return chain(
        'blocked',
        `zone ${issue.text} of Fn::GetAZs`,
        `it gives ${issue.count} in ${region}`,
        judgements.about(check, 'workload/refused'),
      );
    case 'unresolved':
      return chain('unknown', word, `unresolved: ${issue.text}`);
    case 'unread':
      return chain(
        'unknown',
        nameOf(check),
        check.outcome.is === 'ssm' ? unreadText(issue, region) : `whether ${region} has it was not read`,
      );
    case undefined: {
      // What a parameter gives is compared as in a launch template.
      const through =
        check.outcome.is === 'ssm' && reference.to === 'image' && stack.side === 'source'
          ? workloadsOf(context).index.source.image(resolveParameter(check.outcome.name))
          : null;
      const written = own ?? through;
      return written === null ? [] : referenceReasons(written, stack.side, judgements, context);
    }
  }
}

function nameOf({ reference, outcome }: Check): string {
  if (outcome.is === 'ssm') return `parameter ${outcome.name}`;
  if (reference.to === 'value') return 'the exports that it imports';
  const word = wordOf(reference);
  return outcome.is === 'value' ? `${word} ${outcome.value}` : word;
}

function wordOf({ to }: Check['reference']): string {
  return to === 'value' ? 'a parameter or export that it looks up' : to.replace('-', ' ');
}

/** Whether the mapping has the row, and only lacks the value in it. */
function hasRow({ item }: StackUser, { text, first }: IssueOf<'no-mapping-row'>): boolean {
  return item.template?.mappings.some((m) => m.map === text && m.first === first) ?? false;
}
