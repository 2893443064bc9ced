import { compareText, firstOf } from '../../inventory/order.ts';
import { type Chain, isOf, type LookedAt, type Workload as Reported } from '../../report/model.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import { KINDS, SEVERITIES, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { launchJudgement } from '../launches/index.ts';
import { partOfIssue } from '../launches/parts.ts';
import { ONE_OF_SEVERAL } from '../pairing/workloads.ts';
import { launchDifferences } from '../workloads/differences.ts';
import { type LaunchSpec, references } from '../workloads/launches.ts';
import { deployedCounterpart, type StackUser, stacksOf } from '../workloads/stack-users.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';
import { type Judged, type Judgements, judgementsOf } from './judgements.ts';
import { referenceReasons } from './launch-reasons.ts';
import {
  about,
  lookedAtBy,
  lookedAtInStack,
  PART_OF_DIFFERENCE,
  PART_OF_REFERENCE,
  type PartChain,
} from './looked-at.ts';
import { stackReasons } from './stack-reasons.ts';
import { launchTemplateReasons } from './stack-templates.ts';

/**
 * Whether each workload could start on the target today. Before a migration those of the source are asked about; after
 * it (`verification`) the target's own.
 */
export function verdictsOf(context: Context, judged: readonly Judged[]): Reported[] {
  const side: SideName = context.phase === 'verification' ? 'target' : 'source';
  const judgements = judgementsOf(judged);
  const launchers = workloadsOf(context).on[side].map((w) => {
    const chains = launcherChains(w, judgements, context);
    return report(w, chains, lookedAtBy(w, chains, context), judgements);
  });
  const stacks = stacksOf(context)
    // A stack whose template was not read may launch something. What starts nothing is no workload, but a file was
    // given to be judged: everything that it names counts.
    .filter(
      (s) =>
        s.side === side &&
        (s.launches ||
          s.item.template === null ||
          (s.file !== null &&
            (s.checks.some(({ reference }) => reference.to !== 'value') ||
              launchJudgement(s.item, context).issues.length > 0))),
    )
    .map((s) => {
      const there = deployedCounterpart(s, context);
      const own = stackChains(there ?? s, judgements, context);
      const chains = [
        ...(there ? own.map((chain) => ofCounterpart(chain, context)) : own),
        ...launchChains(s, judgements, context),
      ];
      return report(s, chains, lookedAtInStack(there ?? s, s, chains, context), judgements);
    });
  return [...launchers, ...stacks].sort((a, b) =>
    firstOf(
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
      compareText(a.name, b.name),
      compareText(a.id, b.id),
    ),
  );
}

function stackChains(stack: StackUser, judgements: Judgements, context: Context): PartChain[] {
  return [
    ...stackReasons(stack, judgements, context),
    ...launchTemplateReasons(stack, judgements, context, (t) => launcherChains(t, judgements, context)),
  ];
}

function ofCounterpart(chain: PartChain, { places }: Context): PartChain {
  return { ...chain, steps: [`its counterpart in ${places.target}`, ...chain.steps] };
}

/**
 * Where the target has a counterpart, that is what starts there: its own values are judged, and how it differs. Without
 * one the workload is judged as it would be carried over. So are the versions that the counterpart lacks, and all of it
 * where the counterpart is not known to start: then what is missing for the source's own values matters too.
 */
function launcherChains(workload: Workload, judgements: Judgements, context: Context): PartChain[] {
  const pair = judgements.of(workload.item);
  const counterpart = pair && counterpartOf(workload, pair, context);
  const own = ownChains(workload, judgements, context);
  const which = workload.side === 'source' && pair ? whichCounterpart(workload, pair, context) : [];
  // Judged by the counterpart's values too, where there is one.
  const rest = launchChains(workload, judgements, context);
  if (!pair || !counterpart) return [...which, ...own, ...rest];
  const theirs = ownChains(counterpart, judgements, context);
  const same = new Set(own.map((chain) => JSON.stringify(chain)));
  const open =
    theirs.some((c) => c.verdict === 'unknown' || c.verdict === 'blocked') ||
    launchDifferences(workload.item, counterpart.item, context).undetermined;
  const pinned =
    workload.kind === 'launch-template' ? workload.launchSpecs.filter((s) => s.role === null) : [];
  return [
    ...rest,
    ...theirs.map((chain) => (same.has(JSON.stringify(chain)) ? chain : ofCounterpart(chain, context))),
    ...pair.findings
      // What does not start launches nothing else either.
      .filter((f) => isOf(f, 'workload/differs'))
      .filter(() => !theirs.some((c) => c.verdict === 'blocked'))
      .map(
        (f): PartChain => ({
          verdict: 'degraded',
          steps: [`its counterpart in ${context.places.target}`, howItDiffers(f.facts.parts)],
          findings: [f.fingerprint],
          parts: f.facts.parts.flatMap((part) => PART_OF_DIFFERENCE[part] ?? []),
        }),
      ),
    ...(open ? own : pinned.flatMap((spec) => launchSpecChains(spec, judgements, context, workload.side))),
  ];
}

function howItDiffers(parts: readonly DifferingPart[]): string {
  return parts.every((part) => part === 'lifecycle hooks')
    ? 'has other lifecycle hooks'
    : 'launches something else';
}

/** What starts there is the counterpart's: which that is, and whether there is one, decides. */
function whichCounterpart(
  { kind }: Workload,
  { counterpart, findings }: Judged,
  { places }: Context,
): PartChain[] {
  const unknown = (step: string): PartChain => ({
    verdict: 'unknown',
    steps: [step],
    findings: findings.filter((f) => isOf(f, 'workload/ambiguous')).map((f) => f.fingerprint),
    parts: null,
  });
  if (counterpart.pairingStatus === 'ambiguous')
    return [unknown(`which one in ${places.target} is its counterpart is not known`)];
  // An instance that exists on the target runs there; another one is started with what the source's has.
  return counterpart.pairingStatus === 'unread' && kind !== 'instance'
    ? [unknown(`whether ${places.target} has a counterpart of it could not be read`)]
    : [];
}

/** What would start on the target in place of a workload of the source; null where nothing does, or any of several. */
function counterpartOf(workload: Workload, { counterpart }: Judged, context: Context): Workload | null {
  const { source, target, pairingStatus, matchedBy } = counterpart;
  if (workload.side !== 'source' || pairingStatus !== 'paired' || !source || !target) return null;
  return matchedBy === ONE_OF_SEVERAL ? null : workloadsOf(context).of(target as Workload['item']);
}

function ownChains(workload: Workload, judgements: Judgements, context: Context): PartChain[] {
  const issues = workload.issues.map(
    (one): PartChain => ({
      verdict: one.issue.is === 'dangling' ? 'blocked' : 'unknown',
      steps: one.steps,
      findings: judgements.about(one, 'reference/dangling'),
      parts: null,
    }),
  );
  return [
    ...issues,
    ...workload.launchSpecs.flatMap((spec) => launchSpecChains(spec, judgements, context, workload.side)),
  ];
}

/** What stops or degrades its launches besides key pair, groups and image, and what of that cannot be known. */
function launchChains(
  workload: Pick<Workload, 'item'> | StackUser,
  judgements: Judgements,
  context: Context,
): PartChain[] {
  const { issues, unread } = launchJudgement(workload.item, context);
  return [
    ...issues.flatMap((issue) =>
      issue.verdict === null
        ? []
        : about(partOfIssue(issue), [
            {
              verdict: issue.verdict,
              steps: [...issue.steps],
              findings: judgements.about(issue, issue.rule),
            },
          ]),
    ),
    ...unread.flatMap(({ steps, part }) =>
      about(part, [{ verdict: 'unknown', steps: [...steps], findings: [] }]),
    ),
  ];
}

function launchSpecChains(
  spec: LaunchSpec,
  judgements: Judgements,
  context: Context,
  side: SideName,
): PartChain[] {
  return references(spec).flatMap((reference) =>
    about(
      PART_OF_REFERENCE[reference.to],
      referenceReasons(reference, side, judgements, context, spec).map((reason) => ({
        ...reason,
        steps: [...(spec.step === null ? [] : [spec.step]), ...reason.steps],
      })),
    ),
  );
}

/** What is not known to launch cannot be said to launch otherwise: a gap outweighs what would degrade it. */
const HEAVIEST_FIRST = ['blocked', 'unknown', 'degraded', 'launchable'] as const;

function report(
  workload: Workload | StackUser,
  found: readonly PartChain[],
  lookedAt: LookedAt,
  judgements: Judgements,
): Reported {
  const chains = ordered(
    found.map(({ verdict, steps, findings }) => ({ verdict, steps, findings })),
    judgements,
  );
  const because = [...new Set(chains.flatMap((c) => c.findings))].sort(bySeverity(judgements));
  const worst = HEAVIEST_FIRST.find((v) => chains.some((c) => c.verdict === v)) ?? 'launchable';
  const { kind, name, id, side } = workload;
  return { kind, name, id, verdict: worst, because, side, chains, lookedAt };
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
