import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../../src/comparator/config.ts';
import { suggestMap } from '../../../src/comparator/suggest/suggest.ts';
import { suggestionYaml } from '../../../src/comparator/suggest/yaml.ts';
import { allow, audit, type Estate, found, group, snapshotOf } from '../../kit/estate.ts';

const vpc = (VpcId: string, Name: string, CidrBlock: string) => ({
  VpcId,
  CidrBlock,
  Tags: [{ Key: 'Name', Value: Name }],
});
const of = (name: string, VpcId: string, cidr: string) =>
  group(name, [allow('tcp', 80, 80, cidr)], { GroupId: `sg-${VpcId}-${name}`, VpcId });

const source: Estate = {
  vpcs: [vpc('vpc-1', 'legacy', '10.1.0.0/16'), vpc('vpc-2', 'prod', '10.5.0.0/16')],
  securityGroups: [
    of('web-use1-a', 'vpc-1', '10.1.4.0/24'),
    of('db-use1', 'vpc-1', '10.1.0.0/16'),
    of('house1', 'vpc-2', '192.0.2.0/24'),
  ],
  keyPairs: [{ KeyName: 'deploy-use1', KeyFingerprint: 'x' }],
};
const target: Estate = {
  vpcs: [vpc('vpc-8', 'archive', '10.2.0.0/16'), vpc('vpc-9', 'stage', '10.6.0.0/16')],
  securityGroups: [
    of('web-euw1-a', 'vpc-8', '10.2.4.0/24'),
    of('db-euw1', 'vpc-8', '10.2.0.0/16'),
    of('other', 'vpc-9', '192.0.2.0/24'),
  ],
  keyPairs: [{ KeyName: 'deploy-euw1', KeyFingerprint: 'x' }],
};
const suggest = (a = source, b = target) =>
  suggestMap(snapshotOf('us-east-1', a), snapshotOf('eu-west-1', b), {});

describe('a suggested map', () => {
  it('finds VPCs by the groups in them, ranges that moved with them, and how names spell the region', () => {
    expect(
      suggest().map(({ section, from, to, supports, contradicts }) => [
        section,
        from,
        to,
        supports,
        contradicts,
      ]),
    ).toEqual([
      ['vpcs', 'legacy', 'archive', 2, 0],
      ['cidrs', '10.1.0.0/16', '10.2.0.0/16', 2, 0],
      ['names.keyPairs', '((?:.*[^A-Za-z0-9])?)use1((?:[^A-Za-z0-9].*)?)', '$1euw1$2', 1, 0],
      ['names.securityGroups', '((?:.*[^A-Za-z0-9])?)use1((?:[^A-Za-z0-9].*)?)', '$1euw1$2', 2, 0],
    ]);
  });

  it('is a config that can be pasted, and makes the moved groups equal', () => {
    const config = configSchema.parse(parse(suggestionYaml(suggest())));
    expect(found(audit(source, target))).toContain('security-group/missing high');
    const report = audit(source, target, { config });
    expect(report.pairs.filter((p) => p.scope === 'legacy').map((p) => p.state)).toEqual(['same', 'same']);
  });

  it('says what speaks against a line, and comments out what more speaks against than for', () => {
    const crowd = ['a', 'b', 'c'].map((n) => of(`${n}-use1`, 'vpc-1', '10.1.0.0/16'));
    const text = suggestionYaml(
      suggest({ ...source, securityGroups: [...(source.securityGroups ?? []), ...crowd] }),
    );
    expect(text).toContain('# 2 for, 3 against:');
    expect(text).toMatch(/^ +# "\(\(\?:\.\*\[\^A-Za-z0-9\]\)\?\)use1/m);
  });

  it('applies nothing by itself, and suggests nothing where nothing moved', () => {
    expect(suggest(source, source)).toEqual([]);
    expect(suggestionYaml([])).toMatch(/^# Nothing to suggest/);
  });

  it('keeps a hostile Name tag inside its scalar and its comment', () => {
    const evil = 'x\nfailOn: none #';
    const suggestions = suggest({
      ...source,
      vpcs: [vpc('vpc-1', evil, '10.1.0.0/16'), ...(source.vpcs ?? []).slice(1)],
    });
    expect(parse(suggestionYaml(suggestions))).toMatchObject({ vpcs: { [evil]: 'archive' } });
    expect(parse(suggestionYaml(suggestions))).not.toHaveProperty('failOn');
  });
});

describe('how names spell the region', () => {
  const names = (a: string, b: string, regions: [string, string] = ['us-east-1', 'eu-west-1']) =>
    suggestMap(
      snapshotOf(regions[0], { keyPairs: [{ KeyName: a, KeyFingerprint: 'x' }] }),
      snapshotOf(regions[1], { keyPairs: [{ KeyName: b, KeyFingerprint: 'y' }] }),
      {},
    );

  it.each([
    ['us-east-1-ops', 'eu-west-1-ops'],
    ['lb_us-east-1_x', 'lb_eu-west-1_x'],
    ['web_use1_a', 'web_euw1_a'],
    ['WEB-USE1', 'WEB-EUW1'],
    ['web.us-east-1a.internal', 'web.eu-west-1a.internal'],
    ['nodes-us-east-1c', 'nodes-eu-west-1c'],
    ['ops-virginia', 'ops-ireland'],
    ['ops-Virginia', 'ops-Ireland'],
    ['ops_iad', 'ops_dub'],
    ['ops/us_east_1', 'ops/eu_west_1'],
  ])('%s is %s', (a, b) => {
    const [line, ...others] = names(a, b);
    expect([line?.section, others]).toEqual(['names.keyPairs', []]);
    const config = configSchema.parse(parse(suggestionYaml(line ? [line] : [])));
    const report = audit(
      { keyPairs: [{ KeyName: a, KeyFingerprint: 'x' }] },
      { keyPairs: [{ KeyName: b, KeyFingerprint: 'y' }] },
      { config },
    );
    expect(report.pairs.map((p) => [p.source?.name, p.target?.name])).toEqual([[a, b]]);
  });

  it.each([
    ['house1', 'hoeuw1'],
    ['web-use12', 'web-euw12'],
    ['web-muse1', 'web-meuw1'],
    ['us-east-1-web', 'eu-west-1-db'],
  ])('%s is not %s', (a, b) => expect(names(a, b)).toEqual([]));
});

describe('what the audit is sure of', () => {
  const template = (name: string, more = {}): Estate => ({
    launchTemplates: [
      {
        LaunchTemplateId: `lt-${name}`,
        LaunchTemplateName: name,
        Versions: [
          {
            LaunchTemplateId: `lt-${name}`,
            VersionNumber: 1,
            LaunchTemplateData: { KeyName: 'ops', ...more },
          },
        ],
      },
    ],
    keyPairs: [{ KeyName: 'ops', KeyFingerprint: 'x' }],
  });
  const lines = (a: Estate, b: Estate) => suggest(a, b).map(({ section, from, to }) => [section, from, to]);

  it('is a line: a launch template that launches the same under a name with a generated ending', () => {
    expect(lines(template('web'), template('web-20240512101122334455000001'))).toEqual([
      ['names.launchTemplates', 'web', 'web-20240512101122334455000001'],
    ]);
    expect(lines(template('web'), template('web-20240512101122334455000001', { KeyName: 'x' }))).toEqual([]);
  });

  it('is a line: the group of a directory, which has the id of the directory', () => {
    const side = (id: string, port = 389) => ({
      securityGroups: [
        group(`${id}_controllers`, [allow('tcp', port, port, '10.0.0.0/8')], { GroupId: `sg-${id}` }),
      ],
    });
    expect(lines(side('d-9067012345'), side('d-9367054321'))).toEqual([
      ['names.securityGroups', 'd-9067012345_controllers', 'd-9367054321_controllers'],
    ]);
    // Other rules: a maybe, which is not written into a config.
    expect(lines(side('d-9067012345'), side('d-9367054321', 88))).toEqual([]);
  });

  it('is a line: a stack that made resources of the same logical ids under another name', () => {
    const side = (stack: string, ids: string[]): Estate => ({
      securityGroups: ids.map((id) =>
        group(`${stack}-${id}`, [allow('tcp', 80, 80, '10.0.0.0/8')], {
          Tags: [
            { Key: 'aws:cloudformation:stack-name', Value: stack },
            { Key: 'aws:cloudformation:logical-id', Value: id },
          ],
        }),
      ),
    });
    expect(lines(side('shop', ['Web', 'Lb', 'Db']), side('shop-dr', ['Web', 'Lb']))).toContainEqual([
      'names.stacks',
      'shop',
      'shop-dr',
    ]);
    expect(lines(side('shop', ['Web']), side('bank', ['Web']))).not.toContainEqual([
      'names.stacks',
      'shop',
      'bank',
    ]);
  });

  it('is a line: two VPCs that are called alike but for the region', () => {
    const a = { vpcs: [vpc('vpc-1', 'prod-us-east-1', '10.0.0.0/16'), vpc('vpc-2', 'x', '10.1.0.0/16')] };
    const b = { vpcs: [vpc('vpc-8', 'prod-eu-west-1', '10.0.0.0/16'), vpc('vpc-9', 'y', '10.1.0.0/16')] };
    expect(lines(a, b)).toEqual([['vpcs', 'prod-us-east-1', 'prod-eu-west-1']]);
  });
});
