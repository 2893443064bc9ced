import { visible } from '../../text/printable.ts';
import type { Gap, Report } from '../model.ts';
import { SEVERITIES } from '../vocabulary.ts';
import { alikeGaps } from './alike-gaps.ts';
import { type CauseView, causesSentence, causeViews, sharedCauses } from './causes.ts';
import { type CommandView, commandViews } from './commands.ts';
import { type ContentView, contentView } from './content.ts';
import { anchorsOf, type FindingContext, type FindingView, findingView } from './finding.ts';
import { type SeverityGroupView, severityGroups } from './groups.ts';
import { kindWord, SIDE_LABELS, STATE_LABELS, VERDICT_LABELS } from './labels.ts';
import { type MappingRow, mappingRows, translatedSentence } from './mapping.ts';
import { noticesOf } from './notices.ts';
import {
  completenessSentence,
  findingsSentence,
  type MatrixRow,
  matrix,
  type SeverityCount,
  type SideView,
  severityCounts,
  sideView,
} from './summary.ts';
import { moment } from './text.ts';
import { findingLinks, type WorkloadView, workloadViews } from './workloads.ts';

export type { CauseView } from './causes.ts';
export { type CommandView, commandViews } from './commands.ts';
export type { ContentView } from './content.ts';
export type { DifferenceRow, Part } from './difference.ts';
export { type FindingView, findingView } from './finding.ts';
export { webLink } from './groups.ts';
export { KIND_LABELS } from './labels.ts';
export type { MappingRow } from './mapping.ts';
export type { SideView } from './summary.ts';
export type { TrafficView } from './traffic.ts';
export {
  type ChainView,
  findingLinks,
  type WorkloadView,
  workloadsInOrder,
  workloadViews,
} from './workloads.ts';

export interface GapView {
  readonly side: string;
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly commands: readonly CommandView[];
}

export interface WaivedView extends FindingView {
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}

/** Plain data, every field present: what templates and the terminal place without thinking. */
export interface ReportView {
  readonly tool: string;
  readonly schemaVersion: number;
  readonly phase: Report['phase'];
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verdict: Report['verdict'];
  readonly verdictLabel: string;
  readonly complete: boolean;
  readonly completeness: string;
  /** What a reader has to know of the whole report: a restriction, a doubt, what was not looked at. */
  readonly notices: readonly string[];
  readonly findingsSentence: string;
  readonly source: SideView;
  readonly target: SideView;
  readonly sides: readonly [SideView, SideView];
  readonly blocking: readonly GapView[];
  readonly limits: readonly GapView[];
  readonly gapsCount: number;
  /** Whether all that was not read was left out on purpose: then it can wait. */
  readonly onlyLimits: boolean;
  readonly severities: readonly SeverityCount[];
  readonly matrix: readonly MatrixRow[];
  readonly states: readonly string[];
  readonly groups: readonly SeverityGroupView[];
  readonly findings: readonly FindingView[];
  /** VPCs, address ranges and names that were paired or translated. */
  readonly mapping: readonly MappingRow[];
  readonly translated: string;
  /** What was compared of the content of images; empty without --verify-content. */
  readonly content: ContentView;
  /** Worst first. */
  readonly workloads: readonly WorkloadView[];
  /** What one fix resolves, the most important first. */
  readonly causes: readonly CauseView[];
  /** How many of them do what to workloads. */
  readonly causesText: string;
  readonly waived: readonly WaivedView[];
  readonly resolved: readonly FindingView[];
}

export function reportView(report: Report): ReportView {
  const context: FindingContext = {
    rules: new Map(report.rules.map((r) => [r.id, r])),
    anchors: anchorsOf([...report.findings, ...report.waived]),
    causes: sharedCauses(report.causes),
    aged:
      report.baseline !== undefined ||
      report.resolved.length > 0 ||
      report.findings.some((f) => f.status !== 'new'),
  };
  // Worst first, independent of the order in the file; within a severity the file's order, which is total.
  const bySeverity = SEVERITIES.map((severity) => report.findings.filter((f) => f.severity === severity));
  const findings = bySeverity.flat().map((f) => findingView(f, context));
  const severities = severityCounts(report.findings);
  const rows = matrix(report);
  const linkOf = findingLinks(report, context.anchors);
  const workloads = workloadViews(report, linkOf);
  const causes = causeViews(report, linkOf);
  const source = sideView('source', report);
  const target = sideView('target', report);
  return {
    mapping: mappingRows(report.mapping),
    translated: translatedSentence(report.mapping),
    tool: visible(`${report.tool.name} ${report.tool.version}`),
    schemaVersion: report.schemaVersion,
    phase: report.phase,
    startedAt: moment(report.startedAt),
    finishedAt: moment(report.finishedAt),
    verdict: report.verdict,
    verdictLabel: VERDICT_LABELS[report.verdict],
    complete: report.complete,
    completeness: completenessSentence(report),
    notices: noticesOf(report),
    findingsSentence: findingsSentence(severities),
    source,
    target,
    sides: [source, target],
    blocking: gapViews(report.gaps.filter((g) => g.blocking)),
    limits: gapViews(report.gaps.filter((g) => !g.blocking)),
    gapsCount: report.gaps.length,
    onlyLimits: report.gaps.length > 0 && !report.gaps.some((g) => g.blocking),
    severities,
    matrix: rows,
    states: Object.values(STATE_LABELS),
    groups: severityGroups(findings, context.rules),
    findings,
    content: contentView(report.content),
    workloads,
    causes,
    causesText: causesSentence(causes),
    waived: report.waived.map((f) => ({
      ...findingView(f, context),
      reason: visible(f.waiver.reason),
      owner: visible(f.waiver.owner ?? ''),
      until: moment(f.waiver.until ?? ''),
    })),
    resolved: report.resolved.map((f) => findingView(f, context)),
  };
}

/** What is said of several kinds in the same words is said once. */
function gapViews(gaps: readonly Gap[]): GapView[] {
  return alikeGaps(gaps).map(({ first, kinds }) =>
    gapView({ ...first, kind: kinds.map(kindWord).join(', ') }),
  );
}

function gapView(gap: Gap): GapView {
  return {
    side: SIDE_LABELS[gap.side],
    kind: visible(gap.kind),
    code: gap.code,
    message: visible(gap.message),
    hint: visible(gap.hint),
    commands: commandViews(gap.commands),
  };
}
