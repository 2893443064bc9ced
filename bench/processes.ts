/**
 * Whole processes of the built command line against what else could be used: `npm run build && npm run bench:processes`.
 * Needs `jq`, `diff` and a POSIX shell. Prints a row for each: seconds of processor time (user and system, of all that a line
 * starts) and the ratio, which differs little between machines. Each line runs several times, in turn with the
 * others, and its minimum counts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complete, itemsOf } from '../src/inventory/collected.ts';
import type { Snapshot } from '../src/inventory/snapshot.ts';
import { snapshotText } from '../src/inventory/snapshot-text.ts';
import { thousands } from '../src/text/counts.ts';
import { region } from './estate.ts';

const [groups = 10_000, rules = 50, runs = 3] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-bench-'));
const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')];
const demo = `${root}fixtures/demo`;
const tool = `"${process.execPath}" "${root}dist/cli/main.js"`;
const at = (file: string) => join(folder, file);
const four = `-o json="${at('r.json')}" -o html="${at('r.html')}" -o md="${at('r.md')}" -o terminal="${at('r.txt')}" --quiet`;

/** What is measured, against what, and the ratio that is the goal. */
const LINES: readonly {
  readonly work: string;
  readonly line: string;
  readonly peer: string;
  readonly against: string;
}[] = [
  {
    work: '`--version`',
    line: `${tool} --version`,
    peer: '`node -e 0`',
    against: `"${process.execPath}" -e 0`,
  },
  {
    work: 'audit of the demo, JSON',
    line: `${tool} audit "${demo}/us-east-1" "${demo}/eu-west-1" -o json --quiet`,
    peer: '`node -e 0`',
    against: `"${process.execPath}" -e 0`,
  },
  {
    work: 'audit of the demo, four formats',
    line: `${tool} audit "${demo}/us-east-1" "${demo}/eu-west-1" ${four}`,
    peer: '`node -e 0`',
    against: `"${process.execPath}" -e 0`,
  },
  {
    work: `audit of ${thousands(groups)} groups x ${rules} rules a side, 1 % changed, four formats`,
    line: `${tool} audit "${a}" "${b}" ${four}`,
    peer: '`jq -S` of both and `diff`',
    against: `jq -S . "${a}" > "${at('ja')}"; jq -S . "${b}" > "${at('jb')}"; diff "${at('ja')}" "${at('jb')}" > "${at('d')}"`,
  },
  {
    work: 'the same',
    line: `${tool} audit "${a}" "${b}" ${four}`,
    peer: '`JSON.parse` of both',
    against: `"${process.execPath}" -e 'for (const f of ["${a}", "${b}"]) JSON.parse(fs.readFileSync(f, "utf8"))'`,
  },
];

interface Cost {
  readonly seconds: number;
  readonly peakMb: number;
}

const REPORT_PEAK = `data:text/javascript,process.on('exit',()=>{process.stderr.write('\\nPEAK '+process.resourceUsage().maxRSS+'\\n')})`;

/** `times` of the shell: its own user and system time, then that of what it started. */
function costOf(line: string): Cost {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', `{ ${line}; } > "${at('out')}"; code=$?; times; exit $code`],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: `--import "${REPORT_PEAK}"` },
    },
  );
  // 1: differences.
  if (status !== 0 && status !== 1) throw new Error(`${line} ended with ${status}: ${stderr}`);
  const [, children = ''] = stdout.trim().split('\n');
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  const peaks = [...stderr.matchAll(/PEAK (\d+)/g)].map(([, kb]) => Number(kb) / 1024);
  return { seconds: times.reduce((sum, s) => sum + s, 0), peakMb: Math.max(0, ...peaks) };
}

function least(costs: readonly Cost[]): Cost {
  return {
    seconds: Math.min(...costs.map((c) => c.seconds)),
    peakMb: Math.min(...costs.map((c) => c.peakMb)),
  };
}

try {
  const source = region('us-east-1', groups, rules);
  const changed = itemsOf(region('eu-west-1', groups, rules, true).securityGroups);
  const target: Snapshot = {
    ...region('eu-west-1', groups, rules),
    securityGroups: complete(
      itemsOf(source.securityGroups).map((group, n) =>
        n % 100 === 0 ? { ...(changed[n] ?? group), id: group.id, vpcId: group.vpcId } : group,
      ),
    ),
  };
  writeFileSync(a, snapshotText(source));
  writeFileSync(b, snapshotText(target));
  process.stdout.write(
    '| work | seconds | peak MB | against | seconds | ratio |\n|---|---|---|---|---|---|\n',
  );
  for (const { work, line, peer, against } of LINES) {
    const turns = Array.from({ length: runs }, () => [costOf(line), costOf(against)] as const);
    const [own, other] = [least(turns.map(([c]) => c)), least(turns.map(([, c]) => c))];
    const ratio =
      own.seconds < other.seconds
        ? `${(other.seconds / own.seconds).toFixed(1)} x faster`
        : `${(own.seconds / other.seconds).toFixed(1)} x`;
    process.stdout.write(
      `| ${work} | ${own.seconds.toFixed(2)} | ${own.peakMb.toFixed(0)} | ${peer} | ${other.seconds.toFixed(2)} | ${ratio} |\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
