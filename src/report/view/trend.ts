import { thousands } from '../../text/counts.ts';
import type { Report } from '../model.ts';
import { SEVERITIES, type Severity } from '../vocabulary.ts';
import { minute } from './drift.ts';

/** The counts of findings by severity over the runs of a ledger: a drawing, and the same as a table. */
export interface TrendView {
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly {
    readonly severity: Severity;
    readonly colour: string;
    readonly points: string;
  }[];
  /** What the highest point of the drawing counts. */
  readonly most: string;
  readonly first: string;
  readonly last: string;
  readonly severities: readonly Severity[];
  /** Latest first. */
  readonly rows: readonly {
    readonly when: string;
    readonly counts: readonly string[];
    readonly note: string;
  }[];
  readonly more: string;
}

const SIZE = { width: 640, height: 120, edge: 4 } as const;
const MOST_ROWS = 30;
/** Each severity also has its own row in the table, so that no reader depends on colour. */
const COLOURS = {
  critical: '#a4133c',
  high: '#d9480f',
  medium: '#b08900',
  low: '#1c7ed6',
  info: '#868e96',
} as const satisfies Record<Severity, string>;

/** Null where one entry says nothing of time. */
export function trendView({ history }: Pick<Report, 'history'>): TrendView | null {
  if (!history || history.trend.length < 2) return null;
  const { trend } = history;
  const most = Math.max(1, ...trend.flatMap((t) => SEVERITIES.map((s) => t.bySeverity[s] ?? 0)));
  const x = scale(trend);
  const y = (n: number) => round(SIZE.height - SIZE.edge - (n / most) * (SIZE.height - 2 * SIZE.edge));
  const severities = SEVERITIES.filter((s) => trend.some((t) => (t.bySeverity[s] ?? 0) > 0));
  const first = trend[0];
  const last = trend.at(-1);
  const change = (s: Severity) => (last?.bySeverity[s] ?? 0) - (first?.bySeverity[s] ?? 0);
  return {
    summary: `Findings over ${thousands(history.runs)} runs since ${minute(history.since)}: ${severities
      .map((s) => `${thousands(last?.bySeverity[s] ?? 0)} ${s} (${signed(change(s))})`)
      .join(', ')}.`,
    width: SIZE.width,
    height: SIZE.height,
    lines: severities.map((severity) => ({
      severity,
      colour: COLOURS[severity],
      // A run that read and found the same as the one before extends its entry: the line is level there.
      points: trend
        .flatMap((t, i) => [x(t.from, i), x(t.to, i)].map((at) => `${at},${y(t.bySeverity[severity] ?? 0)}`))
        .join(' '),
    })),
    most: thousands(most),
    first: minute(first?.from ?? ''),
    last: minute(last?.to ?? ''),
    severities,
    rows: [...trend]
      .reverse()
      .slice(0, MOST_ROWS)
      .map((t) => ({
        when: t.from === t.to ? minute(t.from) : `${minute(t.from)} to ${minute(t.to)}`,
        counts: severities.map((s) => thousands(t.bySeverity[s] ?? 0)),
        note: t.complete ? '' : 'incomplete',
      })),
    more:
      trend.length > MOST_ROWS
        ? `${thousands(trend.length - MOST_ROWS)} earlier entries are in report.json.`
        : '',
  };
}

/** By time; by order where the times of a report are none. */
function scale(trend: NonNullable<Report['history']>['trend']): (time: string, index: number) => number {
  const room = SIZE.width - 2 * SIZE.edge;
  const [start, end] = [Date.parse(trend[0]?.from ?? ''), Date.parse(trend.at(-1)?.to ?? '')];
  const byTime = trend.every((t) => !Number.isNaN(Date.parse(t.from)) && !Number.isNaN(Date.parse(t.to)));
  if (byTime && end > start)
    return (time) => round(SIZE.edge + ((Date.parse(time) - start) / (end - start)) * room);
  return (_, index) => round(SIZE.edge + (index / Math.max(1, trend.length - 1)) * room);
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

function signed(n: number): string {
  return n > 0 ? `+${thousands(n)}` : n < 0 ? `-${thousands(-n)}` : '±0';
}
