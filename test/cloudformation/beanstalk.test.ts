// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { evaluate, readTemplate } from '../../src/cloudformation/index.ts';
import { HERE, refersTo, said } from './kit.ts';

const environment = (...options: (readonly [namespace: unknown, name: unknown, value: unknown])[]) =>
  JSON.stringify({
    Parameters: { Name: { Type: 'String', Default: 'EC2KeyName' } },
    Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, HERE.region] } },
    Resources: {
      Shop: {
        Type: 'AWS::ElasticBeanstalk::Environment',
        Properties: {
          ApplicationName: 'shop',
          OptionSettings: options.map(([Namespace, OptionName, Value]) => ({ Namespace, OptionName, Value })),
        },
      },
    },
  });
const LAUNCH = 'aws:autoscaling:launchconfiguration';
const boundsOf = (text: string) => {
  const template = readTemplate(text);
  return template.bounds.flatMap(({ to, value }) =>
    evaluate(value, template, HERE).map((outcome) => `${to} ${said(outcome)}`),
  );
};

describe('an option of Elastic Beanstalk', () => {
  it.each([
    ['aws:ec2:vpc', 'VPCId', 'vpc-1', ['vpc vpc-1']],
    ['aws:elbv2:listener:443', 'SSLCertificateArns', 'arn:1, arn:2', ['arn arn:1', 'arn arn:2']],
    ['aws:elb:listener:443', 'SSLCertificateId', 'arn:1', ['arn arn:1']],
    ['aws:elbv2:loadbalancer', 'SharedLoadBalancer', 'arn:1', ['arn arn:1']],
    ['aws:elasticbeanstalk:sns:topics', 'Notification Topic ARN', 'arn:1', ['arn arn:1']],
    ['aws:elasticbeanstalk:application:environment', 'TOPIC_ARN', 'arn:1', []],
    [LAUNCH, 'MonitoringInterval', '1 minute', []],
  ])('%s %s means one region, or does not', (namespace, name, value, expected) => {
    expect(boundsOf(environment([namespace, name, value]))).toEqual(expected);
  });

  it('in a branch counts where the branch is taken', () => {
    const text = environment(['aws:ec2:vpc', 'VPCId', { 'Fn::If': ['Here', 'vpc-1', 'vpc-2'] }]);
    expect(boundsOf(text)).toEqual(['vpc vpc-1']);
  });

  it.each([
    ['tcp, 22, 22, sg-0aaaaaaaaaaaaaaaa', ['sg-0aaaaaaaaaaaaaaaa']],
    ['tcp,22,22,bastion', ['bastion']],
    ['tcp, 22, 22, 192.0.2.0/24', []],
    ['', []],
  ])('that admits SSH from "%s" names the group in it', (value, groups) => {
    expect(refersTo(environment([LAUNCH, 'SSHSourceRestriction', value]))).toEqual(
      groups.map((group) => `Shop OptionSettings.0.Value security-group/either launches: ${group}`),
    );
  });

  it.each([
    [LAUNCH, { Ref: 'Name' }],
    [{ 'Fn::Sub': 'aws:${Name}' }, 'EC2KeyName'],
  ])('whose namespace or name a function gives may set anything: %j %j', (namespace, name) => {
    const { unknownLaunches } = readTemplate(environment([namespace, name, 'x']));
    expect(unknownLaunches.map(({ resource, value }) => [resource, value])).toEqual([
      ['Shop', { is: 'unknown', what: 'which option a setting sets is known only at deployment' }],
    ]);
    expect(readTemplate(environment([LAUNCH, 'EC2KeyName', 'x'])).unknownLaunches).toEqual([]);
  });
});
