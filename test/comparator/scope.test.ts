import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/comparator/config.ts';
import { configSchema } from '../../src/comparator/config.ts';
import type { Report } from '../../src/report/model.ts';
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
  images: [{ ImageId: 'ami-1', Name: 'app', State: 'available', OwnerId: ACCOUNT }],
  instances: [
    {
      InstanceId: 'i-1',
      ImageId: 'ami-1',
      KeyName: 'deploy',
      VpcId: 'vpc-p',
      State: { Name: 'running' },
      SecurityGroups: [{ GroupId: 'sg-web' }, { GroupId: 'sg-job' }],
      ...tagged({ Name: 'app-1' }),
    },
    {
      InstanceId: 'i-2',
      ImageId: 'ami-1',
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
    ImageId: 'ami-1',
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
            ImageId: 'ami-2',
            BootMode: 'legacy-bios',
            EnaSupport: false,
            SourceImageId: 'ami-1',
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
});
