import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditedSides } from '../audit/run.ts';
import type { Side } from '../audit/sides.ts';
import { isObject } from '../inventory/json-text.ts';
import { type WholeFile, writeWholeFiles } from '../inventory/write-file.ts';
import { BUNDLE_FILES } from '../plan/files.ts';
import type { Profiles } from '../plan/planning.ts';
import type { Report } from '../report/model.ts';
import type { Arguments } from './arguments.ts';
import type { Context } from './command.ts';
import { fingerprintsIn } from './fingerprints.ts';

/** Where a plan goes, and what it may do. */
export interface PlanRequest {
  readonly folder: string;
  readonly findings: ReturnType<Arguments['list']>;
  readonly allowRevoke: boolean;
  readonly allowWorldOpen: boolean;
}

/** `--plan DIR` of `audit`, or the folder that `plan -o` names. */
export function planRequest(
  args: Arguments,
  folder: string | undefined = args.text('plan')?.value,
): PlanRequest | null {
  if (folder === undefined) return null;
  return {
    folder,
    // Fingerprints hold no commas: several may be given in one word.
    findings: args
      .list('findings')
      .flatMap((given) => given.value.split(/[\s,]+/).map((value) => ({ ...given, value })))
      .filter(({ value }) => value !== ''),
    allowRevoke: args.flag('allow-revoke'),
    allowWorldOpen: args.flag('allow-world-open'),
  };
}

export function planFilesOf(folder: string): string[] {
  return BUNDLE_FILES.map((name) => join(folder, name));
}

/** A plan with the text of its files. */
export interface MadePlan {
  readonly report: Report;
  readonly folder: string;
  readonly files: readonly WholeFile[];
  readonly summary: string;
}

/** Makes the plan; nothing is written yet, and nothing is executed. */
export async function makePlan(
  { folder, findings, allowRevoke, allowWorldOpen }: PlanRequest,
  { report, source, target, asked }: AuditedSides,
  profiles: Profiles,
  { working }: Pick<Context, 'working'>,
): Promise<MadePlan> {
  const [{ buildPlan }, { planBundle }, { simulatedText }, { withPlan }] = await Promise.all([
    import('../plan/build.ts'),
    import('../plan/bundle.ts'),
    import('../plan/summary.ts'),
    import('../plan/report.ts'),
  ]);
  const chosen = findings.length === 0 ? null : new Set(fingerprintsIn(report, findings, 'the report'));
  const options = { allowRevoke, allowWorldOpen, findings: chosen };
  const plan = await working(() => buildPlan({ report, source, target, asked, options, profiles }));
  return working(() => ({
    report: withPlan(report, plan),
    folder,
    files: planBundle(plan, report, { source, target }).map(({ name, text }) => ({
      path: join(folder, name),
      data: text,
      what: 'plan',
    })),
    summary: simulatedText(plan),
  }));
}

/** Writes the files of the plan, all or none, and removes those of a former plan that was in more files. */
export async function writePlan(made: MadePlan, say: (line: string) => void): Promise<void> {
  await writeWholeFiles(made.files, 'plan');
  await finishPlan(made, say);
}

/** Once the files are written: names them, and removes those of a former plan that was in more files. */
export async function finishPlan(
  { folder, files, summary }: MadePlan,
  say: (line: string) => void,
): Promise<void> {
  for (const { path } of files) say(`wrote ${path}`);
  for (const path of await formerTemplates(folder, new Set(files.map((file) => file.path)))) {
    await unlink(path);
    say(`removed ${path}, a part of a former plan`);
  }
  say(summary);
}

/** Further templates of a former plan, which was larger: with those of the new plan they would deploy what it does not have. */
async function formerTemplates(folder: string, written: ReadonlySet<string>): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^cloudformation-\d+\.json$/.test(name)).sort();
  const others = names.map((name) => join(folder, name)).filter((path) => !written.has(path));
  const former = await Promise.all(others.map(isOfPlan));
  return others.filter((_, i) => former[i]);
}

/** Whether a template is one that a plan wrote: what a person put there stays. */
async function isOfPlan(path: string): Promise<boolean> {
  try {
    const template: unknown = JSON.parse(await readFile(path, 'utf8'));
    const metadata = isObject(template) ? template.Metadata : null;
    return isObject(metadata) && isObject(metadata['ec2-parity']);
  } catch {
    return false;
  }
}

/** The profiles that live sides are read with. */
export function profilesOf(source: Side, target: Side): Profiles {
  const profile = (side: Side) => (side.form === 'live' ? side.profile : undefined);
  return { source: profile(source), target: profile(target) };
}
