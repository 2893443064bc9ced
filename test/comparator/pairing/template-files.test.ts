import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { TemplateFile } from '../../../src/comparator/pairing/template-files.ts';
import { snapshotOf, VPC } from '../../kit/estate.ts';

const [ONE, TWO, THREE] = ['111122223333', '444455556666', '777788889999'];
const TEXT = JSON.stringify({
  Resources: { Server: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'gone' } } },
});
const part = (region: string | null, account: string | null): TemplateFile => ({
  file: `cdk.out/${region}-${account}.json`,
  template: readTemplate(TEXT),
  region,
  account,
  of: 'cdk.out',
});
type Place = readonly [region: string, account: string | null];
function audited(source: Place, target: Place, templates: readonly TemplateFile[]) {
  const side = ([region, account]: Place) => snapshotOf(region, { vpcs: [VPC], account });
  return compare({
    source: side(source),
    target: side(target),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates,
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}
const judged = (...args: Parameters<typeof audited>) =>
  audited(...args).workloads.map(({ name }) => name.replace(/^cdk\.out\/(.*)\.json$/, '$1'));

const [HERE, THERE] = [
  ['us-east-1', ONE],
  ['eu-west-1', TWO],
] as const;
const here = part('us-east-1', ONE);
const there = part('eu-west-1', TWO);
const anywhere = part(null, null);
const elsewhere = part('us-east-1', THREE);

describe('the parts of an assembly or a plan', () => {
  it.each<[string, Place, Place, TemplateFile[], string[]]>([
    [
      'with one for the target: that, and what is for any place',
      HERE,
      THERE,
      [here, there, anywhere],
      [`eu-west-1-${TWO}`, 'null-null'],
    ],
    ['without one: those of the source', HERE, THERE, [here, anywhere], ['null-null', `us-east-1-${ONE}`]],
    [
      'of two accounts in one region: by the account',
      HERE,
      ['us-east-1', TWO],
      [here, part('us-east-1', TWO)],
      [`us-east-1-${TWO}`],
    ],
    [
      'of the target region in the account of the source: of neither side',
      HERE,
      THERE,
      [here, part('eu-west-1', ONE)],
      [`us-east-1-${ONE}`],
    ],
    [
      'of one account: by the region',
      HERE,
      ['eu-west-1', ONE],
      [here, part('eu-west-1', ONE)],
      [`eu-west-1-${ONE}`],
    ],
    ['for any region in one account', HERE, THERE, [part(null, TWO), part(null, THREE)], [`null-${TWO}`]],
    [
      'where the accounts of the sides are not known: by the region',
      ['us-east-1', null],
      ['eu-west-1', null],
      [here, there],
      [`eu-west-1-${TWO}`],
    ],
    ['for neither side: none', HERE, THERE, [elsewhere], []],
  ])('%s', (_, source, target, templates, expected) => {
    expect(judged(source, target, templates)).toEqual(expected);
  });

  it('for neither side are listed as not looked at', () => {
    const report = audited(HERE, THERE, [here, elsewhere, part('ap-south-1', THREE)]);
    expect(report.notLookedAt).toContainEqual({
      what: `2 templates of cdk.out for ap-south-1 in account ${THREE}; us-east-1 in account ${THREE}`,
      side: 'target',
      because: 'Each is written for a region or an account that is neither of the two sides.',
    });
    const all = audited(HERE, THERE, [here, there]).notLookedAt?.map(({ what }) => what) ?? [];
    expect(all.filter((what) => what.includes('cdk.out'))).toEqual([]);
  });

  it('do not count for a file that was named by itself', () => {
    const { of: _, ...alone } = elsewhere;
    expect(judged(HERE, THERE, [alone])).toEqual([`us-east-1-${THREE}`]);
  });
});
