import { createHash } from 'node:crypto';
import { compare } from '../../src/comparator/compare.ts';
import type { Config } from '../../src/comparator/config.ts';
import { type Baseline, baselineOf } from '../../src/drift/baseline.ts';
import { withHistory } from '../../src/drift/history.ts';
import type { Ledger } from '../../src/drift/ledger.ts';
import { filledFrom } from '../../src/drift/mover.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { snapshotText } from '../../src/inventory/snapshot-text.ts';
import { exitCode } from '../../src/report/gate.ts';
import { headline } from '../../src/report/headline.ts';
import type { Report } from '../../src/report/model.ts';
import { type Estate, snapshotOf } from '../kit/estate.ts';

export interface Sides {
  readonly source: Estate;
  readonly target: Estate;
}

/** What one night came to, in the words of the table. */
export interface Outcome {
  readonly new: readonly string[];
  readonly worsened: readonly string[];
  readonly resolved: readonly string[];
  readonly unchecked: number;
  readonly mover: string;
  readonly headline: string;
  readonly exit: number;
}

/** A scheduled job: each night compares with the report of the night before, and keeps a history. */
export class Job {
  #night = 0;
  #last: Report | null = null;
  #ledger: Ledger | null = null;
  #before: { source: Snapshot; target: Snapshot } | null = null;

  get last(): Report | null {
    return this.#last;
  }

  get ledger(): Ledger | null {
    return this.#ledger;
  }

  run(sides: Sides, options: { config?: Config; baseline?: Baseline; version?: string } = {}): Report {
    const day = (hours: number) => `2026-11-${String(this.#night + 1).padStart(2, '0')}T0${hours}:00:00.000Z`;
    const config = options.config ?? {};
    const version = options.version ?? '1.0.0';
    const taken = (region: string, estate: Estate) => snapshotOf(region, { takenAt: day(1), ...estate });
    const source = taken('us-east-1', sides.source);
    const target = taken('eu-west-1', sides.target);
    const auditOf = (from: Snapshot, to: Snapshot, baseline?: Baseline) =>
      compare({
        source: from,
        target: to,
        config,
        phase: 'drift',
        scopes: ['key-pairs', 'security-groups', 'images', 'workloads'],
        baseline,
        startedAt: day(2),
        finishedAt: day(3),
        tool: { name: 'ec2-parity', version },
      });
    const baseline = options.baseline ?? (this.#last ? baselineOf(this.#last) : undefined);
    const { report, ledger } = withHistory(
      {
        report: auditOf(source, target, baseline),
        source: { snapshot: source, hash: hashOf(source) },
        target: { snapshot: target, hash: hashOf(target) },
        settings: JSON.stringify([config, version]),
        before: this.#before,
        auditOf,
      },
      this.#ledger,
    );
    this.#night += 1;
    this.#last = report;
    this.#ledger = ledger;
    this.#before = this.#before
      ? { source: filledFrom(source, this.#before.source), target: filledFrom(target, this.#before.target) }
      : { source, target };
    return report;
  }
}

function hashOf(snapshot: Snapshot): string {
  return createHash('sha256')
    .update(snapshotText({ ...snapshot, takenAt: '' }))
    .digest('hex');
}

export function outcomeOf(report: Report): Outcome {
  const named = (f: Report['findings'][number]) => `${f.rule} ${f.subject.name}`;
  const by = (status: string) => report.findings.filter((f) => f.status === status);
  const changed = [...by('new'), ...by('worsened'), ...report.resolved];
  return {
    new: by('new').map(named),
    worsened: by('worsened').map(named),
    resolved: report.resolved.map(named),
    unchecked: report.unchecked.length,
    mover: [...new Set(changed.map((f) => f.moved?.side ?? 'unknown'))].join(', '),
    headline: headline(report, 'high').sentence,
    exit: exitCode(report, 'high'),
  };
}
