// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { installedTool } from '../cli/kit/process.ts';
import { SOURCE, TARGET } from './estate.ts';
import { type Moto, run, startMoto } from './kit.ts';

/** What a template of this test needs of the source. */
interface Own {
  readonly image: string;
  readonly subnet: string;
  readonly group: string;
}

const launchTemplate = ({ image }: Own) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: {
    LaunchTemplateData: {
      KeyName: { 'Fn::Sub': 'deploy-${AWS::Region}' },
      InstanceType: { 'Fn::FindInMap': ['Types', { Ref: 'AWS::Region' }, 'web'] },
      ImageId: image,
      IamInstanceProfile: { Name: 'web' },
    },
  },
});
const group = ({ subnet }: Own) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: {
    MinSize: '0',
    MaxSize: '1',
    VPCZoneIdentifier: [subnet],
    LaunchTemplate: {
      LaunchTemplateId: { Ref: 'Template' },
      Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] },
    },
  },
});
const Mappings = {
  Types: { [SOURCE]: { web: 'm5.large' }, [TARGET]: { web: 'nosuch.large' } },
};

/** Each stack, by its name: what it creates. */
const STACKS: Readonly<Record<string, (own: Own) => object>> = {
  fleet: (own) => ({
    Mappings,
    Resources: {
      Template: launchTemplate(own),
      Group: group(own),
      Volume: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: `${SOURCE}a`, Size: 8 } },
    },
  }),
  server: ({ image, subnet, group: id }) => ({
    Resources: {
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ImageId: image,
          InstanceType: 't3.micro',
          KeyName: 'deploy',
          NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: subnet, GroupSet: [id] }],
        },
      },
    },
  }),
  old: ({ image }) => ({
    Resources: {
      Configuration: {
        Type: 'AWS::AutoScaling::LaunchConfiguration',
        Properties: { ImageId: image, InstanceType: 't3.micro', KeyName: 'deploy' },
      },
    },
  }),
  queue: () => ({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
  nesting: () => ({
    Resources: {
      Servers: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: 'nested.json',
          Parameters: { Key: { 'Fn::Sub': 'deploy-${AWS::Region}' } },
        },
      },
    },
  }),
};
const NESTED = ({ image, subnet }: Own) => ({
  Parameters: { Key: { Type: 'String' } },
  Resources: {
    Server: {
      Type: 'AWS::EC2::Instance',
      Properties: { ImageId: image, InstanceType: 't3.micro', KeyName: { Ref: 'Key' }, SubnetId: subnet },
    },
  },
});

let moto: Moto;
let root: string;
let report: Report;
let own: Own;

async function aws(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run('aws', [
    '--endpoint-url',
    moto.url,
    '--region',
    SOURCE,
    '--output',
    'text',
    ...args,
  ]);
  if (code !== 0) throw new Error(`aws ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ec2-parity-stacks-'));
  moto = await startMoto();
  await aws('iam', 'create-instance-profile', '--instance-profile-name', 'web');
  for (const name of ['deploy', `deploy-${SOURCE}`]) await aws('ec2', 'create-key-pair', '--key-name', name);
  own = {
    image: await aws('ec2', 'describe-images', '--query', 'Images[0].ImageId'),
    subnet: await aws('ec2', 'describe-subnets', '--query', 'Subnets[0].SubnetId'),
    group: await aws('ec2', 'describe-security-groups', '--query', 'SecurityGroups[0].GroupId'),
  };
  const put = async (name: string, template: object) => {
    const path = join(root, name);
    await writeFile(path, JSON.stringify(template));
    return path;
  };
  const nested = await put('nested.json', NESTED(own));
  await aws('s3', 'mb', 's3://templates');
  await aws('s3', 'cp', nested, 's3://templates/nested.json');
  const files: string[] = [];
  for (const [name, template] of Object.entries(STACKS)) {
    const path = await put(`${name}.json`, template(own));
    files.push('--template', path);
    const text = await readFile(path, 'utf8');
    const body = text.replace('nested.json', `http://templates.s3.${SOURCE}.amazonaws.com/nested.json`);
    await aws('cloudformation', 'create-stack', '--stack-name', name, '--template-body', body);
  }
  const json = join(root, 'report.json');
  const ended = await run(process.execPath, [
    installedTool().main,
    'audit',
    SOURCE,
    TARGET,
    '--endpoint-url',
    moto.url,
    ...files,
    '--output',
    `json=${json}`,
  ]);
  if (ended.code !== 1) throw new Error(`ended with ${ended.code}: ${ended.stderr}`);
  report = JSON.parse(await readFile(json, 'utf8'));
}, 240_000);
afterAll(async () => {
  await moto?.stop();
  await rm(root, { recursive: true, force: true });
});

const named = (text: string) =>
  Object.entries(own).reduce((all, [name, id]) => all.replaceAll(id, `<${name}>`), text);
const chainsOf = (name: string) => {
  const stack = report.workloads.find((w) => w.kind === 'stack' && w.name === name);
  return stack && [stack.verdict, ...(stack.chains ?? []).map((c) => named(c.steps.join(' -> '))).sort()];
};
const findingsOf = (name: string) =>
  report.findings
    .filter((f) => f.kind === 'stack' && f.subject.name === name)
    .map(({ rule, severity }) => `${rule} ${severity}`)
    .sort();

describe('stacks that are deployed over the real API', () => {
  it('are judged by what their templates name', () => {
    expect(chainsOf('fleet')).toEqual(
      expect.arrayContaining([
        'blocked',
        `Group -> subnet <subnet> -> is of ${SOURCE} and cannot be used in ${TARGET}`,
        `Template -> instance type nosuch.large -> is not offered in ${TARGET}`,
        `Template -> key pair deploy-${TARGET} -> does not exist in ${TARGET}`,
        `Volume -> Availability Zone ${SOURCE}a -> is of ${SOURCE} and cannot be used in ${TARGET}`,
      ]),
    );
    expect(chainsOf('old')).toContain(`Configuration -> key pair deploy -> no such key pair in ${TARGET}`);
  });

  it('with nested stacks are judged with what these create; the nested ones are no separate workloads', () => {
    expect(chainsOf('nesting')).toEqual(
      expect.arrayContaining([
        'blocked',
        `Servers.Server -> key pair deploy-${TARGET} -> does not exist in ${TARGET}`,
        `Servers.Server -> subnet <subnet> -> is of ${SOURCE} and cannot be used in ${TARGET}`,
      ]),
    );
    const stacks = report.pairs.filter(({ kind }) => kind === 'stack').map(({ name }) => name);
    expect(stacks.filter((name) => name.startsWith('nesting-Servers-'))).toHaveLength(1);
    const nested = report.workloads.filter(({ name }) => name.startsWith('nesting-Servers-'));
    expect(nested.filter(({ kind }) => kind === 'stack')).toEqual([]);
  });

  it('that start nothing are no workloads', () => {
    expect(chainsOf('queue')).toBeUndefined();
    expect(chainsOf(join(root, 'queue.json'))).toBeUndefined();
  });

  it.each(['fleet', 'server', 'old', 'nesting'])('%s is judged as its template in a file', (name) => {
    const file = join(root, `${name}.json`);
    expect(chainsOf(name)?.length).toBeGreaterThan(1);
    expect(chainsOf(file)).toEqual(chainsOf(name));
    expect(findingsOf(file)).toEqual(findingsOf(name));
  });
});
