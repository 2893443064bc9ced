import { capital } from '../../text/capital.ts';
import { thousands } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { andMore, atMost, listed } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import { exitSentence } from '../exit.ts';
import { headline, workloadCounts } from '../headline.ts';
import type { Report } from '../model.ts';
import { headingPlaces } from '../places.ts';
import { type FailOn, type Phase, SEVERITIES, WORKLOAD_VERDICTS } from '../vocabulary.ts';
import { omittedSentence, type PageData } from './island/omit.ts';
import { momentText } from './island/text.ts';
import { kindWords } from './labels.ts';
import { baselineNotice, noteSentence, onlySentence } from './notices.ts';
import { type PaperView, paperView } from './paper.ts';
import { type TrendView, trendView } from './trend.ts';

export interface LegendView {
  /** The class of its colour and the name of its mark. */
  readonly tone: string;
  readonly icon: string;
  readonly count: string;
  readonly word: string;
  /** Empty where there is nothing to show. */
  readonly href: string;
}

/** What the templates of the HTML report place. */
export interface PageView {
  readonly tool: string;
  readonly phase: string;
  readonly source: string;
  readonly target: string;
  readonly time: string;
  readonly title: string;
  readonly details: string;
  readonly sign: string;
  readonly state: string;
  readonly incomplete: string;
  readonly notices: readonly string[];
  /** A bar of shares; empty where nothing is counted. */
  readonly bar: readonly { readonly tone: string; readonly x: string; readonly width: string }[];
  readonly barText: string;
  readonly legend: readonly LegendView[];
  readonly sides: readonly {
    readonly name: string;
    readonly account: string;
    readonly read: string;
    readonly first: boolean;
  }[];
  readonly notLookedAt: string;
  readonly exit: string;
  readonly paper: PaperView;
  /** Counts of findings over the runs of the ledger; null without one. */
  readonly trend: TrendView | null;
}

export function pageView(
  report: Report,
  failOn: FailOn,
  { island, details }: PageData,
  maxBytes: number,
): PageView {
  const { sign, state, sentence, details: rest } = headline(report, failOn);
  const heading = headingPlaces(report.source, report.target);
  const shares = SHARES[report.phase](report);
  return {
    tool: visible(`${report.tool.name} ${report.tool.version}`),
    phase: capital(report.phase),
    source: visible(heading.source),
    target: visible(heading.target),
    time: momentText(report.finishedAt),
    title: capital(sentence),
    details: rest.join(' · '),
    sign,
    state: capital(state),
    incomplete: incompleteText(report),
    notices: [
      ...sentences(omittedSentence(island.omitted, maxBytes)),
      ...(report.only === null ? [] : [onlySentence(report.only)]),
      ...report.warnings.map(visible),
      ...baselineNotice(report.baseline),
      ...report.notes.map(noteSentence),
    ],
    trend: trendView(report),
    bar: barOf(shares),
    barText: shares.map(({ n, word }) => `${n} ${word}`).join(', '),
    legend: shares.map(({ tone, icon, n, word, href }) => ({
      tone,
      icon,
      count: thousands(n),
      word,
      href: n > 0 ? href : '',
    })),
    sides: (['source', 'target'] as const).map((side) => ({
      name: visible(heading[side]),
      account: visible(report[side].account ?? 'unknown account'),
      read: `${visible(report[side].origin)}, ${momentText(report[side].takenAt)}`,
      first: side === 'source',
    })),
    notLookedAt: notLookedAtText(report, heading),
    exit: exitSentence(report, failOn),
    paper: paperView(island, details),
  };
}

interface Share {
  readonly tone: string;
  readonly icon: string;
  readonly n: number;
  readonly word: string;
  readonly href: string;
}

function workloadShares(report: Report): Share[] {
  const counts = workloadCounts(report);
  if (counts.total === 0) return severityShares(report);
  return WORKLOAD_VERDICTS.map((verdict) => ({
    tone: verdict,
    icon: verdict,
    n: counts[verdict],
    word: verdict,
    href: `#/workloads?verdict=${verdict}`,
  }));
}

/** After a migration what did not arrive is no workload of the target, and is counted first. */
function arrivalShares(report: Report): Share[] {
  const missing = report.findings.filter((f) => f.rule === 'workload/missing').length;
  const shares = workloadShares(report);
  if (missing === 0) return shares;
  return [
    {
      tone: 'missing',
      icon: 'none',
      n: missing,
      word: 'missing',
      href: '#/findings?rule=workload%2Fmissing',
    },
    ...(workloadCounts(report).total === 0 ? [] : shares),
  ];
}

/** Without workloads the findings are what there is to count. */
function severityShares({ findings }: Report): Share[] {
  if (findings.length === 0) return [];
  return SEVERITIES.map((severity) => ({
    tone: `s-${severity}`,
    icon: 'dot',
    n: findings.filter((f) => f.severity === severity).length,
    word: severity,
    href: `#/findings?severity=${severity}`,
  }));
}

const STATUS_TONES = {
  new: 'blocked',
  worsened: 'degraded',
  persisting: 'persisting',
  unchecked: 'unknown',
  resolved: 'launchable',
} as const;

function statusShares({ findings, resolved, unchecked }: Report): Share[] {
  const per = (status: string) => findings.filter((f) => f.status === status).length;
  const counts = {
    new: per('new'),
    worsened: per('worsened'),
    persisting: per('persisting'),
    unchecked: unchecked.length,
    resolved: resolved.length,
  };
  return (Object.keys(STATUS_TONES) as (keyof typeof STATUS_TONES)[]).map((status) => ({
    tone: STATUS_TONES[status],
    icon: status === 'persisting' ? 'dot' : STATUS_TONES[status],
    n: counts[status],
    word: status,
    href: `#/findings?status=${status}`,
  }));
}

const SHARES = {
  readiness: workloadShares,
  verification: arrivalShares,
  drift: statusShares,
} as const satisfies Record<Phase, (report: Report) => Share[]>;

/** Shares of a width of 100, with two decimals. */
function barOf(shares: readonly Share[]): PageView['bar'] {
  const total = shares.reduce((sum, { n }) => sum + n, 0);
  let x = 0;
  return shares
    .filter(({ n }) => n > 0)
    .map(({ tone, n }) => {
      const width = (100 * n) / total;
      const piece = { tone, x: x.toFixed(2), width: width.toFixed(2) };
      x += width;
      return piece;
    });
}

const MOST_NAMED = 8;

function incompleteText({ complete, gaps }: Report): string {
  if (complete) return '';
  const blocking = gaps.filter((g) => g.blocking);
  if (blocking.length === 0)
    return 'Incomplete: something could not be read, so that what is not reported proves nothing.';
  const alike = groupBy(blocking, ({ side, code }) => `${side} ${code}`);
  const texts = [...alike.values()].flatMap((all) => {
    const kinds = [...new Set(all.map((g) => visible(kindWords(g.kind))))];
    const [{ side, code }] = all as [Report['gaps'][number]];
    return [`${listed(kinds, MOST_NAMED)} of the ${side} (${code})`];
  });
  return `Incomplete: not read, or not completely: ${atMost(texts, MOST_NAMED)}. What is not reported proves nothing.`;
}

/** "subnets and quotas in eu-west-1: the verdicts do not take them into account." */
function notLookedAtText(
  { notLookedAt }: Report,
  heading: Readonly<Record<'source' | 'target', string>>,
): string {
  const parts = [...groupBy(notLookedAt, (n) => n.side)].map(([side, all]) => {
    const what = [...new Set(all.map((n) => visible(n.what).replace(/ \([^()]*\)$/, '')))];
    const more = andMore(what.length - MOST_NAMED);
    return `${more === '' ? listed(what, MOST_NAMED) : `${what.slice(0, MOST_NAMED).join(', ')} ${more}`} in ${visible(heading[side])}`;
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}: the verdicts do not take them into account.`;
}

function sentences(text: string): string[] {
  return text === '' ? [] : [text];
}
