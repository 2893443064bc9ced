import { count } from '../../text/counts.ts';
import { groupBy, groupByEach } from '../../text/groups.ts';
import { atMost } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Cause, Finding, Report, Workload } from '../model.ts';
import { headingPlaces } from '../places.ts';
import type { Severity, WorkloadVerdict } from '../vocabulary.ts';
import { type FixText, named } from './fix-rules.ts';
import { fixText } from './fix-text.ts';
import { gistOf } from './gist.ts';
import { kindWord, kindWords } from './labels.ts';

/** The report in rows of a few words, for formats that are read from top to bottom. Every text is made visible. */
export interface Digest {
  readonly byFingerprint: ReadonlyMap<string, Finding>;
  /** About three words by rule. */
  readonly short: ReadonlyMap<string, string>;
  /** The number of the fix that resolves a finding, as every list of the report gives it. */
  readonly fixOf: ReadonlyMap<string, number>;
  /** The numbers of the fixes that a workload waits for. */
  readonly fixesOf: ReadonlyMap<string, readonly number[]>;
  readonly objectOf: (finding: Finding) => ObjectName;
  /** What headings call the target. */
  readonly target: string;
}

/** An object by kind and name; with its VPC where two objects of the report have the name. */
export interface ObjectName {
  readonly kindWord: string;
  readonly name: string;
  readonly vpc: string;
}

/** More findings of one rule, severity and fix than this are one row. */
const MOST_ALIKE = 3;
/** Of what is wrong with an object. */
const MOST_WORDS = 3;

export function digestOf(report: Report): Digest {
  const causes = report.causes ?? [];
  const fixes = causes.map(({ workloads }, i) => ({ fix: i + 1, workloads }));
  const fixesOf = new Map(
    [...groupByEach(fixes, ({ workloads }) => workloads.map(workloadKey))].map(([workload, own]) => [
      workload,
      own.map(({ fix }) => fix),
    ]),
  );
  return {
    byFingerprint: new Map(report.findings.map((f) => [f.fingerprint, f])),
    short: new Map(report.rules.map((r) => [r.id, visible(r.short || r.title)])),
    fixOf: new Map(causes.flatMap((c, i) => c.findings.map((f) => [f, i + 1] as const))),
    fixesOf,
    objectOf: namesOf(report),
    target: visible(headingPlaces(report.source, report.target).target),
  };
}

export function workloadKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`;
}

function namesOf({ findings: all }: Report): Digest['objectOf'] {
  const places = new Map<string, Set<string>>();
  for (const { kind, subject } of all) {
    const key = `${kind} ${subject.name}`;
    const own = places.get(key) ?? new Set<string>();
    places.set(key, own.add(`${subject.scope} ${subject.sourceId} ${subject.targetId}`));
  }
  return ({ kind, subject }) => {
    const several = (places.get(`${kind} ${subject.name}`)?.size ?? 0) > 1;
    return {
      kindWord: kindWord(kind),
      name: visible(subject.name),
      vpc: several && subject.scope !== null ? visible(subject.scope) : '',
    };
  };
}

export interface FindingRow {
  readonly severity: Severity;
  /** Null where the row is of several objects. */
  readonly object: ObjectName | null;
  /** `38 images`, of a row of several objects. */
  readonly objects: string;
  /** About three words. */
  readonly what: string;
  /** What distinguishes it from other findings of the rule; empty in a row of several. */
  readonly gist: string;
  readonly rule: string;
  /** The number of its fix; null where it is in none. */
  readonly fix: number | null;
}

/** One row per finding; of many findings of one rule that one fix resolves one row with their number. */
export function findingRows(all: readonly Finding[], digest: Digest): FindingRow[] {
  const alike = groupBy(all, (f) => `${f.severity} ${f.rule} ${digest.fixOf.get(f.fingerprint) ?? ''}`);
  return [...alike.values()].flatMap((group): FindingRow[] => {
    const [first] = group;
    if (!first) return [];
    const base = {
      severity: first.severity,
      what: shortOf(first, digest),
      rule: visible(first.rule),
      fix: digest.fixOf.get(first.fingerprint) ?? null,
    };
    if (group.length > MOST_ALIKE) {
      const objects = count(group.length, kindWord(first.kind), kindWords(first.kind));
      return [{ ...base, object: null, objects, gist: '' }];
    }
    return group.map((f) => ({ ...base, object: digest.objectOf(f), objects: '', gist: gistOf(f) }));
  });
}

export function shortOf({ rule }: Pick<Finding, 'rule'>, { short }: Digest): string {
  return short.get(rule) ?? visible(rule);
}

/** What a fix does: an imperative, else one object and what is wrong with it in few words, else what the cause says is wrong. */
export function fixHeading(cause: Cause, digest: Digest): FixText {
  const all = cause.findings.flatMap((f) => digest.byFingerprint.get(f) ?? []);
  const said = fixText(cause, all, digest.target);
  if (said) return said;
  const [first] = all;
  const one = new Set(all.map((f) => `${f.kind} ${f.subject.scope} ${f.subject.name}`)).size === 1;
  if (!first || !one) return [visible(cause.title).replace(/\.$/, '')];
  const what = [...new Set(all.map((f) => shortOf(f, digest)))];
  return [`${kindWord(first.kind)} `, named(first.subject.name), `: ${atMost(what, MOST_WORDS)}`];
}

/** What a fix does to workloads. */
export interface FixEffect {
  /** The worst verdict of the workloads that wait for it; null where none does. */
  readonly verdict: Exclude<WorkloadVerdict, 'launchable'> | null;
  readonly workloads: number;
  /** Other fixes that each of these workloads needs too. */
  readonly together: readonly number[];
}

export function fixEffect({ workloads: affected }: Cause, own: number, { fixesOf }: Digest): FixEffect {
  for (const verdict of ['blocked', 'unknown', 'degraded'] as const) {
    const all = affected.filter((w) => w.verdict === verdict);
    if (all.length === 0) continue;
    const others = all.map((w) => (fixesOf.get(workloadKey(w)) ?? []).filter((n) => n !== own));
    const [needed = []] = others;
    return {
      verdict,
      workloads: all.length,
      together: others.some((o) => o.length === 0) ? [] : needed,
    };
  }
  return { verdict: null, workloads: 0, together: [] };
}

/** Why a workload is not launchable: the finding at the end of its worst chain, or the last steps where a gap is. */
export interface WorkloadReason {
  readonly what: string;
  /** What the finding is about, where that is not the workload itself. */
  readonly object: string;
  /** Further reasons. */
  readonly others: number;
  readonly fixes: readonly number[];
}

export function workloadReason(workload: Workload, digest: Digest): WorkloadReason {
  const { chains = [], kind, name, because } = workload;
  const [first] = chains;
  const finding = digest.byFingerprint.get(first?.findings[0] ?? '');
  const own = finding?.kind === kind && finding.subject.name === name;
  return {
    what: finding ? shortOf(finding, digest) : (first?.steps ?? []).slice(-2).map(visible).join(': '),
    object: finding && !own ? visible(finding.subject.name) : '',
    others: Math.max(0, new Set(chains.map((c) => c.findings[0] ?? c.steps.join(': '))).size - 1),
    fixes: [...new Set(because.flatMap((f) => digest.fixOf.get(f) ?? []))].sort((a, b) => a - b),
  };
}
