import type { Report } from '../../report/model.ts';
import { SEVERITIES, type SideName } from '../../report/vocabulary.ts';
import { capital } from '../../text/capital.ts';
import { count } from '../../text/counts.ts';
import { listed } from '../../text/lists.ts';
import type { Plan, PlanSide, Step } from '../model.ts';
import { readsSource } from '../source-reads.ts';
import { kindLines } from './order.ts';
import { shown, stepsText } from './words.ts';

/** What the plan does as a whole: before a person reads step by step. */
export function overview(plan: Plan, report: Report): string[] {
  const { resolves, left } = plan;
  return [
    '## What this plan does',
    kindLines(plan)
      .map((line) => `- ${line}`)
      .join('\n'),
    [
      ...(resolves.length === 0 ? [] : [`It resolves ${severities(resolves, report)}.`]),
      ...(left.length === 0
        ? []
        : [
            `It leaves ${severities(
              left.map((l) => l.fingerprint),
              report,
            )}.`,
          ]),
      ...removals(plan),
    ].join(' '),
    [places(plan), cost(plan)].join(' '),
  ];
}

/** How the script is run, with what it needs. */
export function instructions(plan: Plan): string[] {
  const chosenKey = plan.steps.some(
    ({ operation }) => operation.type === 'copy-image' && operation.chosenKey,
  );
  const lines = [
    'Read the steps below, and the output of `sh plan.sh --dry-run`, which prints each command and calls nothing.',
    credentials(plan),
    ...(chosenKey
      ? [
          plan.kmsKey === undefined
            ? 'Set the variable TARGET_KMS_KEY to a customer managed KMS key of the target that the accounts which launch the copies may use.'
            : `The copies are encrypted with the KMS key ${shown(plan.kmsKey)} of the config (plan.kmsKey), unless the variable TARGET_KMS_KEY names another one.`,
        ]
      : []),
    'Run `sh plan.sh`. When it stops, run it again: it continues where it stopped.',
    'Audit the two sides again.',
  ];
  return ['## How to run it', lines.map((line, i) => `${i + 1}. ${line}`).join('\n')];
}

/** "2 critical and 3 high findings". */
function severities(fingerprints: readonly string[], { findings }: Report): string {
  const wanted = new Set(fingerprints);
  const counts = SEVERITIES.map((severity) => ({
    severity,
    n: findings.filter((f) => f.severity === severity && wanted.has(f.fingerprint)).length,
  })).filter(({ n }) => n > 0);
  const all = listed(
    counts.map(({ severity, n }) => `${count(n, severity, severity)}`),
    counts.length,
  );
  return `${all} ${fingerprints.length === 1 ? 'finding' : 'findings'}`;
}

/** A plan deletes no objects. What it takes away is said at the top. */
function removals({ steps }: Plan): string[] {
  const revoked = numbersOf(
    steps,
    ({ operation }) => operation.type === 'revoke-rules' && 'id' in operation.group,
  );
  const removed = numbersOf(
    steps,
    ({ operation }) => operation.type === 'change-prefix-list' && operation.remove.length > 0,
  );
  return [
    'It deletes no object.',
    ...(revoked.length === 0
      ? []
      : [
          `It revokes rules that groups of the target have now, which --allow-revoke allows (${stepsText(revoked)}).`,
        ]),
    ...(removed.length === 0
      ? []
      : [`It removes entries of prefix lists, which --allow-revoke allows (${stepsText(removed)}).`]),
  ];
}

/** Which steps change which side. */
function places({ source, target, steps }: Plan): string {
  const onSource = numbersOf(steps, ({ side }) => side === 'source');
  const reading = numbersOf(steps, readsSource);
  const [one, other] = [placeText('source', source), placeText('target', target)];
  const change =
    onSource.length === 0
      ? `All steps change ${other}; nothing is changed on ${one}.`
      : onSource.length === steps.length
        ? `All steps change ${one}.`
        : `${capital(stepsText(onSource))} ${onSource.length === 1 ? 'changes' : 'change'} ${one}, all others ${other}.`;
  return reading.length === 0
    ? change
    : `${change} ${capital(stepsText(reading))} ${reading.length === 1 ? 'reads' : 'read'} launch templates of the source when the script runs.`;
}

function placeText(side: SideName, { account, region }: PlanSide): string {
  return `the ${side} (${shown(region)}${account === null ? '' : ` of account ${shown(account)}`})`;
}

/** What is known of cost and time. */
function cost({ steps }: Plan): string {
  const copies = numbersOf(steps, ({ operation }) => operation.type === 'copy-image');
  return copies.length === 0
    ? 'No step copies data: each takes seconds.'
    : `Copies of images (${stepsText(copies)}) take minutes to hours, and the script waits for them; every other step takes seconds. AWS charges for the transfer of a copy between regions and for its snapshots.`;
}

function credentials({ source, target, steps }: Plan): string {
  const needsSource = steps.some((step) => step.side === 'source' || readsSource(step));
  const profile = (side: 'SOURCE' | 'TARGET', { profile: name }: PlanSide) =>
    `${side}_PROFILE (${name === undefined ? 'empty: the default profile' : shown(name)})`;
  const known = [...(needsSource ? [source] : []), target].some(({ account }) => account !== null);
  const isKnown = source.account !== null && target.account !== null;
  const apart =
    needsSource && isKnown && source.account !== target.account && source.profile === target.profile;
  const profiles = [...(needsSource ? [profile('SOURCE', source)] : []), profile('TARGET', target)];
  return `${needsSource ? 'The variables' : 'The variable'} ${listed(profiles)} ${
    needsSource ? 'name the profiles' : 'names the profile'
  } of the AWS CLI whose credentials are used.${
    known ? ' The script stops before the first step if they are of another account.' : ''
  }${apart ? ' The two sides are two accounts, so that at least one profile has to be set.' : ''}`;
}

function numbersOf(steps: readonly Step[], is: (step: Step) => boolean): number[] {
  return steps.flatMap((step, i) => (is(step) ? [i + 1] : []));
}
