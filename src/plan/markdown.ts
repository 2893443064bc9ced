import type { Finding, Report } from '../report/model.ts';
import { count } from '../text/counts.ts';
import { fenced, text } from '../text/markdown.ts';
import { visible } from '../text/printable.ts';
import type { DeclaredFormats } from './declared.ts';
import { declaredSections } from './declared-text.ts';
import type { Left, Plan, Step } from './model.ts';
import { simulatedText } from './summary.ts';

/** `plan.md`: each step with what it resolves, and what is left to a person. */
export function planMarkdown(plan: Plan, report: Report, formats: DeclaredFormats): string {
  const byFingerprint = new Map(report.findings.map((f) => [f.fingerprint, f]));
  const name = (fingerprint: string) => findingText(byFingerprint.get(fingerprint), fingerprint);
  const { source, target, steps, left, simulated } = plan;
  return `${[
    `# Remediation plan: ${shown(source.region)} to ${shown(target.region)}`,
    `${simulatedText(plan)} Nothing has been executed: \`plan.sh\` makes the changes when a person runs it.`,
    ...(steps.length === 0
      ? []
      : [
          [
            '1. Read the steps below, and `sh plan.sh --dry-run`, which prints each command and calls nothing.',
            '2. Run `sh plan.sh`. When it stops, run it again: it continues where it stopped.',
            '3. Audit the two sides again.',
          ].join('\n'),
          ...declaredSections(plan, formats),
          `## Steps (${steps.length})`,
          ...steps.flatMap((step, i) => stepSection(step, i + 1, steps, name)),
        ]),
    ...(simulated.notes.length === 0
      ? []
      : [
          `## Of severity info after the plan (${simulated.notes.length})`,
          simulated.notes.map(({ rule, message }) => `- ${text(rule)}: ${shown(message)}`).join('\n'),
        ]),
    ...(left.length === 0
      ? []
      : [`## Left to a person (${left.length})`, left.map((one) => leftLine(one, name)).join('\n')]),
  ].join('\n\n')}\n`;
}

function stepSection(
  { does, side, needs, resolves, notes = [], commands }: Step,
  number: number,
  steps: readonly Step[],
  name: (fingerprint: string) => string,
): string[] {
  const after = needs.map((need) => steps.findIndex((s) => s.id === need) + 1).filter((n) => n > 0);
  const facts = [
    `Runs on the ${side}.`,
    ...(after.length > 0
      ? [`After ${count(after.length, 'step').replace(/^\S+ /, '')} ${numbers(after)}.`]
      : []),
    ...notes,
  ];
  return [
    `### ${number}. ${shown(does)}`,
    facts.map(shown).join(' '),
    ...(resolves.length > 0 ? [`Resolves:\n\n${resolves.map((f) => `- ${name(f)}`).join('\n')}`] : []),
    ...(commands.length > 0
      ? [
          fenced(
            'sh',
            commands.map(({ shell }) => visible(shell)),
          ),
        ]
      : []),
  ];
}

function numbers(all: readonly number[]): string {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted.length > 8 ? `${sorted.slice(0, 8).join(', ')} and more` : sorted.join(', ');
}

function leftLine({ fingerprint, because }: Left, name: (fingerprint: string) => string): string {
  return `- ${name(fingerprint)}\n  ${shown(because)}`;
}

function findingText(finding: Finding | undefined, fingerprint: string): string {
  if (!finding) return `\`${fingerprint}\``;
  const { rule, severity, subject } = finding;
  const scope = subject.scope === null ? '' : ` (${shown(subject.scope)})`;
  return `${severity} ${text(rule)} ${shown(subject.name)}${scope} \`${fingerprint}\``;
}

function shown(data: string): string {
  return text(visible(data));
}
