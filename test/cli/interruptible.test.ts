import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { badDay } from '../kit/bad-days.ts';
import { ended, installedTool, start } from './kit/process.ts';
import { temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
let script: string;

beforeAll(() => {
  const { home } = installedTool();
  const moduleAt = (name: string) => JSON.stringify(pathToFileURL(join(home, 'dist', 'cli', name)).href);
  script = join(folder, 'work.mjs');
  writeFileSync(
    script,
    `import { interruptible } from ${moduleAt('interruptible.js')};
    import { listenForInterruption } from ${moduleAt('signals.js')};
    listenForInterruption();
    const work = { quick: () => 7, endless: () => { process.stdout.write('begun '); for (;;); }, fails: () => { throw new RangeError('no'); } };
    try {
      process.stdout.write(String(interruptible(work[process.argv[2]])));
      process.stdout.write(' listeners ' + process.listenerCount('SIGTERM'));
    } catch (error) {
      process.stdout.write(error.name + ' ' + error.message);
      process.exitCode = error.code ?? 2;
    }`,
  );
}, 120_000);

describe(badDay('interrupted-comparison'), () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const child = start(script, ['endless']);
    const over = ended(child);
    const killed = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_, by) => resolve(by)),
    );
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const before = performance.now();
    child.kill(signal);
    const { code, stdout } = await over;
    // A busy machine takes longer to end a process than the tool does.
    expect(performance.now() - before).toBeLessThan(2500);
    if (signal === 'SIGINT')
      expect({ code, stdout }).toEqual({ code: 130, stdout: 'begun Interrupted interrupted by SIGINT' });
    else expect(await killed).toBe('SIGTERM');
  });

  it('is otherwise done as if it were called, and signals are heard again afterwards', async () => {
    expect(await ended(start(script, ['quick']))).toMatchObject({ code: 0, stdout: '7 listeners 1' });
    expect(await ended(start(script, ['fails']))).toMatchObject({ code: 2, stdout: 'RangeError no' });
  });
});

/** Many groups with other names on the other side: to compare them takes some ten seconds. */
function writeLargeSide(name: string): string {
  const side = join(folder, name);
  mkdirSync(side);
  const SecurityGroups = Array.from({ length: 10_000 }, (_, n) => ({
    GroupId: `sg-0${name.charCodeAt(0).toString(16)}${n.toString(16).padStart(14, '0')}`,
    GroupName: `${name}-${n}-group`,
    Description: 'of a large region',
    VpcId: `vpc-${name}`,
    OwnerId: '111122223333',
    Tags: [],
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: `10.${n % 256}.0.0/16` }] },
    ],
    IpPermissionsEgress: [],
  }));
  writeFileSync(join(side, 'groups.json'), JSON.stringify({ SecurityGroups }));
  writeFileSync(join(side, 'other.json'), '{"Unknown":[]}');
  return side;
}

describe('a whole audit of a large estate', () => {
  it('ends with 130 soon after SIGINT while it compares, and leaves no file', async () => {
    const sides = ['us-east-1', 'eu-west-1'].map(writeLargeSide);
    const out = join(folder, 'out');
    mkdirSync(out);
    const outputs = ['json', 'html', 'md'].flatMap((format) => [
      '-o',
      `${format}=${join(out, `r.${format}`)}`,
    ]);
    const child = start(installedTool().main, ['audit', ...sides, ...outputs]);
    const over = ended(child);
    // What is said of the folders is said when both are read and the comparison begins.
    await new Promise((resolve) => child.stderr.once('data', resolve));
    await setTimeout(500);
    const before = performance.now();
    child.kill('SIGINT');
    const { code, stderr } = await over;
    expect(performance.now() - before).toBeLessThan(2500);
    expect({ code, last: stderr.trim().split('\n').at(-1), files: readdirSync(out) }).toEqual({
      code: 130,
      last: 'interrupted by SIGINT',
      files: [],
    });
  });
});
