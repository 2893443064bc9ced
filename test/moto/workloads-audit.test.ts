import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { plainFacts } from '../../src/report/model.ts';
import { installedTool } from '../cli/kit/process.ts';
import { type AuditedEstate, seedAuditedWorkloads } from './audited-workloads.ts';
import { SOURCE, TARGET } from './estate.ts';
import { enforceAuthorization, type Keys, makeUser } from './iam.ts';
import { type Ended, type Moto, run, startMoto } from './kit.ts';

let moto: Moto;
let root: string;
let estate: AuditedEstate;
let live: Audited;
let main: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-workloads-audit-'));
  main = installedTool().main;
  moto = await startMoto();
  estate = await seedAuditedWorkloads(moto.url);
  const { golden, web } = estate;
  const yaml = `Resources:\n  Server:\n    Type: AWS::EC2::Instance\n    Properties:\n      KeyName: deploy\n      ImageId: ${golden}\n      SecurityGroupIds:\n        - ${web}\n`;
  await writeFile(join(root, 'app.yaml'), yaml);
  const Server = { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'deploy', ImageId: golden } };
  await writeFile(join(root, 'app.json'), JSON.stringify({ Resources: { Server } }, null, 2));
  live = await audit('live', SOURCE, TARGET, [
    '--endpoint-url',
    moto.url,
    ...templates('app.yaml', 'app.json'),
  ]);
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

interface Audited extends Ended {
  readonly report: Report;
}

const templates = (...files: string[]) => files.flatMap((file) => ['--template', join(root, file)]);

function ec2Parity(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return run(process.execPath, [main, ...args], { AWS_ENDPOINT_URL: moto.url, ...env });
}

async function audit(
  name: string,
  source: string,
  target: string,
  options: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Audited> {
  const folder = join(root, name);
  const config = join(root, 'names.yaml');
  // The emulator keeps no record of what an image was copied from: the config says that the name tells.
  await writeFile(config, 'names: { images: { golden: golden } }\n');
  const json = [
    '--output',
    `json=${join(folder, 'report.json')}`,
    '--output',
    'terminal',
    '--config',
    config,
  ];
  const ended = await ec2Parity(['audit', source, target, ...json, ...options], env);
  const text = await readFile(join(folder, 'report.json'), 'utf8').catch(() => {
    throw new Error(`no report: ${ended.stderr}`);
  });
  return { ...ended, report: JSON.parse(text) };
}

/** Ids and folders are made anew every time: they are called by what they are. */
function named(text: string): string {
  const ids = Object.entries(estate).map(([name, id]) => [id, `<${name}>`] as const);
  return [...ids, [`${root}/`, ''] as const].reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

type Told = Readonly<Record<string, readonly string[]>>;

/** By kind and name: the verdict and each chain as it is shown. */
function verdicts({ workloads }: Report): Told {
  return Object.fromEntries(
    workloads.map(({ kind, name, verdict, chains = [] }) => [
      named(`${kind} ${name}`),
      [verdict, ...chains.map(({ steps }) => named(steps.join(' -> '))).sort()],
    ]),
  );
}

/** But for what is said of every workload alike: that the other region does not have one of its name. */
function findings({ findings: all }: Report): string[] {
  return all
    .filter(({ rule }) => rule !== 'workload/missing')
    .map(({ rule, severity, subject }) => named(`${severity} ${rule} ${subject.name}`))
    .sort();
}

const ONLY = 'v1 ($Default, $Latest)';
const VERDICTS: Told = {
  'auto-scaling-group asg-by-configuration': [
    'blocked',
    `launch configuration configuration -> key pair only-source -> no such key pair in ${TARGET}`,
  ],
  'auto-scaling-group asg-chain': [
    'blocked',
    `launch template no-copy v1 -> image uncopied -> no copy in ${TARGET}`,
  ],
  'auto-scaling-group asg-mixed': [
    'blocked',
    `launch template no-group v1 -> security group gone -> no such group in ${TARGET}`,
  ],
  'auto-scaling-group asg-pinned': [
    'blocked',
    `launch template pinned v1 -> image uncopied -> no copy in ${TARGET}`,
  ],
  'instance rules-moved': ['launchable'],
  'instance two-interfaces': ['blocked', `security group gone -> no such group in ${TARGET}`],
  'instance windows': ['blocked', 'key pair windows -> EC2 does not launch Windows with an ED25519 key'],
  'launch-configuration configuration': ['blocked', `key pair only-source -> no such key pair in ${TARGET}`],
  'launch-template admits-less': [
    'degraded',
    `${ONLY} -> security group narrow -> admits less on the target`,
  ],
  'launch-template admits-more': ['degraded', `${ONLY} -> security group wide -> admits more on the target`],
  'launch-template all-there': ['launchable'],
  'launch-template another-key': ['degraded', `${ONLY} -> key pair rotated -> another key has this name`],
  'launch-template by-parameter': ['launchable'],
  'launch-template image-retired': [
    'blocked',
    `${ONLY} -> image <retired> -> is not returned by EC2 in ${SOURCE}: it is deregistered, of another region, or not shared with the account`,
  ],
  'launch-template no-copy': ['blocked', `${ONLY} -> image uncopied -> no copy in ${TARGET}`],
  'launch-template no-group': ['blocked', `${ONLY} -> security group gone -> no such group in ${TARGET}`],
  'launch-template no-key': ['blocked', `${ONLY} -> key pair only-source -> no such key pair in ${TARGET}`],
  'launch-template no-parameter': [
    'blocked',
    `${ONLY} -> image of the parameter /only-source -> no such parameter in ${TARGET}`,
  ],
  // CloudFormation made these from the templates of the stacks.
  'launch-template of-given-image': ['blocked', `${ONLY} -> image uncopied -> no copy in ${TARGET}`],
  'launch-template of-id': ['launchable'],
  'launch-template of-no-row': ['launchable'],
  // AWS puts the image in place of the dynamic reference; the server leaves it as it is, which is no image.
  'launch-template of-reference': [
    'blocked',
    `${ONLY} -> image {{resolve:ssm:/only-source}} -> is not the id of an image`,
  ],
  'launch-template of-type': ['launchable'],
  'launch-template parameter-to-nothing': [
    'blocked',
    `${ONLY} -> image of the parameter /to-nothing -> in ${TARGET} it names ami-0123456789abcdef0, which EC2 does not return to the account there`,
  ],
  'launch-template pinned': ['blocked', `v1 -> image uncopied -> no copy in ${TARGET}`],
  'launch-template twin-differs': ['degraded', `its counterpart in ${TARGET} -> launches something else`],
  'stack stack-by-reference': [
    'blocked',
    `Template -> parameter /only-source -> no such parameter in ${TARGET}`,
  ],
  'stack stack-by-type': ['launchable'],
  'stack stack-given-image': ['blocked', `Template -> image uncopied -> no copy in ${TARGET}`],
  'stack stack-no-row': ['blocked', `Template -> mapping Images -> no row for ${TARGET}`],
  'stack stack-with-id': ['blocked', `Template -> image <golden> -> an id that ${TARGET} does not have`],
};

const IN_FILES: Told = {
  'stack app.json': ['blocked', `Server -> image <golden> -> an id that ${TARGET} does not have`],
  'stack app.yaml': [
    'blocked',
    `Server -> image <golden> -> an id that ${TARGET} does not have`,
    `Server -> security group <web> -> an id that ${TARGET} does not have`,
  ],
};

const FINDINGS = [
  'critical image/missing-copy uncopied',
  'critical key-pair/different-key rotated',
  'critical key-pair/unusable-for-windows windows',
  'critical security-group/missing gone',
  'high key-pair/renamed only-source',
  'high reference/dangling image-retired',
  'high reference/dangling of-reference',
  'high reference/dangling there-no-key',
  'high reference/hard-coded-image stack-with-id',
  'high reference/missing-parameter no-parameter',
  'high reference/missing-parameter parameter-to-nothing',
  'high reference/missing-parameter stack-by-reference',
  'high reference/no-region-mapping stack-no-row',
  'high security-group/allows-less narrow',
  'high security-group/allows-more wide',
  'high workload/differs twin-differs',
  'low security-group/allows-less moved-from',
  'low security-group/allows-more moved-to',
];
const FINDINGS_IN_FILES = [
  'high reference/hard-coded-group app.yaml',
  'high reference/hard-coded-image app.json',
  'high reference/hard-coded-image app.yaml',
];

const PARAMETERS_NEEDED = ['by-parameter', 'no-parameter', 'parameter-to-nothing'].map(
  (name) => `launch-template ${name}`,
);

describe('an audit of two live regions in which instances are started', () => {
  it('judges every workload, and says by which chain it comes to that', () => {
    expect(live.stderr).not.toMatch(/error/i);
    expect(verdicts(live.report)).toEqual({ ...VERDICTS, ...IN_FILES });
    expect(live.report.gaps).toEqual([]);
    expect([live.code, live.report.complete, live.report.verdict]).toEqual([1, true, 'differences']);
    expect(live.stdout).toMatch(/not ready: \d+ of 33 workloads would not launch/);
  });

  it('finds what is the matter with them and nothing else, each weighed by what depends on it', () => {
    expect(findings(live.report)).toEqual([...FINDINGS, ...FINDINGS_IN_FILES].sort());
    const usedBy = (rule: string) =>
      live.report.findings
        .filter((f) => f.rule === rule)
        .flatMap((f) => f.usedBy.map(({ kind, name }) => `${kind} ${name}`))
        .sort();
    expect(usedBy('image/missing-copy')).toEqual([
      'auto-scaling-group asg-chain',
      'auto-scaling-group asg-pinned',
      'launch-template no-copy',
      'launch-template of-given-image',
      'launch-template pinned',
      'stack stack-given-image',
    ]);
    expect(usedBy('security-group/missing')).toEqual([
      'auto-scaling-group asg-mixed',
      'instance two-interfaces',
      'launch-template no-group',
    ]);
  });

  it('names file and line of what a template file names by id', () => {
    const places = live.report.findings
      .map(plainFacts)
      .filter(({ file }) => typeof file === 'string')
      .map((facts) => named(`${facts.file}:${facts.line} ${facts.reference}`));
    expect(places.sort()).toEqual(['app.json:7 <golden>', 'app.yaml:6 <golden>', 'app.yaml:8 <web>']);
  });

  it('says of a rule that moved between two groups of one instance that it cancels out', () => {
    const moved = live.report.findings.filter(({ subject }) => subject.name.startsWith('moved-'));
    expect(moved.map(({ message }) => /The difference has no effect .*$/.exec(message)?.[0])).toEqual([
      'The difference has no effect on what the group is known to be attached to ("rules-moved"): together with "moved-to" it admits the same traffic on both sides.',
      'The difference has no effect on what the group is known to be attached to ("rules-moved"): together with "moved-from" it admits the same traffic on both sides.',
    ]);
  });

  it('puts findings of one fix together, what blocks most first', () => {
    const causes = (live.report.causes ?? []).map(({ title, findings: own, workloads }) => {
      const blocked = workloads.filter(({ verdict }) => verdict === 'blocked').length;
      return named(`${own.length} finding(s), ${blocked} blocked: ${title}`);
    });
    expect(causes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^1 finding\(s\), 6 blocked: .*"uncopied"/),
        expect.stringMatching(/^1 finding\(s\), 3 blocked: .*"gone"/),
        expect.stringMatching(/^3 finding\(s\), 3 blocked: .*<golden>/),
        expect.stringMatching(/^2 finding\(s\), 2 blocked: .*"\/only-source"/),
      ]),
    );
    expect(causes[0]).toMatch(/"uncopied"/);
  });

  it('judges the own workloads of the target after the migration', async () => {
    const { report, code } = await audit('verification', SOURCE, TARGET, ['--phase', 'verification']);
    expect(verdicts(report)).toEqual({
      'launch-template all-there': ['launchable'],
      'launch-template there-no-key': [
        'blocked',
        `${ONLY} -> key pair nobody-has-it -> does not exist in ${TARGET}`,
      ],
      'launch-template there-wide': [
        'degraded',
        `${ONLY} -> security group wide -> admits more on the target`,
      ],
      'launch-template twin-differs': ['launchable'],
    });
    expect(code).toBe(1);
  });

  it('judges the same where only workloads are asked for, and finds what they hang on', async () => {
    const { report } = await audit('only', SOURCE, TARGET, ['--only', 'workloads']);
    expect(verdicts(report)).toEqual(VERDICTS);
    expect(report.complete).toBe(true);
    const rules = new Set(report.findings.map(({ rule }) => rule.split('/')[0]));
    expect(rules).toContain('reference');
  });
});

describe('workloads of stored sides', () => {
  const UNTOLD: Told = {
    ...VERDICTS,
    'instance windows': [
      'blocked',
      expect.stringMatching(
        /^image Windows_Server\S+ -> whether its owner offers it in eu-west-1 was not looked up$/,
      ),
      'key pair windows -> EC2 does not launch Windows with an ED25519 key',
    ],
    ...Object.fromEntries(
      PARAMETERS_NEEDED.map((name, i) => [
        name,
        [
          'unknown',
          `${ONLY} -> image of the parameter ${['/golden', '/only-source', '/to-nothing'][i]} -> whether ${TARGET} has it was not read`,
        ],
      ]),
    ),
    'stack stack-by-reference': [
      'unknown',
      `Template -> parameter /only-source -> whether ${TARGET} has it was not read`,
    ],
  };

  it('are judged as live but for what only the other region can tell, and the hint leads to the rest', async () => {
    const files = [SOURCE, TARGET].map((region) => join(root, `${region}.json.gz`));
    const saved = await Promise.all(
      [SOURCE, TARGET].map((region, i) => ec2Parity(['snapshot', region, '-o', String(files[i])])),
    );
    expect(saved.map(({ code }) => code)).toEqual([0, 0]);
    const [source = '', target = ''] = files;
    const [stored, followed] = await Promise.all([
      audit('stored', source, target),
      audit('followed', source, TARGET),
    ]);
    expect(verdicts(stored.report)).toEqual(UNTOLD);
    expect(findings(stored.report)).toEqual(FINDINGS.filter((line) => !/missing-parameter/.test(line)));
    expect(stored.report.gaps.map(({ side, kind, code }) => [side, kind, code])).toEqual([
      ['target', 'image', 'not-read'],
      ['target', 'parameter', 'not-read'],
    ]);
    for (const { hint } of stored.report.gaps)
      expect(hint).toMatch(/audit the live region: name eu-west-1 in its place\.$/);
    expect(verdicts(followed.report)).toEqual(VERDICTS);
    expect(findings(followed.report)).toEqual(FINDINGS);
    expect([followed.report.gaps, followed.code]).toEqual([[], 1]);
  });
});

describe('where something is denied', () => {
  const of = (kind: string) => Object.keys(VERDICTS).filter((name) => name.startsWith(`${kind} `));
  const BY_TEMPLATE = ['asg-chain', 'asg-mixed', 'asg-pinned'].map((name) => `auto-scaling-group ${name}`);
  /** What cannot be judged then, and what is not even known of. */
  const DENIED: Readonly<Record<string, { unknown: readonly string[]; unseen?: readonly string[] }>> = {
    'ec2:DescribeInstances': { unknown: [], unseen: of('instance') },
    'ec2:DescribeLaunchTemplates': {
      // Whether the name of a template that the stack makes is taken was not read.
      unknown: [...BY_TEMPLATE, 'stack stack-by-type'],
      unseen: of('launch-template'),
    },
    'ec2:DescribeLaunchTemplateVersions': { unknown: [...BY_TEMPLATE, ...of('launch-template')] },
    'autoscaling:DescribeAutoScalingGroups': { unknown: [], unseen: of('auto-scaling-group') },
    'autoscaling:DescribeLaunchConfigurations': {
      unknown: ['auto-scaling-group asg-by-configuration'],
      unseen: of('launch-configuration'),
    },
    'cloudformation:DescribeStacks': { unknown: [], unseen: of('stack') },
    'cloudformation:GetTemplate': { unknown: of('stack') },
    'ssm:GetParameters': { unknown: [...PARAMETERS_NEEDED, 'stack stack-by-reference'] },
  };
  let printed: Keys;
  const users = new Map<string, Keys>();

  beforeAll(async () => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
    for (const Action of Object.keys(DENIED))
      users.set(
        Action,
        await makeUser(moto.url, Action.replace(':', '-'), [allow, { ...allow, Effect: 'Deny', Action }]),
      );
    const { stdout } = await ec2Parity(['iam-policy']);
    // The server asks about actions on everything, whatever the call is about.
    const statements = (JSON.parse(stdout).Statement as object[]).map((one) => ({ ...one, Resource: '*' }));
    printed = await makeUser(moto.url, 'printed', statements);
    await enforceAuthorization(moto.url);
  });

  it('the actions of the policy that the tool prints are all that it asks for', async () => {
    const { report } = await audit('printed', SOURCE, TARGET, [], printed);
    expect(report.gaps).toEqual([]);
    expect(verdicts(report)).toEqual(VERDICTS);
  });

  it('what hangs on it is unknown, the rest is judged, and the run never ends with 0', async () => {
    // With a finding that counts it ends with 1, as any run does.
    const failing = 'ssm:GetParameters';
    const options = (action: string) => (action === failing ? [] : ['--fail-on', 'none']);
    const runs = [...users].map(async ([action, keys]) => ({
      action,
      ...(await audit(action, SOURCE, TARGET, options(action), keys)),
    }));
    for (const { action, report, code, stdout } of await Promise.all(runs)) {
      const { unknown, unseen = [] } = DENIED[action] ?? { unknown: [] };
      const told = Object.entries(verdicts(report));
      expect(
        told
          .filter(([, [verdict]]) => verdict === 'unknown')
          .map(([name]) => name)
          .sort(),
        action,
      ).toEqual([...unknown].sort());
      const rest = told.filter(([, [verdict]]) => verdict !== 'unknown');
      // Without the groups nobody knows that a version is pinned; the gap says so.
      const judged = Object.entries(VERDICTS).filter(
        ([name]) => !unknown.includes(name) && !unseen.includes(name),
      );
      const pins = action === 'autoscaling:DescribeAutoScalingGroups';
      const known = (all: [string, readonly string[]][]) =>
        Object.fromEntries(
          all
            .filter(([name]) => !pins || name !== 'launch-template pinned')
            // A stack that is blocked stays so; that a name may be taken comes on top.
            .map(([name, said]) => [name, said.filter((text) => !text.endsWith('is free is not known'))]),
        );
      expect(known(rest), action).toEqual(known(judged));
      const gaps = report.gaps.map(({ message }) => message);
      expect(
        gaps.every((message) => message.includes(String(action.split(':')[1]))),
        gaps.join('\n'),
      ).toBe(true);
      expect([report.complete, code], action).toEqual([false, action === failing ? 1 : 3]);
      expect(stdout, action).toContain('incomplete');
    }
  });
});
