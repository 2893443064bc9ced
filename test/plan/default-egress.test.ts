import { describe, expect, it } from 'vitest';
import { cloudFormationFiles } from '../../src/plan/cloudformation/index.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { terraformFiles } from '../../src/plan/terraform/index.ts';
import { allow, group, snapshotOf, VPC } from '../kit/estate.ts';
import { doing, planned } from './kit.ts';

const TO_ALL = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: "it's for updates" }] };
const source = {
  vpcs: [VPC],
  securityGroups: [group('web', [allow('tcp', 443, 443, '192.0.2.0/24')], { IpPermissionsEgress: [TO_ALL] })],
};
const target = { vpcs: [VPC] };

describe('a missing group whose rule of egress to everywhere has a description', () => {
  const made = planned(source, target);
  const region = snapshotOf('eu-west-1', target);

  it('keeps the rule that EC2 gives to it, with that description', () => {
    expect(doing(made)).toEqual([
      'Create the security group "web" in vpc-1',
      'Authorize 1 rule of ingress on "web"',
      'Set the description of 1 rule of egress of "web"',
    ]);
    expect(made.plan.simulated).toMatchObject({ resolved: 1, new: 0, notes: [] });
  });

  it('is described once: a script that runs again finds the description', () => {
    const script = planScript(made.plan);
    expect(script).toContain(
      `if has "$rules" 'egress|-1|all|0.0.0.0/0''|it'\\''s for updates'; then exists; else`,
    );
  });

  it('has the described rule in Terraform, and inside the group in CloudFormation', () => {
    expect(terraformFiles(made.plan, { source: region, target: region }).files[0].text).toContain(
      `description       = "it's for updates"\n  ip_protocol       = "-1"\n  cidr_ipv4         = "0.0.0.0/0"`,
    );
    const { Resources } = JSON.parse(cloudFormationFiles(made.plan, region).files[0].text);
    expect(Resources.GroupWeb.Properties.SecurityGroupEgress).toEqual([
      { IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: "it's for updates" },
    ]);
  });
});
