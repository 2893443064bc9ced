import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rollup } from '../../src/matrix/model.ts';
import { SOURCE, seedEstate, TARGET } from './estate.ts';
import { type Ended, type Moto, run, startMoto } from './kit.ts';

/** The account that moto gives to keys that mean nothing. */
const MAIN_ACCOUNT = '123456789012';
const OTHER_ACCOUNT = '210987654321';

let moto: Moto;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-matrix-'));
  moto = await startMoto();
  await seedEstate(moto.url);
});
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const matrix = (...args: string[]): Promise<Ended> =>
  run(process.execPath, ['--import', 'tsx', MAIN, 'matrix', '--config', join(root, 'config.yaml'), ...args], {
    AWS_ENDPOINT_URL: moto.url,
  });

describe('a matrix over accounts that are assumed by role', () => {
  it('audits each account and region pair, reads the accounts file, and names an account that is not what the file says', async () => {
    const role = (account: string) => `arn:aws:iam::${account}:role/Audit`;
    await writeFile(
      join(root, 'accounts.yml'),
      `accounts:
- { account_id: '${MAIN_ACCOUNT}', name: main, role: '${role(MAIN_ACCOUNT)}', regions: [${SOURCE}, ${TARGET}], tags: [type:prod] }
- { account_id: '${OTHER_ACCOUNT}', name: other, role: '${role(OTHER_ACCOUNT)}', external_id: x, regions: [${SOURCE}, ${TARGET}] }
- { account_id: '999999999999', name: wrong, role: '${role(OTHER_ACCOUNT)}' }
`,
    );
    await writeFile(
      join(root, 'config.yaml'),
      `accounts: accounts.yml
pairs:
  - { name: dr, source: ${SOURCE}, accounts: [main, other] }
  - { name: copy, source: ${SOURCE}@main, target: ${SOURCE}@other }
  - { name: wrong, source: ${SOURCE}@main, target: ${TARGET}@wrong }
`,
    );
    const folder = join(root, 'out');
    const { code, stderr, stdout } = await matrix('--output-dir', folder, '--concurrency', '2');
    const rollup: Rollup = JSON.parse(await readFile(join(folder, 'rollup.json'), 'utf8'));
    const seen = Object.fromEntries(
      rollup.pairs.map((pair) => [
        pair.name,
        pair.state === 'failed'
          ? pair.message
          : [pair.source.account, pair.target.account, pair.target.region, pair.findings.high > 0],
      ]),
    );
    expect(seen, stderr).toEqual({
      'dr main': [MAIN_ACCOUNT, MAIN_ACCOUNT, TARGET, true],
      'dr other': [OTHER_ACCOUNT, OTHER_ACCOUNT, TARGET, false],
      copy: [MAIN_ACCOUNT, OTHER_ACCOUNT, SOURCE, expect.any(Boolean)],
      wrong: `${TARGET}@wrong is the account ${OTHER_ACCOUNT}, and the accounts file says 999999999999.`,
    });
    expect(code).toBe(2);
    expect(stdout).toContain('1 could not be audited');
    expect(stderr).toContain(`reading dr main: ${SOURCE}@main and ${TARGET}@main`);
  });
});
