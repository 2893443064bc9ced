import { type Baseline, misfitOf } from '../drift/baseline.ts';
import { inOrder, withBaseline } from '../drift/status.ts';
import { assembleSnapshot } from '../inventory/assemble.ts';
import { type Collected, itemsOf } from '../inventory/collected.ts';
import { INVENTORY, kindsOfScope, SNAPSHOT_KINDS } from '../inventory/kinds.ts';
import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import { compareMaybe, compareText, firstOf } from '../inventory/order.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { Unable } from '../inventory/unable.ts';
import { type Finding, type Gap, type Pair, REPORT_VERSION, type Report } from '../report/model.ts';
import { summaryOf, verdictOf } from '../report/summary.ts';
import { KINDS, SCOPES, SIDES, type SideName } from '../report/vocabulary.ts';
import { Numbering, numbered } from '../text/groups.ts';
import { withWaivers } from '../waivers/apply.ts';
import { withoutOff } from '../waivers/severities.ts';
import { causesOf } from './causes/index.ts';
import { comparedOf } from './compared.ts';
import { type Asked, type ComparedKind, type Context, contextOf, type ItemOf } from './context.ts';
import { withCommands } from './findings/commands.ts';
import { type Draft, judge } from './findings/judge.ts';
import { byWeight } from './findings/order.ts';
import { gapsOf } from './gaps.ts';
import { ignoredNotes, withoutIgnoredRules } from './ignored.ts';
import { contentGaps } from './images/content-gaps.ts';
import { lineagesOf } from './images/lineages.ts';
import { launchGaps } from './launches/gaps.ts';
import { mappingOf } from './mapping.ts';
import { notLookedAt } from './not-looked-at.ts';
import type { Counterpart } from './pairing/counterpart.ts';
import { ruleTexts } from './rules/registry.ts';
import type { Origin } from './rules/rule.ts';
import { scopeNote, scopeOf } from './scope.ts';
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
  const { config, phase, scopes, tool, startedAt, finishedAt } = input;
  const { source, target } = comparedSides(input);
  refuseMisfit(input.baseline, { source, target });
  const context = contextOf(source, target, input);
  const kinds = KINDS.filter((k) => scopes.some((s) => kindsOfScope(s).includes(k)));
  // The severity of a finding depends on every kind, even those that are not reported.
  const judged = toldApart(
    KINDS.flatMap((kind) => judgedPairs(kind, context, startedAt)).sort((a, b) => byPlace(a.pair, b.pair)),
  );
  const said = judged.map(({ counterpart, pair, findings, origins }) => ({
    counterpart,
    state: pair.state,
    findings,
    origins,
  }));
  const judgesWorkloads = scopes.includes('workloads');
  const inScope = scopeOf(context);
  const outside = judged.filter((j) => j.listed && !inScope(j.pair.kind, j.counterpart));
  const out = new Set(outside);
  const isOutside = idsOf(outside);
  const all = judgesWorkloads ? verdictsOf(context, said) : [];
  const workloads = all.filter((w) => !isOutside(w));
  const groupUse = unreadInterfaces(
    context,
    judged.flatMap((j) => j.findings.filter((f) => kinds.includes(f.kind))),
  );
  const stated = [
    ...gapsOf('source', source, target, scopes, context),
    ...gapsOf('target', target, source, scopes, context),
    ...(judgesWorkloads
      ? [...missingLookupGaps(context), ...launchGaps(context), ...stackGaps(context)]
      : []),
    ...contentGaps(input.content),
  ];
  const isStated = (gap: Gap) =>
    stated.some((g) => g.side === gap.side && g.message === gap.message && g.blocking);
  const groupUseGaps = kinds.includes('security-group') ? groupUse.gaps.filter((g) => !isStated(g)) : [];
  const gaps = [...stated, ...groupUseGaps];
  const reasons = new Set(workloads.flatMap((w) => w.because));
  const listed = judged
    .flatMap((j) => {
      const isListed = kinds.includes(j.pair.kind) && !out.has(j);
      return j.findings.filter((f) => isListed || reasons.has(f.fingerprint));
    })
    .sort(byWeight);
  const settled = withoutOff(
    judgesWorkloads ? withBlocked(listed, workloads, context) : listed,
    config.rules,
  );
  const { findings, waived, notes, tried } = withWaivers(
    settled.findings,
    config.waivers ?? [],
    input.baseline,
    startedAt.slice(0, 10),
  );
  const pairs = judged
    .filter((j) => j.listed && kinds.includes(j.pair.kind) && !out.has(j))
    .map(({ pair, counterpart }) => {
      const compared = pair.findings.length > 0 ? comparedOf(counterpart, context) : undefined;
      return compared ? { ...pair, compared } : pair;
    });
  const left = outside.filter((j) => kinds.includes(j.pair.kind));
  const leftOut = left.flatMap((j) => j.findings.filter((f) => !reasons.has(f.fingerprint)));
  const complete = !gaps.some((g) => g.blocking);
  const side = ({ account, region, takenAt, origin }: Snapshot) => ({ account, region, takenAt, origin });
  const { causes, fixedBy } = causesOf(context, said, findings, workloads);
  const report: Report = {
    schemaVersion: REPORT_VERSION,
    tool: { ...tool },
    phase,
    startedAt,
    finishedAt,
    source: side(source),
    target: side(target),
    only: SCOPES.every((s) => scopes.includes(s)) ? null : SCOPES.filter((s) => scopes.includes(s)),
    complete,
    warnings: warningsOf(source, target),
    verdict: verdictOf({ pairs, findings, workloads, complete }),
    notLookedAt: notLookedAt(context, judgesWorkloads, findings.length > 0, groupUse.notLookedAt),
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
        kinds: left.map((j) => j.pair.kind),
        findings: leftOut.length,
        workloads: all.length - workloads.length,
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
  if (!input.baseline) return { report, context, fixedBy };
  const accounted = [...waived, ...settled.off, ...leftOut].map((f) => f.fingerprint);
  const found = new Set(listed.map((f) => f.fingerprint));
  const baseline = withoutSubjects(
    input.baseline,
    left.map((j) => j.pair),
    found,
  );
  return { report: withBaseline(report, baseline, new Set(accounted)), context, fixedBy };
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

/** What a snapshot lacks, by whole kinds, launch facts and details. */
function unreadParts(side: SideName, snapshot: Snapshot): string[] {
  const kinds = SNAPSHOT_KINDS.filter((key) => snapshot[key].status === 'failed');
  const facts = FACT_KINDS.filter((key) => isUnread(snapshot.launchFacts[key]));
  const details = snapshot.gaps.map(
    ({ kind, explains }) => `detail:${kind}${explains ? `:${explains}` : ''}`,
  );
  const settings = Object.entries(snapshot.imageSettings).filter(([, value]) => value === null);
  return [
    ...settings.map(([key]) => `detail:image:${key}`),
    ...(snapshot.recycledImages === null ? ['detail:image:recycled'] : []),
    ...(snapshot.staleReferences === null ? ['detail:security-group:stale'] : []),
    ...kinds.map((key) => `kind:${INVENTORY[key].kind}`),
    ...facts.map((key) => `fact:${key}`),
    ...new Set(details),
  ]
    .map((part) => `${side} ${part}`)
    .sort();
}

/** Whether a kind of fact could not be read, or one object of it. */
function isUnread(facts: Collected<object>): boolean {
  return facts.status === 'failed' || facts.items.some((item) => 'unread' in item && item.unread !== null);
}

/** Whether a workload is one of these objects. */
function idsOf(all: readonly JudgedPair[]): (workload: Report['workloads'][number]) => boolean {
  const ids = new Set(
    all.flatMap(({ pair: { kind, source, target } }) =>
      [source, target].flatMap((e) => (e ? [`${kind} ${e.id}`] : [])),
    ),
  );
  return ({ kind, id }) => ids.has(`${kind} ${id}`);
}

/** What an earlier run said of objects that are out of scope now is neither resolved nor unchecked. */
function withoutSubjects(baseline: Baseline, pairs: readonly Pair[], found: ReadonlySet<string>): Baseline {
  const key = (kind: string, { name, scope }: { name: string; scope: string | null }) =>
    JSON.stringify([kind, scope, name]);
  const gone = new Set(pairs.map((pair) => key(pair.kind, pair)));
  const kept = (all: readonly Finding[]) =>
    all.filter((f) => found.has(f.fingerprint) || !gone.has(key(f.kind, f.subject)));
  return { ...baseline, findings: kept(baseline.findings), unchecked: kept(baseline.unchecked) };
}

function refuseMisfit(baseline: Baseline | undefined, now: { source: Snapshot; target: Snapshot }): void {
  const misfit = baseline && misfitOf(baseline, now);
  if (misfit) throw new Unable(`${baseline.name}: ${misfit.message}`, misfit.hint);
}

/**
 * Findings with the workloads that each keeps from launching. Instances of one name are one, and those without a name are
 * their Auto Scaling group: another instance of it every night is no other workload.
 */
function withBlocked(
  findings: readonly Finding[],
  workloads: Report['workloads'],
  context: Context,
): Finding[] {
  const groups = new Map(
    SIDES.flatMap((side) =>
      itemsOf(context[side].instances).flatMap((i) =>
        i.name === null && i.autoScalingGroup !== null ? [[i.id, i.autoScalingGroup] as const] : [],
      ),
    ),
  );
  const named = ({ kind, name, id }: Report['workloads'][number]) => {
    const group = kind === 'instance' ? groups.get(id) : undefined;
    return group === undefined ? { kind, name } : { kind: 'auto-scaling-group', name: group };
  };
  const blocked = new Map<string, Map<string, { kind: string; name: string }>>();
  for (const workload of workloads) {
    const one = named(workload);
    for (const fingerprint of (workload.chains ?? []).flatMap((c) =>
      c.verdict === 'blocked' ? c.findings : [],
    )) {
      const own = blocked.get(fingerprint) ?? new Map();
      blocked.set(fingerprint, own.set(JSON.stringify([one.kind, one.name]), one));
    }
  }
  return findings.map((f) => inOrder({ ...f, blocks: [...(blocked.get(f.fingerprint)?.values() ?? [])] }));
}

interface DraftPair extends Draft {
  readonly counterpart: Counterpart<unknown>;
  /** A template file has findings, and is not an object of a side. */
  readonly listed: boolean;
}
interface JudgedPair extends Pick<DraftPair, 'counterpart' | 'listed'> {
  readonly pair: Pair;
  readonly findings: readonly Finding[];
  readonly origins: ReadonlyMap<Finding, Origin>;
}

function judgedPairs(kind: ComparedKind, context: Context, seenAt: string): DraftPair[] {
  const judgeAll = <K extends ComparedKind>(k: K, all: readonly Counterpart<ItemOf[K]>[], listed: boolean) =>
    all.map((c) => ({ counterpart: c, ...judge(k, c, context, seenAt), listed }));
  const listed = judgeAll(kind, context.counterparts[kind] as readonly Counterpart<never>[], true);
  return kind === 'stack' ? [...listed, ...judgeAll(kind, context.templateFiles, false)] : listed;
}

/**
 * Objects that nothing region-independent distinguishes (instances of one name, two unnamed VPCs of one range) are numbered
 * in the total order of the pairs, and so are their findings: what is wrong with one of them renames no other finding.
 */
function toldApart(drafts: readonly DraftPair[]): JudgedPair[] {
  const objects = new Numbering();
  const taken = new Numbering();
  const drafted = drafts.map(({ findings, ...draft }) => {
    const { listed, pair, place } = draft;
    const object = objects.next(JSON.stringify([listed, pair.kind, pair.scope, pair.name, place]));
    // A template file and a stack may have one name, and their findings one fingerprint.
    const unique = (fingerprint: string) => taken.unique(numbered(fingerprint, object));
    return { ...draft, drafts: findings.map((d) => ({ ...d, fingerprint: unique(d.fingerprint) })) };
  });
  const made = withCommands(drafted.flatMap((d) => d.drafts)).values();
  return drafted.map(({ counterpart, listed, pair, drafts: own }) => {
    const named = own.map(({ origin }) => [made.next().value as Finding, origin] as const);
    const findings = named.map(([finding]) => finding);
    return {
      counterpart,
      listed,
      pair: { ...pair, findings: findings.map((f) => f.fingerprint) },
      findings,
      origins: new Map(named),
    };
  });
}

function byPlace(a: Draft['pair'], b: Draft['pair']): number {
  return firstOf(
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    compareMaybe(a.scope, b.scope),
    compareText(a.name, b.name),
    compareMaybe(a.source?.id, b.source?.id),
    compareMaybe(a.target?.id, b.target?.id),
  );
}
