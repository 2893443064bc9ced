import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badDay } from '../kit/bad-days.ts';
import { HOSTILE } from '../kit/hostile.ts';
import { writeDumps } from './kit/estate.ts';
import { run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const FORMULAS = ['=cmd|calc', '+1', '-1', '@SUM(A1)'];
const TEXTS: readonly string[] = [...Object.values(HOSTILE), ...FORMULAS];
const FORMATS = ['html', 'md', 'json', 'sarif', 'junit', 'csv'] as const;

/** Dumps of two regions in which every text is the name, the description and a tag of a group, and the name of a key. */
function hostileDumps(cwd: string): void {
  for (const [region, more] of [
    ['us-east-1', ''],
    ['eu-west-1', ' (changed)'],
  ] as const) {
    writeDumps(join(cwd, region), { region });
    const path = join(cwd, region, 'SecurityGroups.json');
    const { SecurityGroups: groups } = JSON.parse(readFileSync(path, 'utf8'));
    const like = groups[0];
    const hostile = TEXTS.map((text, i) => ({
      ...like,
      GroupId: `sg-${region === 'us-east-1' ? 'a' : 'b'}${i}`,
      GroupName: text,
      Description: `${text}${more}`,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: more ? 23 : 22,
          IpRanges: [{ CidrIp: '10.0.0.0/8', Description: text }],
        },
      ],
      Tags: [{ Key: text, Value: `${text}${more}` }],
    }));
    writeFileSync(path, JSON.stringify({ SecurityGroups: [...groups, ...hostile] }));
  }
}

async function audited(cwd: string, args: readonly string[]) {
  const outputs = FORMATS.flatMap((format) => ['-o', `${format}=out.${format}`]);
  const ran = await run(['audit', ...args, '-o', 'terminal', '--full', ...outputs], { cwd });
  const of = (format: (typeof FORMATS)[number]) => readFileSync(join(cwd, `out.${format}`), 'utf8');
  return { ...ran, of };
}

/** No format has passed anything on that its readers would act on. */
function expectHarmless({ stdout, stderr, of }: Awaited<ReturnType<typeof audited>>): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069]/);
  }
  const html = of('html');
  expect(html).not.toMatch(/<img src=x|<script>alert|<\/style><script|" onmouseover="alert/);
  expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  const md = of('md').replace(/`[^`\n]*`/g, '');
  expect(md).not.toMatch(/<img|<script|\]\(javascript:|^## two/m);
  expect(of('junit')).not.toMatch(/<img|<script|[^\P{Cc}\n\t\r]/u);
  expect(() => JSON.parse(of('sarif'))).not.toThrow();
  expect(of('csv')).not.toMatch(/(^|,)"?[=+@-][^\d,"]/m);
}

describe(badDay('hostile-strings'), () => {
  it('in dumps', async () => {
    const cwd = mkdtempSync(join(folder, 'dumps-'));
    hostileDumps(cwd);
    const result = await audited(cwd, ['./us-east-1', './eu-west-1']);
    expect(result.code).toBe(1);
    const { pairs } = JSON.parse(result.of('json'));
    expect(pairs.length).toBeGreaterThan(TEXTS.length);
    expectHarmless(result);
  });

  it('in listings', async () => {
    const cwd = mkdtempSync(join(folder, 'listings-'));
    const names = TEXTS.filter((text) => !/[\t\r\n]/.test(text));
    for (const [region, port] of [
      ['us-east-1', 22],
      ['eu-west-1', 23],
    ] as const) {
      mkdirSync(join(cwd, region));
      const lines = names.flatMap((name, i) => [
        `GROUP\tsg-${i}\t111122223333\t${name}\t${name}\tvpc-1`,
        `PERMISSION\t111122223333\t${name}\tALLOWS\ttcp\t${port}\t${port}\tFROM\tCIDR\t10.0.0.0/8\tingress`,
      ]);
      writeFileSync(join(cwd, region, 'groups.txt'), `${lines.join('\n')}\n`);
    }
    const result = await audited(cwd, [
      ...['us-east-1/groups.txt', 'eu-west-1/groups.txt'],
      ...['--source-region', 'us-east-1', '--target-region', 'eu-west-1'],
    ]);
    expect([1, 3]).toContain(result.code);
    expectHarmless(result);
  });

  it('in template files', async () => {
    const cwd = mkdtempSync(join(folder, 'templates-'));
    for (const region of ['us-east-1', 'eu-west-1']) writeDumps(join(cwd, region), { region });
    const resources = TEXTS.map((text, i) => [
      `Web${i}`,
      {
        Type: 'AWS::EC2::Instance',
        Properties: { KeyName: text, ImageId: text, SecurityGroups: [text], UserData: text },
      },
    ]);
    const template = { Description: HOSTILE.escape, Resources: Object.fromEntries(resources) };
    writeFileSync(join(cwd, 'web.json'), JSON.stringify(template));
    const result = await audited(cwd, ['./us-east-1', './eu-west-1', '--template', 'web.json']);
    expect([1, 3]).toContain(result.code);
    expectHarmless(result);
  });
});
