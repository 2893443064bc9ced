import type { Declared } from '../declared.ts';
import type { Plan } from '../model.ts';
import { declare } from './declare.ts';
import { hclFile } from './hcl.ts';
import { settings } from './settings.ts';
import type { Sides } from './templates.ts';

export type { Sides } from './templates.ts';

/** The steps that Terraform can do, as one file in the layout of `terraform fmt`. */
export function terraformFiles(plan: Plan, sides: Sides): Declared<'main.tf'> {
  const { blocks, left } = declare(plan, sides);
  const isEmpty = blocks.length === 0;
  const all = isEmpty ? [] : [...settings(plan, blocks), ...blocks];
  return { files: [{ name: 'main.tf', text: hclFile(head(plan, isEmpty, left), all) }], isEmpty, left };
}

function head({ source, target }: Plan, isEmpty: boolean, left: Declared['left']): string[] {
  const what = `What brings ${target.region} to parity with ${source.region}, for Terraform`;
  if (isEmpty) return [`${what}: the plan has no step that Terraform can do. See plan.md.`];
  return [
    `${what}: terraform init && terraform plan`,
    'Apply it before plan.sh, or use plan.sh alone: what plan.sh has made, Terraform cannot make again.',
    ...(left.length === 0
      ? []
      : [
          '',
          'Terraform does not do these steps. After terraform apply, plan.sh does them and passes over what exists:',
          ...left.map(({ step, because }) => `- ${step.does}: ${because}`),
        ]),
  ];
}
