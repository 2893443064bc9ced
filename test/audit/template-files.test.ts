// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/audit/template-files.ts';
import { compare } from '../../src/comparator/compare.ts';
import type { TemplateFile } from '../../src/comparator/pairing/template-files.ts';
import { complete } from '../../src/inventory/collected.ts';
import { UNREAD_FACTS } from '../../src/inventory/launch-facts/index.ts';
import { noOtherImage } from '../../src/inventory/other-image.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { comesTo, HERE, THERE } from '../cloudformation/kit.ts';
import { snapshotOf, VPC } from '../kit/estate.ts';
import { plan, state } from '../terraform/kit.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'templates-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const put = async (name: string, content: unknown) => {
  const path = join(dir, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const read = (path: string) => readTemplates([{ path, by: '--template' }]);
const refusal = async (path: string) => {
  const error = await read(path).then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Unable)) throw error;
  return [error.message.replaceAll(dir, 'DIR'), error.hint];
};
/** An audit whose target has nothing that the files may name. */
const auditedFiles = (templates: readonly TemplateFile[]) =>
  compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC] }),
    target: snapshotOf('eu-west-1', {
      vpcs: [VPC],
      otherImages: [noOtherImage('ami-0cccccccccccccccc')],
      launchFacts: Object.fromEntries(Object.keys(UNREAD_FACTS).map((kind) => [kind, complete([])])),
    }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates,
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const TEMPLATE = { Resources: { Server: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'k' } } } };

describe('--template', () => {
  it('takes a plan and a state of Terraform, in parts where it has several regions', async () => {
    const server = { type: 'aws_instance', written: { key_name: 'k' }, values: { key_name: 'k' } };
    const one = await put('plan.json', plan({ resources: [server] }));
    expect(await read(one)).toMatchObject([{ file: one, name: one, region: 'us-east-1', applied: false }]);
    const providers = {
      aws: { expressions: { region: { constant_value: 'us-east-1' } } },
      'aws.dr': { expressions: { region: { constant_value: 'eu-west-1' } } },
    };
    const two = await put(
      'two.json',
      plan({ resources: [server, { ...server, name: 'dr', provider: 'aws.dr' }], providers }),
    );
    expect((await read(two)).map(({ name }) => name)).toEqual([`${two} (us-east-1)`, `${two} (eu-west-1)`]);
    const accounts = {
      aws: { expressions: { region: { constant_value: 'us-east-1' } } },
      'aws.dr': {
        expressions: {
          region: { constant_value: 'us-east-1' },
          allowed_account_ids: { constant_value: ['444455556666'] },
        },
      },
    };
    const apart = await put(
      'apart.json',
      plan({ resources: [server, { ...server, name: 'dr', provider: 'aws.dr' }], providers: accounts }),
    );
    expect((await read(apart)).map(({ name }) => name)).toEqual([
      `${apart} (us-east-1, account not shown)`,
      `${apart} (us-east-1, account 444455556666)`,
    ]);
    const applied = await put('state.json', state([{ type: 'aws_instance', values: { key_name: 'k' } }]));
    expect(await read(applied)).toMatchObject([{ region: null, applied: true }]);
  });

  it.each([
    [
      'terraform.tfstate',
      { version: 4, serial: 1, lineage: 'x', resources: [{}] },
      'it is a state file of Terraform as it is stored.',
    ],
    [
      'log.json',
      '{"@level":"info","@message":"x"}\n{"@level":"info"}\n',
      'it is the log that Terraform prints with -json.',
    ],
    ['schemas.json', { format_version: '1.0', provider_schemas: { x: 1 } }, 'it holds schemas of providers'],
  ])('refuses %s and says what to name in its place', async (name, content, message) => {
    const [said, hint] = await refusal(await put(name, content));
    expect(said).toContain(`--template: DIR/${name}: ${message}`);
    expect(hint).toContain('terraform show -json');
  });

  it('refuses a configuration and a binary plan', async () => {
    const [, hint] = await refusal(await put('main.tf', 'resource "aws_instance" "web" {}\n'));
    expect(hint).toContain('terraform show -json PLAN');
    const binary = join(dir, 'tfplan');
    await writeFile(binary, Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0xfd]));
    expect((await refusal(binary))[1]).toContain('terraform show -json PLAN');
  });

  it('takes a folder of the AWS CDK: each stack by the region of the manifest, and the stages in it', async () => {
    const stack = (templateFile: string, environment: string) => ({
      type: 'aws:cloudformation:stack',
      environment,
      properties: { templateFile },
    });
    await put('cdk.out/manifest.json', {
      version: '38.0.0',
      artifacts: {
        Web: stack('Web.template.json', 'aws://111122223333/us-east-1'),
        Any: stack('Any.template.json', 'aws://unknown-account/unknown-region'),
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
      },
    });
    await put('cdk.out/Web.template.json', TEMPLATE);
    await put('cdk.out/Any.template.json', TEMPLATE);
    await put('cdk.out/assembly-Prod/manifest.json', {
      artifacts: { Prod: stack('Prod.template.json', 'aws://111122223333/eu-west-1') },
    });
    await put('cdk.out/assembly-Prod/Prod.template.json', TEMPLATE);
    const templates = await read(join(dir, 'cdk.out'));
    expect(
      templates.map(({ file, region, account }) => [file.slice(dir.length + 1), region, account]),
    ).toEqual([
      ['cdk.out/Web.template.json', 'us-east-1', '111122223333'],
      ['cdk.out/Any.template.json', null, null],
      ['cdk.out/assembly-Prod/Prod.template.json', 'eu-west-1', '111122223333'],
    ]);
  });

  it('takes the values of parameters and the name of the stack from the manifest of the AWS CDK', async () => {
    await put('cdk.out/manifest.json', {
      artifacts: {
        Web: {
          type: 'aws:cloudformation:stack',
          properties: {
            templateFile: 'web.json',
            stackName: 'prod-web',
            parameters: { Key: 'deploy', Groups: ['sg-1', 'sg-2'], Other: 'x' },
          },
        },
      },
    });
    await put('cdk.out/web.json', {
      Parameters: {
        Key: { Type: 'String', Default: 'dev' },
        Groups: { Type: 'CommaDelimitedList' },
        Size: { Type: 'String', Default: 't3.micro' },
      },
      Resources: { R: { Type: 'AWS::EC2::Instance', Properties: { KeyName: { Ref: 'Key' } } } },
    });
    const [web] = await read(join(dir, 'cdk.out'));
    expect(web?.stackName).toBe('prod-web');
    expect(web?.template.parameters.map((p) => [p.name, p.default])).toEqual([
      ['Key', 'deploy'],
      ['Groups', 'sg-1,sg-2'],
      ['Size', 't3.micro'],
    ]);
  });

  it('leaves out the stacks of the AWS CDK that have no resources, which are not deployed', async () => {
    const stack = (templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      properties: { templateFile },
    });
    const bare = { Parameters: { BootstrapVersion: { Type: 'String' } } };
    await put('cdk.out/manifest.json', { artifacts: { Web: stack('w.json'), Assert: stack('a.json') } });
    await put('cdk.out/w.json', TEMPLATE);
    await put('cdk.out/a.json', bare);
    expect((await read(join(dir, 'cdk.out'))).map(({ file }) => file.slice(-6))).toEqual(['w.json']);
    await put('cdk.out/w.json', bare);
    const [said] = await refusal(join(dir, 'cdk.out'));
    expect(said).toBe('--template: DIR/cdk.out: it holds only stacks without resources.');
  });

  it.each([
    ['a folder without a manifest', undefined, 'it is a folder, and its manifest.json does not exist.'],
    ['a manifest that is not JSON', '{', 'it holds a manifest.json that is not JSON.'],
    ['a manifest without artifacts', { artifacts: [] }, 'it holds a manifest.json that lists no artifacts.'],
    ['a manifest without stacks', { artifacts: {} }, 'it holds a manifest.json that names no stack.'],
    [
      'a manifest that leads out of its folder',
      {
        artifacts: {
          A: { type: 'aws:cloudformation:stack', properties: { templateFile: '../../etc/passwd' } },
        },
      },
      'it names a file outside of the folder in the artifact "A".',
    ],
  ])('refuses %s', async (_, manifest, message) => {
    await mkdir(join(dir, 'out'));
    if (manifest !== undefined) await put('out/manifest.json', manifest);
    const [said, hint] = await refusal(join(dir, 'out'));
    expect(said).toBe(`--template: DIR/out: ${message}`);
    expect(hint).toContain('cdk.out');
  });
});

describe('nested stacks', () => {
  const said = ([file]: readonly TemplateFile[], place = HERE) => {
    const { template } = file as TemplateFile;
    return [
      ...template.references.map((r) => `${r.resource}: ${comesTo(r, template, place).join(' | ')}`),
      ...template.unknownLaunches.map(({ resource }) => `${resource} unknown`),
    ];
  };
  const CHILD = `Parameters:
  Key: {Type: 'AWS::EC2::KeyPair::KeyName'}
  Groups: {Type: 'List<AWS::EC2::SecurityGroup::Id>', Default: sg-9}
Mappings:
  Images: {us-east-1: {id: ami-1}, eu-west-1: {id: ami-2}}
Conditions:
  Here: !Equals [!Ref 'AWS::Region', us-east-1]
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      KeyName: !Ref Key
      ImageId: !FindInMap [Images, !Ref 'AWS::Region', id]
      SecurityGroupIds: !Ref Groups
  Group: {Type: 'AWS::EC2::SecurityGroup'}
Outputs:
  Group: {Value: !Ref Group}
  Key: {Value: !Ref Key}
`;

  it('are followed where their templates are files: parameters, mappings, conditions and outputs', async () => {
    await put('nested/child.yaml', CHILD);
    const path = await put(
      'root.yaml',
      `Parameters:
  Name: {Type: String, Default: deploy}
Mappings:
  Images: {us-east-1: {id: ami-8}}
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/child.yaml
      Parameters: {Key: !Sub '\${Name}-\${AWS::Region}', Groups: 'sg-1,sg-2'}
  Own:
    Type: AWS::EC2::Instance
    Properties:
      KeyName: !GetAtt Net.Outputs.Key
      SecurityGroupIds: [!GetAtt Net.Outputs.Group]
      ImageId: !FindInMap [Images, !Ref 'AWS::Region', id]
`,
    );
    const files = await read(path);
    expect(said(files)).toEqual([
      'Own: deploy-us-east-1',
      'Own: ami-8',
      'Own: own Net.Group',
      'Net.Server: deploy-us-east-1',
      'Net.Server: ami-1',
      'Net.Server: sg-1 | sg-2',
    ]);
    expect(said(files, THERE).slice(3, 5)).toEqual(['Net.Server: deploy-eu-west-1', 'Net.Server: ami-2']);
    expect(files).toHaveLength(1);
  });

  it('are named in findings by file and line, through parameters and mappings too', async () => {
    const child = `Parameters:
  Size: {Type: String, Default: p5.48xlarge}
  Key: {Type: String}
Mappings:
  Images:
    eu-west-1: {id: ami-0cccccccccccccccc}
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: !Ref Size
      SubnetId: subnet-0cccccccccccccccc
      KeyName: !Ref Key
      ImageId: !FindInMap [Images, !Ref 'AWS::Region', id]
      IamInstanceProfile: arn:aws:iam::111122223333:instance-profile/web/gone
Rules:
  Never: {Assertions: [{Assert: !Equals [a, b]}]}
`;
    await put('nested/child.yaml', child);
    const root = `Parameters:
  Key: {Type: String, Default: gone}
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: nested/child.yaml, Parameters: {Key: !Ref Key}}
  Volume:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: us-east-1a}
`;
    const path = await put('root.yaml', root);
    const found = auditedFiles(await read(path)).findings.map(({ rule, facts }) => {
      const { file, line } = facts as { file?: string | null; line?: number | null };
      return `${rule} ${file?.slice(dir.length + 1)}:${line}`;
    });
    expect(found.sort()).toEqual([
      'reference/dangling nested/child.yaml:6',
      'reference/dangling root.yaml:2',
      'reference/of-another-region root.yaml:9',
      'workload/missing-profile nested/child.yaml:15',
      'workload/no-subnet nested/child.yaml:12',
      'workload/refused nested/child.yaml:17',
      'workload/type-not-offered nested/child.yaml:2',
    ]);
  });

  it('go over what their parameters are given in a Fn::ForEach', async () => {
    await put(
      'child.yaml',
      `Transform: AWS::LanguageExtensions
Parameters: {Keys: {Type: CommaDelimitedList}}
Resources:
  Fn::ForEach::Servers:
    - Key
    - !Ref Keys
    - 'Server\${Key}': {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref Key}}
`,
    );
    const root = await put(
      'root.yaml',
      `Resources:
  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: child.yaml, Parameters: {Keys: 'a,b'}}}
`,
    );
    const [file] = await readTemplates([{ path: root, by: '--template' }]);
    expect(file?.template.references.map(({ resource, value }) => [resource, value])).toEqual([
      ['Net.Servera', { is: 'text', text: 'a' }],
      ['Net.Serverb', { is: 'text', text: 'b' }],
    ]);
  });

  it('count only where the nested stack is created', async () => {
    await put('child.yaml', "Resources:\n  S: {Type: 'AWS::EC2::Instance', Properties: {KeyName: k}}\n");
    const path = await put(
      'root.yaml',
      `Conditions: {Here: !Equals [!Ref 'AWS::Region', us-east-1]}
Resources:
  Net: {Type: 'AWS::CloudFormation::Stack', Condition: Here, Properties: {TemplateURL: child.yaml}}
`,
    );
    const files = await read(path);
    expect([said(files), said(files, THERE)]).toEqual([['Net.S: k'], ['Net.S: nothing']]);
  });

  it('of the AWS CDK and of SAM are followed by their files', async () => {
    await put('child.json', TEMPLATE);
    const asset = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::URLSuffix}/x' } },
      Metadata: { 'aws:asset:path': 'child.json', 'aws:asset:property': 'TemplateURL' },
    };
    const application = { Type: 'AWS::Serverless::Application', Properties: { Location: 'child.json' } };
    const path = await put('root.json', { Resources: { A: asset, B: application } });
    expect(said(await read(path))).toEqual(['A.Server: k', 'B.Server: k']);
  });

  it.each([
    ['https://bucket.s3.amazonaws.com/child.yaml'],
    ['s3://bucket/child.yaml'],
    ['/etc/hostname'],
    ['file:///etc/hostname'],
    ['missing.yaml'],
    ['not-a-template.yaml'],
  ])('whose template is %s stay unknown', async (TemplateURL) => {
    await put('not-a-template.yaml', '- 1\n');
    const path = await put('root.json', {
      Resources: { Net: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } },
    });
    expect(said(await read(path))).toEqual(['Net unknown']);
  });

  it('that nest themselves end', async () => {
    const own = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'root.json' } };
    const path = await put('root.json', { Resources: { A: own, B: own, C: own } });
    const [file] = await read(path);
    expect(file?.template.unknownLaunches.length).toBeGreaterThan(0);
  });
});
