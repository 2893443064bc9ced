import { join } from 'node:path';
import type { AuditedSides } from '../audit/run.ts';
import { writeWholeFiles } from '../inventory/write-file.ts';
import { BUNDLE_FILES } from '../plan/files.ts';
import type { Arguments } from './arguments.ts';
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

/** Makes the plan and writes its files, all or none. Nothing is executed. */
export async function writePlan(
  { folder, findings, allowRevoke, allowWorldOpen }: PlanRequest,
  { report, source, target, asked }: AuditedSides,
  say: (line: string) => void,
): Promise<void> {
  const [{ buildPlan }, { planBundle }, { simulatedText }] = await Promise.all([
    import('../plan/build.ts'),
    import('../plan/bundle.ts'),
    import('../plan/summary.ts'),
  ]);
  const chosen = findings.length === 0 ? null : new Set(fingerprintsIn(report, findings, 'the report'));
  const options = { allowRevoke, allowWorldOpen, findings: chosen };
  const plan = buildPlan({ report, source, target, asked, options });
  const files = planBundle(plan, report, target).map(({ name, text }) => ({
    path: join(folder, name),
    data: text,
  }));
  await writeWholeFiles(files, 'plan');
  for (const { path } of files) say(`wrote ${path}`);
  say(simulatedText(plan));
}
