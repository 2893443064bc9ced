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
      ['names.keyPairs', '(.*\\b|)use1(\\b.*|)', '$1euw1$2', 1, 0],
      ['names.securityGroups', '(.*\\b|)use1(\\b.*|)', '$1euw1$2', 2, 0],
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
    expect(text).toMatch(/^ +# "\(\.\*\\\\b\|\)use1/m);
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
