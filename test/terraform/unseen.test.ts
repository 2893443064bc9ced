import { describe, expect, it } from 'vitest';
import { audited, plan, ref, verdicts, why } from './kit.ts';

const one = (type: string, values: object, written: object = values) =>
  audited(plan({ resources: [{ type, values, written }] }));

describe('a resource of Terraform that takes an object of another service', () => {
  it.each([
    ['aws_appstream_fleet', { image_name: 'win' }, 'AppStream image "win"'],
    ['aws_elastic_beanstalk_environment', { template_name: 'saved' }, 'configuration template "saved"'],
    ['aws_gamelift_fleet', { build_id: 'build-1' }, 'GameLift build "build-1"'],
    ['aws_workspaces_workspace', { bundle_id: 'wsb-1' }, 'WorkSpaces bundle "wsb-1"'],
  ])('%s: %j is unknown', (type, values, what) => {
    const report = one(type, values);
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([
      `${type}.this -> ${type} -> whether the region has the ${what} was not looked up`,
    ]);
  });

  it('that the plan itself creates is its own', () => {
    const report = audited(
      plan({
        resources: [
          { type: 'aws_elastic_beanstalk_configuration_template', values: { name: 'saved' } },
          {
            type: 'aws_elastic_beanstalk_environment',
            values: { template_name: 'saved' },
            written: { template_name: ref('aws_elastic_beanstalk_configuration_template.this.name') },
          },
        ],
      }),
    );
    expect(verdicts(report)).toEqual(['launchable']);
  });
});

describe('a type that no table knows', () => {
  it.each([
    ['aws_brand_new_server', { instance_type: 'm5.large' }],
    ['aws_brand_new_server', { nodes: [{ settings: { key_name: 'deploy' } }] }],
    ['aws_brand_new_server', { instance_types: ['u-6tb1.metal'] }],
  ])('%s: %j may start instances', (type, values) => {
    const report = one(type, values);
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([
      `${type}.this -> ${type} -> whether this resource type starts instances is not known`,
    ]);
  });

  it.each([
    ['aws_sagemaker_endpoint_configuration', { production_variants: [{ instance_type: 'ml.t3.medium' }] }],
    ['aws_opensearch_domain', { cluster_config: [{ instance_type: 'm5.large.search' }] }],
    ['aws_brand_new_thing', { name: 'x', key_name: '' }],
    ['aws_ec2_host', { instance_type: 'm5.large' }],
    ['google_compute_instance', { instance_type: 'm5.large' }],
  ])('%s: %j starts nothing', (type, values) => {
    expect(one(type, values).workloads).toEqual([]);
  });
});

describe('what starts instances only with an attribute', () => {
  it.each([
    ['aws_eks_cluster', { compute_config: [{ enabled: true }] }, ['launchable']],
    ['aws_eks_cluster', { compute_config: [{ enabled: false }] }, []],
    ['aws_db_instance', { custom_iam_instance_profile: 'AWSRDSCustom' }, ['launchable']],
    ['aws_db_instance', { instance_class: 'db.t3.micro' }, []],
  ])('%s: %j', (type, values, expected) => {
    expect(verdicts(one(type, values))).toEqual(expected);
  });

  it('is not one where the provider computes the whole block', () => {
    const report = audited(
      plan({
        resources: [{ type: 'aws_eks_cluster', values: {}, unknown: { compute_config: true } }],
      }),
    );
    expect(report.workloads).toEqual([]);
  });
});

describe('settings of Elastic Beanstalk', () => {
  const environment = (namespace: string, name: string, value: string) =>
    one('aws_elastic_beanstalk_environment', { setting: [{ namespace, name, value }] });

  it.each([
    ['aws:elbv2:listener:443', 'SSLCertificateArns', 'arn:aws:acm:us-east-1:111122223333:certificate/x'],
    ['aws:elb:loadbalancer', 'ManagedSecurityGroup', 'sg-0cccccccccccccccc'],
    ['aws:autoscaling:asg', 'Custom Availability Zones', 'us-east-1a, us-east-1b'],
    ['aws:autoscaling:launchconfiguration', 'SSHSourceRestriction', 'tcp, 22, 22, sg-0cccccccccccccccc'],
  ])('%s %s "%s" of the source is blocked', (namespace, name, value) => {
    expect(verdicts(environment(namespace, name, value))).toEqual(['blocked']);
  });

  it('that name nothing of the region are fine, and platforms are listed as not looked at', () => {
    const report = one('aws_elastic_beanstalk_environment', {
      solution_stack_name: '64bit Amazon Linux 2023 v6.1.0 running Docker',
      setting: [
        {
          namespace: 'aws:autoscaling:launchconfiguration',
          name: 'SSHSourceRestriction',
          value: 'tcp, 22, 22, 192.0.2.0/24',
        },
      ],
    });
    expect(verdicts(report)).toEqual(['launchable']);
    expect(report.notLookedAt?.map(({ what }) => what).join()).toContain('platforms of Elastic Beanstalk');
  });
});
