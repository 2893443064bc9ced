import { headline } from '../../report/headline.ts';
import type { Finding, Gap, Report, ReportSide } from '../../report/model.ts';
import type { Json } from '../../report/rules/shared.ts';
import { commandViews } from '../../report/view/index.ts';
import { noticesOf } from '../../report/view/notices.ts';
import { completenessSentence } from '../../report/view/summary.ts';
import { type FailOn, SEVERITIES } from '../../report/vocabulary.ts';
import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import { jsonText } from '../json.ts';
import { pairFinder } from '../pair-of.ts';
import { HOMEPAGE, type NoticeId, noticeDescriptors, noticeIndex } from './notices.ts';
import { locationOf, part } from './places.ts';
import { LEVELS, type SarifRules, SECURITY_SEVERITY, sarifRules } from './rules.ts';
import { message } from './text.ts';

interface SarifOptions {
  /** The file of the repository that results are placed in: the config. A path from the repository's root, with `/`, or a `file:` URL. */
  readonly artifact?: string;
  /** The gate that the headline goes by; results keep their own level. */
  readonly failOn?: FailOn;
}

const DEFAULT_ARTIFACT = 'ec2-parity.config.yaml';

/** GitHub keeps this many results of a run, and not necessarily the worst. */
const MOST_RESULTS = 5_000;

/** Longer facts (the rows of both sides, mostly) are for report.json: GitHub refuses files of more than 10 MB compressed. */
const MOST_FACT = 1_000;

/** What depends on a finding and is beyond this number is counted: report.json names all. */
const MOST_USERS = 20;

type Waived = Report['waived'][number];
interface Entry {
  readonly finding: Finding;
  readonly waiver: Waived['waiver'] | null;
  /** Of the baseline, and not checked again: without a result code scanning would close the alert. */
  readonly unchecked?: true;
}

/**
 * SARIF 2.1.0, as code scanning and its viewers read it: worst first, waived findings suppressed. What is resolved is left
 * out: code scanning closes an alert that no longer comes, and would open one for a result that is there, in any state.
 */
export function renderSarif(
  report: Report,
  { artifact = DEFAULT_ARTIFACT, failOn = 'high' }: SarifOptions = {},
): string {
  const all: Entry[] = [
    ...worstFirst(report.findings).map((finding) => ({ finding, waiver: null })),
    ...worstFirst(report.unchecked).map((finding) => ({ finding, waiver: null, unchecked: true as const })),
    ...worstFirst(report.waived).map((finding) => ({ finding, waiver: finding.waiver })),
  ];
  const kept = all.slice(0, MOST_RESULTS);
  const rules = sarifRules(
    report,
    kept.map((e) => e.finding),
  );
  const pairOf = pairFinder(report);
  // As everywhere: without a baseline everything is new, and saying so would be noise.
  const aged =
    report.baseline !== undefined ||
    report.resolved.length > 0 ||
    report.findings.some((f) => f.status !== 'new');
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: visible(report.tool.name),
            version: visible(report.tool.version),
            informationUri: HOMEPAGE,
            rules: rules.descriptors,
            notifications: noticeDescriptors,
          },
        },
        automationDetails: { id: automationId(report) },
        invocations: [invocation(report, all.length - kept.length)],
        results: kept.map((entry) => ({
          ...result(entry, rules),
          locations: [locationOf(entry.finding, pairOf(entry.finding), report, artifact)],
          ...(aged ? { baselineState: stateOf(entry) } : {}),
        })),
        properties: {
          headline: headline(report, failOn).sentence,
          phase: report.phase,
          verdict: report.verdict,
          complete: report.complete,
        },
      },
    ],
  });
}

/**
 * Code scanning replaces the results of a run by those of the next run with the same id, so it names both accounts: the
 * same two regions of two pairs of accounts are two runs.
 */
function automationId({ source, target }: Report): string {
  const place = ({ account, region }: ReportSide) =>
    account === null ? part(region) : `${part(account)}:${part(region)}`;
  return `ec2-parity/${place(source)}..${place(target)}/`;
}

function worstFirst<F extends Finding>(findings: readonly F[]): F[] {
  return SEVERITIES.flatMap((severity) => findings.filter((f) => f.severity === severity));
}

const BASELINE_STATES = {
  new: 'new',
  worsened: 'updated',
  persisting: 'unchanged',
} as const satisfies Record<Finding['status'], string>;

function stateOf({ finding, unchecked }: Entry): (typeof BASELINE_STATES)[Finding['status']] {
  return unchecked ? 'unchanged' : BASELINE_STATES[finding.status];
}

function result({ finding, waiver, unchecked }: Entry, rules: SarifRules): object {
  const commands = commandViews(finding.commands);
  const said = [
    ...(unchecked ? ['Not checked in this run; the baseline has it.'] : []),
    message(finding.message),
    `What to do: ${message(finding.remedy)}`,
    ...commands.flatMap(({ does, shell }) => [`${message(does)}:`, `  ${message(shell)}`]),
  ].join('\n');
  return {
    ruleId: visible(finding.rule),
    ruleIndex: rules.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: said },
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint },
    ...(waiver === null
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: justification(waiver) }] }),
    properties: {
      severity: finding.severity,
      status: unchecked ? 'unchecked' : waiver ? 'waived' : finding.status,
      'security-severity': SECURITY_SEVERITY[finding.severity],
      firstSeen: finding.firstSeen,
      ids: { source: finding.subject.sourceId, target: finding.subject.targetId },
      // As they are typed: in the message, braces and links are escaped for SARIF.
      ...(commands.length > 0 ? { commands: commands.map(({ side, shell }) => ({ side, shell })) } : {}),
      ...usersOf(finding),
      ...factsOf(finding),
    },
  };
}

function usersOf({ usedBy }: Finding): { usedBy?: Finding['usedBy']; usedByLeftOut?: number } {
  if (usedBy.length === 0) return {};
  const leftOut = usedBy.length - MOST_USERS;
  return { usedBy: usedBy.slice(0, MOST_USERS), ...(leftOut > 0 ? { usedByLeftOut: leftOut } : {}) };
}

function justification({ reason, owner, until }: Waived['waiver']): string {
  const who = owner === null ? '' : ` by ${visible(owner)}`;
  return `Waived${who}${until === null ? '' : ` until ${visible(until)}`}: ${visible(reason)}`;
}

function factsOf({ facts }: Finding): { facts: Record<string, Json>; factsLeftOut?: string[] } {
  const short = ([, value]: [string, Json]) => JSON.stringify(value).length <= MOST_FACT;
  const entries = Object.entries(facts);
  const leftOut = entries.filter((e) => !short(e)).map(([key]) => key);
  return {
    facts: Object.fromEntries(entries.filter(short)),
    ...(leftOut.length > 0 ? { factsLeftOut: leftOut } : {}),
  };
}

/** A run that could not read everything was not successful, even without findings: nothing here proves that the rest is correct. */
function invocation(report: Report, leftOut: number): object {
  const gaps = report.gaps.map(gapNotice);
  const unexplained = !report.complete && !report.gaps.some((g) => g.blocking);
  return {
    executionSuccessful: report.complete,
    ...moment('startTimeUtc', report.startedAt),
    ...moment('endTimeUtc', report.finishedAt),
    toolExecutionNotifications: [
      ...(unexplained ? [notice('coverage/gap', 'error', completenessSentence(report))] : []),
      ...noticesOf(report).map((text) => notice('coverage/notice', 'warning', text)),
      ...gaps,
      ...(leftOut > 0
        ? [
            notice(
              'coverage/left-out',
              'warning',
              `${count(leftOut, 'result')} left out, the least severe: code scanning shows at most ${MOST_RESULTS} of a run. report.json has all of them.`,
            ),
          ]
        : []),
    ],
  };
}

function gapNotice({ side, kind, code, message: said, hint, commands, blocking }: Gap): object {
  const where = `${side}, ${message(kind)}`;
  return {
    ...notice(
      'coverage/gap',
      blocking ? 'error' : 'note',
      [
        `${where}: ${message(said)} ${message(hint)}`,
        ...commandViews(commands).flatMap(({ does, shell }) => [`${message(does)}:`, `  ${message(shell)}`]),
      ].join('\n'),
    ),
    properties: { side, kind, code, blocking },
  };
}

function notice(id: NoticeId, level: 'error' | 'warning' | 'note', text: string): object {
  return { descriptor: { id, index: noticeIndex(id) }, level, message: { text } };
}

/** Only what the format takes as a moment. */
function moment(key: string, text: string): object {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(text) ? { [key]: text } : {};
}
