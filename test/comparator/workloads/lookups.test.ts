import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { lookupsFor } from '../../../src/comparator/workloads/lookups.ts';
import { snapshotOf } from '../../kit/estate.ts';

const arn = (region: string, account = '111122223333') =>
  `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/web/1`;

describe('what a template file needs to be known of the target', () => {
  const wanted = (properties: object) => {
    const [source, target] = [
      snapshotOf('us-east-1', {}),
      snapshotOf('eu-west-1', { account: '111122223333' }),
    ];
    const template = readTemplate(
      JSON.stringify({
        Resources: { G: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: properties } },
      }),
    );
    const { facts } = lookupsFor(target, [source, target], [template]);
    return facts.map(({ kind, name }) => (name === null ? kind : `${kind} ${name}`));
  };

  it('are its target groups, as far as they are of the region and account that is read', () => {
    const TargetGroupARNs = [arn('eu-west-1'), arn('us-east-1'), arn('eu-west-1', '444455556666')];
    expect(wanted({ MinSize: '1', TargetGroupARNs })).toContain(`targetGroups ${arn('eu-west-1')}`);
    expect(
      wanted({ MinSize: '1', TargetGroupARNs }).filter((w) => w.startsWith('targetGroups')),
    ).toHaveLength(1);
  });

  it('are the routes and network ACLs of its subnets', () => {
    const network = ['subnets', 'routeTables', 'networkAcls', 'internetGateways', 'natGateways'];
    expect(wanted({ VPCZoneIdentifier: ['subnet-0bbbbbbbbbbbbbbbb'] })).toEqual(
      expect.arrayContaining(network),
    );
    expect(wanted({ MinSize: '1' })).not.toContain('routeTables');
  });
});
