import { count } from '../../text/counts.ts';
import { fenced, text } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';
import { shellWord } from '../../text/shell.ts';
import type { Declared, DeclaredFormats } from '../declared.ts';
import type { Plan } from '../model.ts';

/** How the other formats of a plan are used, and what of it they do not do. */
export function declaredSections(
  { target, steps }: Plan,
  { terraform, cloudformation }: DeclaredFormats,
): string[] {
  const region = shellWord(target.region);
  return [
    '## The plan as Terraform or CloudFormation',
    '`main.tf` and CloudFormation templates can do a part of the steps in place of `plan.sh`. Apply one of the two first, then run `plan.sh`: it finds what exists and does the other steps. After `plan.sh` has run, neither can create what it created.',
    ...format('Terraform', terraform, steps.length, ['terraform init', 'terraform apply']),
    ...format(
      'CloudFormation',
      cloudformation,
      steps.length,
      cloudformation.files.map(
        ({ name }, i) =>
          `aws cloudformation deploy --region ${region} --template-file ${name} --stack-name ec2-parity${i === 0 ? '' : `-${i + 1}`}`,
      ),
    ),
  ];
}

function format(
  name: string,
  { isEmpty, left }: Declared,
  steps: number,
  commands: readonly string[],
): string[] {
  if (isEmpty) return [`**${name}** does none of the steps.`];
  const whole = new Set(left.map((l) => l.step.id)).size;
  return [
    whole === 0
      ? `**${name}** does all ${count(steps, 'step')}.`
      : `**${name}** does not do ${whole} of ${count(steps, 'step')}:`,
    ...(whole === 0
      ? []
      : [
          left
            .map(({ step, because }) => `- ${text(visible(step.does))}: ${text(visible(because))}`)
            .join('\n'),
        ]),
    fenced('sh', commands),
  ];
}
