import { kindsOfScope } from '../inventory/kinds.ts';
import { count, thousands } from '../text/counts.ts';
import { listed } from '../text/lists.ts';
import { visible } from '../text/printable.ts';
import { overGate } from './exit.ts';
import { type ExitCode, exitCode } from './gate.ts';
import type { Report } from './model.ts';
import { isTwoAccountsOfOneRegion } from './places.ts';
import { minute, movedText } from './view/drift.ts';
import { kindWords } from './view/labels.ts';
import { type FailOn, SEVERITIES, type Severity, type WorkloadVerdict } from './vocabulary.ts';

/** The result of the report in one sentence, in the words of its phase. Every format has the same sentence. */
export interface Headline {
  /** By the exit code: `fails` for 1, `unknown` for 3, else `passes`, or `warns` where something needs a look. */
  readonly sign: 'fails' | 'warns' | 'unknown' | 'passes';
  /** For the first line: "not ready", "arrived". */
  readonly state: string;
  /** "not ready: 7 of 17 workloads would not launch in eu-west-1 (7 fixes)" */
  readonly sentence: string;
  /** What the sentence leaves out: the other workloads, the findings, what was not read. */
  readonly details: readonly string[];
}

/** The marks of a headline and of the verdicts of workloads, and ones that every terminal can show. */
export const SIGNS = {
  unicode: {
    fails: '✖',
    warns: '!',
    unknown: '?',
    passes: '✔',
    blocked: '✖',
    degraded: '!',
    launchable: '✔',
    to: '→',
    between: ' · ',
  },
  ascii: {
    fails: 'x',
    warns: '!',
    unknown: '?',
    passes: 'ok',
    blocked: 'x',
    degraded: '!',
    launchable: 'ok',
    to: '->',
    between: '; ',
  },
} as const;

interface Said {
  readonly state: string;
  readonly sentence: string;
  readonly details?: readonly string[];
  readonly warns?: boolean;
}

export function headline(report: Report, failOn: FailOn): Headline {
  const code = exitCode(report, failOn);
  const said = isEmpty(report) ? nothingToCompare(report) : BY_PHASE[report.phase](report, failOn, code);
  const only = report.only ? ` (${report.only.map((s) => s.replaceAll('-', ' ')).join(', ')} only)` : '';
  return {
    sign: code === 1 ? 'fails' : code === 3 ? 'unknown' : said.warns ? 'warns' : 'passes',
    state: said.state,
    sentence: `${said.sentence}${only}`,
    details: [...(said.details ?? []), ...findingsText(report), ...notRead(report), ...waivedText(report)],
  };
}

/** The headline and its counts on one line that is never wrapped, with the exit code: for logs. */
export function headlineLine(
  report: Report,
  failOn: FailOn,
  signs: (typeof SIGNS)['unicode' | 'ascii'] = SIGNS.unicode,
): string {
  const { sign, sentence, details } = headline(report, failOn);
  return [`${signs[sign]} ${sentence}`, ...details, `exit code ${exitCode(report, failOn)}`].join(
    signs.between,
  );
}

/** Where the target is, in words that distinguish it from the source: two accounts of one region are distinguished by account. */
export function targetPlace({ source, target }: Pick<Report, 'source' | 'target'>): string {
  return isTwoAccountsOfOneRegion(source, target)
    ? `account ${visible(target.account ?? '')}`
    : visible(target.region);
}

const BY_PHASE: Readonly<Record<Report['phase'], (report: Report, failOn: FailOn, code: ExitCode) => Said>> =
  {
    readiness,
    verification,
    drift,
  };

function readiness(report: Report, failOn: FailOn, code: ExitCode): Said {
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  const place = targetPlace(report);
  if (total === 0) return noWorkloads(report, code);
  const rest = counted([degraded, 'degraded'], [launchable, 'launchable']);
  const more = unknown > 0 ? `, ${thousands(unknown)} unknown` : '';
  if (blocked > 0 && !report.complete) {
    return {
      state: 'not ready, incomplete',
      sentence: `not ready, incomplete: ${ofAll(blocked, total)} would not launch${more}`,
      details: rest,
    };
  }
  if (blocked > 0)
    return {
      state: 'not ready',
      sentence: `not ready: ${ofAll(blocked, total)} would not launch in ${place}${more}${fixes(report)}`,
      details: rest,
    };
  if (unknown > 0 || !report.complete)
    return {
      state: 'unknown',
      sentence:
        unknown > 0
          ? `unknown: ${ofAll(unknown, total)} could not be judged`
          : 'unknown: not everything could be read',
      details: rest,
    };
  if (degraded > 0)
    return {
      state: 'ready with differences',
      sentence: `ready with differences: ${allOf(total)} would launch in ${place}, ${thousands(degraded)} degraded`,
      warns: true,
    };
  if (code === 1) return { state: 'ready', sentence: `ready, but ${overGate(report, failOn)}` };
  return {
    state: 'ready',
    sentence: `ready: nothing that was looked at stops the ${count(total, 'workload')} in ${place}`,
  };
}

function verification(report: Report, failOn: FailOn, code: ExitCode): Said {
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  const place = targetPlace(report);
  const missing = report.findings.filter((f) => f.rule === 'workload/missing').length;
  const wider = widerOpen(report);
  const open = wider > 0 ? [`${count(wider, 'security group')} wider open`] : [];
  const bad = blocked + degraded;
  const how = blocked === 0 ? 'degraded' : degraded === 0 ? 'blocked' : 'blocked or degraded';
  if (missing > 0) {
    const rest = bad > 0 ? `, ${thousands(bad)} of ${thousands(total)} ${how}` : '';
    return {
      state: 'not arrived',
      sentence: `not arrived: ${count(missing, 'workload')} ${missing === 1 ? 'is' : 'are'} missing in ${place}${rest}`,
      details: open,
    };
  }
  if (bad > 0)
    return {
      state: 'not arrived',
      sentence: `not arrived: ${thousands(bad)} of ${count(total, 'workload')} in ${place} ${bad === 1 ? 'is' : 'are'} ${how}`,
      details: [...counted([launchable, 'launchable'], [unknown, 'unknown']), ...open],
    };
  if (wider > 0)
    return {
      state: 'arrived, wider open',
      sentence: `arrived, but wider open: ${count(wider, 'security group')} ${wider === 1 ? 'admits' : 'admit'} more than the source`,
    };
  if (!report.complete || unknown > 0)
    return {
      state: 'cannot tell',
      sentence:
        unknown > 0
          ? `cannot tell if it arrived: ${ofAll(unknown, total)} could not be judged`
          : 'cannot tell if it arrived: not everything could be read',
    };
  if (total === 0) return noWorkloads(report, code);
  if (code === 1) return { state: 'arrived', sentence: `arrived, but ${overGate(report, failOn)}` };
  return {
    state: 'arrived',
    sentence: `arrived: nothing that was looked at stops the ${count(total, 'workload')} in ${place}`,
  };
}

function drift(report: Report, _failOn: FailOn, code: ExitCode): Said {
  const by = (status: string) => report.findings.filter((f) => f.status === status);
  const [fresh, worse, same] = [by('new'), by('worsened'), by('persisting')];
  const numbers = [
    `${thousands(fresh.length)} new${worst(fresh) || highestOf(fresh)}`,
    `${thousands(worse.length)} worsened`,
    `${thousands(same.length)} persisting`,
    `${thousands(report.resolved.length)} resolved`,
    `${thousands(report.unchecked.length)} unchecked`,
  ].join(', ');
  const changed = [...fresh, ...worse];
  if (changed.length > 0)
    return {
      state: 'worse',
      sentence: `drift: ${numbers}`,
      warns: code !== 1,
      details: moversText(changed),
    };
  if (!report.complete || report.unchecked.length > 0)
    return { state: 'not all checked', sentence: `not all checked: ${numbers}`, warns: true };
  if (report.resolved.length > 0) return { state: 'better', sentence: `better: ${numbers}` };
  // What is narrower now has changed too.
  const changes = same.some((f) => f.changed) || report.findings.some((f) => f.insteadOf !== undefined);
  const what = changes ? 'nothing new or worse since' : 'unchanged since';
  const since = report.baseline ? [`${what} ${minute(report.baseline.at)}`] : [];
  return { state: 'no drift', sentence: `no drift: ${numbers}`, details: since };
}

/** "new and worsened: the target changed alone", where it is known of each. */
function moversText(changed: Report['findings']): string[] {
  const texts = new Set(changed.map((f) => movedText(f.moved, f.status)));
  const [first = ''] = texts;
  if (first === '' || texts.has('')) return [];
  return texts.size === 1
    ? [`new and worsened: ${first.slice(0, 1).toLowerCase()}${first.slice(1)}`]
    : ['new and worsened: both sides changed'];
}

function nothingToCompare({ pairs }: Report): Said {
  const holds = pairs.length === 0 ? 'are empty' : 'have only what AWS creates in every account';
  return {
    state: 'nothing to compare',
    sentence: `nothing to compare: both sides ${holds}; check account and region`,
    warns: true,
  };
}

/**
 * Nothing was found on either side, or only the default groups and AWS's own prefix lists, which every account has. What
 * could not be read is no emptiness, and what an earlier run found was something.
 */
function isEmpty({ pairs, complete, workloads, findings, resolved, unchecked, waived }: Report): boolean {
  const found = [workloads, findings, resolved, unchecked, waived].some((all) => all.length > 0);
  return complete && !found && pairs.every((pair) => pair.state === 'same' && isMadeByAws(pair));
}

function isMadeByAws({ kind, name }: Report['pairs'][number]): boolean {
  return (
    (kind === 'security-group' && name === 'default') ||
    (kind === 'prefix-list' && name.startsWith('com.amazonaws.'))
  );
}

const LAUNCHING: readonly string[] = kindsOfScope('workloads');

/** No workload is in the report: because there is none, because they are not reported (`--only`), or because they were not read. */
function noWorkloads({ pairs, complete, warnings, gaps, only }: Report, code: ExitCode): Said {
  const same = pairs.filter((p) => p.state === 'same').length;
  const pairsText = `${thousands(same)} of ${count(pairs.length, 'pair')} ${same === 1 ? 'is' : 'are'} the same`;
  const warns = code === 0 && (same < pairs.length || warnings.length > 0);
  const incomplete = complete ? '' : ', incomplete';
  if (only && !only.includes('workloads'))
    return { state: `workloads not reported${incomplete}`, sentence: pairsText, warns };
  if (gaps.some(({ kind, blocking }) => blocking && LAUNCHING.includes(kind)))
    return { state: 'unknown', sentence: 'unknown: not all workloads could be read' };
  return {
    state: `no workloads${incomplete}`,
    sentence: `no workloads to launch; ${pairs.length === 0 ? 'no pairs' : pairsText}`,
    warns,
  };
}

export function workloadCounts({ workloads }: Pick<Report, 'workloads'>) {
  const n = (verdict: WorkloadVerdict) => workloads.filter((w) => w.verdict === verdict).length;
  return {
    total: workloads.length,
    blocked: n('blocked'),
    degraded: n('degraded'),
    unknown: n('unknown'),
    launchable: n('launchable'),
  };
}

/** Security groups of the target that admit more than the source, or are open on the target alone, at a weight that matters. */
function widerOpen({ findings }: Report): number {
  const wide = findings.filter(
    (f) =>
      (f.rule === 'security-group/allows-more' || f.rule === 'security-group/extra') &&
      (f.severity === 'critical' || f.severity === 'high'),
  );
  return new Set(wide.map((f) => `${f.subject.scope} ${f.subject.name} ${f.subject.targetId}`)).size;
}

function ofAll(some: number, total: number): string {
  return total === 1 ? 'the only workload' : `${thousands(some)} of ${thousands(total)} workloads`;
}

function allOf(total: number): string {
  return total === 1 ? 'the only workload' : `all ${thousands(total)} workloads`;
}

function counted(...parts: readonly (readonly [number, string])[]): string[] {
  const some = parts.filter(([n]) => n > 0).map(([n, word]) => `${thousands(n)} ${word}`);
  return some.length > 0 ? [some.join(', ')] : [];
}

function fixes({ causes }: Report): string {
  const blocking = (causes ?? []).filter((c) => c.workloads.some((w) => w.verdict === 'blocked')).length;
  return blocking > 0 ? ` (${count(blocking, 'fix', 'fixes')})` : '';
}

/** "61 findings (5 critical, 23 high)" */
function findingsText({ findings }: Report): string[] {
  return findings.length === 0 ? [] : [`${count(findings.length, 'finding')}${worst(findings)}`];
}

function worst(findings: readonly { readonly severity: Severity }[]): string {
  const n = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
  const parts = (['critical', 'high'] as const).filter((s) => n(s) > 0).map((s) => `${thousands(n(s))} ${s}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** " (1 low)": of findings that are neither critical nor high, how many have the highest severity among them. */
function highestOf(findings: readonly { readonly severity: Severity }[]): string {
  const severity = SEVERITIES.find((s) => findings.some((f) => f.severity === s));
  if (severity === undefined) return '';
  return ` (${thousands(findings.filter((f) => f.severity === severity).length)} ${severity})`;
}

function notRead({ gaps }: Report): string[] {
  const kinds = [...new Set(gaps.filter((g) => g.blocking).map((g) => kindWords(g.kind)))];
  return kinds.length > 0 ? [`not read: ${listed(kinds)}`] : [];
}

function waivedText({ waived }: Report): string[] {
  return waived.length > 0 ? [`${thousands(waived.length)} waived`] : [];
}
