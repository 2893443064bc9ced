import { failsRun } from '../../report/gate.ts';
import type { Finding, Gap, Pair, Report } from '../../report/model.ts';
import { commandViews } from '../../report/view/commands.ts';
import { noticesOf } from '../../report/view/notices.ts';
import { completenessSentence } from '../../report/view/summary.ts';
import { type FailOn, KINDS, SEVERITIES } from '../../report/vocabulary.ts';
import { andMore } from '../../text/lists.ts';
import { pairFinder } from '../pair-of.ts';
import { findingText } from './words.ts';

/** How a test case ended. JUnit knows one end per case, so the worst finding speaks and the text holds all. */
export interface Ending {
  readonly as: 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

export interface TestCase {
  readonly kind: string;
  readonly name: string;
  /** Null: passed. */
  readonly ending: Ending | null;
  /** What is worth saying and fails nothing. */
  readonly out: string;
}

type Waived = Report['waived'][number];
/** A pair, or the subject of a finding that has none, and all that is said of it. */
interface Said {
  readonly subject: Pick<Pair, 'kind' | 'name' | 'scope'> & { readonly ids: string };
  readonly state: Pair['state'] | null;
  readonly findings: Finding[];
  readonly waived: Waived[];
  /** Of the baseline, and not checked again. */
  readonly unchecked: Finding[];
}

/** One case per pair, also for pairs without findings. A finding without a pair, as a waived one may be, has a separate case. */
export function pairCases(report: Report, failOn: FailOn): TestCase[] {
  const pairOf = pairFinder(report);
  const said = new Map<Pair | string, Said>();
  for (const pair of report.pairs) {
    const ids = idsOf(pair.source?.id, pair.target?.id);
    said.set(pair, { subject: { ...pair, ids }, state: pair.state, findings: [], waived: [], unchecked: [] });
  }
  const entryFor = (finding: Finding): Said => {
    const { name, scope, sourceId, targetId } = finding.subject;
    const key = pairOf(finding) ?? JSON.stringify([finding.kind, finding.subject]);
    const subject = { kind: finding.kind, name, scope, ids: idsOf(sourceId, targetId) };
    const entry = said.get(key) ?? { subject, state: null, findings: [], waived: [], unchecked: [] };
    said.set(key, entry);
    return entry;
  };
  for (const finding of report.findings) entryFor(finding).findings.push(finding);
  for (const finding of report.waived) entryFor(finding).waived.push(finding);
  for (const finding of report.unchecked) entryFor(finding).unchecked.push(finding);
  const entries = [...said.values()];
  return KINDS.flatMap((kind) => {
    const members = entries.filter((e) => e.subject.kind === kind);
    const names = members.map((e) => nameOf(e.subject));
    const times = new Map<string, number>();
    for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
    return members.map((entry, i) => {
      const name = names[i] ?? '';
      // Readers know a case by its name: two of one name would be one.
      const alone = times.get(name) === 1;
      return {
        kind,
        name: alone ? name : `${name} [${entry.subject.ids}]`,
        ...judged(entry, report, failOn),
      };
    });
  });
}

function nameOf({ name, scope }: Said['subject']): string {
  return scope === null ? name : `${name} (vpc ${scope})`;
}

function idsOf(source: string | null | undefined, target: string | null | undefined): string {
  return `${source ?? 'none'} → ${target ?? 'none'}`;
}

function judged(said: Said, report: Report, failOn: FailOn): Pick<TestCase, 'ending' | 'out'> {
  const findings = SEVERITIES.flatMap((s) => said.findings.filter((f) => f.severity === s));
  const fatal = findings.filter((f) => failsRun(f, report.phase, failOn));
  const mild = findings.filter((f) => !fatal.includes(f));
  const text = (list: readonly Finding[]) => list.map((f) => findingText(f, report)).join('\n\n');
  const waivers = said.waived.map((w) => `${w.rule} ${waiverText(w)}`);
  const out = [text(mild), ...waivers].filter((t) => t !== '').join('\n\n');
  const [worst] = fatal;
  if (worst) {
    const more = fatal.length > 1 ? ` (${andMore(fatal.length - 1)})` : '';
    const message = `${worst.message}${more}`;
    return { ending: { as: 'failure', type: worst.rule, message, text: text(fatal) }, out };
  }
  const [first] = mild;
  if (said.state === 'undetermined') {
    const type = first?.rule ?? 'undetermined';
    const message =
      first?.message ?? 'Not proven the same: something that decides was not read. The gaps say what.';
    return { ending: { as: 'error', type, message, text: text(mild) || message }, out: waivers.join('\n\n') };
  }
  // It was not compared, so it did not pass; nor does the gate require a failure.
  if (said.state === 'ambiguous') {
    const message = `not compared: ${first?.message ?? 'it cannot be paired one to one'}`;
    return { ending: { as: 'skipped', type: 'ambiguous', message, text: '' }, out };
  }
  const [waived] = said.waived;
  if (waived) {
    return { ending: { as: 'skipped', type: 'waived', message: waiverText(waived), text: '' }, out };
  }
  const [unchecked] = said.unchecked;
  if (unchecked) {
    const message = `not checked in this run; the baseline has: ${unchecked.message}`;
    return { ending: { as: 'skipped', type: 'unchecked', message, text: '' }, out };
  }
  return { ending: null, out };
}

/** `waived until 2027-01-31 by net-team: Office range.` */
function waiverText({ waiver }: Waived): string {
  const until = waiver.until === null ? '' : ` until ${waiver.until}`;
  return `waived${until}${waiver.owner === null ? '' : ` by ${waiver.owner}`}: ${waiver.reason}`;
}

/** What was read, so that a run that read nothing is no empty suite, and one that failed to read is no success. */
export function coverageCases(report: Report): TestCase[] {
  const gaps = report.gaps.map((gap) => ({
    kind: 'coverage',
    name: `${gap.side} ${gap.kind}: ${gap.message}`,
    ending: gapEnding(gap),
    out: '',
  }));
  const unexplained = !report.complete && !report.gaps.some((g) => g.blocking);
  const message = completenessSentence(report);
  const whole: Ending | null = unexplained
    ? { as: 'error', type: 'incomplete', message, text: message }
    : null;
  const both = { kind: 'coverage', name: 'both sides were read completely', ending: whole, out: '' };
  const notices = noticesOf(report).map((text) => ({
    kind: 'coverage',
    name: text,
    ending: null,
    out: '',
  }));
  return [...(report.complete || unexplained ? [both] : []), ...notices, ...gaps];
}

function gapEnding({ code, message, hint, commands, blocking }: Gap): Ending {
  const typed = commandViews(commands).flatMap(({ does, shell }) => [`  ${does}:`, `    ${shell}`]);
  return blocking
    ? { as: 'error', type: code, message, text: [message, `What to do: ${hint}`, ...typed].join('\n') }
    : { as: 'skipped', type: code, message: `${message} ${hint}`, text: '' };
}
