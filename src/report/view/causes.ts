import { count, thousands } from '../../text/counts.ts';
import { andMore } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Cause, Report } from '../model.ts';
import { WORKLOAD_VERDICTS, type WorkloadVerdict } from '../vocabulary.ts';
import { type CommandView, commandViews } from './commands.ts';
import { kindWord, WORKLOAD_LABELS } from './labels.ts';
import type { FindingLink, LinkOf } from './workloads.ts';

export interface CauseView {
  readonly anchor: string;
  readonly title: string;
  readonly remedy: string;
  readonly commands: readonly CommandView[];
  /** `3 commands`, or empty. */
  readonly commandsText: string;
  /** `3 findings, 5 workloads`. */
  readonly countText: string;
  /** The worst that it does to a workload; empty where it touches none. */
  readonly verdict: WorkloadVerdict | '';
  readonly verdictLabel: string;
  readonly workloads: readonly {
    readonly kindWord: string;
    readonly name: string;
    readonly verdict: WorkloadVerdict;
  }[];
  /** `and 3 more`, or empty. */
  readonly moreWorkloads: string;
  readonly findings: readonly FindingLink[];
  readonly moreFindings: string;
}

/** What one fix resolves besides a finding. */
export interface SharedCause {
  readonly anchor: string;
  readonly title: string;
  /** `resolves 3 findings`. */
  readonly text: string;
}

/** `7 block a workload, 6 degrade it, 2 affect no workload.`: why the list is longer than the sentence says. */
export function causesSentence(causes: readonly CauseView[]): string {
  const n = (verdict: CauseView['verdict']) => causes.filter((c) => c.verdict === verdict).length;
  const parts: [number, string, string][] = [
    [n('blocked'), 'blocks a workload', 'block a workload'],
    [n('degraded'), 'degrades a workload', 'degrade a workload'],
    [n('unknown'), 'leaves a verdict unknown', 'leave a verdict unknown'],
    [n(''), 'affects no workload', 'affect no workload'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([n, one, many]) => count(n, one, many));
  // Where all do the same, the verdicts have said it.
  return said.length < 2 ? '' : `${said.join(', ')}.`;
}

const MOST_WORKLOADS = 8;
const MOST_FINDINGS = 12;

const anchorOf = (position: number) => `cause-${position + 1}`;

/** In the order of the report: what matters most first. */
export function causeViews(report: Report, linkOf: LinkOf): CauseView[] {
  return (report.causes ?? []).map((cause, i) => causeView(cause, anchorOf(i), linkOf));
}

function causeView(cause: Cause, anchor: string, linkOf: LinkOf): CauseView {
  const findings = cause.findings.flatMap((fingerprint) => linkOf(fingerprint) ?? []);
  const commands = commandViews(cause.commands);
  const verdicts = new Set(cause.workloads.map((w) => w.verdict));
  const worst = WORKLOAD_VERDICTS.find((v) => verdicts.has(v));
  const workloads = WORKLOAD_VERDICTS.flatMap((v) => cause.workloads.filter((w) => w.verdict === v));
  return {
    anchor,
    title: titleOf(cause),
    remedy: visible(cause.remedy),
    commands,
    commandsText: commands.length === 0 ? '' : count(commands.length, 'command'),
    countText: [
      count(cause.findings.length, 'finding'),
      ...(workloads.length > 0 ? [count(workloads.length, 'workload')] : []),
    ].join(', '),
    verdict: worst ?? '',
    verdictLabel: worst ? WORKLOAD_LABELS[worst] : '',
    workloads: workloads.slice(0, MOST_WORKLOADS).map((w) => ({
      kindWord: kindWord(w.kind),
      name: visible(w.name),
      verdict: w.verdict,
    })),
    moreWorkloads: andMore(workloads.length - MOST_WORKLOADS),
    findings: findings.slice(0, MOST_FINDINGS),
    moreFindings: andMore(findings.length - MOST_FINDINGS),
  };
}

/** A heading, which may have been a sentence. */
function titleOf({ title }: Cause): string {
  return visible(title).replace(/\.$/, '');
}

/** Which findings share their fix with others, and with how many. */
export function sharedCauses(causes: Report['causes']): Map<string, SharedCause> {
  const shared = new Map<string, SharedCause>();
  (causes ?? []).forEach((cause, i) => {
    if (cause.findings.length < 2) return;
    const said = {
      anchor: anchorOf(i),
      title: titleOf(cause),
      text: `one fix resolves ${thousands(cause.findings.length)} findings`,
    };
    for (const fingerprint of cause.findings) shared.set(fingerprint, said);
  });
  return shared;
}
