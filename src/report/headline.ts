import { count, thousands } from '../text/counts.ts';
import { listed } from '../text/lists.ts';
import { type ExitCode, exitCode } from './gate.ts';
import { drift } from './headline/drift.ts';
import { isEmpty, nothingToCompare } from './headline/nothing.ts';
import { readiness } from './headline/readiness.ts';
import { type Said, worst } from './headline/said.ts';
import { verification } from './headline/verification.ts';
import type { Report } from './model.ts';
import { kindWords } from './view/labels.ts';
import type { FailOn } from './vocabulary.ts';

export { workloadCounts } from './headline/said.ts';

/** The result of the report in one sentence, in the words of its phase. Every format has the same sentence. */
export interface Headline {
  /** By the exit code: `fails` for 1, `unknown` for 3, else `passes`, or `warns` where the sentence says that something is wrong or not known. */
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

export function headline(report: Report, failOn: FailOn): Headline {
  const code = exitCode(report, failOn);
  const said = isEmpty(report) ? nothingToCompare(report) : BY_PHASE[report.phase](report, failOn, code);
  const only = report.only ? ` (${report.only.map((s) => s.replaceAll('-', ' ')).join(', ')} only)` : '';
  return {
    sign: code === 1 ? 'fails' : code === 3 ? 'unknown' : said.clear ? 'passes' : 'warns',
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

const BY_PHASE: Readonly<Record<Report['phase'], (report: Report, failOn: FailOn, code: ExitCode) => Said>> =
  {
    readiness,
    verification,
    drift,
  };

/** "61 findings (5 critical, 23 high)" */
function findingsText({ findings }: Report): string[] {
  return findings.length === 0 ? [] : [`${count(findings.length, 'finding')}${worst(findings)}`];
}

function notRead({ gaps }: Report): string[] {
  const kinds = [...new Set(gaps.filter((g) => g.blocking).map((g) => kindWords(g.kind)))];
  return kinds.length > 0 ? [`not read: ${listed(kinds)}`] : [];
}

function waivedText({ waived }: Report): string[] {
  return waived.length > 0 ? [`${thousands(waived.length)} waived`] : [];
}
