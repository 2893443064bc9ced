import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/comparator/config.ts';
import { buildPlan } from '../../src/plan/build.ts';
import type { Operation, Plan, PlanOptions } from '../../src/plan/model.ts';
import type { PlanInput } from '../../src/plan/planning.ts';
import { planScript } from '../../src/plan/script/index.ts';
import type { Report } from '../../src/report/model.ts';
import type { Scope } from '../../src/report/vocabulary.ts';
import { type AuditOptions, audit, type Estate, snapshotOf } from '../kit/estate.ts';

const SCOPES: readonly Scope[] = ['key-pairs', 'security-groups', 'images', 'workloads'];

export interface Planned {
  readonly report: Report;
  readonly plan: Plan;
}

type Options = Partial<PlanOptions> & { config?: Config } & Pick<AuditOptions, 'publicKeys'>;

/** The input of a plan for two estates of us-east-1 and eu-west-1. */
export function inputOf(
  source: Estate,
  target: Estate,
  { config = {}, ...options }: Options = {},
): PlanInput {
  const { publicKeys } = options;
  const report = audit(source, target, { config, ...(publicKeys ? { publicKeys } : {}) });
  return {
    report,
    source: snapshotOf('us-east-1', source),
    target: snapshotOf('eu-west-1', target),
    asked: { config, phase: 'readiness', scopes: SCOPES, publicKeys },
    options: { allowRevoke: false, allowWorldOpen: false, findings: null, ...options },
  };
}

/** The plan for two estates, with the report that it was made from. */
export function planned(source: Estate, target: Estate, options: Options = {}): Planned {
  const input = inputOf(source, target, options);
  return { report: input.report, plan: buildPlan(input) };
}

/** What the steps do, in order. */
export function doing({ plan }: Planned): string[] {
  return plan.steps.map((s) => s.does);
}

/** The rules of the findings that are resolved. */
export function resolvedRules({ plan, report }: Planned): string[] {
  const resolved = new Set(plan.resolves);
  return report.findings.filter((f) => resolved.has(f.fingerprint)).map((f) => f.rule);
}

/** Why a finding of a rule is left. */
export function becauseOf({ plan, report }: Planned, rule: string): string[] {
  const of = new Set(report.findings.filter((f) => f.rule === rule).map((f) => f.fingerprint));
  return plan.left.filter((l) => of.has(l.fingerprint)).map((l) => l.because);
}

export function operations({ plan }: Planned): Operation[] {
  return plan.steps.map((s) => s.operation);
}

/** What `shellcheck` says of the script of the plan, and what each shell says of its syntax. */
export function complaints({ plan }: Planned): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  try {
    const path = join(folder, 'plan.sh');
    writeFileSync(path, planScript(plan));
    return [
      ['shellcheck', '-s', 'sh', path],
      ['dash', '-n', path],
      ['bash', '-n', path],
    ].flatMap(([command = '', ...args]) => {
      const { stdout, stderr, status, error } = spawnSync(command, args, { encoding: 'utf8' });
      if (error) throw error;
      return status === 0 ? [] : [`${command}: ${stdout}${stderr}`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `plan.sh --dry-run` prints, by each shell, where there is no AWS CLI and no network to call it with. */
export function dryRuns({ plan }: Planned): string[] {
  return ['dash', 'bash'].map((shell) => {
    const options = { input: planScript(plan), encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } } as const;
    const { stdout, stderr, status } = spawnSync(shell, ['-s', '--', '--dry-run'], options);
    if (status !== 0 || stderr !== '') throw new Error(`${shell} ended with ${status}: ${stderr}`);
    return stdout;
  });
}
