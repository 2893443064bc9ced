import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../comparator/config.ts';
import { MOST_LEVELS } from '../inventory/json-depth.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import type { PairConfig, SideConfig } from '../matrix/pairs-config.ts';
import { printable } from '../text/printable.ts';
import type { Given } from './arguments.ts';
import { configFault } from './config-fault.ts';

const NAMES = ['ec2-parity.config.yaml', 'ec2-parity.config.json'] as const;

/** The config, and its file; null where there is none. */
export interface LoadedConfig {
  readonly config: Config;
  readonly path: string | null;
  /** The line of a setting, as `waivers[2]`; null where the file does not have it. */
  readonly lineOf: (setting: string) => number | null;
}

/**
 * The file that `--config` names, else the one in the current folder; no search upwards, so that a run never depends on the folder of the checkout.
 * Paths in it (`outputDir`, `baseline`) count from its own folder.
 * @throws Unable naming the file, the line where there is one, and the key.
 */
export async function loadConfig(given: Given<string> | undefined): Promise<LoadedConfig> {
  if (given) return { ...(await readConfig(given.value, given.by)), path: given.value };
  const present = await configsHere();
  if (present.length > 1) {
    throw new Unable(
      `${present.join(' and ')} both exist in this folder.`,
      'Remove one of them, or name the one to use with --config.',
    );
  }
  const path = present[0];
  return path === undefined
    ? { config: {}, path: null, lineOf: () => null }
    : { ...(await readConfig(path, path)), path };
}

/** The configs in the current folder, by name. */
export async function configsHere(): Promise<string[]> {
  const present: string[] = [];
  for (const name of NAMES) if (await exists(name)) present.push(name);
  return present;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function readConfig(path: string, by: string): Promise<Omit<LoadedConfig, 'path'>> {
  const text = await readTextFile(path).catch((error: unknown) => {
    if (!(error instanceof UnreadableText)) throw error;
    throw new Unable(
      `${by === path ? '' : `${by}: `}${path}: it ${error.message}.`,
      'Name a YAML or JSON file that you may read.',
      { cause: error },
    );
  });
  const [{ LineCounter, parseDocument, Parser }, { configSchema }, { nestsDeeper }, { repeatedKeyIn }] =
    await Promise.all([
      import('yaml'),
      import('../comparator/config.ts'),
      import('../cloudformation/yaml-depth.ts'),
      import('../cloudformation/repeated-key.ts'),
    ]);
  if (nestsDeeper([...new Parser().parse(text)], MOST_LEVELS))
    throw new Unable(
      `${path}: it nests lists and maps deeper than ${MOST_LEVELS} levels.`,
      'See `ec2-parity schema config` for the values of each setting.',
    );
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const broken = document.errors[0];
  if (broken) {
    throw new Unable(
      `${path}:${lines.linePos(broken.pos[0]).line}: ${broken.message}.`,
      'Correct the YAML (or JSON, which is YAML too) and run again.',
    );
  }
  const repeated = repeatedKeyIn(document);
  if (repeated)
    throw new Unable(
      `${path}:${lines.linePos(repeated.offset).line}: the key "${printable(repeated.key, 80)}" is there twice in one map.`,
      'Remove the one that is wrong.',
    );
  const settings = settingsIn(document, path);
  const parsed = configSchema.safeParse(settings);
  if (parsed.success)
    return {
      config: withPaths(parsed.data, dirname(path)),
      lineOf: (setting) => lineOf(document.contents, settingPath(setting), lines),
    };
  const fault = configFault(parsed.error.issues, settings, configSchema);
  const at = lineOf(document.contents, fault.path, lines);
  throw new Unable(`${path}${at === null ? '' : `:${at}`}: ${fault.message}`, fault.hint);
}

/** `rules.image/tags-differ[0]` to its keys: the id of a rule holds no dot and no bracket. */
function settingPath(setting: string): string[] {
  return setting.split(/[.[\]]+/).filter((part) => part !== '');
}

interface Document {
  readonly contents: unknown;
  toJS(): unknown;
}

/** An empty file is an empty config. A file of aliases that unfold to gigabytes makes the library throw. */
function settingsIn(document: Document, path: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new Unable(`${path}: ${(error as Error).message}.`, 'Write the config without such aliases.', {
      cause: error,
    });
  }
}

function withPaths(config: Config, folder: string): Config {
  const from = (path: string) => (folder === '.' ? path : resolve(folder, path));
  return {
    ...config,
    ...(config.outputDir === undefined ? {} : { outputDir: from(config.outputDir) }),
    ...(config.baseline === undefined ? {} : { baseline: from(config.baseline) }),
    ...(config.accounts === undefined ? {} : { accounts: from(config.accounts) }),
    ...(config.pairs === undefined ? {} : { pairs: config.pairs.map((pair) => pairWithPaths(pair, from)) }),
  };
}

function pairWithPaths(pair: PairConfig, from: (path: string) => string): PairConfig {
  const side = (given: SideConfig): SideConfig =>
    typeof given === 'string' ? sidePath(given) : { ...given, side: sidePath(given.side) };
  // A word without a slash or a dot is a region, or the typing error of one.
  const sidePath = (text: string) => (/[/\\.]/.test(text) && !text.includes('@') ? from(text) : text);
  const { source, target, config, baseline } = pair;
  return {
    ...pair,
    source: side(source),
    ...(target === undefined ? {} : { target: Array.isArray(target) ? target.map(side) : side(target) }),
    ...(config === undefined ? {} : { config: from(config) }),
    ...(baseline === undefined ? {} : { baseline: from(baseline) }),
  };
}

interface YamlPair {
  key: { value?: unknown; range?: readonly number[] | null };
  value: unknown;
}

/** The entry of a list; undefined where the node is none. */
function entryAt(node: unknown, index: string | undefined): { range?: readonly number[] | null } | undefined {
  const { items } = (node ?? {}) as { items?: unknown[] };
  if (index === undefined || !/^\d+$/.test(index) || !Array.isArray(items)) return undefined;
  const entry = items[Number(index)];
  const isPair = typeof entry === 'object' && entry !== null && 'key' in entry;
  return isPair ? undefined : (entry as { range?: readonly number[] } | undefined);
}

/** The line of the innermost key of the path that the file holds. */
function lineOf(
  node: unknown,
  path: readonly string[],
  lines: { linePos(offset: number): { line: number } },
): number | null {
  const [first, ...rest] = path;
  const entry = entryAt(node, first);
  if (entry) {
    const at = entry.range?.[0];
    return lineOf(entry, rest, lines) ?? (at === undefined ? null : lines.linePos(at).line);
  }
  const pair = (node as { items?: YamlPair[] } | null)?.items?.find?.(
    (item) => item.key && String(item.key.value) === first,
  );
  const start = pair?.key.range?.[0];
  if (first === undefined || !pair || start === undefined) return null;
  return lineOf(pair.value, rest, lines) ?? lines.linePos(start).line;
}
