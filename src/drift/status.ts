import { FACTS } from '../inventory/launch-facts/kinds.ts';
import { findingSchema } from '../report/model/findings.ts';
import type { Finding, Report } from '../report/model.ts';
import { groupBy } from '../text/groups.ts';
import { type Baseline, knownIn } from './baseline.ts';
import { extentOf, measuredFacts } from './extent.ts';
import { dependsOn, lostParts, type Part, restsOn, saysUnread } from './parts.ts';
import { renamedFrom } from './renamed.ts';
import type { RestsOn } from './rests-on.ts';
import { weighsMore, weighsMoreByConfig } from './severity.ts';
import { leftBehindBy } from './successors.ts';

/**
 * Compares a report with an earlier run: what that had persists since it was first seen, or has worsened; what no longer exists is
 * resolved. What this run could not check again, because it or something it depends on was not read, is neither.
 * @param accounted Fingerprints that this run found too and lists elsewhere: waived, off, out of scope.
 */
export function withBaseline(
  report: Report,
  baseline: Baseline,
  accounted: ReadonlySet<string> = new Set(),
): Report {
  const before = knownIn(baseline);
  const now = new Set([...report.findings.map((f) => f.fingerprint), ...accounted]);
  const gone = [...before.values()].filter((f) => !now.has(f.fingerprint));
  const bySubject = groupBy(gone, subjectKey);
  const lost = lostParts(report.unreadParts, baseline);
  const carried = new Set(baseline.unchecked.map((f) => f.fingerprint));
  const isChecked = checker(report);
  const byRule = groupBy(gone, ruleKey);
  const renamed = renamedFrom(
    report.findings.filter((f) => !before.has(f.fingerprint)),
    gone,
  );
  const findings = report.findings.map((f) => {
    const former = before.get(f.fingerprint) ?? renamed.get(f);
    if (former) return known(f, former, report, baseline, lost);
    const other = lost.length > 0 ? byRule.get(ruleKey(f))?.[0] : undefined;
    if (other) return underAnotherName(f, other);
    return saysUnread(f) && dependsOn(f, lost)
      ? inOrder({ ...f, status: 'persisting', since: 'not-read' })
      : unknown(f, bySubject, baseline);
  });
  const replaced = new Set(findings.map((f) => f.insteadOf));
  const check = (f: Finding) =>
    isChecked(f) &&
    !dependsOn(f, lost) &&
    !replaced.has(f.fingerprint) &&
    !(carried.has(f.fingerprint) && isPartlyHidden(f, report));
  // What an earlier run had under another fingerprint is resolved or unchecked under its own; that something was not
  // read is over once it is read.
  const underOldName = new Set(renamed.values());
  const counts = (f: Finding) => f.insteadOf === undefined && f.since !== 'not-read' && !underOldName.has(f);
  return {
    ...report,
    baseline: { ...aboutBaseline(baseline), ...(lost.length > 0 ? { lost } : {}) },
    findings,
    waived: report.waived.map((f) => ({ ...f, firstSeen: seenBefore(f, before, baseline) })),
    resolved: gone.filter((f) => counts(f) && check(f)),
    unchecked: gone.filter((f) => counts(f) && !check(f)),
  };
}

function seenBefore(now: Finding, before: ReadonlyMap<string, Finding>, { waived }: Baseline): string {
  const former = before.get(now.fingerprint) ?? waived.find((f) => f.fingerprint === now.fingerprint);
  return former?.firstSeen ?? now.firstSeen;
}

function aboutBaseline({ form, finishedAt, phase, version, complete, unread }: Baseline) {
  return { form, at: finishedAt, phase, version, complete, unread: [...unread] };
}

function known(
  now: Finding,
  former: Finding,
  report: Report,
  baseline: Baseline,
  lost: readonly Part[],
): Finding {
  const { firstSeen } = former;
  const bar = former.bar ?? barOf(former);
  const before = { ...former, ...bar, usually: bar.usually, blocks: bar.blocks } as Finding;
  // Where less was read than before, a finding may weigh more or stop more only because of that.
  const worse =
    (!dependsOn(now, lost) && isMoreSevere(before, now, report, baseline)) ||
    (lost.length === 0 && blocksMore(before, now)) ||
    extentOf(before, now) === 'more';
  if (worse) return worsened(now, before);
  const { since: _, ...rest } = now;
  const { insteadOf, since } = former;
  const kept =
    lost.length === 0
      ? weighsMoreByConfig(before, now)
        ? { since: 'settings' as const }
        : {}
      : {
          bar,
          ...(insteadOf === undefined ? {} : { insteadOf }),
          ...(since === 'not-read' && saysUnread(now) ? { since } : {}),
        };
  // A report of before `content` existed does not say what was found.
  const isOther = before.content !== '' && before.content !== now.content;
  const changed = isOther && lost.length === 0 ? { changed: true } : {};
  return inOrder({ ...rest, status: 'persisting', firstSeen, ...changed, ...kept } as Finding);
}

function barOf(finding: Finding): NonNullable<Finding['bar']> {
  const { severity, usually, blocks, content } = finding;
  const facts = measuredFacts(finding);
  return {
    severity,
    ...(usually ? { usually } : {}),
    ...(blocks ? { blocks: [...blocks] } : {}),
    content,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
  };
}

/** The same finding, as far as a run can see that read less than the one before. */
function underAnotherName(now: Finding, { fingerprint, firstSeen }: Finding): Finding {
  return inOrder({ ...now, status: 'persisting', firstSeen, insteadOf: fingerprint });
}

function ruleKey({ rule, subject }: Finding): string {
  return JSON.stringify([rule, subject.name]);
}

function worsened(now: Finding, { rule, severity, content, message, firstSeen }: Finding): Finding {
  const { since: _, ...rest } = now;
  const was = { rule, severity, content, message };
  return inOrder({ ...rest, status: 'worsened', firstSeen, was } as Finding);
}

/** Not in the baseline: left behind by a repair of something that was, or new. */
function unknown(now: Finding, gone: ReadonlyMap<string, readonly Finding[]>, baseline: Baseline): Finding {
  const hider = (gone.get(subjectKey(now)) ?? []).find((f) => leftBehindBy(f.rule).includes(now.rule));
  if (hider && !blocksMore(hider, now)) return { ...now, status: 'persisting', firstSeen: hider.firstSeen };
  const waived = baseline.waived.find((f) => f.fingerprint === now.fingerprint);
  if (waived && now.since === 'waiver-exceeded') return worsened(now, waived);
  if (waived) return { ...now, firstSeen: waived.firstSeen };
  if (now.since !== undefined) return now;
  if (baseline.rules !== null && !baseline.rules.includes(now.rule))
    return inOrder({ ...now, since: 'rule-added' });
  if (!wasChecked(now, baseline)) return inOrder({ ...now, since: 'not-read-before' });
  return now;
}

function wasChecked({ kind, rule }: Finding, { unread, kinds }: Baseline): boolean {
  if (kinds !== null && !kinds.includes(kind)) return false;
  return !isHidden(kind, restsOn(rule), new Set(unread));
}

/** The same object on the same side of the pair: ids change when an object is made again. */
function subjectKey({ kind, subject }: Finding): string {
  return JSON.stringify([kind, subject.scope, subject.name]);
}

/** Where the two runs were of different phases, a rule's own severities say nothing of the object. */
function isMoreSevere(before: Finding, now: Finding, report: Report, baseline: Baseline): boolean {
  if (!weighsMore(before, now)) return false;
  const usual = report.rules.find((r) => r.id === now.rule)?.severity;
  return !(
    report.phase !== baseline.phase &&
    usual?.[report.phase] === now.severity &&
    usual[baseline.phase] === before.severity
  );
}

/** Where one of the two does not say what it blocks, nothing is known to be more. */
function blocksMore(before: Finding, now: Finding): boolean {
  const { blocks } = before;
  return (
    blocks !== undefined &&
    (now.blocks ?? []).some((w) => !blocks.some((b) => b.kind === w.kind && b.name === w.name))
  );
}

/** More of anything: what weighs more, stops another workload, admits more. */
export function isMore(before: Finding, now: Finding): boolean {
  return weighsMore(before, now) || blocksMore(before, now) || extentOf(before, now) === 'more';
}

/** Whether a finding that was not found again would have been found, were it still there. */
export function checker(report: Report): (finding: Finding) => boolean {
  const unread = new Set(report.gaps.filter((g) => g.blocking).map((g) => g.kind));
  const partly = new Set(report.gaps.map((g) => g.kind));
  const open = report.pairs.filter((p) => p.state === 'ambiguous' || isUndetermined(p));
  const doubtful = new Set(open.map((p) => subjectKey({ kind: p.kind, subject: p } as unknown as Finding)));
  return (finding) => {
    const { rule, kind } = finding;
    const needs = restsOn(rule);
    // Of a rule that this version does not have, it is not known whether it would be found again.
    if (needs === undefined || !(kind in report.summary.byKind)) return false;
    if (isHidden(kind, needs, unread) || (needs.details && partly.has(kind))) return false;
    // The pair itself could not be compared: nothing about it was checked but what says so.
    if (doubtful.has(subjectKey(finding))) return false;
    const { facts = [] } = needs;
    if (report.notLookedAt.some(({ what }) => facts.some((fact) => what.startsWith(FACTS[fact].many))))
      return false;
    return !needs.verifyContent || isContentChecked(finding, report);
  };
}

/** An image may be undetermined permanently, by its name alone; of the other kinds it says that something was not read. */
function isUndetermined({ kind, state }: Report['pairs'][number]): boolean {
  return state === 'undetermined' && kind !== 'image' && kind !== 'key-pair';
}

/** For what an earlier run could not check either: whether the launch facts that the rule names are read now. */
function isPartlyHidden(finding: Finding, report: Report): boolean {
  const facts = restsOn(finding.rule)?.facts ?? [];
  return report.unreadParts.some((part) => facts.some((fact) => part.endsWith(` fact:${fact}`)));
}

function isHidden(kind: string, needs: RestsOn | undefined, unread: ReadonlySet<string>): boolean {
  if (unread.has(kind)) return true;
  const kinds = needs?.kinds ?? [];
  return kinds === 'everything' ? unread.size > 0 : kinds.some((what) => unread.has(what));
}

/** That two images hold other bytes is resolved where all their blocks were compared again, or one of them no longer exists. */
function isContentChecked({ subject }: Finding, report: Report): boolean {
  const paired = report.pairs.some(
    (p) => p.kind === 'image' && p.name === subject.name && p.source && p.target,
  );
  const images = report.content?.images ?? [];
  return !paired || images.some((image) => image.name === subject.name && image.result === 'equal');
}

const ORDER = Object.keys(findingSchema.shape);

/** In the order of the schema: a report that is read and written again is the same bytes. */
export function inOrder<F extends Finding>(finding: F): F {
  const entries = Object.entries(finding).filter(([, value]) => value !== undefined);
  const place = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return Object.fromEntries(entries.sort(([a], [b]) => place(a) - place(b))) as F;
}
