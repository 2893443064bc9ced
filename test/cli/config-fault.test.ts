import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeEstate } from './kit/estate.ts';
import { run, temporaryFolder } from './kit/run.ts';

const cwd = temporaryFolder();
const estate = writeEstate(temporaryFolder());

test.each([
  ['phase: drfit', 'phase cannot be "drfit".', 'Did you mean "drift"?'],
  ['failOn: hihg', 'failOn cannot be "hihg".', 'Did you mean "high"?'],
  ['only: [key-pairs, imags]', 'only.1 cannot be "imags".', 'Did you mean "images"?'],
  ['launch: { skip: [quota] }', 'launch.skip.0 cannot be "quota".', 'Did you mean "quotas"?'],
  ['ignore: [{ kind: imag, attribute: x }]', 'ignore.0.kind cannot be "imag".', 'Did you mean "image"?'],
  ['rules: { image/tags-differ: hihg }', 'rules.image/tags-differ cannot be "hihg".', 'Did you mean "high"?'],
  [
    'rules: { image/tags-differ: { severity: lwo, subject: a } }',
    'rules.image/tags-differ.severity cannot be "lwo".',
    'Did you mean "low"?',
  ],
  ['fail-on: high', 'there is no setting "fail-on".', 'Did you mean "failOn"?'],
  ['launch: { skpi: [] }', 'there is no setting "launch.skpi".', 'Did you mean "skip"?'],
  [
    'waivers: [{ rul: image/tags-differ, subject: a, reason: b, owner: c, until: never }]',
    'there is no setting "waivers.0.rul".',
    'Did you mean "rule"?',
  ],
  ['phase: 3', 'phase: Invalid option', 'ec2-parity schema config'],
])('%s is reported with what was probably meant', async (text, message, hint) => {
  writeFileSync(join(cwd, 'c.yaml'), `${text}\n`);
  const { code, stderr } = await run(['audit', estate.source, estate.different, '--config', 'c.yaml'], {
    cwd,
  });
  expect(code).toBe(2);
  const [error, hinted] = stderr.split('\n');
  expect(error).toContain(`error: c.yaml:1: ${message}`);
  expect(hinted).toContain(hint);
});
