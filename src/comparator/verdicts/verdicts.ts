import { compareText, firstOf } from '../../inventory/order.ts';
import { type Chain, isOf, type Workload as Reported } from '../../report/model.ts';
import { KINDS, SEVERITIES, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { type LaunchIssue, launchJudgement } from '../launches/index.ts';
import { type LaunchSpec, references } from '../workloads/launches.ts';
import { type StackUser, stacksOf } from '../workloads/template-checks.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';
import { type Judged, type Judgements, judgementsOf } from './judgements.ts';
import { referenceReasons } from './launch-reasons.ts';
import { stackReasons } from './stack-reasons.ts';

/**
 * Whether each workload could start on the target today. Before a migration those of the source are asked about; after
 * it (`verification`) the target's own.
 */
export function verdictsOf(context: Context, judged: readonly Judged[]): Reported[] {
  const side: SideName = context.phase === 'verification' ? 'target' : 'source';
  const judgements = judgementsOf(judged);
  const launchers = workloadsOf(context).on[side].map((w) =>
    report(w, launcherChains(w, judgements, context), judgements),
  );
  const stacks = stacksOf(context)
    // A stack whose template nobody read may well launch something; a file was handed over to be judged.
    .filter((s) => s.side === side && (s.launches || s.file !== null || s.item.template === null))
    .map((s) => report(s, stackReasons(s, judgements, context), judgements));
  return [...launchers, ...stacks].sort((a, b) =>
    firstOf(
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
      compareText(a.name, b.name),
      compareText(a.id, b.id),
    ),
  );
}

function launcherChains(workload: Workload, judgements: Judgements, context: Context): Chain[] {
  const own = judgements.of(workload.item);
  const troubles = workload.troubles.map(
    ({ is, steps, text }): Chain => ({
      verdict: is === 'dangling' ? 'blocked' : 'unknown',
      steps: [...steps],
      findings: (own?.findings ?? [])
        .filter((f) => is === 'dangling' && isOf(f, 'reference/dangling') && f.facts.reference === text)
        .map((f) => f.fingerprint),
    }),
  );
  return [
    ...troubles,
    ...launchChains(workload, judgements, context),
    ...workload.launchSpecs.flatMap((spec) => launchSpecChains(spec, judgements, context, workload.side)),
  ];
}

/** What stops or degrades its launches besides key pair, groups and image, and what of that cannot be known. */
function launchChains(workload: Workload, judgements: Judgements, context: Context): Chain[] {
  const { issues, doubts } = launchJudgement(workload.item, context);
  const saying = ({ owner, rule, facts }: LaunchIssue) =>
    (judgements.of(owner)?.findings ?? [])
      .filter((f) => f.rule === rule && JSON.stringify(f.facts) === JSON.stringify(facts))
      .map((f) => f.fingerprint);
  return [
    ...issues.flatMap((issue): Chain[] =>
      issue.verdict === null
        ? []
        : [{ verdict: issue.verdict, steps: [...issue.steps], findings: saying(issue) }],
    ),
    ...doubts.map(({ steps }): Chain => ({ verdict: 'unknown', steps: [...steps], findings: [] })),
  ];
}

function launchSpecChains(
  spec: LaunchSpec,
  judgements: Judgements,
  context: Context,
  side: SideName,
): Chain[] {
  return references(spec).flatMap((reference) =>
    referenceReasons(reference, spec.owner, side, judgements, context, spec).map((reason) => ({
      ...reason,
      steps: [...(spec.step === null ? [] : [spec.step]), ...reason.steps],
    })),
  );
}

/** What is not known to launch cannot be said to launch otherwise: a gap outweighs what would degrade it. */
const HEAVIEST_FIRST = ['blocked', 'unknown', 'degraded', 'launchable'] as const;

function report(workload: Workload | StackUser, found: readonly Chain[], judgements: Judgements): Reported {
  const chains = ordered(found, judgements);
  const because = [...new Set(chains.flatMap((c) => c.findings))].sort(bySeverity(judgements));
  const worst = HEAVIEST_FIRST.find((v) => chains.some((c) => c.verdict === v)) ?? 'launchable';
  const { kind, name, id, side } = workload;
  return { kind, name, id, verdict: worst, because, side, chains };
}

/** Worst first, each once: one that is the default and the latest version is asked about twice. */
function ordered(chains: readonly Chain[], judgements: Judgements): Chain[] {
  const known = new Map(chains.map((c) => [JSON.stringify(c), c]));
  const severity = bySeverity(judgements);
  return [...known.values()].sort((a, b) =>
    firstOf(
      HEAVIEST_FIRST.indexOf(a.verdict) - HEAVIEST_FIRST.indexOf(b.verdict),
      a.findings[0] && b.findings[0] ? severity(a.findings[0], b.findings[0]) : 0,
      compareText(a.steps.join('\n'), b.steps.join('\n')),
    ),
  );
}

function bySeverity(judgements: Judgements): (a: string, b: string) => number {
  const rank = (fingerprint: string) =>
    SEVERITIES.indexOf(judgements.finding(fingerprint)?.severity ?? 'info');
  return (a, b) => firstOf(rank(a) - rank(b), compareText(a, b));
}
