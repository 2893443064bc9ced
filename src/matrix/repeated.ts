import { compareText, firstOf } from '../inventory/order.ts';
import type { Cause, Finding, Report } from '../report/model.ts';
import { SEVERITIES, type Severity, wordsOf } from '../report/vocabulary.ts';
import { capital } from '../text/capital.ts';
import { groupBy } from '../text/groups.ts';
import type { Repeated } from './model.ts';

/** A cause or a finding of one pair, with what it weighs there. */
export interface Seen {
  readonly key: string;
  readonly id: string;
  readonly pair: string;
  readonly title: string;
  readonly remedy: string;
  readonly severity: Severity;
  readonly rules: readonly string[];
  readonly findings: number;
  readonly blocked: number;
  readonly degraded: number;
}

/**
 * Causes that several pairs have, and findings of several pairs that belong to no cause. Ids and fingerprints are made from
 * rule, kind and name, never from ids of a region: the same one in two pairs is the same difference in both.
 */
export function repeatedIn(seen: readonly Seen[]): Repeated[] {
  return [...groupBy(seen, ({ key }) => key).values()]
    .flatMap((group) => (new Set(group.map(({ pair }) => pair)).size > 1 ? [together(group)] : []))
    .sort((a, b) =>
      firstOf(
        b.blocked - a.blocked,
        b.degraded - a.degraded,
        b.pairs.length - a.pairs.length,
        rank(a.severity) - rank(b.severity),
        b.findings - a.findings,
        compareText(a.title, b.title),
        compareText(a.id, b.id),
      ),
    );
}

/** The causes of a pair, and its findings that belong to none. */
export function seenIn(pair: string, report: Report): Seen[] {
  return [...causesOf(pair, report), ...findingsOf(pair, report)];
}

function causesOf(pair: string, report: Report): Seen[] {
  const known = new Map(report.findings.map((f) => [f.fingerprint, f]));
  return (report.causes ?? []).flatMap((cause) => {
    const own = cause.findings.flatMap((f) => known.get(f) ?? []);
    const [worst] = own.toSorted((a, b) => rank(a.severity) - rank(b.severity));
    // What is waived or was not checked again is no finding of this run.
    if (!worst) return [];
    const rules = [...new Set(own.map(({ rule }) => rule))].sort(compareText);
    return [
      {
        // The id of a subject does not say what is wrong with it: two problems of one name are two rows.
        key: JSON.stringify([cause.id, rules]),
        id: cause.id,
        pair,
        ...textsOf(cause.title, cause.remedy, report),
        severity: worst.severity,
        rules,
        findings: own.length,
        blocked: affected(cause, 'blocked'),
        degraded: affected(cause, 'degraded'),
      },
    ];
  });
}

function findingsOf(pair: string, report: Report): Seen[] {
  const explained = new Set((report.causes ?? []).flatMap(({ findings }) => findings));
  const free = report.findings.filter((f: Finding) => !explained.has(f.fingerprint));
  return free.map(({ fingerprint, message, remedy, severity, rule, kind }) => ({
    key: fingerprint,
    id: fingerprint,
    pair,
    ...textsOf(
      message.startsWith('"') ? `${capital(wordsOf(kind).one)} ${message}` : message,
      remedy,
      report,
    ),
    severity,
    rules: [rule],
    findings: 1,
    blocked: 0,
    degraded: 0,
  }));
}

/** The texts of a pair name its two regions; without them the same difference has the same text in every pair. */
function textsOf(
  title: string,
  remedy: string,
  { source, target }: Report,
): { title: string; remedy: string } {
  if (source.region === target.region) return { title, remedy };
  const neutral = (text: string) =>
    replaced(replaced(text, target.region, 'the target'), source.region, 'the source');
  return { title: neutral(title), remedy: neutral(remedy) };
}

/** Whole names only: `eu-west-1a` is a zone, and `web-eu-west-1` a name. */
function replaced(text: string, region: string, words: string): string {
  return text
    .split(region)
    .reduce((before, after) =>
      /[\w.@/-]$/.test(before) || /^[\w@/-]|^\.\w/.test(after) || quoted(before)
        ? `${before}${region}${after}`
        : `${before.replace(/(?<=^|[ (])([Ii])n $/, (_, i) => (i === 'I' ? 'On ' : 'on '))}${words}${after}`,
    );
}

/** Within quotation marks it is a part of a name. */
function quoted(before: string): boolean {
  return (before.match(/"/g) ?? []).length % 2 === 1;
}

function affected(cause: Cause, verdict: 'blocked' | 'degraded'): number {
  return cause.workloads.filter((w) => w.verdict === verdict).length;
}

function together(group: readonly Seen[]): Repeated {
  const byWeight = group.toSorted((a, b) =>
    firstOf(
      b.blocked - a.blocked,
      b.degraded - a.degraded,
      rank(a.severity) - rank(b.severity),
      b.findings - a.findings,
      compareText(a.pair, b.pair),
    ),
  );
  const [first] = byWeight;
  if (!first) throw new Error('a group is never empty');
  const sum = (figure: (seen: Seen) => number) => group.reduce((total, seen) => total + figure(seen), 0);
  return {
    id: first.id,
    title: first.title,
    varies: group.some(({ title, remedy }) => title !== first.title || remedy !== first.remedy),
    remedy: first.remedy,
    severity: SEVERITIES.find((s) => group.some(({ severity }) => severity === s)) ?? first.severity,
    rules: first.rules,
    pairs: [...new Set(byWeight.map(({ pair }) => pair))],
    findings: sum(({ findings }) => findings),
    blocked: sum(({ blocked }) => blocked),
    degraded: sum(({ degraded }) => degraded),
  };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
