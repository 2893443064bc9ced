import { fileURLToPath } from 'node:url';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { compareWithPlan } from '../../src/plan/audited.ts';
import type { Report } from '../../src/report/model.ts';
import { type Phase, SCOPES, type Scope, type SideName } from '../../src/report/vocabulary.ts';

const TAKEN = '2026-11-15T06:00:00.000Z';

async function side(region: string, flag: string): Promise<Snapshot> {
  const folder = fileURLToPath(new URL(`../../fixtures/demo/${region}`, import.meta.url));
  const { snapshot } = await readDumps(folder, { region: undefined, flag, scopes: SCOPES });
  return { ...snapshot, takenAt: TAKEN };
}

/** One side of the demo estate. */
export function demoSide(name: SideName): Promise<Snapshot> {
  return name === 'source' ? side('us-east-1', '--source-region') : side('eu-west-1', '--target-region');
}

/**
 * The demo estate, audited at a time that never changes: what reports/sample holds.
 * @param as What is put in place of a part of either side.
 */
export async function demoReport(
  as: Partial<Record<SideName, Partial<Snapshot>>> = {},
  scopes: readonly Scope[] = SCOPES,
  phase: Phase = 'readiness',
): Promise<Report> {
  return compareWithPlan({
    source: { ...(await demoSide('source')), ...as.source },
    target: { ...(await demoSide('target')), ...as.target },
    config: { quotas: { rulesPerGroup: 60 } },
    phase,
    scopes,
    startedAt: '2026-11-15T06:00:05.000Z',
    finishedAt: '2026-11-15T06:00:06.000Z',
    tool: { name: 'ec2-parity', version: '0.1.0' },
  });
}
