import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/comparator/config.ts';
import { headline } from '../../src/report/headline.ts';
import { ACCOUNT, allow, type Estate, group, VPC } from '../kit/estate.ts';
import { Job, type Outcome, outcomeOf, type Sides } from './nights-kit.ts';

type Expected = Partial<Outcome> & {
  readonly night: string;
  readonly sides: Sides;
  readonly config?: Config;
};
const QUIET = { new: [], worsened: [], resolved: [], unchecked: 0, mover: '', exit: 0 } as const;

/** Each night is compared with what was written down for it before it was played. */
function played(first: Sides, nights: readonly Expected[]): void {
  const job = new Job();
  job.run(first);
  it.each(nights)('$night', ({ night: _, sides, config, ...expected }) => {
    expect(outcomeOf(job.run(sides, config ? { config } : {}))).toEqual({ ...QUIET, ...expected });
  });
}

const image = (ImageId: string, more: object) => ({
  ImageId,
  State: 'available',
  Architecture: 'x86_64',
  OwnerId: ACCOUNT,
  CreationDate: '2026-10-01T00:00:00.000Z',
  ...more,
});
/** From an image to its root, as GetImageAncestry returns it. */
const ancestry = (...line: readonly (readonly [id: string, region: string])[]) =>
  line.map(([ImageId], i) => ({
    ImageId,
    SourceImageId: line[i + 1]?.[0],
    SourceImageRegion: line[i + 1]?.[1],
  }));
const denied = (explains: 'ancestry' | 'copies') =>
  [{ kind: 'image', code: 'access-denied', message: 'denied', hint: 'allow it', explains }] as const;

/** Both descend from one image of a third region, by different ways: only the ancestry of the copy shows it. */
const original: Estate = {
  images: [
    image('ami-s', {
      Name: 'app',
      SourceImageId: 'ami-root',
      SourceImageRegion: 'us-west-2',
      Ancestry: ancestry(['ami-s', 'us-east-1'], ['ami-root', 'us-west-2']),
    }),
  ],
};
const copied = (Name: string): Estate => ({
  images: [
    image('ami-t', {
      Name,
      SourceImageId: 'ami-between',
      SourceImageRegion: 'eu-north-1',
      CreationDate: '2026-10-02T00:00:00.000Z',
      Tags: [{ Key: 'env', Value: 'dr' }],
      Ancestry: ancestry(['ami-t', 'eu-west-1'], ['ami-between', 'eu-north-1'], ['ami-root', 'us-west-2']),
    }),
  ],
});
const withoutAncestry = (estate: Estate): Estate => ({
  images: (estate.images ?? []).map(({ Ancestry: _, ...rest }) => rest),
  gaps: denied('ancestry'),
});

describe('the ancestry of a copy of the same name is not read', () => {
  const whole = { source: original, target: copied('app') };
  const half = { source: original, target: withoutAncestry(copied('app')) };
  played(whole, [
    {
      night: 'for one night: nothing is new, and it is not called another image',
      sides: half,
      headline: 'not all checked: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
      exit: 3,
    },
    {
      night: 'for a second night: the same',
      sides: half,
      headline: 'not all checked: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
      exit: 3,
    },
    {
      night: 'and is read again: nothing is resolved',
      sides: whole,
      headline: 'no drift: 0 new, 0 worsened, 1 persisting, 0 resolved, 0 unchecked',
    },
  ]);
});

describe('the ancestry of a copy under another name is not read', () => {
  const whole = { source: original, target: copied('app-dr') };
  const half = { source: original, target: withoutAncestry(copied('app-dr')) };
  const gone = { source: original, target: { images: [] } };
  played(whole, [
    {
      night: 'for one night: what was known of it is unchecked',
      sides: half,
      unchecked: 2,
      headline: 'not all checked: 0 new, 0 worsened, 1 persisting, 0 resolved, 2 unchecked',
      exit: 3,
    },
    {
      night: 'for a second night: it is still unchecked, and not resolved',
      sides: half,
      unchecked: 2,
      headline: 'not all checked: 0 new, 0 worsened, 1 persisting, 0 resolved, 2 unchecked',
      exit: 3,
    },
    {
      night: 'and is read again: it persists',
      sides: whole,
      headline: 'no drift: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
    },
    {
      night: 'and then the copy is deleted',
      sides: gone,
      new: ['image/missing-copy app'],
      resolved: ['image/tags-differ app', 'image/renamed-copy app'],
      mover: 'target',
      headline: 'drift: 1 new (1 medium), 0 worsened, 0 persisting, 2 resolved, 0 unchecked',
    },
  ]);
});

describe('the copies that other accounts share are not read', () => {
  const theirs = { ...original, images: (original.images ?? []).map((i) => ({ ...i, OwnerId: ACCOUNT })) };
  const whole = { source: theirs, target: { account: '444455556666', images: [] } };
  const half = { source: theirs, target: { ...whole.target, gaps: denied('copies') } };
  played(whole, [
    {
      night: 'for one night: the missing copy persists as what cannot be determined',
      sides: half,
      headline: 'not all checked: 0 new, 0 worsened, 1 persisting, 0 resolved, 1 unchecked',
      unchecked: 1,
      exit: 3,
    },
    {
      night: 'and are read again: it is missing as before',
      sides: whole,
      headline: 'no drift: 0 new, 0 worsened, 1 persisting, 0 resolved, 0 unchecked',
    },
  ]);
});

const OFFICE = allow('tcp', 22, 22, '203.0.113.0/24');
const NARROW = allow('tcp', 22, 22, '203.0.113.0/28');
const API = allow('tcp', 8443, 8443, '10.0.0.0/8');
const side = (...rows: (typeof OFFICE)[]): Estate => ({
  vpcs: [VPC],
  securityGroups: [group('spare', rows)],
});
const none: Estate = { vpcs: [VPC] };
const KNOWN = 'no drift: 0 new, 0 worsened, 1 persisting, 0 resolved, 0 unchecked';
const WORSE = 'drift: 0 new, 1 worsened, 0 persisting, 0 resolved, 0 unchecked';

describe('a group that only the target has', () => {
  played({ source: none, target: side(OFFICE) }, [
    {
      night:
        'admits one more port to private addresses: it has worsened, and fails no run at the gate of high',
      sides: { source: none, target: side(OFFICE, API) },
      worsened: ['security-group/extra spare'],
      mover: 'target',
      headline: WORSE,
    },
    { night: 'is narrowed', sides: { source: none, target: side(NARROW) }, headline: KNOWN },
    {
      night: 'is written in two rules that admit the same',
      sides: {
        source: none,
        target: side(allow('tcp', 22, 22, '203.0.113.0/29'), allow('tcp', 22, 22, '203.0.113.8/29')),
      },
      headline: KNOWN,
    },
    {
      night: 'may connect to more',
      sides: {
        source: none,
        target: { vpcs: [VPC], securityGroups: [group('spare', [NARROW], { IpPermissionsEgress: [API] })] },
      },
      worsened: ['security-group/extra spare'],
      mover: 'target',
      headline: WORSE,
    },
  ]);
});

describe('a night in which something known is narrowed', () => {
  it('is not called unchanged', () => {
    const job = new Job();
    const details = (report: ReturnType<Job['run']>) => headline(report, 'high').details.join(' ');
    job.run({ source: none, target: side(OFFICE) });
    expect(details(job.run({ source: none, target: side(OFFICE) }))).toMatch(/^unchanged since 2026-11-01/);
    const report = job.run({ source: none, target: side(NARROW) });
    expect(details(report)).toMatch(/^nothing new or worse since 2026-11-02/);
    expect(report.findings.map((f) => [f.status, f.changed])).toEqual([['persisting', true]]);
  });
});

describe('a group that only the target has, with a prefix list', () => {
  const office = { PrefixListId: 'pl-1', PrefixListName: 'office', OwnerId: ACCOUNT };
  const list = (...Entries: string[]) => [{ ...office, Entries }];
  const target = (...entries: string[]): Estate => ({
    ...side(allow('tcp', 22, 22, 'pl-1')),
    prefixLists: list(...entries),
  });
  const source: Estate = { ...none, prefixLists: list('10.0.0.0/8') };
  const unread: Estate = { ...target(), unread: ['prefixLists'] };
  played({ source, target: target('10.0.0.0/8') }, [
    {
      night: 'which is not read for a night',
      sides: { source, target: unread },
      headline: 'not all checked: 0 new, 0 worsened, 1 persisting, 0 resolved, 0 unchecked',
      exit: 3,
    },
    {
      night: 'which is as before when it is read again',
      sides: { source, target: target('10.0.0.0/8') },
      headline: KNOWN,
    },
    {
      night: 'which is not read again',
      sides: { source, target: unread },
      headline: 'not all checked: 0 new, 0 worsened, 1 persisting, 0 resolved, 0 unchecked',
      exit: 3,
    },
    {
      night: 'which holds more when it is read again',
      sides: { source, target: target('10.0.0.0/8', '172.16.0.0/12') },
      new: ['prefix-list/entries-differ office'],
      worsened: ['security-group/extra spare'],
      mover: 'target',
      headline: 'drift: 1 new (1 high), 1 worsened, 0 persisting, 0 resolved, 0 unchecked',
      exit: 1,
    },
    {
      night: 'whose entries are written in another way, and fewer',
      sides: { source, target: target('10.0.0.0/9', '10.128.0.0/9', '172.16.0.0/13') },
      headline: 'no drift: 0 new, 0 worsened, 2 persisting, 0 resolved, 0 unchecked',
    },
  ]);
});

describe('who may launch a copy', () => {
  const shared = (...to: readonly string[]): Estate => ({
    images: [
      image('ami-t', {
        Name: 'app',
        SourceImageId: 'ami-s',
        SourceImageRegion: 'us-east-1',
        LaunchPermissions: to.map((UserId) => (UserId === 'all' ? { Group: 'all' } : { UserId })),
      }),
    ],
  });
  const source: Estate = { images: [image('ami-s', { Name: 'app' })] };
  played({ source, target: shared('999999999999') }, [
    {
      night: 'is everyone',
      sides: { source, target: shared('all') },
      worsened: ['image/launch-permissions-differ app'],
      mover: 'target',
      headline: WORSE,
    },
    {
      night: 'is one account again, and another one',
      sides: { source, target: shared('888888888888') },
      headline: KNOWN,
    },
    {
      night: 'is one account more',
      sides: { source, target: shared('888888888888', '777777777777') },
      worsened: ['image/launch-permissions-differ app'],
      mover: 'target',
      headline: WORSE,
    },
  ]);
});

describe('a severity that the config sets', () => {
  const web: Sides = { source: side(), target: side(OFFICE) };
  const wide: Sides = { source: side(), target: side(OFFICE, allow('tcp', 22, 22, '0.0.0.0/0')) };
  const rules = (severity: 'low' | 'critical'): Config => ({
    rules: { 'security-group/allows-more': severity },
  });
  played(web, [
    {
      night: 'to more: neither side changed, so nothing has worsened',
      sides: web,
      config: rules('critical'),
      headline: KNOWN,
    },
    { night: 'to less', sides: web, config: rules('low'), headline: KNOWN },
    { night: 'and no longer sets', sides: web, headline: KNOWN },
    {
      night: 'to less, in the night in which the group is opened to the world: it admits more',
      sides: wide,
      config: rules('low'),
      worsened: ['security-group/allows-more spare'],
      mover: 'target',
      headline: WORSE,
    },
    {
      night: 'and no longer sets, of what is open: it was accepted so',
      sides: wide,
      headline: KNOWN,
    },
  ]);

  it('is said of what weighs more by it', () => {
    const job = new Job();
    job.run(web);
    const report = job.run(web, { config: rules('critical') });
    expect(report.findings.map((f) => [f.status, f.severity, f.usually, f.since])).toEqual([
      ['persisting', 'critical', 'high', 'settings'],
    ]);
    const [after] = job.run(web).findings;
    expect([after?.status, after?.severity, after?.since]).toEqual(['persisting', 'high', undefined]);
  });
});
