import { join } from 'node:path';
import { defaultFormats, FORMATS } from '../../audit/formats.ts';
import { isRegion } from '../../inventory/regions.ts';
import { readTextFile, UnreadableText } from '../../inventory/text-file.ts';
import { Unable } from '../../inventory/unable.ts';
import type { Account } from '../../matrix/accounts.ts';
import type { PlannedPair } from '../../matrix/pairs.ts';
import type { Outcome } from '../../matrix/rollup.ts';
import { count } from '../../text/counts.ts';
import { matches } from '../../waivers/glob.ts';
import { type Arguments, type Given, oneOf } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { type LoadedConfig, loadConfig } from '../config.ts';
import * as options from '../options.ts';
import { pathsOf } from '../output.ts';
import { auditPair, pairFiles } from '../pair.ts';
import { publicKeysFrom } from '../public-keys.ts';
import { deliverRollup, rollupDestinations, rollupFileName, rollupOutput } from '../rollup.ts';
import { settingsWith } from '../settings.ts';
import { templatesFrom } from '../templates.ts';
import { refuseUnwritable } from '../writable.ts';

/** Reading waits for AWS, so several pairs at a time cost little more than one; each holds two regions in memory. */
const PAIRS_AT_A_TIME = 4;

export const matrix: Command = {
  name: 'matrix',
  summary: 'Audit every pair that the config lists, with one roll-up',
  positionals: {},
  options: {
    config: options.config,
    accounts: {
      type: 'text',
      otherwise: 'the setting accounts of the config',
      describe: 'A file of accounts in the format of c7n-org, for sides such as us-east-1@account',
    },
    pair: { type: 'list', describe: 'NAME, repeatable: only these pairs; * matches any characters, ? one' },
    shard: {
      type: 'text',
      describe: 'I/N: only the I-th of N parts of the pairs, so that N machines share them',
    },
    list: {
      type: 'flag',
      describe: 'Print the pairs as JSON, for the matrix of a CI system, and audit nothing',
    },
    concurrency: {
      type: 'text',
      otherwise: String(PAIRS_AT_A_TIME),
      describe: 'How many pairs are audited at a time',
    },
    phase: options.phase,
    'fail-on': options.failOn,
    only: options.only,
    output: {
      ...rollupOutput,
      otherwise: 'terminal on stdout, rollup.html, rollup.md and rollup.json in --output-dir',
    },
    'output-dir': {
      type: 'text',
      otherwise: 'reports/matrix',
      describe: 'Where the roll-up goes, and the reports of each pair, in a folder with its name',
    },
    formats: {
      type: 'text',
      otherwise: defaultFormats('file').join(','),
      describe: 'The formats of the report of each pair, separated by commas',
    },
    baseline: {
      type: 'text',
      describe:
        'DIR: the earlier report or accepted state of each pair, DIR/<folder>.json or DIR/<folder>/report.json; --list prints the folders',
    },
    'baseline-optional': {
      type: 'flag',
      describe: 'Go on without the baseline of a pair where its file does not exist yet',
    },
    history: { type: 'text', describe: 'DIR: keeps a ledger and snapshots of each pair there' },
    template: {
      type: 'list',
      describe: 'FILE, repeatable: CloudFormation templates and Terraform plans to check in every pair',
    },
    'public-keys': {
      type: 'list',
      describe: 'FILE, repeatable: .pub or authorized_keys files to identify keys with',
    },
    timeout: { ...options.timeout, describe: 'The most seconds that the reading of one pair may take' },
    'endpoint-url': options.endpointUrl,
  },
  examples: [
    ['matrix', 'the pairs of ec2-parity.config.yaml'],
    ['matrix --list', 'their names, for a CI matrix that runs `matrix --pair NAME` on each machine'],
  ],
  run: auditMatrix,
};

async function auditMatrix(args: Arguments, context: Context): Promise<number> {
  const { data, note, signal } = context;
  const quiet = args.flag('quiet');
  const say = (line: string) => {
    if (!quiet) note(line);
  };
  const main = await loadConfig(args.text('config'));
  const pairs = await chosenPairs(args, main);
  if (args.flag('list')) {
    const rows = pairs.map(({ name, folder, source, target }) => ({
      name,
      folder,
      source: source.label,
      target: target.label,
    }));
    const { jsonText } = await import('../../renderers/json.ts');
    await data(jsonText(rows));
    return 0;
  }
  // Options that no pair could take are refused before the first one is read.
  const { scopes } = settingsWith(main, args);
  const concurrency = wholeNumber(args.text('concurrency')) ?? PAIRS_AT_A_TIME;
  const formats = formatsFrom(args.text('formats'));
  const publicKeys = await publicKeysFrom(args, context, say);
  const templates = await templatesFrom(args, scopes);
  const folder = args.text('output-dir')?.value ?? main.config.outputDir ?? 'reports/matrix';
  const destinations = rollupDestinations(args) ?? [
    ...(quiet ? [] : [{ format: 'terminal' as const, path: null }]),
    ...(['html', 'md', 'json'] as const).map((format) => ({
      format,
      path: join(folder, rollupFileName(format)),
    })),
  ];
  const destinationsOf = (pair: PlannedPair) => pairFiles(folder, pair, formats);
  await refuseUnwritable(
    [...pathsOf(destinations), ...pairs.flatMap((pair) => pathsOf(destinationsOf(pair)))],
    'report',
    [
      ...(main.path === null ? [] : [main.path]),
      ...[...args.list('template'), ...args.list('public-keys')].map(({ value }) => value),
      ...pairs.flatMap(filesReadBy),
    ],
  );
  if (main.config.baseline !== undefined && pairs.some(({ config }) => config === null))
    say(`note: baseline in ${main.path} is not used: a baseline is of one pair, and pairs have their own`);

  const { default: limited } = await import('p-limit');
  const turn = limited(concurrency);
  const run = { args, context, main, templates, publicKeys, destinationsOf, say };
  const outcomes: Outcome[] = await Promise.all(
    pairs.map((pair) =>
      turn(() => {
        signal.throwIfAborted();
        return auditPair(pair, run);
      }),
    ),
  );
  return deliverRollup(outcomes, destinations, args, context);
}

async function chosenPairs(args: Arguments, main: LoadedConfig): Promise<PlannedPair[]> {
  const { pairs = [] } = main.config;
  if (pairs.length === 0)
    throw new Unable(
      main.path === null ? 'There is no config, and so no pairs.' : `${main.path} lists no pairs.`,
      'List them in the config: pairs: [{ name: prod, source: us-east-1@prod, target: eu-west-1@dr }].',
    );
  const { plannedPairs } = await import('../../matrix/pairs.ts');
  const all = plannedPairs(pairs, await accountsOf(args, main));
  const wanted = args.list('pair');
  for (const { value, by } of wanted)
    if (!all.some(({ name }) => matches(value, name)))
      throw new Unable(
        `${by}: no pair has the name "${value}".`,
        'The names are those that `ec2-parity matrix --list` prints.',
      );
  const named = all.filter(
    ({ name }) => wanted.length === 0 || wanted.some(({ value }) => matches(value, name)),
  );
  return shardOf(named, args.text('shard'));
}

async function accountsOf(args: Arguments, { config, path }: LoadedConfig): Promise<readonly Account[]> {
  const given: Given<string> | undefined =
    args.text('accounts') ??
    (config.accounts === undefined
      ? undefined
      : { value: config.accounts, by: `accounts in ${path}`, from: 'config' });
  if (!given) return [];
  const text = await readTextFile(given.value).catch((error: unknown) => {
    if (!(error instanceof UnreadableText)) throw error;
    throw new Unable(
      `${given.by}: ${given.value}: it ${error.message}.`,
      'Name a YAML or JSON file that you may read.',
      { cause: error },
    );
  });
  const [{ valueOfYaml }, { accountsFrom }] = await Promise.all([
    import('../yaml.ts'),
    import('../../matrix/accounts.ts'),
  ]);
  return accountsFrom(valueOfYaml(text, given.value), given.value);
}

/** The files and folders that a pair names; a side may also be a region, which is none. */
function filesReadBy({ source, target, config, baseline }: PlannedPair): string[] {
  const stored = [source.text, target.text].filter((text) => !isRegion(text.split('@')[0] ?? ''));
  return [...stored, ...[config, baseline].filter((path) => path !== null)];
}

/** Every N-th pair, so that neighbours in the config, which are often of one size, are spread over the machines. */
function shardOf(pairs: readonly PlannedPair[], given: Given<string> | undefined): PlannedPair[] {
  if (!given) return [...pairs];
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(given.value) ?? [];
  const [at, parts] = [Number(index), Number(of)];
  if (index === undefined || at < 1 || at > parts)
    throw new Unable(
      `${given.by} is "${given.value}".`,
      'It takes I/N: 1/3, 2/3 and 3/3 for three machines.',
    );
  const own = pairs.filter((_, i) => i % parts === at - 1);
  if (own.length > 0) return own;
  throw new Unable(
    `${given.by} ${given.value} has no pair: there ${pairs.length === 1 ? 'is' : 'are'} ${count(pairs.length, 'pair')}.`,
    'Use at most as many parts as there are pairs.',
  );
}

function formatsFrom(given: Given<string> | undefined) {
  if (!given) return defaultFormats('file');
  const words = given.value.split(',').map((word) => word.trim());
  return FORMATS.filter((format) =>
    words.map((value) => oneOf({ ...given, value }, FORMATS)).includes(format),
  );
}

function wholeNumber(given: Given<string> | undefined): number | undefined {
  if (!given) return undefined;
  if (/^[1-9]\d{0,3}$/.test(given.value)) return Number(given.value);
  throw new Unable(`${given.by} cannot be "${given.value}".`, 'It takes a whole number from 1 on.');
}
