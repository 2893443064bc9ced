import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from '../../src/audit/formats.ts';
import { parseSide } from '../../src/audit/sides.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { faultOfBundle } from './bundle.ts';
import { assemblyWith, type Documents, dumpsWith, LEDGER } from './documents.ts';
import { type Outcome, outcomeOf, secondsSince } from './outcome.ts';

/** One way in which a file of somebody else reaches the tool. */
export interface Target {
  readonly name: string;
  /** The valid documents that are changed. */
  readonly seeds: readonly string[];
  /**
   * Gives the changed document to the tool.
   * @param folder An empty folder for this run.
   * @param pick Any number, for what may be chosen: the document, the format.
   */
  readonly run: (bytes: Buffer, folder: string, pick: number, home: string) => Promise<Outcome>;
}

/** Makes a plan, whose files other parsers have to take. */
async function plannedFrom(
  source: string,
  target: string,
  folder: string,
  pick: number,
  home: string,
): Promise<Outcome> {
  const plan = join(folder, 'plan');
  const rights = pick % 2 === 0 ? ['--allow-world-open', '--allow-revoke'] : [];
  const outcome = await outcomeOf(['plan', source, target, '-o', plan, ...rights], home);
  const fault = existsSync(plan) ? await faultOfBundle(plan) : null;
  return fault === null ? outcome : { ...outcome, stderr: ` a defect of the plan: ${fault}` };
}

/** Lists the pairs of a config and an accounts file, one of which was changed. */
const listed =
  (changed: 'c.yaml' | 'a.yml'): Target['run'] =>
  (bytes, folder, _, home) => {
    writeFileSync(join(folder, 'a.yml'), ACCOUNTS);
    writeFileSync(join(folder, 'c.yaml'), PAIRS);
    writeFileSync(join(folder, changed), bytes);
    return outcomeOf(['matrix', '--list', '--config', join(folder, 'c.yaml')], home);
  };

const PAIRS = `accounts: a.yml
pairs:
  - { name: dr, source: us-east-1, accounts: ["acc*"], tags: ["type:prod"] }
  - { source: us-east-1@prod, target: [eu-west-1@dr, { side: dumps, region: eu-west-2 }], failOn: none, phase: drift }
  - { name: files, source: a.json, target: { side: eu-west-1, roleArn: "arn:aws:iam::111122223333:role/A", externalId: x } }
`;
const ACCOUNTS = `vars: { a: b }
accounts:
- { account_id: '123123123123', name: account-1, role: arn:aws:iam::123123123123:role/A, regions: [us-east-1, eu-west-1], tags: [type:prod] }
- { account_id: 42, name: accb, profile: two, external_id: x, tags: [type:prod], regions: [all, us-west-2] }
`;

export function targetsFor(documents: Documents): Target[] {
  const { estate } = documents;
  const file =
    (
      name: string,
      argsOf: (path: string, pick: number, folder: string) => readonly string[],
    ): Target['run'] =>
    (bytes, folder, pick, home) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return outcomeOf(argsOf(path, pick, folder), home);
    };
  const audit = ['audit', estate.source, estate.different, '-o', 'json'];
  const any = (pick: number) => FORMATS[pick % FORMATS.length] ?? 'json';
  return [
    {
      name: 'snapshot',
      seeds: documents.snapshot,
      run: file('us-east-1.json', (path) => ['audit', path, estate.same, '-o', 'json']),
    },
    {
      name: 'snapshot-listing',
      seeds: documents.snapshot,
      run: file('us-east-1.json', (path) => ['export', path]),
    },
    {
      name: 'plan',
      seeds: documents.snapshot,
      run: async (bytes, folder, pick, home) => {
        const path = join(folder, 'us-east-1.json');
        writeFileSync(path, bytes);
        return plannedFrom(path, estate.different, folder, pick, home);
      },
    },
    {
      name: 'plan-dumps',
      seeds: Object.values(documents.dumps),
      run: (bytes, folder, pick, home) => {
        const names = Object.keys(documents.dumps);
        const seed = Object.values(documents.dumps);
        // Which file was changed shows in its first key.
        const key = /"([A-Z]\w+)"/.exec(bytes.toString('latin1'))?.[1] ?? '';
        const name = names[seed.findIndex((text) => text.includes(`"${key}"`))] ?? names[0] ?? '';
        return plannedFrom(dumpsWith(folder, name, bytes), estate.different, folder, pick, home);
      },
    },
    {
      name: 'suggest-map',
      seeds: documents.snapshot,
      run: file('us-east-1.json', (path) => ['suggest-map', path, estate.same]),
    },
    ...Object.entries(documents.dumps).map(
      ([name, seed]): Target => ({
        name: `dump-${name}`,
        seeds: [seed],
        run: (bytes, folder, _, home) =>
          outcomeOf(['audit', dumpsWith(folder, name, bytes), estate.same, '-o', 'json'], home),
      }),
    ),
    {
      name: 'dump-yaml',
      seeds: documents.dumpsYaml,
      run: (bytes, folder, _, home) =>
        outcomeOf(['audit', dumpsWith(folder, 'dump.yaml', bytes), estate.same, '-o', 'json'], home),
    },
    {
      name: 'dump-file-name',
      seeds: ['{"Entries": [{"Cidr": "10.0.0.0/8", "Description": "d"}]}'],
      run: (bytes, folder, pick, home) => {
        const name = `${['pl-0a', 'pl-', 'x pl-0aaaaaaaaaaaaaaaa y', '__proto__', '%00', 'entries', '‮'][pick % 7]}.json`;
        return outcomeOf(['audit', dumpsWith(folder, name, bytes), estate.same, '-o', 'json'], home);
      },
    },
    { name: 'config', seeds: documents.config, run: file('c.yaml', (path) => [...audit, '--config', path]) },
    { name: 'config-pairs', seeds: [PAIRS], run: listed('c.yaml') },
    { name: 'accounts', seeds: [ACCOUNTS], run: listed('a.yml') },
    {
      name: 'report-merged',
      seeds: documents.report,
      run: async (bytes, folder, pick, home) => {
        const paths = ['a.json', 'b.json'].map((name) => join(folder, name));
        for (const path of paths) writeFileSync(path, bytes);
        const format = ['terminal', 'html', 'md', 'json'][pick % 4] ?? 'md';
        const outcome = await outcomeOf(['merge', ...paths, '-o', format], home);
        // The roll-up names reports that cannot be read, and ends with 2: that is no refusal.
        return outcome.stdout === '' ? outcome : { ...outcome, code: 0 };
      },
    },
    {
      name: 'config-json',
      seeds: documents.configJson,
      run: file('c.json', (path) => [...audit, '--config', path]),
    },
    {
      name: 'config-waive',
      seeds: documents.config,
      run: (bytes, folder, _, home) => {
        writeFileSync(join(folder, 'r.json'), documents.report[0] ?? '');
        writeFileSync(join(folder, 'c.yaml'), bytes);
        const [finding] = JSON.parse(documents.report[0] ?? '{}').findings;
        const args = [
          'waive',
          finding.fingerprint,
          join(folder, 'r.json'),
          '--config',
          join(folder, 'c.yaml'),
        ];
        return outcomeOf([...args, '--reason', 'r', '--owner', 'o', '--until', 'never'], home);
      },
    },
    {
      name: 'report',
      seeds: documents.report,
      run: file('r.json', (path, pick) => ['render', path, '-o', any(pick)]),
    },
    {
      name: 'report-redacted',
      seeds: documents.report,
      run: file('r.json', (path, pick) => ['render', path, '--redact', '--full', '-o', any(pick)]),
    },
    {
      name: 'report-explained',
      seeds: documents.report,
      run: file('r.json', (path, pick) => {
        const { findings } = JSON.parse(documents.report[0] ?? '{}');
        return ['explain', findings[pick % findings.length].fingerprint, path];
      }),
    },
    { name: 'report-accepted', seeds: documents.report, run: file('r.json', (path) => ['accept', path]) },
    {
      name: 'baseline',
      seeds: [...documents.report, ...documents.accepted],
      run: file('b.json', (path) => [...audit, '--phase', 'drift', '--baseline', path]),
    },
    {
      name: 'ledger',
      seeds: documents.ledger,
      run: (bytes, folder, _, home) => {
        const history = join(folder, 'history');
        mkdirSync(history);
        writeFileSync(join(history, LEDGER), bytes);
        return outcomeOf([...audit, '--history', history], home);
      },
    },
    {
      name: 'template',
      seeds: documents.template,
      run: file('t.template', (path) => [...audit, '--template', path]),
    },
    {
      name: 'assembly',
      seeds: documents.manifest,
      run: (bytes, folder, _, home) => outcomeOf([...audit, '--template', assemblyWith(folder, bytes)], home),
    },
    {
      name: 'listing',
      seeds: documents.listing,
      run: file('us-east-1.txt', (path) => ['audit', path, estate.same, '-o', 'json']),
    },
    { name: 'key-file', seeds: documents.keys, run: file('k', (path) => ['fingerprint', path]) },
    {
      name: 'public-keys',
      seeds: documents.keys,
      run: file('k', (path) => [...audit, '--public-keys', path]),
    },
    {
      name: 'side',
      seeds: ['us-east-1@prod', 'snapshots/us-east-1.json', './us-east-1', 'us-east-1'],
      run: async (bytes) => {
        const start = process.cpuUsage();
        try {
          await parseSide(bytes.toString('utf8'));
          return { code: 0, stdout: '', stderr: '', seconds: secondsSince(start) };
        } catch (error) {
          const isRefused = error instanceof Unable;
          const stderr = isRefused ? 'error: a\nhint: b\n' : ` a defect of ${String(error)}`;
          return { code: 2, stdout: '', stderr, seconds: secondsSince(start) };
        }
      },
    },
  ];
}
