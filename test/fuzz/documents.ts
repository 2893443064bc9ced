import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { acceptedFrom, acceptedText } from '../../src/drift/accepted.ts';
import { snapshotText } from '../../src/inventory/snapshot-text.ts';
import { renderJson } from '../../src/renderers/json.ts';
import type { Report } from '../../src/report/model.ts';
import { writeDumps, writeEstate } from '../cli/kit/estate.ts';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { demoReport, demoSide } from '../kit/demo.ts';
import { plan, ref } from '../terraform/kit.ts';
import { outcomeOf } from './outcome.ts';

/** Valid documents of every form that the tool reads, by form; each is changed before it is read. */
export interface Documents {
  readonly dumps: Readonly<Record<string, string>>;
  /** Dumps as `aws … --output yaml` writes them. */
  readonly dumpsYaml: readonly string[];
  readonly snapshot: readonly string[];
  readonly report: readonly string[];
  readonly accepted: readonly string[];
  readonly ledger: readonly string[];
  readonly config: readonly string[];
  readonly configJson: readonly string[];
  readonly template: readonly string[];
  readonly manifest: readonly string[];
  readonly listing: readonly string[];
  readonly keys: readonly string[];
  /** A small estate in files: what a changed document is read together with. */
  readonly estate: ReturnType<typeof writeEstate>;
}

const DEMO = fileURLToPath(new URL('../../fixtures/demo/us-east-1', import.meta.url));

export async function documentsIn(folder: string): Promise<Documents> {
  const estate = writeEstate(join(folder, 'estate'));
  const whole = await demoReport();
  const report = short(whole);
  const listings = await Promise.all(
    ['security-groups', 'key-pairs,images'].map((only) =>
      outcomeOf(['export', DEMO, '-H', '--only', only], folder),
    ),
  );
  return {
    dumps: Object.fromEntries(
      readdirSync(DEMO)
        .filter((name) => name.endsWith('.json'))
        .map((name) => [name, readFileSync(join(DEMO, name), 'utf8')]),
    ),
    dumpsYaml: ['security-groups.json', 'key-pairs.json'].flatMap((name) => yamlOf(join(DEMO, name))),
    snapshot: [snapshotText(await demoSide('source')), snapshotText(await demoSide('target'))],
    report: [renderJson(report)],
    accepted: [acceptedText(acceptedFrom(report))],
    ledger: [await ledgerIn(folder, estate)],
    config: [CONFIG],
    configJson: [CONFIG_JSON],
    template: [TEMPLATE, TEMPLATE_JSON, TERRAFORM],
    manifest: [MANIFEST],
    listing: listings.map(({ stdout }) => stdout),
    keys: keyFiles(),
    estate,
  };
}

function yamlOf(path: string): string[] {
  return existsSync(path) ? [stringify(JSON.parse(readFileSync(path, 'utf8')))] : [];
}

/** Few of each list: what is read is the form of the whole, in a fraction of the time. */
function short(report: Report): Report {
  const findings = report.findings.filter((f, i, all) => all.findIndex((g) => g.rule === f.rule) === i);
  return {
    ...report,
    findings,
    pairs: report.pairs.filter((_, i) => i % 5 === 0),
    workloads: report.workloads.slice(0, 6),
    causes: (report.causes ?? []).slice(0, 5),
    rules: report.rules.slice(0, 8),
  };
}

async function ledgerIn(folder: string, estate: Documents['estate']): Promise<string> {
  const history = join(folder, 'ledger-seed');
  const audit = (target: string) => [
    'audit',
    estate.source,
    target,
    '--history',
    history,
    '-q',
    '-o',
    'json',
  ];
  for (const target of [estate.same, estate.different]) await outcomeOf(audit(target), folder);
  const [name = ''] = readdirSync(history).filter((file) => file.includes('..'));
  return readFileSync(join(history, name), 'utf8');
}

/** The name of the ledger of the small estate. */
export const LEDGER = 'us-east-1@111122223333..eu-west-1@111122223333.json';

function keyFiles(): string[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const ec = generateKeyPairSync('ed25519');
  const pem = (key: typeof rsa.privateKey, type: 'pkcs1' | 'pkcs8') =>
    String(key.export({ type, format: 'pem' }));
  return [
    `${RSA.line} someone@example\n`,
    `# keys\nfrom="10.0.0.0/8",command="echo \\"x\\"" ${ED25519.line} a b\n\n${RSA.line}\n@cert-authority * ${ED25519.line}\n`,
    pem(rsa.privateKey, 'pkcs1'),
    pem(ec.privateKey, 'pkcs8'),
    String(rsa.publicKey.export({ type: 'spki', format: 'pem' })),
    `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\n${RSA.line.split(' ')[1]?.replace(/(.{70})/g, '$1\n')}\n---- END SSH2 PUBLIC KEY ----\n`,
    String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })),
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: c\nPublic-Lines: 2\n${ED25519.line.split(' ')[1]?.slice(0, 64)}\n${ED25519.line.split(' ')[1]?.slice(64)}\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 00\n`,
  ];
}

const CONFIG = `# A config with every kind of setting.
names:
  securityGroups: { "web-(.*)": "www-$1", db: database }
  keyPairs: { deploy: deploy-eu }
cidrs: { "10.1.0.0/16": 10.2.0.0/16 }
quotas: { rulesPerGroup: 60 }
phase: drift
failOn: high
families:
  - pattern: "(?<family>web-golden)-(?<version>.*)"
waivers:
  - rule: security-group/*
    subject: "web*"
    reason: open during the move
    owner: platform
    until: 2027-01-31
  - { rule: key-pair/missing, kind: key-pair, reason: r, owner: o, until: never }
rules:
  image/tags-differ: off
  security-group/extra: { severity: high, subject: "prod-*" }
ignore: [{ kind: image, attribute: tags.BuildHost }]
include: [{ vpc: default }, { tag: "env=prod" }]
exclude: [{ kind: security-group, name: "launch-wizard-*" }]
launch: { skip: [quotas] }
`;
const CONFIG_JSON = JSON.stringify({
  names: { images: { 'a(.*)': 'b$1' } },
  cidrs: { '10.0.0.0/8': '10.0.0.0/8' },
  waivers: [{ rule: '*', reason: 'r', owner: 'o', until: '2027-01-31', pin: 'd8ec3bd2d53512f6' }],
  ignore: [{ kind: 'key-pair', attribute: 'tags.*' }],
});

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::LanguageExtensions
Parameters:
  Image: { Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /golden/web }
  Key: { Type: AWS::EC2::KeyPair::KeyName, Default: deploy, AllowedPattern: "[a-z]+" }
Mappings:
  Images:
    us-east-1: { web: ami-0aaaaaaaaaaaaaaaa }
Conditions:
  Big: !And [!Equals [!Ref "AWS::Region", us-east-1], !Not [!Equals [!Ref Key, ""]]]
Rules:
  Known: { Assertions: [{ Assert: !Contains [[a, b], !Ref Key] }] }
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: !If [Big, !FindInMap [Images, !Ref "AWS::Region", web], !Ref Image]
        KeyName: !Sub "\${Key}"
        InstanceType: m5.large
        SecurityGroupIds: [!GetAtt Group.GroupId, sg-0aaaaaaaaaaaaaaaa]
        UserData: !Base64 |
          #!/bin/sh
          aws s3 cp s3://b-us-east-1/x .
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: d, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 }] }
  Asg:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: !Select [0, !Split [",", "3,4"]]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
      VPCZoneIdentifier: !Join [",", [subnet-0aaaaaaaaaaaaaaaa]]
Outputs:
  Id: { Value: !Ref Asg, Export: { Name: !Sub "\${AWS::StackName}-asg" } }
`;
const TEMPLATE_JSON = JSON.stringify({
  Parameters: { P: { Type: 'String', Default: 'x' } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
  Resources: {
    'Fn::ForEach::Each': [
      'N',
      ['A', 'B'],
      {
        ['Web$' + '{N}']: {
          Type: 'AWS::EC2::Instance',
          Condition: 'C',
          Properties: { ImageId: { 'Fn::Sub': 'ami-$' + '{P}' } },
        },
      },
    ],
    Other: {
      Type: 'AWS::EC2::Instance',
      Properties: { KeyName: { 'Fn::ImportValue': 'k' }, SecurityGroups: ['web'] },
    },
  },
});
const TERRAFORM = JSON.stringify(
  plan({
    region: 'us-east-1',
    variables: { key: 'deploy' },
    resources: [
      {
        type: 'aws_instance',
        modules: ['web'],
        written: { ami: 'ami-0aaaaaaaaaaaaaaaa', key_name: ref('var.key') },
        values: { ami: 'ami-0aaaaaaaaaaaaaaaa', key_name: 'deploy', instance_type: 'm5.large' },
      },
      { type: 'aws_security_group', name: 'g', values: { name: 'web', ingress: [] } },
    ],
    modules: { web: { expressions: { key: ref('var.key') } } },
  }),
);
const MANIFEST = JSON.stringify({
  version: '36.0.0',
  artifacts: {
    Web: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/us-east-1',
      properties: { templateFile: 'template.json' },
    },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  },
});

/** A folder of dumps with one file that was changed, and the VPCs as they are. */
export function dumpsWith(folder: string, name: string, bytes: Buffer): string {
  const side = join(folder, 'us-east-1');
  writeDumps(side, { region: 'us-east-1', without: ['KeyPairs', 'SecurityGroups', 'PrefixLists', 'Images'] });
  writeFileSync(join(side, name), bytes);
  return side;
}

/** The template of the manifest beside a manifest that was changed. */
export function assemblyWith(folder: string, bytes: Buffer): string {
  const out = join(folder, 'cdk.out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'template.json'), TEMPLATE_JSON);
  writeFileSync(join(out, 'manifest.json'), bytes);
  return out;
}
