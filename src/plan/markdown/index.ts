import type { Report } from '../../report/model.ts';
import { text } from '../../text/markdown.ts';
import type { DeclaredFormats } from '../declared.ts';
import type { Plan } from '../model.ts';
import { simulatedText } from '../summary.ts';
import { declaredSections } from './declared.ts';
import { leftSections } from './left.ts';
import { orderReasons } from './order.ts';
import { instructions, overview } from './overview.ts';
import { stepSections } from './steps.ts';
import { findingTexts, shown } from './words.ts';

/** `plan.md`: what the plan does, how it is run, each step with its reason, and what is left to a person. */
export function planMarkdown(plan: Plan, report: Report, formats: DeclaredFormats): string {
  const texts = findingTexts(report);
  const { source, target, steps, simulated } = plan;
  const hasSteps = steps.length > 0;
  return `${[
    `# Remediation plan: ${shown(source.region)} to ${shown(target.region)}`,
    `${simulatedText(plan)} Nothing has been executed: \`plan.sh\` makes the changes when a person runs it.`,
    ...(hasSteps ? [...overview(plan, report), ...instructions(plan), ...stepSections(plan, texts)] : []),
    ...leftSections(plan, texts.full),
    ...(simulated.notes.length === 0
      ? []
      : [
          `## New findings of severity info (${simulated.notes.length})`,
          'An audit after the plan finds these, and does not now.',
          simulated.notes.map(({ rule, message }) => `- ${text(rule)}: ${shown(message)}`).join('\n'),
        ]),
    ...(hasSteps && simulated.notLookedAt.length > 0
      ? [
          `## What the simulation did not look at (${simulated.notLookedAt.length})`,
          'This was not read. An audit that reads it can have findings after the plan that are not simulated.',
          simulated.notLookedAt
            .map(({ what, side, because }) => `- ${text(what)}, of the ${side}. ${text(because)}`)
            .join('\n'),
        ]
      : []),
    ...(hasSteps
      ? [
          '## Why this order',
          orderReasons(plan)
            .map((reason) => `- ${reason}`)
            .join('\n'),
          ...declaredSections(plan, formats),
        ]
      : []),
  ].join('\n\n')}\n`;
}
