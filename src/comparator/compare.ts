import { type Baseline, misfitOf } from '../drift/baseline.ts';
import { withBaseline } from '../drift/status.ts';
import { assembleSnapshot } from '../inventory/assemble.ts';
import { kindsOfScope } from '../inventory/kinds.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { Unable } from '../inventory/unable.ts';
import { type Gap, type Pair, REPORT_VERSION, type Report } from '../report/model.ts';
import { summaryOf, verdictOf } from '../report/summary.ts';
import { KINDS, type Kind, SCOPES } from '../report/vocabulary.ts';
import { withWaivers } from '../waivers/apply.ts';
import { withoutOff } from '../waivers/severities.ts';
import { withBlocked } from './blocked-workloads.ts';
import { causesOf } from './causes/index.ts';
import { comparedOf } from './compared.ts';
import { type Asked, type Context, contextOf } from './context.ts';
import { type JudgedPair, judgedPairs } from './findings/judged-pairs.ts';
import { byWeight } from './findings/order.ts';
import { gapsOf } from './gaps.ts';
import { ignoredNotes, withoutIgnoredRules } from './ignored.ts';
import { contentGaps } from './images/content-gaps.ts';
import { lineagesOf } from './images/lineages.ts';
import { launchGaps } from './launches/gaps.ts';
import { mappingOf } from './mapping.ts';
import { notLookedAt } from './not-looked-at.ts';
import { isAmong, withoutSubjects } from './out-of-scope.ts';
import { ruleTexts } from './rules/registry.ts';
import { scopeNote, scopeOf } from './scope.ts';
import { unreadParts } from './unread-parts.ts';
import { verdictsOf } from './verdicts/verdicts.ts';
import { warningsOf } from './warnings.ts';
import { missingLookupGaps } from './workloads/missing-lookups.ts';
import { stackGaps } from './workloads/stack-imports.ts';
import { unreadInterfaces } from './workloads/unread-interfaces.ts';

/** Two sides and what the user said about them. */
export interface Comparison extends Asked {
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** An earlier run: its findings make those of this one new, worsened or persisting, or are resolved or unchecked. */
  readonly baseline?: Baseline | undefined;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tool: { readonly name: string; readonly version: string };
}

/** A report, and what it was made with: the commands of its fixes are drafted with the same answers. */
export interface Compared {
  readonly report: Report;
  readonly context: Context;
  /** By id of a cause: the findings whose steps are its fix. */
  readonly fixedBy: ReadonlyMap<string, readonly string[]>;
}

/**
 * Two snapshots and what the user said about them, made into the one report. Pure: the same input gives the same bytes.
 * Its commands are only those that no plan has; `withFixes` adds the steps of the plan.
 * @throws Unable where the config does not fit the snapshots, or the baseline is of other sides.
 */
export function compare(input: Comparison): Report {
  return compareAll(input).report;
}

/** As `compare`, with what the report was made with. */
export function compareAll(input: Comparison): Compared {
  const { config, phase, scopes, tool, startedAt, finishedAt, baseline } = input;
  const found = foundIn(input);
  const { source, target, context, kinds, judged, reported, outside } = found;
  const { allWorkloads, workloads, because, listed, settled } = found;
  const { findings, waived, notes, tried } = found.withWaivers;
  const { groupUse } = found;

  const gaps = statedGaps(
    context,
    scopes,
    input.content,
    kinds.includes('security-group') ? groupUse.gaps : [],
  );
  const complete = !gaps.some((g) => g.blocking);
  const pairs = [...reported].filter((j) => j.listed).map((j) => comparedPair(j, context));
  const leftOut = outside.flatMap((j) => j.findings.filter((f) => !because.has(f.fingerprint)));
  const { causes, fixedBy } = causesOf(context, judged, findings, workloads);
  const report: Report = {
    schemaVersion: REPORT_VERSION,
    tool: { ...tool },
    phase,
    startedAt,
    finishedAt,
    source: sideOf(source),
    target: sideOf(target),
    only: SCOPES.every((s) => scopes.includes(s)) ? null : SCOPES.filter((s) => scopes.includes(s)),
    complete,
    warnings: warningsOf(source, target),
    verdict: verdictOf({ pairs, findings, workloads, complete }),
    notLookedAt: found.notLookedAt,
    gaps,
    unreadParts: [...unreadParts('source', source), ...unreadParts('target', target)],
    summary: summaryOf(kinds, pairs, findings),
    ...(kinds.includes('security-group') || config.names ? { mapping: mappingOf(context) } : {}),
    ...(input.content ? { content: input.content } : {}),
    ...(kinds.includes('image') ? { lineages: lineagesOf(context, findings) } : {}),
    pairs,
    findings,
    workloads,
    causes,
    waived,
    resolved: [],
    unchecked: [],
    notes: [
      ...scopeNote(config, {
        kinds: outside.map((j) => j.pair.kind),
        findings: leftOut.length,
        workloads: allWorkloads.length - workloads.length,
      }),
      ...ignoredNotes(
        config,
        pairs.filter((pair) => pair.source && pair.target),
      ),
      ...settled.notes,
      ...notes,
    ],
    waivers: tried,
    rules: ruleTexts(),
  };
  if (!baseline) return { report, context, fixedBy };
  const accounted = new Set([...waived, ...settled.off, ...leftOut].map((f) => f.fingerprint));
  const known = withoutSubjects(
    baseline,
    outside.map((j) => j.pair),
    new Set(listed.map((f) => f.fingerprint)),
  );
  return { report: withBaseline(report, known, accounted), context, fixedBy };
}

/**
 * The findings of the report that `compare` makes, and what they do not take into account, without what only a report needs.
 * A plan is proven by comparing again what its steps would leave.
 */
export function findingsOf(input: Comparison): Pick<Report, 'findings' | 'waived' | 'notLookedAt'> {
  const {
    withWaivers: { findings, waived },
    notLookedAt,
  } = foundIn(input);
  return { findings, waived, notLookedAt };
}

/** What two sides are found to be, before it is put in words for a report. */
function foundIn(input: Comparison) {
  const { config, scopes, startedAt, baseline } = input;
  const { source, target } = comparedSides(input);
  refuseMisfit(baseline, { source, target });
  const context = contextOf(source, target, input);
  const kinds = KINDS.filter((k) => scopes.some((s) => kindsOfScope(s).includes(k)));
  const judgesWorkloads = scopes.includes('workloads');

  // The severity of a finding depends on every kind, even those that are not reported.
  const judged = judgedPairs(context, startedAt);
  const { reported, outside, isOutside } = scoped(judged, kinds, context);
  const allWorkloads = judgesWorkloads ? verdictsOf(context, judged) : [];
  const workloads = allWorkloads.filter((w) => !isOutside(w));
  const because = new Set(workloads.flatMap((w) => w.because));

  // A reason of a reported workload is reported, of any kind and scope.
  const listed = judged
    .flatMap((j) => j.findings.filter((f) => reported.has(j) || because.has(f.fingerprint)))
    .sort(byWeight);
  const settled = withoutOff(
    judgesWorkloads ? withBlocked(listed, workloads, context) : listed,
    config.rules,
  );
  const waivers = withWaivers(settled.findings, config.waivers ?? [], baseline, startedAt.slice(0, 10));
  const groupUse = unreadInterfaces(
    context,
    judged.flatMap((j) => j.findings.filter((f) => kinds.includes(f.kind))),
  );
  return {
    source,
    target,
    context,
    kinds,
    judged,
    reported,
    outside,
    allWorkloads,
    workloads,
    because,
    listed,
    settled,
    withWaivers: waivers,
    groupUse,
    notLookedAt: notLookedAt(context, judgesWorkloads, waivers.findings.length > 0, groupUse.notLookedAt),
  };
}

/**
 * The two sides as they are compared: in canonical order, so that no answer depends on the order in which AWS or a caller
 * listed the objects, and without the rules that the config says not to compare.
 */
export function comparedSides({ source, target, config }: Pick<Comparison, 'source' | 'target' | 'config'>): {
  readonly source: Snapshot;
  readonly target: Snapshot;
} {
  const side = (snapshot: Snapshot) => withoutIgnoredRules(assembleSnapshot(snapshot), config);
  return { source: side(source), target: side(target) };
}

/** Which pairs are reported: those of the kinds asked about that the config leaves in scope. */
function scoped(judged: readonly JudgedPair[], kinds: readonly Kind[], context: Context) {
  const inScope = scopeOf(context);
  const left = judged.filter((j) => j.listed && !inScope(j.pair.kind, j.counterpart));
  const out = new Set(left);
  return {
    reported: new Set(judged.filter((j) => kinds.includes(j.pair.kind) && !out.has(j))),
    outside: left.filter((j) => kinds.includes(j.pair.kind)),
    isOutside: isAmong(left.map((j) => j.pair)),
  };
}

/** Everything that was not read and decides something, each once. */
function statedGaps(
  context: Context,
  scopes: Comparison['scopes'],
  content: Comparison['content'],
  ofGroupUse: readonly Gap[],
): Gap[] {
  const { source, target } = context;
  const stated = [
    ...gapsOf('source', source, target, scopes, context),
    ...gapsOf('target', target, source, scopes, context),
    ...(scopes.includes('workloads')
      ? [...missingLookupGaps(context), ...launchGaps(context), ...stackGaps(context)]
      : []),
    ...contentGaps(content),
  ];
  const isStated = (gap: Gap) =>
    stated.some((g) => g.side === gap.side && g.message === gap.message && g.blocking);
  return [...stated, ...ofGroupUse.filter((g) => !isStated(g))];
}

/** What a side-by-side needs is of no use for a pair without findings. */
function comparedPair({ pair, counterpart }: JudgedPair, context: Context): Pair {
  const compared = pair.findings.length > 0 ? comparedOf(counterpart, context) : undefined;
  return compared ? { ...pair, compared } : pair;
}

function sideOf({ account, region, takenAt, origin }: Snapshot): Report['source'] {
  return { account, region, takenAt, origin };
}

function refuseMisfit(baseline: Baseline | undefined, now: { source: Snapshot; target: Snapshot }): void {
  const misfit = baseline && misfitOf(baseline, now);
  if (misfit) throw new Unable(`${baseline.name}: ${misfit.message}`, misfit.hint);
}
