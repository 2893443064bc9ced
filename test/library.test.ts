import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import * as library from '../src/index.ts';
import { writeDumps, writeEstate } from './cli/kit/estate.ts';
import { filesBelow, temporaryFolder } from './cli/kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);
const { audit, compare, exitCode, jsonSchema, render, rules, snapshot, Unable } = library;
const { parseConfig, parseReport, parseSnapshot, rollUp } = library;

const side = await snapshot(estate.source);
const report = await audit(estate.source, estate.different);

/** A copy with another value at a path. */
function withValue(of: object, path: string, value: unknown): object {
  const copy = structuredClone(of) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy;
}

test('an audit as a library gives the report, and writes nothing', async () => {
  const before = filesBelow(folder);
  const report = await audit(estate.source, estate.different, { phase: 'verification' });
  expect(report).toMatchObject({
    phase: 'verification',
    verdict: 'differences',
    tool: { name: 'ec2-parity' },
  });
  expect(exitCode(report, 'high')).toBe(1);
  expect(filesBelow(folder)).toEqual(before);
});

test('a roll-up as a library says what several reports have in common, and which pair is worst', async () => {
  const same = await audit(estate.source, estate.same);
  const pairs = [
    { name: 'same', report: same },
    { name: 'a', report, path: 'a/report.json' },
    { name: 'b', report, failOn: 'none' as const },
  ];
  const { exitCode: code, pairs: order, repeated, summary } = rollUp(pairs);
  expect([code, order.map(({ name }) => name)]).toEqual([1, ['a', 'b', 'same']]);
  expect(repeated[0]?.pairs).toEqual(['a', 'b']);
  expect(summary).toMatchObject({ pairs: 3, failed: 0 });
  const failed = {
    state: 'failed',
    name: 'c',
    source: null,
    target: null,
    exitCode: 2,
    message: 'm',
    hint: 'h',
  } as const;
  expect(rollUp(pairs, [failed]).exitCode).toBe(2);
});

test('a snapshot as a library is the side, and two of them compare', async () => {
  const [source, target] = [await snapshot(estate.source), await snapshot(estate.same)];
  expect(source).toMatchObject({ region: 'us-east-1', origin: 'dumps' });
  const report = compare({ source, target, scopes: ['key-pairs'] });
  expect(report).toMatchObject({ verdict: 'parity', phase: 'readiness', tool: { name: 'ec2-parity' } });
});

test('with both times given, comparing twice gives the same bytes', async () => {
  const [source, target] = [await snapshot(estate.source), await snapshot(estate.different)];
  const at = '2026-01-01T00:00:00.000Z';
  const once = () => compare({ source, target, startedAt: at, finishedAt: at });
  expect(JSON.stringify(once())).toBe(JSON.stringify(once()));
});

test('a plan as a library gives the files of the bundle and the report with the plan, and writes nothing', async () => {
  const [source, target] = [await snapshot(estate.source), await snapshot(estate.different)];
  const before = filesBelow(folder);
  const at = '2026-01-01T00:00:00.000Z';
  const made = await library.plan({ source, target, startedAt: at, finishedAt: at });
  expect(made.files.map(({ name }) => name)).toEqual([
    'plan.md',
    'plan.json',
    'plan.sh',
    'main.tf',
    'cloudformation.json',
  ]);
  // The plan by default is the one that every report has.
  expect(made.report).toEqual(compare({ source, target, startedAt: at, finishedAt: at }));
  const { plan, ...rest } = made.report;
  expect([...(plan?.resolves ?? []), ...(plan?.left ?? []).map((left) => left.fingerprint)].sort()).toEqual(
    rest.findings.map(({ fingerprint }) => fingerprint).sort(),
  );
  expect(filesBelow(folder)).toEqual(before);
  await expect(library.plan({ source, target, findings: ['0000'] })).rejects.toThrow(
    'the report has no finding "0000"',
  );
});

describe('what comes from JSON is validated', () => {
  it('what the library made is taken as it is', async () => {
    const side = await snapshot(estate.source);
    expect(parseSnapshot(JSON.parse(JSON.stringify(side)))).toEqual(side);
    const report = await audit(estate.source, estate.different);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(parseConfig({ phase: 'drift' })).toEqual({ phase: 'drift' });
  });

  it('a snapshot that is parsed leaves the value as it was', async () => {
    const side = await snapshot(estate.source);
    const value = JSON.parse(JSON.stringify(side));
    value.securityGroups.items.reverse();
    const before = JSON.stringify(value);
    parseSnapshot(value);
    expect(JSON.stringify(value)).toBe(before);
  });

  it.each([
    [
      'a report',
      () => parseReport(withValue(report, 'findings.0.severity', 'grave')),
      'findings[0].severity',
    ],
    ['a report of nothing', () => parseReport(null), 'the value is not a report'],
    ['a report that is a snapshot', () => parseReport(side), 'is a snapshot, not a report'],
    ['a newer report', () => parseReport({ ...report, schemaVersion: 99 }), 'version 99'],
    [
      'a snapshot',
      () => parseSnapshot(withValue(side, 'keyPairs.items.0.name', 7)),
      'keyPairs.items[0].name',
    ],
    ['a snapshot of nothing', () => parseSnapshot([]), 'is not a snapshot'],
    ['a config', () => parseConfig({ colour: 7, phase: 'soon' }), 'phase'],
    [
      'a baseline that is compared with',
      () => compare({ source: side, target: side, baseline: { findings: [] } as never }),
      'The option baseline is not a report',
    ],
    [
      'a config that is compared with',
      () => compare({ source: side, target: side, config: { failOn: 'never' } as never }),
      'The option config is not valid: failOn',
    ],
  ])('%s is refused, naming the field', (_, parse, named) => {
    expect(() => parse()).toThrow(Unable);
    expect(() => parse()).toThrow(named);
  });

  it('a baseline that is no report is refused before anything is read', async () => {
    const baseline = {} as never;
    await expect(audit('us-east-1', 'eu-west-1', { baseline })).rejects.toThrow('The option baseline');
  });
});

test('every rule of a report is in the catalogue', async () => {
  const known = new Set(rules().map(({ id }) => id));
  expect(report.findings.length).toBeGreaterThan(0);
  expect(report.findings.filter(({ rule }) => !known.has(rule))).toEqual([]);
});

test.each(['snapshot', 'report', 'config'] as const)('the schema of a %s is a JSON Schema', async (of) => {
  expect(await jsonSchema(of)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
});

test('the example of the README runs', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = example.replace(/import (\{[^}]*\}) from 'ec2-parity';/, 'const $1 = library;');
  expect(body).not.toBe(example);
  const said: string[] = [];
  const [consoleOf, processOf] = [{ log: (line: string) => said.push(line) }, { exitCode: 0 }];
  const AsyncFunction = (async () => {}).constructor as new (
    ...code: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction('library', 'console', 'process', body)(library, consoleOf, processOf);
  expect(processOf.exitCode).toBe(1);
  expect(said.join('\n')).toMatch(/: (launchable|blocked|degraded|unknown)$/m);
  expect(said.join('\n')).toMatch(/ admits more, for example \S+/);
  expect(said.join('\n')).toMatch(/^### \S/m);
});

test.each([
  ['json', /^\{/],
  ['md', /^<!-- ec2-parity .* -->\n### \S/],
  ['html', /^<!doctype html>/i],
  ['terminal', /^result: parity/],
  ['sarif', /^\{\n {2}"\$schema".*\n {2}"version": "2\.1\.0"/],
  ['junit', /^<\?xml /],
] as const)('a report renders to %s', async (format, begins) => {
  expect(await render(await audit(estate.source, estate.same), format)).toMatch(begins);
});

test('what the user can mend is an Unable with a hint', async () => {
  const failure = await audit('useast1', estate.same).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Unable);
  expect((failure as InstanceType<typeof Unable>).hint).toContain('Did you mean us-east-1?');
});

test('an endpoint elsewhere for two live regions is refused as on the command line', async () => {
  const endpoint = { endpointUrl: 'http://192.0.2.1' };
  await expect(audit('us-east-1', 'eu-west-1', { source: endpoint, target: endpoint })).rejects.toThrow(
    'the same place',
  );
});

test('an aborted signal rejects with its reason', async () => {
  const reason = new Error('enough');
  await expect(audit(estate.source, estate.same, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('remarks on what was left alone are handed over', async () => {
  const dumps = writeDumps(join(mkdtempSync(join(folder, 'run-')), 'us-west-2'), { region: 'us-west-2' });
  writeFileSync(join(dumps, 'Volumes.json'), '{"Volumes": []}');
  const notes: string[] = [];
  await snapshot(dumps, { onNote: (line) => notes.push(line) });
  expect(notes.join('\n')).toContain('Volumes.json');
});
