import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/comparator/config.ts';
import { configSchema } from '../../src/comparator/config.ts';
import { isOf, type Report } from '../../src/report/model.ts';
import { ACCOUNT, allow, audit, auditGroups, type Estate, group, VPC } from '../kit/estate.ts';

const vpc = (id: string, name: string, cidr: string) => ({
  VpcId: id,
  CidrBlock: cidr,
  OwnerId: ACCOUNT,
  Tags: [{ Key: 'Name', Value: name }],
});
const tagged = (tags: Record<string, string>) => ({
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
const HTTPS = allow('tcp', 443, 443, '10.0.0.0/8');
const key = { KeyPairId: 'key-1', KeyName: 'deploy', KeyType: 'ed25519' };
/** `web` is of prod and used, `job` of dev; the key is of neither VPC. */
const source: Estate = {
  vpcs: [vpc('vpc-p', 'prod', '10.1.0.0/16'), vpc('vpc-d', 'dev', '10.2.0.0/16')],
  keyPairs: [key],
  securityGroups: [
    group('web', [HTTPS], { VpcId: 'vpc-p', ...tagged({ env: 'prod' }) }),
    group('job', [HTTPS], { VpcId: 'vpc-d', ...tagged({ env: 'dev' }) }),
  ],
  images: [{ ImageId: 'ami-00000000000000001', Name: 'app', State: 'available', OwnerId: ACCOUNT }],
  instances: [
    {
      InstanceId: 'i-1',
      ImageId: 'ami-00000000000000001',
      KeyName: 'deploy',
      VpcId: 'vpc-p',
      State: { Name: 'running' },
      SecurityGroups: [{ GroupId: 'sg-web' }, { GroupId: 'sg-job' }],
      ...tagged({ Name: 'app-1' }),
    },
    {
      InstanceId: 'i-2',
      ImageId: 'ami-00000000000000001',
      VpcId: 'vpc-d',
      State: { Name: 'running' },
      ...tagged({ Name: 'dev-1' }),
    },
  ],
};
const target: Estate = { vpcs: source.vpcs ?? [] };
const run = (config: Config): Report => audit(source, target, { config });
const names = (report: Report) => report.pairs.map((p) => `${p.kind} ${p.name}`);
const workloads = (report: Report) => report.workloads.map((w) => w.name);

describe('the scope of an audit', () => {
  it.each<[string, Config, string[], string[]]>([
    ['a VPC', { include: [{ vpc: 'prod' }] }, ['security-group web', 'instance app-1'], ['app-1']],
    ['a tag', { include: [{ tag: 'env=dev' }] }, ['security-group job'], []],
    [
      'a tag of any value',
      { include: [{ tag: 'env' }], exclude: [{ name: 'w*' }] },
      ['security-group job'],
      [],
    ],
    ['a kind', { include: [{ kind: 'key-pair' }] }, ['key-pair deploy'], []],
    [
      'several entries',
      { include: [{ kind: 'image' }, { vpc: 'dev', kind: 'security-group' }] },
      ['security-group job', 'image app'],
      [],
    ],
  ])('is %s', (_, config, pairs, launched) => {
    const report = run(config);
    expect([names(report), workloads(report)]).toEqual([pairs, launched]);
    expect(report.notes.map((n) => n.code)).toEqual(['out-of-scope']);
  });

  it('leaves nothing out of the reasons of what is in it', () => {
    const report = run({ include: [{ vpc: 'prod' }] });
    const rules = report.findings.map((f) => `${f.rule} ${f.subject.name}`);
    expect(rules).toContain('key-pair/missing deploy');
    expect(rules).toContain('security-group/missing job');
    expect(rules).not.toContain('workload/missing dev-1');
    expect(report.workloads[0]?.verdict).toBe('blocked');
  });

  it('counts and names what it leaves out', () => {
    const [note] = run({ exclude: [{ kind: 'instance' }, { kind: 'security-group', name: 'job' }] }).notes;
    expect(note?.message).toMatch(
      /^out of scope by exclude: 1 security group and 2 instances, with 1 finding and 2 workloads\. They were read/,
    );
  });

  it('makes of what an earlier run said of the rest neither resolved nor unchecked', () => {
    const config = { include: [{ vpc: 'prod' }] };
    const report = audit(source, target, { config, baseline: run({}) });
    expect(report.resolved).toEqual([]);
    expect(report.unchecked).toEqual([]);
    expect(new Set(report.findings.map((f) => f.status))).toEqual(new Set(['persisting']));
  });

  it('an entry that names nothing is refused', () => {
    expect(configSchema.safeParse({ include: [{}] }).error?.issues[0]?.message).toBe(
      'an entry needs kind, name, vpc or tag',
    );
  });
});

describe('an attribute that is ignored', () => {
  const image = (more: object) => ({
    ImageId: 'ami-00000000000000001',
    Name: 'app',
    State: 'available',
    OwnerId: ACCOUNT,
    ...more,
  });
  const images = (ignore: NonNullable<Config['ignore']>) =>
    audit(
      { images: [image({ BootMode: 'uefi', EnaSupport: true, ...tagged({ BuildHost: 'a', env: 'x' }) })] },
      {
        images: [
          image({
            ImageId: 'ami-00000000000000002',
            BootMode: 'legacy-bios',
            EnaSupport: false,
            SourceImageId: 'ami-00000000000000001',
            SourceImageRegion: 'us-east-1',
            ...tagged({ BuildHost: 'b', env: 'y' }),
          }),
        ],
      },
      { config: { ignore } },
    );
  const facts = (report: Report, rule: string) =>
    report.findings.filter((f) => f.rule === rule).map((f) => JSON.stringify(f.facts));

  it('of a tag leaves the other tags to be compared', () => {
    const report = images([{ kind: 'image', attribute: 'tags.BuildHost' }]);
    const [tags = ''] = facts(report, 'image/tags-differ');
    expect([tags.includes('BuildHost'), tags.includes('env')]).toEqual([false, true]);
    expect(report.notes.map((n) => `${n.at} ${n.message}`)).toEqual([
      'ignore[0] the config ignores tags.BuildHost of images: not compared of 1 pair.',
    ]);
    expect(facts(images([{ kind: 'image', attribute: 'tags.*' }]), 'image/tags-differ')).toEqual([]);
  });

  it('of an image is named as the report names it, or as AWS does', () => {
    for (const attribute of ['boot mode', 'bootMode', 'BootMode']) {
      const [found = ''] = facts(images([{ kind: 'image', attribute }]), 'image/attributes-differ');
      expect([found.includes('boot mode'), found.includes('ENA')]).toEqual([false, true]);
    }
  });

  it('of other subjects, or of another kind, changes nothing, and is said to be unused', () => {
    const report = images([{ kind: 'image', attribute: 'tags.*', subject: 'db-*' }]);
    expect(facts(report, 'image/tags-differ')).toHaveLength(1);
    expect(report.notes.map((n) => n.code)).toEqual(['setting-unused']);
  });

  it('may be one rule of a security group, or all of a direction', () => {
    const one = group('web', [HTTPS], { IpPermissionsEgress: [allow('tcp', 25, 25, '10.0.0.0/8')] });
    const two = group('web', [HTTPS], { IpPermissionsEgress: [allow('tcp', 26, 26, '10.0.0.0/8')] });
    const found = (attribute: string, subject = '*') =>
      auditGroups([one], [two], {
        config: { ignore: [{ kind: 'security-group', attribute, subject, scope: 'default' }] },
      }).findings.map((f) => f.rule);
    expect(found('ingress')).toHaveLength(2);
    expect(found('egress')).toEqual([]);
    expect(found('egress tcp 25 to 10.0.0.0/8')).toEqual(['security-group/allows-more']);
    expect(found('egress', 'db')).toHaveLength(2);
    expect(VPC.IsDefault).toBe(true);
  });

  it('may be a description', () => {
    const differs = (ignore: NonNullable<Config['ignore']>) =>
      auditGroups([group('web', [])], [group('web', [], { Description: 'other' })], { config: { ignore } });
    expect(differs([]).findings).toHaveLength(1);
    expect(differs([{ kind: 'security-group', attribute: 'description' }]).findings).toEqual([]);
  });

  it('may be whom the copy lets launch it: all of it, or one account', () => {
    const shared = (id: string, more: object, ...accounts: string[]) => ({
      images: [image({ ImageId: id, LaunchPermissions: accounts.map((UserId) => ({ UserId })), ...more })],
    });
    const copied = { SourceImageId: 'ami-00000000000000001', SourceImageRegion: 'us-east-1' };
    const found = (...attributes: string[]) =>
      audit(
        shared('ami-00000000000000001', {}, '999999999999', '888888888888'),
        shared('ami-00000000000000002', copied, '777777777777'),
        {
          config: { ignore: attributes.map((attribute) => ({ kind: 'image' as const, attribute })) },
        },
      ).findings.flatMap((f) => (isOf(f, 'image/launch-permissions-differ') ? [f.facts.rows] : []));
    expect(found()).toEqual([
      { source: ['account 888888888888', 'account 999999999999'], target: ['account 777777777777'] },
    ]);
    expect(found('launch permissions account 7*', 'launch permissions account 999999999999')).toEqual([
      { source: ['account 888888888888'], target: [] },
    ]);
    expect(found('LaunchPermissions')).toEqual([]);
  });

  it('may be the encryption of an image, or of one device of it', () => {
    const disk = (device: string, Encrypted: boolean) => ({
      DeviceName: device,
      Ebs: { VolumeSize: 8, Encrypted },
    });
    const disks = (encrypted: boolean) => ({
      BlockDeviceMappings: [disk('/dev/sda1', encrypted), disk('/dev/sdb', encrypted)],
    });
    const found = (attribute: string) =>
      audit(
        { images: [image(disks(false))] },
        {
          images: [
            image({
              ImageId: 'ami-00000000000000002',
              SourceImageId: 'ami-00000000000000001',
              SourceImageRegion: 'us-east-1',
              ...disks(true),
            }),
          ],
        },
        { config: { ignore: [{ kind: 'image', attribute }] } },
      ).findings.flatMap((f) => (isOf(f, 'image/encryption-differs') ? [f.facts.rows.target] : []));
    expect(found('boot mode')).toEqual([['/dev/sda1: encrypted', '/dev/sdb: encrypted']]);
    expect(found('/dev/sdb encryption')).toEqual([['/dev/sda1: encrypted']]);
    expect(found('encryption')).toEqual([]);
  });

  it('may be a part of what a workload launches, and entries of a prefix list', () => {
    const template = (KeyName: string) => ({
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [
        {
          VersionNumber: 1,
          DefaultVersion: true,
          LaunchTemplateData: { KeyName, ImageId: 'ami-00000000000000001' },
        },
      ],
    });
    const keys = ['one', 'two'].map((KeyName) => ({
      KeyName,
      KeyType: 'ed25519',
      KeyPairId: `key-${KeyName}`,
    }));
    const list = (...Entries: string[]) => ({ PrefixListId: 'pl-1', PrefixListName: 'office', Entries });
    const run = (ignore: NonNullable<Config['ignore']>) =>
      audit(
        { keyPairs: keys, launchTemplates: [template('one')], prefixLists: [list('10.0.0.0/8')] },
        {
          keyPairs: keys,
          launchTemplates: [template('two')],
          prefixLists: [list('10.0.0.0/8', '192.0.2.0/24', '198.51.100.0/24')],
        },
        { config: { ignore } },
      );
    const found = (...ignore: NonNullable<Config['ignore']>) =>
      run(ignore).findings.flatMap((f) =>
        isOf(f, 'workload/differs')
          ? [f.facts.parts]
          : isOf(f, 'prefix-list/entries-differ')
            ? [f.facts.onlyTarget]
            : [],
      );
    expect(found().map(String).sort()).toEqual(['192.0.2.0/24,198.51.100.0/24', 'key pair']);
    const differs = run([{ kind: 'launch-template', attribute: 'key pair' }]);
    expect(differs.pairs.find((p) => p.kind === 'launch-template')?.state).not.toBe('different');
    expect(
      found(
        { kind: 'launch-template', attribute: 'KeyPair' },
        { kind: 'prefix-list', attribute: 'entry 192.*' },
      ),
    ).toEqual([['198.51.100.0/24']]);
    expect(
      found({ kind: 'launch-template', attribute: 'image' }, { kind: 'prefix-list', attribute: 'entries' }),
    ).toEqual([['key pair']]);
  });

  it.each([
    [
      'image',
      'boot moed',
      'nothing that is compared of the kind image is called "boot moed". Did you mean "boot mode"? ',
    ],
    [
      'launch-template',
      'user data',
      'nothing that is compared of the kind launch-template is called "user data".',
    ],
    ['stack', 'tags.env', 'nothing of the kind stack is compared with its counterpart'],
    ['image', 'ENA', undefined],
    ['image', '/dev/sda1 size', undefined],
    ['image', '*', undefined],
    ['image', 'boot*', undefined],
    ['image', 'foo*bar', 'nothing that is compared of the kind image'],
    ['security-group', 'egress tcp * to *', undefined],
    ['key-pair', 'tags.Build*', undefined],
  ])('of %s called %j is refused where nothing of that name is compared', (kind, attribute, message) => {
    const issue = configSchema.safeParse({ ignore: [{ kind, attribute }] }).error?.issues[0]?.message;
    if (message === undefined) expect(issue).toBeUndefined();
    else expect(issue).toContain(message);
  });
});
