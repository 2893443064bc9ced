import fc from 'fast-check';
import { type AuditedSides, auditSides } from '../../src/audit/run.ts';
import { parseSide } from '../../src/audit/sides.ts';
import type { AwsPermission } from '../../src/inventory/security-group.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { buildPlan } from '../../src/plan/build.ts';
import type { PlanOptions } from '../../src/plan/model.ts';
import type { Report } from '../../src/report/model.ts';
import { type Estates, estates } from '../kit/random-estate.ts';
import type { Planned } from '../plan/kit.ts';
import { SOURCE, TARGET } from './estate.ts';
import { seedEstates } from './seed-estate.ts';

export interface PlannedLive extends Planned {
  readonly source: Snapshot;
  readonly target: Snapshot;
}

/** The plan for the two regions as they are on a server. */
export async function plannedLive(url: string, options: Partial<PlanOptions> = {}): Promise<PlannedLive> {
  const audited = await auditedLive(url);
  const all = { allowRevoke: false, allowWorldOpen: true, findings: null, ...options };
  return { ...audited, plan: buildPlan({ ...audited, options: all }) };
}

/**
 * The audit of the two regions as they are on a server: each side is asked for what the other names, too.
 * @param sides As a command line names them, with a profile of the AWS config file or without.
 */
export async function auditedLive(
  url: string,
  sides = { source: SOURCE, target: TARGET },
): Promise<AuditedSides> {
  const side = async (name: 'source' | 'target') => ({
    side: await parseSide(sides[name]),
    regionFlag: `--${name}-region`,
    endpointUrl: url,
  });
  return auditSides({
    source: await side('source'),
    target: await side('target'),
    phase: 'readiness',
    config: {},
    signal: new AbortController().signal,
    note: () => {},
    startProgress: async () => ({ of: () => () => {}, stop: () => {} }),
  });
}

/** Empties the server and makes the estates on it. */
export async function seedAnew(url: string, pair: Estates): Promise<void> {
  await fetch(`${url}/moto-api/reset`, { method: 'POST' });
  await seedEstates(url, pair);
}

/** An estate by its seed, without rules of protocol 50: moto fails where one is authorized without ports, and EC2 takes none. */
export function estatesOf(seed: number): Estates {
  const [pair] = fc.sample(estates, { seed, numRuns: 1 });
  if (!pair) throw new Error('no estate');
  const side = (estate: Estates['source']): Estates['source'] => {
    const permissions = (all: AwsPermission[] = []) => all.filter((p) => p.IpProtocol !== '50');
    return {
      ...estate,
      securityGroups: (estate.securityGroups ?? []).map((g) => ({
        ...g,
        IpPermissions: permissions(g.IpPermissions),
        IpPermissionsEgress: permissions(g.IpPermissionsEgress),
      })),
    };
  };
  return { source: side(pair.source), target: side(pair.target) };
}

/** Findings that count, by identity and content. */
export function weighty({ findings }: Pick<Report, 'findings'>): string[] {
  return findings
    .filter((f) => f.severity !== 'info')
    .map((f) => `${f.rule} ${f.subject.name} ${f.fingerprint} ${f.content}`);
}
