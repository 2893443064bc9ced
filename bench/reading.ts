/**
 * What reading security groups costs beside the bare bytes, the stock SDK and boto3: `npm run bench:reading [-- RUNS]`.
 * Each reader is a process, and what it takes includes its start; of several runs the least counts, and ratios are taken
 * within one run of this script. `cpu` is processor time, which other work of the machine changes least. At last, two
 * regions of 500 images whose launch permissions are read from an endpoint that throttles as EC2 does.
 */
import { readUnderBuckets } from './reading/buckets.ts';
import { built, type Cost, costOf, startServer, works } from './reading/run.ts';

const [runs = 3] = process.argv.slice(2).map(Number);
const SIZES = [
  { groups: 100, rules: 5 },
  { groups: 10_000, rules: 50 },
] as const;
const IMAGES = 500;

const node = (name: string) => ({ name, command: process.execPath, args: [built(`reading/${name}`)] });
const python = { name: 'boto3', command: 'python3', args: ['bench/reading/boto3_reader.py'] };
const readers = [
  node('floor'),
  node('stock'),
  ...((await works('python3', ['-c', 'import boto3'])) ? [python] : []),
  node('ours'),
];

const least = (costs: readonly Cost[], of: (cost: Cost) => number) => Math.min(...costs.map(of));

for (const { groups, rules } of SIZES) {
  const server = await startServer('reading/server', [String(groups), String(rules)]);
  const rows: { name: string; seconds: number; cpu: number; megabytes: number }[] = [];
  for (const { name, command, args } of readers) {
    const costs: Cost[] = [];
    for (let i = 0; i < runs; i++) costs.push(await costOf(command, [...args, server.port]));
    rows.push({
      name,
      seconds: least(costs, (cost) => cost.seconds),
      cpu: least(costs, (cost) => cost.processorSeconds),
      megabytes: least(costs, (cost) => cost.megabytes),
    });
  }
  server.stop();
  const ours = rows.find(({ name }) => name === 'ours');
  process.stdout.write(
    `\n${groups} security groups of ${rules} rules          s     cpu s      MB  ours: time    cpu\n`,
  );
  for (const { name, seconds, cpu, megabytes } of rows)
    process.stdout.write(
      `  ${name.padEnd(28)} ${seconds.toFixed(2).padStart(9)} ${cpu.toFixed(2).padStart(9)} ${megabytes.toFixed(0).padStart(7)} ${`${((ours?.seconds ?? 0) / seconds).toFixed(2)} x`.padStart(11)} ${`${((ours?.cpu ?? 0) / cpu).toFixed(2)} x`.padStart(6)}\n`,
    );
}

const { seconds, floorSeconds, refused } = await readUnderBuckets(IMAGES);
process.stdout.write(
  `\n2 regions of ${IMAGES} images under buckets of 100 and 20/s: ${seconds.toFixed(1)} s, ${(seconds / floorSeconds).toFixed(2)} x the least of ${floorSeconds} s, ${refused} calls refused\n`,
);
