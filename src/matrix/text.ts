import { count, thousands } from '../text/counts.ts';
import { visible } from '../text/printable.ts';
import type { AuditedPair, FailedPair, Rollup, RollupSide } from './model.ts';

export function auditedOf({ pairs }: Rollup): AuditedPair[] {
  return pairs.filter((pair) => pair.state === 'audited');
}

export function failedOf({ pairs }: Rollup): FailedPair[] {
  return pairs.filter((pair) => pair.state === 'failed');
}

/** "us-east-1 (111111111111)", the account where it is known. */
export function placeText({ account, region }: RollupSide): string {
  return account === null ? visible(region) : `${visible(region)} (${visible(account)})`;
}

/** Whether one of the pairs was compared with a baseline: the columns of what changed are for those. */
export function hasChanges(rollup: Rollup): boolean {
  return auditedOf(rollup).some(({ changed }) => changed !== null);
}

interface Column {
  readonly head: string;
  readonly figure: (pair: AuditedPair) => number | null;
}

const CHANGED: readonly Column[] = [
  { head: 'new', figure: ({ changed }) => changed?.new ?? null },
  { head: 'worsened', figure: ({ changed }) => changed?.worsened ?? null },
  { head: 'resolved', figure: ({ changed }) => changed?.resolved ?? null },
];

/** The figures of a pair that every format has, from left to right. */
export function columnsOf(rollup: Rollup): readonly Column[] {
  return [
    { head: 'blocked', figure: ({ workloads }) => workloads.blocked },
    { head: 'degraded', figure: ({ workloads }) => workloads.degraded },
    { head: 'unknown', figure: ({ workloads }) => workloads.unknown },
    { head: 'launchable', figure: ({ workloads }) => workloads.launchable },
    { head: 'critical', figure: ({ findings }) => findings.critical },
    { head: 'high', figure: ({ findings }) => findings.high },
    ...(hasChanges(rollup) ? CHANGED : []),
    { head: 'exit code', figure: ({ exitCode }) => exitCode },
  ];
}

/** A figure of a table: a dash where there is none. */
export function figureText(figure: number | null): string {
  return figure === null ? '-' : thousands(figure);
}

/** The result in one sentence: "2 of 3 pairs fail, 1 could not be audited". */
export function sentenceOf(rollup: Rollup): string {
  const { pairs, failed, byExitCode } = rollup.summary;
  if (pairs === 0) return 'no pair was audited';
  const parts = [
    ...(byExitCode['1'] > 0
      ? [`${ofPairs(byExitCode['1'], pairs)} ${byExitCode['1'] === 1 ? 'fails' : 'fail'}`]
      : []),
    ...(byExitCode['3'] > 0 ? [`${thousands(byExitCode['3'])} incomplete`] : []),
    ...(failed > 0 ? [`${thousands(failed)} could not be audited`] : []),
    ...(byExitCode['0'] > 0
      ? [`${thousands(byExitCode['0'])} ${byExitCode['0'] === 1 ? 'passes' : 'pass'}`]
      : []),
  ];
  if (byExitCode['0'] === pairs)
    return pairs === 1 ? 'the only pair passes' : `all ${count(pairs, 'pair')} pass`;
  return parts.join(', ');
}

function ofPairs(some: number, all: number): string {
  return all === 1 ? 'the only pair' : `${thousands(some)} of ${count(all, 'pair')}`;
}

/** What decides the exit code. */
export function exitReason({ exitCode }: Rollup): string {
  return EXIT_REASONS[exitCode];
}

const EXIT_REASONS = {
  0: 'Every pair was read completely, and none has a finding at or above its --fail-on.',
  1: 'At least one pair has a finding at or above its --fail-on.',
  2: 'At least one pair could not be audited.',
  3: 'At least one pair could not be read completely, and none has a finding at or above its --fail-on.',
} as const satisfies Record<Rollup['exitCode'], string>;

/** The sign before the sentence, as in reports. */
export function signOf({ exitCode }: Rollup): 'fails' | 'unknown' | 'passes' {
  return exitCode === 0 ? 'passes' : exitCode === 3 ? 'unknown' : 'fails';
}
