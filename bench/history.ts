/**
 * What `--history` costs, as ratios within one run: `npm run bench:history [-- GROUPS RULES NIGHTS]`.
 * The yardstick of time is the audit itself; of bytes the snapshots of one night. With twice as many nights a night should
 * cost the same, and with twice as many findings twice as much.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedRun } from '../src/audit/history.ts';
import { compare } from '../src/comparator/compare.ts';
import { baselineOf } from '../src/drift/baseline.ts';
import type { Snapshot } from '../src/inventory/snapshot.ts';
import type { Report } from '../src/report/model.ts';
import { SCOPES } from '../src/report/vocabulary.ts';
import { region } from './estate.ts';

const [groups = 1000, rules = 50, nights = 12] = process.argv.slice(2).map(Number);

const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

interface Cost {
  readonly findings: number;
  readonly audit: number;
  /** Of a night without change, and of one in which one group of the target changed. */
  readonly quiet: number;
  readonly changed: number;
  readonly ledger: number;
  readonly snapshots: number;
  readonly files: number;
  /** Bytes that a night without change adds, and files. */
  readonly added: number;
  readonly addedFiles: number;
}

async function played(size: number, count: number): Promise<Cost> {
  const source = region('us-east-1', size, rules);
  const start = region('eu-west-1', size, rules, true);
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-bench-'));
  const times = { audit: [] as number[], quiet: [] as number[], changed: [] as number[] };
  let last: Report | undefined;
  let added = 0;
  let addedFiles = 0;
  for (let night = 0; night < count; night++) {
    const target = withoutRules(start, Math.ceil(night / 2));
    const at = new Date(Date.UTC(2026, 0, 1 + night)).toISOString();
    const auditOf = (from: Snapshot, to: Snapshot): Report =>
      compare({
        source: from,
        target: to,
        config: {},
        phase: 'drift',
        scopes: SCOPES,
        baseline: last && baselineOf(last),
        startedAt: at,
        finishedAt: at,
        tool: { name: 'ec2-parity', version: 'bench' },
      });
    const began = performance.now();
    const report = auditOf(source, target);
    const audited = performance.now();
    const before = contentOf(folder);
    last = await recordedRun({ folder, by: 'bench' }, report, { source, target }, {}, auditOf);
    const after = contentOf(folder);
    const isQuiet = night > 0 && night % 2 === 0;
    times.audit.push(audited - began);
    if (night > 0) times[isQuiet ? 'quiet' : 'changed'].push(performance.now() - audited);
    if (isQuiet) {
      added = Math.max(added, after.ledger + after.snapshots - before.ledger - before.snapshots);
      addedFiles = Math.max(addedFiles, after.files - before.files);
    }
  }
  const kept = contentOf(folder);
  rmSync(folder, { recursive: true });
  return {
    findings: last?.findings.length ?? 0,
    audit: median(times.audit),
    quiet: median(times.quiet),
    changed: median(times.changed),
    ...kept,
    added,
    addedFiles,
  };
}

/** The target with as many groups without rules: one group more each time. */
function withoutRules(side: Snapshot, empty: number): Snapshot {
  if (side.securityGroups.status !== 'complete') return side;
  const items = side.securityGroups.items.map((group, i) => (i < empty ? { ...group, rules: [] } : group));
  return { ...side, securityGroups: { ...side.securityGroups, items } };
}

function contentOf(folder: string): { ledger: number; snapshots: number; files: number } {
  const bytes = (path: string) => readdirSync(path).map((name) => statSync(join(path, name)));
  const ledger = bytes(folder).filter((s) => s.isFile());
  const files = readdirSync(folder).includes('snapshots') ? bytes(join(folder, 'snapshots')) : [];
  const sum = (all: typeof ledger) => all.reduce((total, { size }) => total + size, 0);
  return { ledger: sum(ledger), snapshots: sum(files), files: files.length };
}

const row = (name: string, value: string) => process.stdout.write(`${name.padEnd(64)} ${value}\n`);
const ratio = (a: number, b: number) => (a / b).toFixed(2);

const one = await played(groups, nights);
const longer = await played(groups, nights * 2);
const larger = await played(groups * 2, nights);

row('findings', String(one.findings));
row('a night without change, beside its audit', ratio(one.quiet, one.audit));
row('a night with a change on one side, beside its audit', ratio(one.changed, one.audit));
row('a night after twice as many nights, beside one', ratio(longer.quiet, one.quiet));
row('a night with twice as many findings, beside one', ratio(larger.quiet, one.quiet));
row('bytes of the ledger for each finding', (one.ledger / one.findings).toFixed(0));
row('bytes of the ledger after twice as many nights, beside one', ratio(longer.ledger, one.ledger));
row('bytes that a night without change adds', String(Math.max(one.added, longer.added, larger.added)));
row('files that a night without change adds', String(Math.max(one.addedFiles, longer.addedFiles)));
row('files of snapshots, by nights with a change and the first two', `${one.files} of ${2 * nights} reads`);
