import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/model.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { AWS_ENV, type Ended, type Moto, run, startMoto } from './kit.ts';
import { estatesOf, plannedLive, seedAnew, weighty, withoutImages } from './planned.ts';

/** In place of the AWS CLI: counts the calls that change something, a character for each. */
const COUNTING_AWS = `#!/bin/sh
previous=
for word in "$@"; do
  case $previous in ec2 | ssm | sts) operation=$word; break ;; esac
  previous=$word
done
case $operation in describe-* | get-*) ;; *) printf x >>"$CHANGES" ;; esac
exec "$REAL_AWS" "$@"
`;

let moto: Moto;
let folder: string;
let realAws: string;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  folder = await mkdtemp(join(tmpdir(), 'ec2-parity-script-'));
  realAws = (await run('sh', ['-c', 'command -v aws'])).stdout.trim();
  await writeFile(join(folder, 'aws'), COUNTING_AWS, { mode: 0o755 });
  moto = await startMoto();
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ran extends Ended {
  /** How many calls changed something. */
  readonly changes: number;
}
async function runScript(plan: Plan, shell: string): Promise<Ran> {
  const [path, changes] = [join(folder, 'plan.sh'), join(folder, 'changes')];
  await writeFile(path, planScript(plan));
  await writeFile(changes, '');
  const ended = await run(shell, [path], {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    AWS_ENDPOINT_URL: moto.url,
    REAL_AWS: realAws,
    CHANGES: changes,
  });
  return { ...ended, changes: (await readFile(changes, 'utf8')).length };
}

it.each([
  // With a group named "()", and one whose rule of egress to everywhere has a description.
  [1037, 'dash'],
  // With an image named "a[b]c".
  [26, 'bash'],
])(
  'what an audit finds after plan.sh of estate %d is what the simulation says, finding by finding',
  async (seed, shell) => {
    await seedAnew(moto.url, estatesOf(seed));
    const { plan, report } = await plannedLive(moto.url);
    expect(plan.steps.length).toBeGreaterThan(3);
    expect(await runScript(plan, shell)).toMatchObject({ code: 0, stderr: '' });
    const resolved = new Set(plan.resolves);
    const left = report.findings.filter((f) => !resolved.has(f.fingerprint));
    const after = await plannedLive(moto.url);
    expect(weighty(withoutImages(after.report))).toEqual(weighty(withoutImages({ findings: left })));
    expect(await runScript(plan, shell)).toMatchObject({ code: 0, stderr: '', changes: 0 });
  },
  600_000,
);
