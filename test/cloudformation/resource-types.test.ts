import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GENERATED, resourceTypesText } from '../../scripts/resource-types.ts';
import { readTemplate } from '../../src/cloudformation/index.ts';

test('the table of resource types is what the registry gives: else run npm run generate:resource-types', async () => {
  expect(readFileSync(new URL(`../../${GENERATED}`, import.meta.url), 'utf8')).toBe(
    await resourceTypesText(),
  );
});

const unknownOf = (body: object) => readTemplate(JSON.stringify(body)).unknownLaunches.map((u) => u.type);
test.each([
  ['AWS::S3::Bucket', {}, []],
  ['AWS::CloudFormation::Stack', { TemplateURL: 'https://example.com/t' }, ['AWS::CloudFormation::Stack']],
  ['Acme::Compute::Server', {}, ['Acme::Compute::Server']],
  ['AWS::Brand::New', {}, ['AWS::Brand::New']],
  ['Custom::Cleaner', { ServiceToken: 'arn', Bucket: 'b' }, []],
  ['Custom::Server', { ServiceToken: 'arn', KeyName: 'k' }, ['Custom::Server']],
  // The AWS CDK closes the default group of a VPC so; another function behind the same type could do anything.
  [
    'Custom::VpcRestrictDefaultSG',
    {
      ServiceToken: {
        'Fn::GetAtt': ['CustomVpcRestrictDefaultSGCustomResourceProviderHandlerDC833E5E', 'Arn'],
      },
      DefaultSecurityGroupId: { 'Fn::GetAtt': ['R', 'DefaultSecurityGroup'] },
    },
    [],
  ],
  [
    'Custom::VpcRestrictDefaultSG',
    { ServiceToken: 'arn', DefaultSecurityGroupId: 'sg-1' },
    ['Custom::VpcRestrictDefaultSG'],
  ],
])('what %s with %j starts is known, or said to be unknown', (Type, Properties, expected) => {
  expect(unknownOf({ Resources: { R: { Type, Properties } } })).toEqual(expected);
});

test('an unknown macro may add what starts instances', () => {
  const Resources = { R: { Type: 'AWS::S3::Bucket' } };
  expect(unknownOf({ Transform: 'Explode', Resources })).toEqual(['Explode']);
  expect(unknownOf({ Transform: ['AWS::LanguageExtensions'], Resources })).toEqual([]);
});

test('a macro deep in a resource stops a stack that starts instances, where the region does not have it', () => {
  const macro = (Name: string) => ({ UserData: { 'Fn::Transform': { Name, Parameters: { a: 'b' } } } });
  const server = (Name: string) => ({ S: { Type: 'AWS::EC2::Instance', Properties: macro(Name) } });
  const bucket = { B: { Type: 'AWS::S3::Bucket', Properties: { Tags: [macro('M')] } } };
  expect(unknownOf({ Resources: server('M') })).toEqual(['M']);
  expect(unknownOf({ Resources: server('AWS::Include') })).toEqual([]);
  expect(unknownOf({ Resources: bucket })).toEqual([]);
  expect(unknownOf({ Resources: { ...server('AWS::Include'), ...bucket } })).toEqual(['M']);
});

test.each([
  ['AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateName: 'web', Version: '7' } }],
  [
    'AWS::EC2::EC2Fleet',
    {
      LaunchTemplateConfigs: [
        { LaunchTemplateSpecification: { LaunchTemplateName: 'api', Version: '3' } },
        { LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '7' } },
      ],
    },
  ],
])('%s says which version of a launch template it starts from, in any item of a list', (Type, Properties) => {
  const { references } = readTemplate(JSON.stringify({ Resources: { R: { Type, Properties } } }));
  const web = references.find(({ value }) => value.is === 'text' && value.text === 'web');
  expect(web?.version).toEqual({ is: 'text', text: '7' });
});

test('option settings of Elastic Beanstalk name a key pair and groups', () => {
  const option = (OptionName: string, Value: string) => ({
    Namespace: 'aws:autoscaling:launchconfiguration',
    OptionName,
    Value,
  });
  const OptionSettings = [option('EC2KeyName', 'k'), option('SecurityGroups', 'a,b'), option('Other', 'x')];
  const { references } = readTemplate(
    JSON.stringify({
      Resources: { R: { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { OptionSettings } } },
    }),
  );
  expect(references.map((r) => [r.to, r.path, r.launches])).toEqual([
    ['key-pair', 'Properties.OptionSettings.0.Value', true],
    ['security-group', 'Properties.OptionSettings.1.Value', true],
  ]);
});
