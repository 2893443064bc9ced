/**
 * A whole audit of two live regions beside a script with boto3 and the AWS CLI with `jq` and `diff`, from a server that answers
 * each call after 80 ms: `npm run build && npm run bench:end-to-end [-- RUNS GROUPS]`. The readers run in turn, and of
 * several runs the least counts. What is not installed is left out. The server makes its replies beforehand; it does not
 * throttle, and the audit makes the calls that it makes of AWS: besides what the others read, all kinds of workloads, the
 * snapshots of the images, and the launch permissions of images that both regions have. Of the images, 1 % are in both
 * regions: the report has a finding for each of the others, and what the reading takes alone is a separate line.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sizes } from './end-to-end/estate.ts';
import { built, ENV, startServer, works } from './reading/run.ts';

const [runs = 3, many = 10_000] = process.argv.slice(2).map(Number);
const MILLISECONDS = 80;
const sizes: Sizes = { groups: many, rules: 5, images: many, keys: many / 2, pairedImages: many / 100 };
const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-bench-'));

interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
  /** Of the largest process; null where it does not say. */
  readonly megabytes: number | null;
}

const REPORT_PEAK = `data:text/javascript,process.on('exit',()=>{process.stderr.write('\\nPEAK '+process.resourceUsage().maxRSS+'\\n')})`;

/** @throws Error where the line ends with anything but 0, or 1, by which an audit says that there are differences. */
async function costOf(line: string): Promise<Cost> {
  const began = performance.now();
  // `times` of the shell: its own user and system time, then that of what it started.
  const child = spawn('sh', ['-c', `{ ${line}; } >/dev/null; code=$?; times; exit $code`], {
    env: { ...process.env, ...ENV, NODE_OPTIONS: `--import "${REPORT_PEAK}"` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      said[name] += chunk;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0 && code !== 1) throw new Error(`${line} ended with ${code}: ${said.stderr}`);
  const times = [...said.stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  const peaks = [...said.stderr.matchAll(/PEAK (\d+)/g)].map(([, kb]) => Number(kb) / 1024);
  return {
    seconds,
    processorSeconds: times.reduce((sum, s) => sum + s, 0),
    megabytes: peaks.length > 0 ? Math.max(...peaks) : null,
  };
}

const server = await startServer('end-to-end/server', [JSON.stringify(sizes), String(MILLISECONDS)]);
try {
  const { port } = server;
  const report = join(folder, 'report.json');
  const readers: { readonly name: string; readonly line: string }[] = [
    {
      name: 'ec2-parity audit -o json',
      line: `"${process.execPath}" "${root}dist/cli/main.js" audit us-east-1 eu-west-1 --endpoint-url http://127.0.0.1:${port} -o json="${report}" --quiet`,
    },
  ];
  readers.push({
    name: 'its reading alone',
    line: `"${process.execPath}" "${built('end-to-end/collect')}" ${port}`,
  });
  if (await works('python3', ['-c', 'import boto3']))
    readers.push({ name: 'boto3', line: `python3 "${root}bench/end-to-end/boto3_audit.py" ${port}` });
  if ((await works('aws', ['--version'])) && (await works('jq', ['--version'])))
    readers.push({
      name: 'aws, jq -S and diff',
      line: `sh "${root}bench/end-to-end/aws.sh" ${port} "${folder}"`,
    });
  const costs = new Map<string, Cost[]>(readers.map(({ name }) => [name, []]));
  for (let i = 0; i < runs; i++)
    for (const { name, line } of readers) costs.get(name)?.push(await costOf(line));
  const least = (name: string, of: (cost: Cost) => number) => Math.min(...(costs.get(name) ?? []).map(of));
  process.stdout.write(
    `\n2 regions of ${many} groups x 5, ${many} images, ${many / 2} key pairs, ${MILLISECONDS} ms a call\n`,
  );
  const [audit, reading] = readers.map(({ name }) => name) as [string, string];
  const figures = (name: string) => ({
    seconds: least(name, (cost) => cost.seconds),
    cpu: least(name, (cost) => cost.processorSeconds),
    megabytes: least(name, (cost) => cost.megabytes ?? Number.NaN),
  });
  const row = (cells: readonly string[]) =>
    process.stdout.write(
      `${cells.map((cell, i) => (i === 0 ? cell.padEnd(30) : cell.padStart(10))).join('')}\n`,
    );
  row(['', 's', 'cpu s', 'MB', 'audit s', 'cpu', 'reading s', 'cpu']);
  for (const { name } of readers) {
    const { seconds, cpu, megabytes } = figures(name);
    const against = [figures(audit), figures(reading)].flatMap((ours) => [
      ours.seconds / seconds,
      ours.cpu / cpu,
    ]);
    row([
      name,
      seconds.toFixed(2),
      cpu.toFixed(2),
      Number.isNaN(megabytes) ? '-' : megabytes.toFixed(0),
      ...against.map((ratio) => `${ratio.toFixed(2)} x`),
    ]);
  }
} finally {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}
