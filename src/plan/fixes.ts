import type { Compared } from '../comparator/compare.ts';
import type { Context } from '../comparator/context.ts';
import { listedWith } from '../comparator/findings/commands.ts';
import type { Command } from '../report/command.ts';
import type { Cause, Finding, Report } from '../report/model.ts';
import { allSteps } from './all-steps.ts';
import { draftFor } from './draft/rules.ts';
import { type Listed, listedFor } from './listed.ts';
import type { Draft, PlanOptions } from './model.ts';
import { planningOf } from './planning.ts';
import { commandWriter } from './script/commands.ts';

/** What a plan may do by default. */
export const BY_DEFAULT: PlanOptions = { allowRevoke: false, allowWorldOpen: false, findings: null };
const ALLOWED: PlanOptions = { allowRevoke: true, allowWorldOpen: true, findings: null };

/**
 * The report with the steps of the plan as the commands of its findings and fixes. A fix that the plan does only when it is
 * allowed (a revocation, a rule that opens a group to any address) has its commands too: a person who runs them decides it.
 * @param refused Fingerprints of findings whose steps would make another finding: they have no commands.
 */
export function withFixes(
  { report, context, fixedBy }: Compared,
  refused: ReadonlySet<string> = new Set(),
): Report {
  const all: readonly Finding[] = [...report.findings, ...report.waived];
  const known = new Map(all.map((f) => [f.fingerprint, f]));
  const steps = stepsFor(all, refused, context);
  const ruleOf = (fingerprint: string) => known.get(fingerprint)?.rule;
  const write = commandWriter(steps, { ...report, kmsKey: context.config.plan?.kmsKey });
  const planned = new Set(steps.flatMap((step) => step.aims));
  const lists = listedFor(
    steps,
    all.map((f) => [f.fingerprint]),
    ruleOf,
  );
  const made = new Map(
    all.map((finding, place): [string, Pick<Finding, 'remedy' | 'commands'>] => {
      const { own, elsewhere } = lists[place] as Listed;
      const other = own.length === 0 && elsewhere !== null ? all[elsewhere] : undefined;
      return [
        finding.fingerprint,
        {
          remedy: `${finding.remedy}${other ? listedWith(other) : ''}`,
          commands: [...own.flatMap(write), ...manualCommands(finding, planned.has(finding.fingerprint))],
        },
      ];
    }),
  );
  const withSteps = <F extends Finding>(finding: F): F => ({ ...finding, ...made.get(finding.fingerprint) });
  const causes = report.causes ?? [];
  const aims = causes.map((cause) => fixedBy.get(cause.id) ?? cause.findings);
  const fixes = listedFor(steps, aims, ruleOf);
  const withFix = (cause: Cause, place: number): Cause => {
    const { own, elsewhere } = fixes[place] as Listed;
    const manual = (aims[place] ?? []).flatMap((aim) => {
      const finding = known.get(aim);
      return finding ? manualCommands(finding, planned.has(aim)) : [];
    });
    return {
      ...cause,
      remedy:
        own.length === 0 && elsewhere !== null
          ? `${cause.remedy} The commands are listed with this fix: ${causes[elsewhere]?.title ?? ''}`
          : cause.remedy,
      commands: [...own.flatMap(write), ...once(manual)],
    };
  };
  return {
    ...report,
    findings: report.findings.map(withSteps),
    waived: report.waived.map(withSteps),
    ...(report.causes ? { causes: causes.map(withFix) } : {}),
  };
}

/** What a person does in place of a plan, or beside it. Other commands that copy an image are in place of the steps. */
function manualCommands({ rule, commands = [] }: Finding, isPlanned: boolean): readonly Command[] {
  return isPlanned && rule === 'image/missing-copy' ? [] : commands;
}

function once(commands: readonly Command[]): Command[] {
  return [...new Map(commands.map((c) => [JSON.stringify([c.side, c.shell]), c])).values()];
}

/** The steps for the findings, in the order of the plan, with those that it does only when it is allowed. */
function stepsFor(
  findings: readonly Finding[],
  refused: ReadonlySet<string>,
  context: Context,
): readonly Draft[] {
  const byDefault = planningOf(context, findings, BY_DEFAULT);
  const allowed = planningOf(context, findings, ALLOWED);
  // What the default steps resolve needs no others.
  const left = findings.filter((f) => !refused.has(f.fingerprint) && draftFor(f, byDefault) !== null);
  for (const finding of left) draftFor(finding, allowed);
  return allSteps(byDefault.drafts.all(), allowed.drafts.all());
}
