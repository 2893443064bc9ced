import { visible } from '../../text/printable.ts';
import { shellWord } from '../../text/shell.ts';
import { groupChanges, isOperation, refKey } from '../group-changes.ts';
import type { Plan } from '../model.ts';
import { readsSource } from '../source-reads.ts';
import type { VariableOf } from './calls.ts';
import { variables } from './commands.ts';
import { FUNCTIONS, HELPERS, type Helper } from './preamble.ts';
import { linesOf } from './steps.ts';
import { jmesText, ruleWord } from './words.ts';

/** How many copies of images the destination region has in progress at most (EC2 User Guide, "Copy an Amazon EC2 AMI"). */
const COPIES_IN_PROGRESS = 100;

/** The plan as a script for `sh` that calls the AWS CLI. */
export function planScript(plan: Plan): string {
  const { source, target, steps } = plan;
  const used = new Set<Helper>();
  const variableOf = variables(steps);
  const lastGroup = steps.findLastIndex((step) => isOperation(step, 'create-security-group'));
  const body = steps.flatMap((step, i) => [
    '',
    `step ${i + 1} ${step.side} ${shellWord(visible(step.does))}`,
    ...linesOf(step.operation, {
      plan,
      step: step.id,
      made: variableOf(step.id).name,
      variableOf,
      use: (helper) => used.add(helper),
    }),
    ...(i === lastGroup ? groupChecks(plan, variableOf) : []),
  ]);
  if (lastGroup >= 0) for (const helper of ['rules_of', 'check_group'] as const) used.add(helper);
  const accounts = (
    [
      ['source', source],
      ['target', target],
    ] as const
  ).flatMap(([side, { account }]) =>
    account === null || !steps.some((s) => s.side === side || (side === 'source' && readsSource(s)))
      ? []
      : [`check_account ${side} ${shellWord(account)}`],
  );
  if (accounts.length > 0) used.add('check_account');
  const chosenKey = steps.some(({ operation }) => operation.type === 'copy-image' && operation.chosenKey);
  return [
    '#!/bin/sh',
    '# The remediation plan of ec2-parity, for the AWS CLI version 2. See plan.md for what each step resolves.',
    '# Run it as: sh plan.sh --dry-run, then: sh plan.sh',
    '# shellcheck disable=SC1003,SC2016 # Backslashes in single quotes are parts of texts, backquotes literals of JMESPath.',
    'set -eu',
    '',
    '# The profiles of the AWS CLI (empty: the default one) and the regions.',
    `SOURCE_PROFILE=\${SOURCE_PROFILE-${shellWord(source.profile ?? '')}}`,
    `SOURCE_REGION=\${SOURCE_REGION-${shellWord(source.region)}}`,
    `TARGET_PROFILE=\${TARGET_PROFILE-${shellWord(target.profile ?? '')}}`,
    `TARGET_REGION=\${TARGET_REGION-${shellWord(target.region)}}`,
    '# How many minutes to wait for one image.',
    `WAIT_MINUTES=\${WAIT_MINUTES-180}`,
    '# How many copies of images may be in progress on the target.',
    `COPIES_IN_PROGRESS=\${COPIES_IN_PROGRESS-${plan.copiesAtOnce ?? COPIES_IN_PROGRESS}}`,
    ...(chosenKey
      ? [
          '# A customer managed KMS key of the target that the accounts which launch the copies may use.',
          `TARGET_KMS_KEY=\${TARGET_KMS_KEY-${shellWord(plan.kmsKey ?? '')}}`,
        ]
      : []),
    `step_count=${steps.length}`,
    'step_number=0',
    FUNCTIONS.trimEnd(),
    ...(Object.keys(HELPERS) as Helper[])
      .filter((name) => used.has(name))
      .map((name) => HELPERS[name].trimEnd()),
    '',
    ...(chosenKey
      ? [
          'if [ "$dry_run" = no ] && [ -z "$TARGET_KMS_KEY" ]; then',
          "  fail 'set TARGET_KMS_KEY to a customer managed KMS key of the target region'",
          'fi',
        ]
      : []),
    ...accounts,
    ...body,
    '',
    steps.length === 0
      ? "printf '%s\\n' 'The plan has no steps.'"
      : "printf '%s\\n' 'All steps are done. Audit the two sides again to verify the result.'",
    '',
  ].join('\n');
}

/** Once all groups are known: whether those that existed are as the plan makes them, before anything refers to them. */
function groupChecks(plan: Plan, variableOf: VariableOf): string[] {
  const made = [...groupChanges(plan).groups.values()].flatMap(({ made: step }) => (step ? [step] : []));
  return made.map(({ id, operation }) => {
    const query = `SecurityGroups[?Description==${jmesText(operation.description)}].[GroupId]`;
    const rules = plan.steps.flatMap((step) =>
      isOperation(step, 'authorize-rules') && refKey(step.operation.group) === refKey({ madeBy: id })
        ? step.operation.rules.map((rule) => ruleWord(rule, step.operation.direction, variableOf))
        : [],
    );
    return ['check_group', `"$${variableOf(id).name}"`, shellWord(query), ...rules].join(' ');
  });
}
