import { describe, expect, it } from 'vitest';
import { baselineOf, misfitOf } from '../../src/drift/baseline.ts';
import { sinceText } from '../../src/report/view/drift.ts';
import { allow, type Estate, group, VPC } from '../kit/estate.ts';
import { Job, type Outcome, outcomeOf, type Sides } from './nights-kit.ts';

const HTTPS = allow('tcp', 443, 443, '10.0.0.0/8');
const SSH = allow('tcp', 22, 22, '203.0.113.0/24');
const WORLD = allow('tcp', 22, 22, '0.0.0.0/0');
const API = allow('tcp', 8443, 8443, '10.0.0.0/8');

const key = (name: string, of = name) => ({
  KeyPairId: `key-${name}`,
  KeyName: name,
  KeyType: 'ed25519',
  PublicKey: `ssh-ed25519 ${Buffer.concat([
    Buffer.from([0, 0, 0, 11]),
    Buffer.from('ssh-ed25519'),
    Buffer.from([0, 0, 0, 32]),
    Buffer.from(of.padEnd(32, '.')),
  ]).toString('base64')} ${name}`,
});
const image = (id: string, created: string) => ({
  ImageId: id,
  Name: 'app',
  State: 'available',
  Architecture: 'x86_64',
  OwnerId: '111122223333',
  CreationDate: created,
});
const copy = {
  ...image('ami-t', '2026-10-02T00:00:00.000Z'),
  SourceImageId: 'ami-s',
  SourceImageRegion: 'us-east-1',
};
const instance = {
  InstanceId: 'i-1',
  ImageId: 'ami-s2',
  KeyName: 'spare',
  State: { Name: 'running' },
  Tags: [{ Key: 'Name', Value: 'batch' }],
};

/** The first night: what is known and accepted. `db` differs in two rules, and `spare` is missing and unused. */
const source: Estate = {
  vpcs: [VPC],
  keyPairs: [key('deploy'), key('spare')],
  securityGroups: [group('web', [HTTPS, SSH]), group('db', [])],
  images: [image('ami-s', '2026-10-01T00:00:00.000Z')],
};
const target: Estate = {
  vpcs: [VPC],
  keyPairs: [key('deploy')],
  securityGroups: [group('web', [HTTPS, SSH]), group('db', [HTTPS, API])],
  images: [copy],
};
const groups = (...all: Estate['securityGroups'] & object) => ({ ...target, securityGroups: all });
const db = (...rows: (typeof HTTPS)[]) => group('db', rows);

const rebuilt: Estate = { ...source, images: [image('ami-s2', '2026-11-08T00:00:00.000Z')] };
const used: Estate = { ...rebuilt, instances: [instance] };
const other: Estate = { ...target, keyPairs: [key('deploy', 'someone')] };
const renamed = { ...other, securityGroups: [group('web-2', [HTTPS, SSH]), db(HTTPS)] };

type Expected = Partial<Outcome> & { readonly night: string; readonly sides: Sides };
const QUIET = { new: [], worsened: [], resolved: [], unchecked: 0, mover: '', exit: 0 } as const;

/** What each night has to come to, written down before it was played. The first one has nothing to compare with. */
const NIGHTS: readonly Expected[] = [
  {
    night: 'nothing changes',
    sides: { source, target },
    headline: 'no drift: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
  },
  {
    night: 'a rule of the target is opened to the world',
    sides: { source, target: groups(group('web', [HTTPS, SSH, WORLD]), db(HTTPS, API)) },
    new: ['security-group/allows-more web'],
    mover: 'target',
    headline: 'drift: 1 new (1 critical), 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'it is closed again',
    sides: { source, target },
    resolved: ['security-group/allows-more web'],
    mover: 'target',
    headline: 'better: 0 new, 0 worsened, 2 persisting, 1 resolved, 0 unchecked',
  },
  {
    night: 'and opened again: a flap',
    sides: { source, target: groups(group('web', [HTTPS, SSH, WORLD]), db(HTTPS, API)) },
    new: ['security-group/allows-more web'],
    mover: 'target',
    headline: 'drift: 1 new (1 critical), 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'the source drops what the target still admits, as the flap ends',
    sides: { source: { ...source, securityGroups: [group('web', [SSH]), db()] }, target },
    worsened: ['security-group/allows-more web'],
    mover: 'source',
    headline: 'drift: 0 new, 1 worsened, 2 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'the source has it back',
    sides: { source, target },
    resolved: ['security-group/allows-more web'],
    mover: 'source',
    headline: 'better: 0 new, 0 worsened, 2 persisting, 1 resolved, 0 unchecked',
  },
  {
    night: 'a key of the target is replaced',
    sides: { source, target: other },
    new: ['key-pair/different-key deploy'],
    mover: 'target',
    headline: 'drift: 1 new (1 critical), 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'an image of the source is rebuilt under its name',
    sides: { source: rebuilt, target: other },
    new: ['image/stale-copy app'],
    mover: 'source',
    headline: 'drift: 1 new (1 high), 0 worsened, 3 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'an escalation without a new finding: the missing key is used now',
    sides: { source: used, target: other },
    worsened: ['key-pair/missing spare'],
    mover: 'source',
    headline: 'drift: 0 new, 1 worsened, 3 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'one of two faults is repaired',
    sides: { source: used, target: { ...other, securityGroups: [group('web', [HTTPS, SSH]), db(HTTPS)] } },
    headline: 'no drift: 0 new, 0 worsened, 4 persisting, 0 resolved, 0 unchecked',
  },
  {
    night: 'groups of the target cannot be read',
    sides: { source: used, target: { ...other, unread: ['securityGroups'] } },
    unchecked: 1,
    headline: 'not all checked: 0 new, 0 worsened, 3 persisting, 0 resolved, 1 unchecked',
    exit: 3,
  },
  {
    night: 'they can be read again',
    sides: { source: used, target: { ...other, securityGroups: [group('web', [HTTPS, SSH]), db(HTTPS)] } },
    headline: 'no drift: 0 new, 0 worsened, 4 persisting, 0 resolved, 0 unchecked',
  },
  {
    night: 'a group of the target is made again under another name',
    sides: { source: used, target: renamed },
    new: ['security-group/missing web', 'security-group/extra web-2'],
    mover: 'target',
    headline: 'drift: 2 new (1 high), 0 worsened, 4 persisting, 0 resolved, 0 unchecked',
    exit: 1,
  },
  {
    night: 'both sides change alike',
    sides: {
      source: { ...used, securityGroups: [group('web', [HTTPS, SSH]), group('db', []), group('api', [API])] },
      target: { ...renamed, securityGroups: [...(renamed.securityGroups ?? []), group('api', [API])] },
    },
    headline: 'no drift: 0 new, 0 worsened, 6 persisting, 0 resolved, 0 unchecked',
  },
];

describe('a job that runs every night', () => {
  const job = new Job();
  job.run({ source, target });

  it.each(NIGHTS)('$night', ({ night: _, sides, ...expected }) => {
    expect(outcomeOf(job.run(sides))).toEqual({ ...QUIET, ...expected });
  });

  it('keeps in its ledger how often the rule was opened, and since when', () => {
    const [web] = Object.values(job.ledger?.findings ?? {}).filter(
      (f) => f.rule === 'security-group/allows-more' && f.name === 'web',
    );
    expect(web).toMatchObject({ came: 2, open: false, firstSeen: '2026-11-03T02:00:00.000Z' });
    const again = job.run({ source, target: groups(group('web', [HTTPS, SSH, WORLD]), db(HTTPS, API)) });
    const [third] = again.findings.filter((f) => f.status === 'new' && f.subject.name === 'web');
    expect(third && sinceText(third)).toBe('It has appeared 3 times since 2026-11-03.');
  });
});

describe('a job with a waiver', () => {
  const job = new Job();
  const wide = (...rows: (typeof HTTPS)[]) => groups(group('web', [HTTPS, SSH, ...rows]), db(HTTPS, API));
  const known = job
    .run({ source, target: wide(API) })
    .findings.find((f) => f.rule === 'security-group/allows-more' && f.subject.name === 'web');
  const config = (until: string, pin?: string) => ({
    waivers: [
      {
        rule: 'security-group/allows-more',
        subject: 'web',
        reason: 'the new API is tried out',
        owner: 'platform',
        until,
        ...(pin === undefined ? {} : { pin }),
      },
    ],
  });
  const NEVER = config('never', known?.content);

  it.each<{
    night: string;
    target: Estate;
    config: ReturnType<typeof config>;
    expected: Partial<Outcome>;
    waived: number;
  }>([
    {
      night: 'the finding is waived, with a pin',
      target: wide(API),
      config: NEVER,
      expected: { headline: 'no drift: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked' },
      waived: 1,
    },
    {
      night: 'what is waived grows',
      target: wide(API, WORLD),
      config: NEVER,
      expected: {
        worsened: ['security-group/allows-more web'],
        mover: 'target',
        headline: 'drift: 0 new, 1 worsened, 2 persisting, 0 resolved, 0 unchecked',
        exit: 1,
      },
      waived: 0,
    },
    {
      night: 'it is again what was waived',
      target: wide(API),
      config: NEVER,
      expected: { headline: 'no drift: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked' },
      waived: 1,
    },
    {
      night: 'the waiver has expired: nobody moved, and it counts',
      target: wide(API),
      config: config('2026-11-04'),
      expected: {
        new: ['security-group/allows-more web'],
        mover: 'unknown',
        headline: 'drift: 1 new (1 high), 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
        exit: 1,
      },
      waived: 0,
    },
  ])('$night', ({ target: now, config: settings, expected, waived }) => {
    const report = job.run({ source, target: now }, { config: settings });
    expect(outcomeOf(report)).toEqual({ ...QUIET, ...expected });
    expect(report.waived).toHaveLength(waived);
  });
});

describe('who moved', () => {
  const open: Sides = { source, target: groups(group('web', [HTTPS, SSH, WORLD]), db(HTTPS, API)) };
  const played = (...nights: Sides[]) => {
    const job = new Job();
    return nights.map((sides) => job.run(sides)).at(-1);
  };

  it('comes with the times between which it moved, and with the rules before and after', () => {
    const report = played({ source, target }, { source, target }, open);
    expect(report?.findings.find((f) => f.status === 'new')?.moved).toEqual({
      side: 'target',
      from: '2026-11-02T01:00:00.000Z',
      to: '2026-11-03T01:00:00.000Z',
      changes: [{ side: 'target', id: 'sg-web', before: [], after: ['ingress tcp 22 from 0.0.0.0/0'] }],
    });
  });

  it('names both sides where both had to change, and one where the other changed elsewhere', () => {
    const unrelated = { ...source, keyPairs: [...(source.keyPairs ?? []), key('new')] };
    const [alone] = played({ source, target }, { ...open, source: unrelated })?.findings.filter(
      (f) => f.rule === 'security-group/allows-more' && f.subject.name === 'web',
    ) ?? [null];
    expect(alone?.moved?.side).toBe('target');
    const both = played(
      { source, target },
      {
        source: { ...source, securityGroups: [group('web', [SSH]), db(), group('api', [API])] },
        target: groups(group('web', [HTTPS, SSH, API]), db(HTTPS, API), group('api', [HTTPS])),
      },
    );
    const api = both?.findings.find(
      (f) => f.rule === 'security-group/allows-more' && f.subject.name === 'api',
    );
    expect(api?.moved?.side).toBe('both');
  });

  it('goes back to the last time that a part was read, where it was not read the night before', () => {
    const unread = { source, target: { ...target, unread: ['securityGroups' as const] } };
    const report = played({ source, target }, unread, open);
    expect(report?.findings.find((f) => f.status === 'new')?.moved).toMatchObject({
      side: 'target',
      from: '2026-11-01T01:00:00.000Z',
      to: '2026-11-03T01:00:00.000Z',
    });
  });

  it('is nobody where the config changed', () => {
    const job = new Job();
    job.run({ source, target });
    const report = job.run({ source, target }, { config: { names: { keyPairs: { spare: 'other' } } } });
    expect(report.findings.filter((f) => f.status !== 'persisting').map((f) => f.moved)).not.toContain(
      'source',
    );
  });
});

describe('a baseline', () => {
  const job = new Job();
  const first = job.run({ source, target });

  it('of a version without a rule makes its findings new, says why and blames no side', () => {
    const old = {
      ...first,
      findings: first.findings.filter((f) => f.rule !== 'key-pair/missing'),
      rules: first.rules.filter((r) => r.id !== 'key-pair/missing'),
    };
    const upgraded = new Job();
    upgraded.run({ source, target }, { version: '0.9.0' });
    const report = upgraded.run({ source, target }, { baseline: baselineOf(old) });
    const added = report.findings.filter((f) => f.status === 'new');
    expect(added.map((f) => [f.rule, f.since, f.moved])).toEqual([['key-pair/missing', 'rule-added', null]]);
  });

  it('that is incomplete is named, and does not lose what it knew of the kinds that it did not read', () => {
    const nightly = new Job();
    nightly.run({ source, target });
    nightly.run({ source, target: { ...target, unread: ['securityGroups'] } });
    const report = nightly.run({ source, target });
    expect(report.baseline).toMatchObject({ complete: false, unread: ['security-group'] });
    expect(outcomeOf(report)).toMatchObject({ new: [], resolved: [], unchecked: 0, exit: 0 });
  });

  it('of a group whose instances come and go without a name has not worsened by another instance', () => {
    const launched = (id: string): Estate => ({
      ...source,
      images: [image('ami-s', '2026-10-01T00:00:00.000Z')],
      instances: [
        {
          InstanceId: id,
          ImageId: 'ami-s',
          KeyName: 'spare',
          State: { Name: 'running' },
          Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'workers' }],
        },
      ],
    });
    const nightly = new Job();
    nightly.run({ source: launched('i-1'), target });
    const report = nightly.run({ source: launched('i-2'), target });
    const spare = report.findings.find((f) => f.rule === 'key-pair/missing');
    expect([spare?.severity, spare?.status]).toEqual(['critical', 'persisting']);
    expect(spare?.blocks).toEqual([{ kind: 'auto-scaling-group', name: 'workers' }]);
  });

  it('that never read a kind makes its findings new, and says that they need not be', () => {
    const half = new Job().run({ source, target: { ...target, unread: ['securityGroups'] } });
    const report = new Job().run({ source, target }, { baseline: baselineOf(half) });
    const added = report.findings.filter((f) => f.status === 'new');
    expect(added.map((f) => [f.rule, f.since])).toEqual([['security-group/allows-more', 'not-read-before']]);
  });

  it('of another account is refused', () => {
    const theirs = { ...first, target: { ...first.target, account: '999999999999' } };
    expect(() =>
      new Job().run({ source, target }, { baseline: baselineOf(theirs, '--baseline b.json') }),
    ).toThrow(
      "--baseline b.json: its target is account 999999999999, this run's is 111122223333 (eu-west-1).",
    );
    expect(misfitOf(baselineOf(first), first)).toBeNull();
  });
});
