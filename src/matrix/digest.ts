import { exitCode } from '../report/gate.ts';
import { headline, workloadCounts } from '../report/headline.ts';
import type { Report } from '../report/model.ts';
import { type FailOn, SEVERITIES } from '../report/vocabulary.ts';
import type { AuditedPair } from './model.ts';
import { type Seen, seenIn } from './repeated.ts';

/** What the roll-up needs of a report. Reports of large estates take hundreds of megabytes, and a roll-up has many. */
export interface Digest {
  readonly pair: AuditedPair;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly byRule: Readonly<Record<string, number>>;
  readonly seen: readonly Seen[];
}

/**
 * @param failOn The gate of this pair.
 * @param path The file of the report; null where it was not written.
 */
export function digestOf(name: string, report: Report, failOn: FailOn, path: string | null): Digest {
  return {
    pair: auditedPair(name, report, failOn, path),
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
    byRule: report.summary.byRule,
    seen: seenIn(name, report),
  };
}

function auditedPair(name: string, report: Report, failOn: FailOn, path: string | null): AuditedPair {
  const { source, target, findings, resolved } = report;
  const statuses = countsOf(
    ['new', 'worsened', 'persisting'] as const,
    findings.map(({ status }) => status),
  );
  return {
    state: 'audited',
    name,
    source: { account: source.account, region: source.region },
    target: { account: target.account, region: target.region },
    report: path,
    phase: report.phase,
    failOn,
    verdict: report.verdict,
    complete: report.complete,
    exitCode: exitCode(report, failOn),
    headline: headline(report, failOn).sentence,
    workloads: workloadCounts(report),
    findings: countsOf(
      SEVERITIES,
      findings.map(({ severity }) => severity),
    ),
    waived: report.waived.length,
    changed: report.baseline
      ? { new: statuses.new, worsened: statuses.worsened, resolved: resolved.length }
      : null,
  };
}

/** How often each word occurs. */
export function countsOf<Word extends string>(
  words: readonly Word[],
  found: readonly Word[],
): Readonly<Record<Word, number>> {
  return Object.fromEntries(words.map((word) => [word, found.filter((f) => f === word).length])) as Record<
    Word,
    number
  >;
}
