import { describe, expect, it } from 'vitest';
import { noOtherImage } from '../../src/inventory/other-image.ts';
import { RSA } from '../inventory/vectors.ts';
import { type Estate, finding, found, group } from '../kit/estate.ts';
import { audited, plan, ref, state, verdicts, why } from './kit.ts';

const KEY: Estate = { keyPairs: [{ KeyName: 'deploy', KeyType: 'rsa', PublicKey: RSA.line }] };
const AMI = 'ami-0aaaaaaaaaaaaaaaa';
const OTHER = 'ami-0bbbbbbbbbbbbbbbb';
const SG = 'sg-0bbbbbbbbbbbbbbbb';
const image = (id: string, more = {}) => ({
  ImageId: id,
  Name: 'golden',
  State: 'available',
  CreationDate: '2026-11-01T00:00:00.000Z',
  ...more,
});
const instance = (written: object, values: object = written, more: object = {}) => ({
  type: 'aws_instance',
  name: 'web',
  written,
  values,
  ...more,
});

describe('a key pair by name', () => {
  const json = plan({ resources: [instance({ key_name: 'deploy' })] });

  it('is looked for on the target', () => {
    expect(verdicts(audited(json, KEY, KEY))).toEqual(['launchable']);
    const report = audited(json, {}, KEY);
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('that exists on neither side is named with its address and file', () => {
    expect(finding(audited(json), 'reference/dangling')).toMatchObject({
      facts: { reference: 'deploy', to: 'key-pair', file: 'plan.json', at: 'aws_instance.web key_name' },
      message: expect.stringContaining('(plan.json, aws_instance.web key_name)'),
    });
  });

  it('that the plan itself creates is its own, and must be free on the target', () => {
    const resources = [
      {
        type: 'aws_key_pair',
        name: 'deploy',
        written: { key_name: 'deploy' },
        values: { key_name: 'deploy' },
      },
      instance({ key_name: ref('aws_key_pair.deploy.key_name') }, { key_name: 'deploy' }),
    ];
    expect(verdicts(audited(plan({ resources })))).toEqual(['launchable']);
    const taken = audited(plan({ resources }), KEY);
    expect(finding(taken, 'workload/refused').facts).toMatchObject({
      because: 'name-taken',
      what: 'key pair "deploy"',
      at: 'aws_key_pair.deploy key_name',
    });
    const applied = resources.map((r) => ({ ...r, actions: ['no-op'] }));
    expect(verdicts(audited(plan({ resources: applied }), KEY))).toEqual(['launchable']);
  });
});

describe('an image id', () => {
  const source: Estate = { images: [image(AMI)] };
  const target: Estate = { images: [image(OTHER, { SourceImageId: AMI, SourceImageRegion: 'us-east-1' })] };

  it('that is written out stays in every region', () => {
    const report = audited(plan({ resources: [instance({ ami: AMI })] }), target, source);
    expect(finding(report, 'reference/hard-coded-image').facts).toMatchObject({
      reference: AMI,
      at: 'aws_instance.web ami',
    });
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('that is the default of a variable stays too; one that is given is given anew', () => {
    const resources = [instance({ ami: ref('var.ami') }, { ami: AMI })];
    const byDefault = plan({ resources, variables: { ami: AMI }, declared: { ami: { default: AMI } } });
    expect(found(audited(byDefault, target, source))).toContain('reference/hard-coded-image high');
    const given = plan({ resources, variables: { ami: AMI }, declared: { ami: {} } });
    expect(verdicts(audited(given, target, source))).toEqual(['launchable']);
    expect(verdicts(audited(given, {}, source))).toEqual(['blocked']);
  });

  it('that a map holds by region is the row of the target', () => {
    const resources = [instance({ ami: ref('var.amis', 'var.region') }, { ami: AMI })];
    const of = (amis: object) =>
      plan({
        resources,
        region: ref('var.region'),
        variables: { amis, region: 'us-east-1' },
        declared: { amis: { default: amis }, region: {} },
      });
    const rows = of({ 'us-east-1': AMI, 'eu-west-1': OTHER });
    expect(verdicts(audited(rows, target, source))).toEqual(['launchable']);
    expect(
      verdicts(audited(of({ 'us-east-1': AMI, 'eu-west-1': 'ami-0cccccccccccccccc' }), target, source)),
    ).toEqual(['unknown']);
    const lacking = audited(of({ 'us-east-1': AMI }), target, source);
    expect(finding(lacking, 'reference/no-region-mapping').message).toContain(
      'The map "var.amis" of "plan.json" has no element "eu-west-1" (plan.json',
    );
    expect(verdicts(lacking)).toEqual(['blocked']);
  });

  it('is to be replaced in the words of Terraform', () => {
    const remedies = (json: object, target: Estate = {}, source: Estate = {}) =>
      audited(json, target, source)
        .findings.filter(({ kind }) => kind === 'stack')
        .map(({ remedy }) => remedy);
    const amis = { 'us-east-1': AMI };
    const groups = ['sg-0aaaaaaaaaaaaaaaa'];
    const zone = 'us-east-1a';
    const written = [
      plan({ resources: [instance({ ami: AMI })] }),
      plan({ resources: [instance({ ami: AMI, vpc_security_group_ids: groups })] }),
      plan({ resources: [instance({ availability_zone: zone }, { availability_zone: zone })] }),
      plan({
        resources: [instance({ ami: ref('var.amis', 'var.region') }, { ami: AMI })],
        region: ref('var.region'),
        variables: { amis, region: 'us-east-1' },
        declared: { amis: { default: amis }, region: {} },
      }),
      plan({
        resources: [{ type: 'aws_key_pair', written: { key_name: 'k' }, values: { key_name: 'k' } }],
      }),
    ];
    const estate: Estate = { images: [{ ImageId: AMI, Name: 'web', State: 'available' }] };
    for (const json of written) {
      const said = remedies(json, { keyPairs: [{ KeyName: 'k' }], otherImages: [noOtherImage(AMI)] }, estate);
      expect(said).not.toEqual([]);
      for (const remedy of said) {
        expect(remedy).toMatch(/data source|variable|state/);
        expect(remedy).not.toMatch(/CloudFormation|mapping|parameter without/i);
      }
    }
  });

  it('that a data source finds is not known elsewhere', () => {
    const resources = [
      { type: 'aws_ami', name: 'golden', mode: 'data' as const, values: { id: AMI, name: 'golden' } },
      instance({ ami: ref('data.aws_ami.golden.id') }, { ami: AMI }),
    ];
    const report = audited(plan({ resources }), target, source);
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([
      'aws_instance.web -> image -> unresolved: data.aws_ami.golden, which Terraform works out when the configuration is applied there',
    ]);
  });

  it('that an SSM parameter holds is that of the target', () => {
    const resources = [
      {
        type: 'aws_ssm_parameter',
        name: 'golden',
        mode: 'data' as const,
        written: { name: '/golden' },
        values: { name: '/golden', value: AMI, insecure_value: AMI },
      },
      instance({ ami: ref('data.aws_ssm_parameter.golden.value') }, { ami: AMI }),
    ];
    const json = plan({ resources });
    expect(
      verdicts(
        audited(
          json,
          { ...target, parameters: { '/golden': OTHER } },
          { ...source, parameters: { '/golden': AMI } },
        ),
      ),
    ).toEqual(['launchable']);
    expect(verdicts(audited(json, { ...target, parameters: { '/golden': null } }, source))).toEqual([
      'blocked',
    ]);
  });

  it('that a launch template resolves from an SSM parameter is that of the target', () => {
    const written = { image_id: 'resolve:ssm:/golden' };
    const json = plan({ resources: [{ type: 'aws_launch_template', written, values: written }] });
    const parameters = { '/golden': AMI };
    const there = { ...target, parameters: { '/golden': OTHER } };
    expect(verdicts(audited(json, there, { ...source, parameters }))).toEqual(['launchable']);
    expect(verdicts(audited(json, { ...target, parameters: { '/golden': null } }))).toEqual(['blocked']);
  });

  it('that a local computes, or that is sensitive, or known only after apply, is unknown', () => {
    const local = plan({ resources: [instance({ ami: ref('local.ami') }, { ami: AMI })] });
    const later = plan({
      resources: [instance({ ami: ref('data.aws_ami.golden.id') }, {}, { unknown: { ami: true } })],
    });
    const secret = plan({
      resources: [instance({ ami: ref('var.ami') }, { ami: AMI }, { sensitive: { ami: true } })],
      declared: { ami: { sensitive: true } },
      variables: { ami: AMI },
    });
    for (const json of [local, later, secret]) {
      const report = audited(json, target, source);
      expect(verdicts(report)).toEqual(['unknown']);
    }
    expect(JSON.stringify(audited(secret, target, {}))).not.toContain(AMI);
  });

  it('of a resource whose provider is of the target is looked for there alone', () => {
    const json = (ami: string) =>
      plan({
        resources: [instance({ ami: AMI }), { ...instance({ ami }), name: 'dr', provider: 'aws.dr' }],
        providers: {
          aws: { name: 'aws', expressions: { region: { constant_value: 'us-east-1' } } },
          'aws.dr': { name: 'aws', alias: 'dr', expressions: { region: { constant_value: 'eu-west-1' } } },
        },
      });
    const fine = audited(json(OTHER), target, source);
    expect(fine.workloads.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['plan.json (eu-west-1)', 'launchable'],
    ]);
    const wrong = audited(json(AMI), { ...target, otherImages: [] }, source);
    expect(verdicts(wrong)).not.toEqual(['launchable']);
    const gone = { ...target, otherImages: [noOtherImage('ami-0cccccccccccccccc')] };
    const dangling = finding(audited(json('ami-0cccccccccccccccc'), gone, source), 'reference/dangling');
    expect(dangling.facts).toMatchObject({ side: 'target', at: 'aws_instance.dr ami', file: 'plan.json' });
  });
});

describe('groups', () => {
  const target: Estate = { securityGroups: [group('web', [], { GroupId: SG })] };
  const source: Estate = { securityGroups: [group('web', [], { GroupId: 'sg-0aaaaaaaaaaaaaaaa' })] };

  it('that are written out beside those of the plan', () => {
    const written = { vpc_security_group_ids: ref('aws_security_group.own.id') };
    const own = {
      type: 'aws_security_group',
      name: 'own',
      written: { name: 'own' },
      values: { name: 'own' },
    };
    const later = instance(
      written,
      { vpc_security_group_ids: [null] },
      { unknown: { vpc_security_group_ids: [true] } },
    );
    expect(verdicts(audited(plan({ resources: [own, later] }), target, source))).toEqual(['launchable']);
    const known = instance(written, { vpc_security_group_ids: ['sg-0aaaaaaaaaaaaaaaa'] });
    const exists = { ...own, values: { name: 'own', id: 'sg-0aaaaaaaaaaaaaaaa' }, actions: ['no-op'] };
    expect(verdicts(audited(plan({ resources: [exists, known] }), target, source))).toEqual(['launchable']);
  });

  it('in nested blocks, dynamic ones, modules and rules', () => {
    const template = (written: object, values: object = written, more: object = {}) =>
      plan({ resources: [{ type: 'aws_launch_template', written, values, ...more }] });
    const block = { network_interfaces: [{ security_groups: ['sg-0aaaaaaaaaaaaaaaa'] }] };
    expect(found(audited(template(block), target, source))).toContain('reference/hard-coded-group high');
    expect(verdicts(audited(template({}, block), target, source))).toEqual(['unknown']);
    const rule = {
      type: 'aws_security_group_rule',
      written: { security_group_id: 'sg-0aaaaaaaaaaaaaaaa', type: 'ingress' },
      values: { security_group_id: 'sg-0aaaaaaaaaaaaaaaa', type: 'ingress' },
    };
    const ruled = audited(plan({ resources: [rule] }), target, source);
    expect(found(ruled)).toContain('reference/hard-coded-group high');
  });
});

describe('modules', () => {
  const template = (modules: string[], value: string, index?: string | number) => ({
    type: 'aws_launch_template',
    name: 'this',
    modules,
    ...(index === undefined ? {} : { index }),
    written: { image_id: ref('var.image') },
    values: { image_id: value },
  });
  const source: Estate = { images: [image(AMI)] };

  it('are followed to what the root gives them, with count and for_each', () => {
    const json = plan({
      resources: [template(['web["a"]'], AMI, 0), template(['web["b"]'], AMI, 0)],
      modules: { web: { expressions: { image: AMI }, variables: { image: {} } } },
    });
    const report = audited(json, {}, source);
    const at = report.findings.flatMap((f) => ('at' in f.facts ? [f.facts.at] : []));
    expect(at[0]).toContain('module.web["a"].aws_launch_template.this[0] image_id');
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('give what they put out: of a resource of theirs, of a variable of the root', () => {
    const json = (expression: object, values: object = {}) =>
      plan({
        resources: [
          { type: 'aws_security_group', name: 'g', modules: ['net'], written: { name: 'g' }, values },
          instance(
            { vpc_security_group_ids: ref('module.net.group') },
            {},
            { unknown: { vpc_security_group_ids: [true] } },
          ),
        ],
        modules: { net: { outputs: { group: { expression } } } },
      });
    expect(verdicts(audited(json(ref('aws_security_group.g.id'))))).toEqual(['launchable']);
    expect(verdicts(audited(json(ref('data.aws_security_group.g.id'))))).toEqual(['unknown']);
    const root = plan({
      resources: [template(['web'], AMI)],
      variables: { golden: AMI },
      declared: { golden: {} },
      modules: { web: { expressions: { image: ref('var.golden') }, variables: { image: {} } } },
    });
    const copy = { images: [image(OTHER, { SourceImageId: AMI, SourceImageRegion: 'us-east-1' })] };
    expect(verdicts(audited(root, copy, source))).toEqual(['launchable']);
  });
});

describe('a state', () => {
  const target: Estate = { images: [image(OTHER, { SourceImageId: AMI, SourceImageRegion: 'us-east-1' })] };
  const of = (region: string, ami: string) =>
    state([
      { type: 'aws_instance', values: { ami, arn: `arn:aws:ec2:${region}:111122223333:instance/i-1` } },
    ]);

  it('of the source is judged by the counterparts of what it names', () => {
    const source: Estate = { images: [image(AMI)] };
    expect(verdicts(audited(of('us-east-1', AMI), target, source))).toEqual(['launchable']);
    const bare = audited(of('us-east-1', AMI), {}, source);
    expect(verdicts(bare)).toEqual(['blocked']);
  });

  it('makes what its own resources have as ids and names', () => {
    const json = state([
      {
        type: 'aws_launch_template',
        name: 'web',
        values: { id: 'lt-0aaaaaaaaaaaaaaaa', name: 'web', region: 'us-east-1' },
      },
      { type: 'aws_security_group', name: 'web', values: { id: 'sg-0aaaaaaaaaaaaaaaa', name: 'web' } },
      {
        type: 'aws_autoscaling_group',
        values: { launch_template: [{ id: 'lt-0aaaaaaaaaaaaaaaa' }], region: 'us-east-1' },
      },
      {
        type: 'aws_instance',
        values: { vpc_security_group_ids: ['sg-0aaaaaaaaaaaaaaaa'], region: 'us-east-1' },
      },
    ]);
    expect(verdicts(audited(json))).toEqual(['launchable']);
  });

  it('knows its own resources by their type: another of the same name is not the one that is meant', () => {
    const instance = (values: object) => ({
      type: 'aws_instance',
      values: { ...values, region: 'us-east-1' },
    });
    const setting = [{ namespace: 'aws:autoscaling:launchconfiguration', name: 'EC2KeyName', value: 'web' }];
    const environment = {
      type: 'aws_elastic_beanstalk_environment',
      values: { setting, region: 'us-east-1' },
    };
    const key = { type: 'aws_key_pair', values: { key_name: 'web', id: 'web', region: 'us-east-1' } };
    const group = { type: 'aws_security_group', values: { name: 'web', region: 'us-east-1' } };
    const of = (...resources: Parameters<typeof state>[0]) => verdicts(audited(state(resources)));
    expect(of(instance({ key_name: 'web' }), key)).toEqual(['launchable']);
    expect(of(instance({ key_name: 'web' }), group)).toEqual(['blocked']);
    expect(of(instance({ key_name: 'web' }))).toEqual(['blocked']);
    expect(of(instance({ security_groups: ['web'] }), group)).toEqual(['launchable']);
    expect(of(environment, key)).toEqual(['launchable']);
    expect(of(environment, group)).toEqual(['blocked']);
  });

  it('of the target names what is there', () => {
    expect(verdicts(audited(of('eu-west-1', OTHER), target))).toEqual(['launchable']);
    const gone = { ...target, otherImages: [noOtherImage('ami-0cccccccccccccccc')] };
    expect(verdicts(audited(of('eu-west-1', 'ami-0cccccccccccccccc'), gone))).toEqual(['blocked']);
  });
});

describe('what starts instances', () => {
  it.each([
    ['aws_cloudformation_stack', 'what the stack creates was not read'],
    ['awscc_ec2_instance', 'what a resource of the provider awscc starts is not read'],
  ])('unseen is unknown: %s', (type, because) => {
    const report = audited(plan({ resources: [{ type, values: {} }] }));
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([`${type}.this -> ${type} -> ${because}`]);
  });

  it('by a launch template or configuration of a name needs it on the target', () => {
    for (const written of [{ launch_configuration: 'web' }, { launch_template: [{ name: 'web' }] }]) {
      const report = audited(
        plan({ resources: [{ type: 'aws_autoscaling_group', written, values: written }] }),
      );
      expect(found(report)).toEqual(['reference/dangling high']);
      expect(verdicts(report)).toEqual(['blocked']);
    }
  });

  it('is no part of a plan without any', () => {
    const report = audited(plan({ resources: [{ type: 'aws_s3_bucket', written: {}, values: {} }] }));
    expect(report.workloads).toEqual([]);
  });

  it('by settings of Elastic Beanstalk names what they say', () => {
    const setting = [
      { namespace: 'aws:autoscaling:launchconfiguration', name: 'EC2KeyName', value: 'deploy' },
      { namespace: 'aws:autoscaling:launchconfiguration', name: 'SecurityGroups', value: 'sg-1, sg-2' },
    ];
    const resources = [
      { type: 'aws_elastic_beanstalk_environment', written: { setting }, values: { setting } },
    ];
    const report = audited(plan({ resources }));
    expect(found(report).filter((f) => f.startsWith('reference'))).toHaveLength(3);
    expect(verdicts(report)).toEqual(['blocked']);
  });
});
