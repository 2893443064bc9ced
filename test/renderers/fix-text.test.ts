import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause, Finding } from '../../src/report/model.ts';
import { digestOf, fixHeading } from '../../src/report/view/digest.ts';
import { visible } from '../../src/text/printable.ts';
import { hostileText } from '../kit/hostile-report.ts';
import { emptyReport, finding } from '../kit/report.ts';

const report = emptyReport();
const REGION = report.target.region;

/** The text of the fix for these findings; `remedy` of the cause, else that of its first finding. */
function heading(findings: readonly Finding[], over: Partial<Cause> = {}): string {
  const numbered = findings.map((f, i) => ({ ...f, fingerprint: `f${i}` }));
  const cause: Cause = {
    id: 'c',
    title: 'What is wrong.',
    remedy: findings[0]?.remedy ?? '',
    commands: [],
    findings: numbered.map((f) => f.fingerprint),
    workloads: [],
    ...over,
  };
  const parts = fixHeading(cause, digestOf({ ...report, findings: numbered, causes: [cause] }));
  return parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

type Facts = Record<string, unknown>;
const about = (rule: string, name: string, facts: Facts, over: object = {}) =>
  finding({
    rule,
    subject: { name, scope: null, sourceId: null, targetId: null },
    facts,
    ...over,
  } as Parameters<typeof finding>[0]);

const BY_HAND = { madeBy: null, madeWith: null, stack: null, nameStem: null };
const STACK = { name: 'shop', logicalId: 'Web', onTarget: null };
const GROUP = { ...BY_HAND, vpcHasCounterpart: true, candidates: [], beyondQuota: null };
const LIST = { ...BY_HAND, managedBy: 'customer', entries: ['192.0.2.0/28'] };
const FIX = {
  authorize: ['ingress tcp 443 from 10.0.0.0/8'],
  revoke: [],
  keep: [],
  waitsFor: [],
  changedBy: null,
  beyondQuota: null,
  read: true,
  withAllowsMore: false,
};
const OPEN = { ...FIX, authorize: [], revoke: ['ingress tcp 22 from 0.0.0.0/0'] };
const OF_STACK = { is: 'stack', stack: 'shop', logicalId: 'Web' };
const OF_ACCOUNT = { is: 'account', account: '444455556666' };
const WAITS = { kind: 'prefix-list', name: 'partners', because: 'missing' };
const COPY = {
  by: 'copy',
  storedIn: null,
  keyManager: null,
  nameTaken: false,
  targetAccount: '444455556666',
  encrypted: false,
  productCodes: [],
  permissionsRead: true,
  grants: false,
  needsSharedKey: false,
};
const IMAGE = { state: 'available', recycled: null, family: null, transfer: COPY };
const STALE = { reason: 'rebuilt', newer: ['web'], family: null, transfer: COPY };
const ENTRIES = { onlySource: ['10.0.0.0/8'], onlyTarget: ['10.1.0.0/16'], changedBy: null };
const PARAMETER = { reference: '/golden/web', leadsTo: null, holds: 'image' };

describe('the text of a fix of one finding', () => {
  it.each([
    ['key-pair/missing', { foundIn: 'keys:1' }, `Import key pair web into ${REGION}`],
    ['key-pair/missing', { foundIn: null }, 'Get the public key of key pair web, and import it'],
    ['key-pair/different-key', {}, 'Find out which web key is right, and import it'],
    ['key-pair/unusable-for-windows', { workloads: ['dc'] }, 'Give Windows workload dc an RSA key pair'],
    ['key-pair/unusable-for-windows', { workloads: ['a', 'b'] }, 'Give 2 Windows workloads an RSA key pair'],
    ['security-group/missing', GROUP, 'Create security group web'],
    [
      'security-group/missing',
      { ...GROUP, beyondQuota: 62 },
      'Create security group web (raise quota first)',
    ],
    [
      'security-group/missing',
      { ...GROUP, madeBy: 'the CloudFormation stack "shop"', stack: { ...STACK, onTarget: 'shop-eu' } },
      'Have stack shop-eu create security group web',
    ],
    [
      'security-group/allows-less',
      { explained: null, fix: FIX },
      'Security group web: allow tcp 443 from 10.0.0.0/8',
    ],
    [
      'security-group/allows-less',
      {
        explained: null,
        fix: { ...FIX, beyondQuota: 60, authorize: [...FIX.authorize, 'ingress tcp 80 from x'] },
      },
      'Security group web: allow tcp 443 from 10.0.0.0/8 and 1 more (raise quota first)',
    ],
    [
      'security-group/allows-less',
      { explained: null, fix: { ...FIX, changedBy: OF_STACK } },
      'In stack shop: security group web: allow tcp 443 from 10.0.0.0/8',
    ],
    [
      'security-group/allows-less',
      { explained: null, fix: { ...FIX, changedBy: OF_ACCOUNT } },
      'Account 444455556666: security group web: allow tcp 443 from 10.0.0.0/8',
    ],
    [
      'security-group/allows-more',
      { explained: null, fix: OPEN },
      'Security group web: revoke tcp 22 from 0.0.0.0/0',
    ],
    [
      'security-group/allows-more',
      { explained: null, fix: { ...OPEN, authorize: FIX.authorize } },
      'Security group web: replace tcp 22 from 0.0.0.0/0',
    ],
    ['prefix-list/missing', LIST, 'Create prefix list web'],
    ['prefix-list/entries-differ', ENTRIES, 'Make prefix list web the same (2 ranges differ)'],
    [
      'prefix-list/entries-differ',
      { ...ENTRIES, onlyTarget: [], changedBy: OF_STACK },
      'In stack shop: make prefix list web the same (1 range differs)',
    ],
    [
      'prefix-list/entries-differ',
      { ...ENTRIES, onlyTarget: ['10.1.0.0/16', 'except 10.1.2.0/24'], changedBy: OF_ACCOUNT },
      'Account 444455556666: make prefix list web the same',
    ],
    ['image/missing-copy', IMAGE, `Copy image web to ${REGION}`],
    [
      'image/missing-copy',
      { ...IMAGE, transfer: { ...COPY, by: 'share' } },
      'Share image web with 444455556666, and copy it',
    ],
    [
      'image/missing-copy',
      { ...IMAGE, transfer: { ...COPY, by: 'build', storedIn: { kind: 'outpost', place: 'op-1' } } },
      `Build image web in ${REGION}`,
    ],
    ['image/stale-copy', STALE, 'Copy image web again (rebuilt since the copy)'],
    [
      'image/stale-copy',
      { ...STALE, reason: 'newer-source', newer: ['web-3', 'web-2'] },
      `Copy image web-3 to ${REGION}`,
    ],
    [
      'image/not-a-copy',
      { copy: null, transfer: COPY },
      `Copy image web to ${REGION}, and refer to the copy`,
    ],
    ['image/content-differs', { transfer: COPY }, 'Copy image web again (other content)'],
    ['image/unusable-copy', { state: 'pending', transfer: COPY }, 'Wait for the copy of image web'],
    ['image/unusable-copy', { state: 'failed', transfer: COPY }, 'Copy image web again (the copy is failed)'],
    ['reference/missing-parameter', PARAMETER, 'Create SSM parameter /golden/web'],
  ])('%s %j: %s', (rule, facts, said) => {
    expect(heading([about(rule, 'web', facts)])).toBe(said);
  });

  it.each([
    [
      'a group that a service makes',
      'security-group/missing',
      { ...GROUP, madeBy: 'EKS', madeWith: 'the cluster' },
    ],
    ['a group of a stack that the target lacks', 'security-group/missing', { ...GROUP, stack: STACK }],
    ['a group whose name is generated', 'security-group/missing', { ...GROUP, nameStem: 'web' }],
    ['a group that may be renamed', 'security-group/missing', { ...GROUP, candidates: [{ name: 'w' }] }],
    ['a group without a VPC', 'security-group/missing', { ...GROUP, vpcHasCounterpart: false }],
    [
      'a rule that waits',
      'security-group/allows-less',
      { explained: null, fix: { ...FIX, waitsFor: [WAITS] } },
    ],
    ['no effect', 'security-group/allows-less', { explained: 'The VPC has no IPv6 range.', fix: FIX }],
    [
      'nothing to authorize',
      'security-group/allows-less',
      { explained: null, fix: { ...FIX, authorize: [] } },
    ],
    [
      'rules that were not read',
      'security-group/allows-more',
      { explained: null, fix: { ...OPEN, read: false } },
    ],
    [
      'a rule that must stay',
      'security-group/allows-more',
      { explained: null, fix: { ...OPEN, keep: ['x'] } },
    ],
    ['a list of AWS', 'prefix-list/missing', { ...LIST, managedBy: 'aws' }],
    ['a list of Terraform', 'prefix-list/missing', { ...LIST, madeBy: 'Terraform' }],
    [
      'an image in the Recycle Bin',
      'image/missing-copy',
      { ...IMAGE, recycled: { imageId: 'ami-1', until: null } },
    ],
    ['an image that is not available', 'image/missing-copy', { ...IMAGE, state: 'failed' }],
    [
      'an image with product codes',
      'image/missing-copy',
      { ...IMAGE, transfer: { ...COPY, productCodes: ['x'] } },
    ],
    ['an image of a Local Zone', 'image/stale-copy', { ...STALE, transfer: { ...COPY, by: 'build' } }],
    [
      'a shared image whose key cannot be shared',
      'image/missing-copy',
      { ...IMAGE, transfer: { ...COPY, by: 'share', encrypted: true } },
    ],
    ['another image with the name', 'image/not-a-copy', { copy: 'web-2', transfer: COPY }],
    ['a disabled copy', 'image/unusable-copy', { state: 'disabled', transfer: COPY }],
    ['a parameter of AWS', 'reference/missing-parameter', { ...PARAMETER, reference: '/aws/service/x' }],
    [
      'a parameter that is shared',
      'reference/missing-parameter',
      { ...PARAMETER, reference: 'arn:aws:ssm:x' },
    ],
    ['a version of a parameter', 'reference/missing-parameter', { ...PARAMETER, reference: '/golden/web:3' }],
    ['a parameter with no image', 'reference/missing-parameter', { ...PARAMETER, leadsTo: 'ami-1' }],
    ['facts of another version', 'security-group/missing', {}],
  ])('says only what is wrong of %s', (_what, rule, facts) => {
    expect(heading([about(rule, 'web', facts)])).toMatch(/ web: \S/);
  });

  it('does not create a default group', () => {
    expect(heading([about('security-group/missing', 'default', GROUP)])).toContain(
      'security group default: ',
    );
  });

  it('replaces an id of the source region by its counterpart', () => {
    const facts = {
      reference: 'ami-1',
      side: 'target',
      ofRegion: 'us-east-1',
      corresponds: 'ami-2',
      onSource: false,
    };
    const of = (over: Facts) =>
      heading([about('reference/dangling', 'web', { ...facts, ...over }, { kind: 'launch-template' })]);
    expect(of({})).toBe('Replace ami-1 by ami-2 in launch template web');
    expect(of({ parameter: '/golden/web' })).toMatch(/^launch template web: /);
    expect(of({ corresponds: undefined })).toMatch(/^launch template web: /);
  });
});

describe('the text of a fix of several findings', () => {
  const stack = (rule: string, facts: Facts = {}) => about(rule, 'gateway', facts, { kind: 'stack' });

  it('edits the template of a stack once', () => {
    const both = [stack('reference/no-region-mapping'), stack('reference/hard-coded-group')];
    expect(heading(both)).toBe('Edit template of stack gateway (mapping, group id)');
    expect(heading([...both, stack('reference/hard-coded-image')])).toBe(
      'Edit template of stack gateway (mapping, ids)',
    );
    expect(heading([...both, stack('reference/dangling')])).toMatch(/^stack gateway: /);
    expect(heading([stack('reference/no-region-mapping', { language: 'terraform' })])).toMatch(
      /^stack gateway: /,
    );
  });

  it('creates a prefix list, and names the group that then needs its rule', () => {
    const list = about('prefix-list/missing', 'partners', LIST, { remedy: 'Create it.' });
    const group = (name: string, changedBy: unknown = null) =>
      about('security-group/allows-less', name, {
        fix: { ...FIX, authorize: [], waitsFor: [WAITS], changedBy },
      });
    expect(heading([list, group('feeds')])).toBe('Create prefix list partners; allow it in feeds');
    expect(heading([list, group('feeds'), group('api')])).toBe(
      'Create prefix list partners; allow it in 2 groups',
    );
    expect(heading([list, group('feeds', OF_STACK)])).toBe('Create prefix list partners');
    expect(heading([list, group('feeds')], { remedy: 'Something else.' })).toBe('What is wrong');
  });

  it('keeps what is wrong with an object that has several findings', () => {
    const less = about('security-group/allows-less', 'web', { explained: null, fix: FIX });
    const more = about('security-group/allows-more', 'web', { explained: null, fix: OPEN });
    expect(heading([less, more])).toMatch(/^security group web: /);
  });

  it('replaces one id in all places, and creates a parameter that all lack', () => {
    const image = (name: string, facts: Facts = {}) =>
      about(
        'reference/hard-coded-image',
        name,
        { reference: 'ami-1', ...facts },
        { kind: 'launch-template' },
      );
    expect(heading([image('a'), image('b')])).toBe('Replace ami-1 in 2 places');
    expect(heading([image('a'), image('b', { notSharedBy: 'account 1' })])).toBe('What is wrong');
    expect(heading([image('a'), image('b', { reference: 'ami-2' })])).toBe('What is wrong');
    const lacks = (name: string) => about('reference/missing-parameter', name, PARAMETER);
    expect(heading([lacks('a'), lacks('b')])).toBe('Create SSM parameter /golden/web');
  });

  it('maps the VPC that all groups wait for', () => {
    const config = 'vpcs: { "legacy": "arch\\"ive" }';
    const group = (name: string, of = config) => about('security-group/ambiguous', name, { config: of });
    const remedy = `Add to ec2-parity.config.yaml:  ${config}`;
    expect(heading([group('a'), group('b')], { remedy })).toBe(
      'Map VPC legacy in the config (candidate: arch"ive)',
    );
    const missing = about('security-group/missing', 'c', {});
    expect(heading([group('a'), missing], { remedy })).toBe(
      'Map VPC legacy in the config (candidate: arch"ive)',
    );
    expect(heading([group('a'), group('b', 'vpcs: { "x": "y" }')], { remedy })).toBe('What is wrong');
    expect(heading([group('a'), group('b')])).toBe('What is wrong');
  });

  it('copies each image of a family that a pipeline does not copy', () => {
    const family = 'web-{date}';
    const remedy = `Change the pipeline that builds "${family}" to copy each image to ${REGION} too. Until then: x`;
    const all = (over: Facts = {}) => [
      about('image/missing-copy', 'web-2', { ...IMAGE, family }),
      about('image/stale-copy', 'web-1', { ...STALE, family, ...over }),
    ];
    expect(heading(all(), { remedy })).toBe(`Copy each image of web-{date} to ${REGION}`);
    expect(heading(all({ transfer: { ...COPY, by: 'store' } }), { remedy })).toBe('What is wrong');
    expect(heading(all())).toBe('What is wrong');
  });

  it('is no imperative where a finding of the cause is not listed', () => {
    const missing = about('security-group/missing', 'web', GROUP);
    expect(heading([missing], { findings: ['f0', 'not listed'] })).toMatch(/^security group web: /);
  });
});

describe('hostile names in a fix', () => {
  it('are made visible', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        for (const said of [
          heading([about('key-pair/missing', name, { foundIn: 'x' })]),
          heading([about('image/stale-copy', 'x', { ...STALE, reason: 'newer-source', newer: [name] })]),
          heading([
            about('prefix-list/entries-differ', 'x', { ...ENTRIES, changedBy: { ...OF_STACK, stack: name } }),
          ]),
          heading([about('key-pair/unusable-for-windows', 'x', { workloads: [name] })]),
        ])
          expect(said).toContain(visible(name));
      }),
    );
  });
});
