import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { badDay } from '../kit/bad-days.ts';
import { ended, installedTool, start } from './kit/process.ts';
import { filesBelow, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
let script: string;

beforeAll(() => {
  const { home } = installedTool();
  const moduleAt = (...path: readonly string[]) =>
    JSON.stringify(pathToFileURL(join(home, 'dist', ...path)).href);
  script = join(folder, 'work.mjs');
  writeFileSync(
    script,
    `import { writeSync } from 'node:fs';
    import { interruptibleWith } from ${moduleAt('cli', 'interruptible.js')};
    import { listenForInterruption } from ${moduleAt('cli', 'signals.js')};
    import { writeWholeFile } from ${moduleAt('inventory', 'write-file.js')};
    const signal = listenForInterruption();
    const working = interruptibleWith(signal);
    // Not by a stream: Node may break off the script in the middle of its code, which then takes no more.
    const say = (text) => writeSync(1, text + ' ');
    // Ends by itself where the tests are killed.
    const endless = () => { for (const until = performance.now() + 60_000; performance.now() < until; ); };
    const runs = {
      quick: () => working(() => 7),
      endless: () => working(() => { say('begun'); endless(); }),
      swallowed: () => working(() => { say('begun'); endless(); }).catch(() => {}).then(() => working(endless)),
      fails: () => working(() => { throw new RangeError('no'); }),
      late: () => {
        say('begun');
        for (const until = performance.now() + 1500; performance.now() < until; );
        return working(endless);
      },
      writing: async () => {
        function* parts() { say('begun'); for (let i = 0; i < 3000; i++) yield 'x'.repeat(20_000); }
        const written = writeWholeFile('report.json', parts(), 'report').then(() => say('written'));
        await Promise.all([written, working(() => say('worked'))]);
        return 'in this order';
      },
    };
    try {
      say(await runs[process.argv[2]]());
      say('listeners ' + process.listenerCount('SIGTERM'));
    } catch (error) {
      say(error.name + ' ' + error.message);
      process.exitCode = error.code ?? 2;
    }`,
  );
}, 120_000);

/** Sends a signal when the script says that it has begun, and waits for its end. */
async function interruptedAt(signal: NodeJS.Signals, run: string) {
  const child = start(script, [run], { cwd: mkdtempSync(join(folder, 'run-')) });
  const over = ended(child);
  const killed = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, by) => resolve(by)));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill(signal);
  return { ...(await over), killed: await killed };
}

describe(badDay('interrupted-comparison'), () => {
  it('SIGINT', async () => {
    const { code, stdout } = await interruptedAt('SIGINT', 'endless');
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'begun Interrupted interrupted by SIGINT ' });
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s', async (signal) => {
    expect((await interruptedAt(signal, 'endless')).killed).toBe(signal);
  });

  it('by a signal that came while something else kept the event loop', async () => {
    const { code, stdout } = await interruptedAt('SIGINT', 'late');
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'begun Interrupted interrupted by SIGINT ' });
    const terminated = await interruptedAt('SIGTERM', 'late');
    expect(terminated.killed ?? terminated.code).toBeOneOf(['SIGTERM', 143]);
  });

  it('ends the run also where who awaits the work takes its end for something else', async () => {
    const { code, stdout } = await interruptedAt('SIGINT', 'swallowed');
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'begun Interrupted interrupted by SIGINT ' });
  });

  it('begins when no file is being written, so that the end of the process leaves none', async () => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    const { stdout } = await ended(start(script, ['writing'], { cwd }));
    expect(stdout).toBe('begun written worked in this order listeners 1 ');
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  it('is otherwise done as if it were called, and signals are heard again afterwards', async () => {
    expect(await ended(start(script, ['quick']))).toMatchObject({ code: 0, stdout: '7 listeners 1 ' });
    expect(await ended(start(script, ['fails']))).toMatchObject({ code: 2, stdout: 'RangeError no ' });
  });
});

describe(badDay('half-written'), () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while a file is written', async (signal, code) => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    const child = start(script, ['writing'], { cwd });
    const over = ended(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill(signal);
    // The grace that work under way has to wind down may be enough for this file.
    expect((await over).code).toBeOneOf([code, 0]);
    expect(readdirSync(cwd).filter((name) => name !== 'report.json')).toEqual([]);
  });

  it('SIGKILL leaves the temporary file, which the next run into that folder removes', async () => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    const child = start(script, ['writing'], { cwd });
    const over = ended(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await over;
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^\.ec2-parity-.*\.tmp$/)]);
    await ended(start(script, ['writing'], { cwd }));
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });
});

/** Many groups with other names on the other side: to compare them takes some seconds. */
function writeLargeSide(name: string): string {
  const side = join(folder, name);
  mkdirSync(side, { recursive: true });
  const SecurityGroups = Array.from({ length: 4000 }, (_, n) => ({
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

let sides: readonly string[];
beforeAll(() => {
  sides = ['us-east-1', 'eu-west-1'].map(writeLargeSide);
}, 60_000);

/** The seconds of the processor that a child has used. */
function secondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

describe.runIf(process.platform === 'linux')('a whole audit of a large estate', () => {
  let atExit: string;
  beforeAll(() => {
    atExit = join(folder, 'at-exit.mjs');
    writeFileSync(
      atExit,
      `import { writeSync } from 'node:fs';
      process.on('exit', () => {
        const { user, system } = process.cpuUsage();
        writeSync(2, '\\nseconds ' + (user + system) / 1e6);
      });`,
    );
  }, 60_000);

  // While modules are loaded, folders are read, sides are compared, a plan is made and its files and the reports are written.
  it.each([0.3, 0.6, 1, 1.5, 2.2, 3, 4])(
    'ends soon after SIGINT, whatever it does after %s seconds of work, and leaves no half-written file',
    async (moment) => {
      const out = mkdtempSync(join(folder, 'out-'));
      const outputs = ['json', 'html', 'junit'].flatMap((format) => [
        '-o',
        `${format}=${join(out, `r.${format}`)}`,
      ]);
      const args = ['audit', ...sides, ...outputs, '--plan', join(out, 'plan')];
      const child = start(installedTool().main, args, { node: ['--import', pathToFileURL(atExit).href] });
      const over = ended(child);
      while (child.exitCode === null && secondsOf(child.pid) < moment) await setTimeout(10);
      const before = child.exitCode === null ? secondsOf(child.pid) : Number.NaN;
      child.kill('SIGINT');
      const { code, stderr } = await over;
      const [said = '', seconds = ''] = stderr.split('\nseconds ');
      // A fast machine is done before the last moments.
      if (code === 1) return;
      // By the processor: a busy machine takes longer by the clock.
      expect(Number(seconds) - before).toBeLessThan(1);
      expect({ code, last: said.trim().split('\n').at(-1) }).toEqual({
        code: 130,
        last: 'interrupted by SIGINT',
      });
      expect(filesBelow(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    },
  );
});

describe('a matrix', () => {
  it('ends as a whole at SIGINT while it compares: the pair that is compared did not fail, and no other one begins', async () => {
    const cwd = mkdtempSync(join(folder, 'matrix-'));
    const [source, target] = sides;
    const names = ['a', 'b', 'c'];
    writeFileSync(
      join(cwd, 'ec2-parity.config.yaml'),
      `pairs:\n${names.map((name) => `  - { name: ${name}, source: ${source}, target: ${target} }\n`).join('')}`,
    );
    const child = start(installedTool().main, ['matrix', '--concurrency', '1'], { cwd });
    const over = ended(child);
    // What is said of the folders is said when both are read and the comparison begins.
    await new Promise<void>((resolve) =>
      child.stderr.on('data', (text) => {
        if (/ignored/.test(text)) resolve();
      }),
    );
    await setTimeout(200);
    child.kill('SIGINT');
    const { code, stderr } = await over;
    expect({ code, last: stderr.trim().split('\n').at(-1) }).toEqual({
      code: 130,
      last: 'interrupted by SIGINT',
    });
    expect(stderr).not.toMatch(/defect|reading [bc]/);
    expect(filesBelow(cwd)).toEqual(['ec2-parity.config.yaml']);
  });
});
