import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audit, compare, exitCode, render, snapshot, Unable } from '../../src/index.ts';
import { writeDumps, writeEstate } from './kit/estate.ts';
import { filesBelow, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);

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

test('a snapshot as a library is the side, and two of them compare', async () => {
  const [source, target] = [await snapshot(estate.source), await snapshot(estate.same)];
  expect(source).toMatchObject({ region: 'us-east-1', origin: 'dumps' });
  const at = '2026-01-01T00:00:00.000Z';
  const report = compare({
    source,
    target,
    config: {},
    phase: 'readiness',
    scopes: ['key-pairs'],
    startedAt: at,
    finishedAt: at,
    tool: { name: 'mine', version: '1' },
  });
  expect(report.verdict).toBe('parity');
});

test.each([
  ['json', /^\{/],
  ['md', /^#/],
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
  expect((failure as Unable).hint).toContain('Did you mean us-east-1?');
});

test('an endpoint elsewhere for two live regions is refused as on the command line', async () => {
  const endpoint = { endpointUrl: 'http://192.0.2.1' };
  await expect(audit('us-east-1', 'eu-west-1', { source: endpoint, target: endpoint })).rejects.toThrow(
    'one place',
  );
});

test('an aborted signal rejects with its reason', async () => {
  const reason = new Error('enough');
  await expect(audit(estate.source, estate.same, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('remarks on what was left alone are handed over', async () => {
  const dumps = writeDumps(join(mkdtempSync(join(folder, 'run-')), 'us-west-2'), { region: 'us-west-2' });
  writeFileSync(join(dumps, 'Subnets.json'), '{"Subnets": []}');
  const notes: string[] = [];
  await snapshot(dumps, { onNote: (line) => notes.push(line) });
  expect(notes.join('\n')).toContain('Subnets.json');
});
