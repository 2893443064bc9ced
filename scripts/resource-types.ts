/**
 * Writes src/cloudformation/resource-types.ts from the CloudFormation registry's schemas, as the package
 * @aws-cdk/aws-service-spec has them (`npm run generate:resource-types`). A test compares the two, so that an update of
 * the package shows which types and properties are new.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { NOT_STARTING, STARTING } from '../src/cloudformation/starting.ts';

export const GENERATED = 'src/cloudformation/resource-types.ts';

type Database = Awaited<ReturnType<typeof loadAwsServiceSpec>>;
type Resource = ReturnType<Database['all']>[number] & {
  readonly cloudFormationType: string;
  readonly properties: Properties;
};
type Properties = Readonly<Record<string, { readonly type: PropertyType }>>;
type PropertyType =
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'string' };

/** What a property holds, by its name and, where that does not show it, by the end of its path. */
const MEANINGS: readonly (readonly [kind: string, path: RegExp])[] = [
  ['key', /(?:^|\.)(?:KeyName|Ec2KeyPair|Ec2SshKey|Ec2KeyName|KeyPair|SshKeyName|DefaultSshKeyName)$/],
  ['image', /(?:^|\.)(?:ImageId|ImageIdOverride|CustomAmiId|AmiId|Ec2ImageId)$/],
  ['group', /(?:^|\.)(?:SecurityGroups|(?:Vpc|Ec2|Custom)?SecurityGroupIds|SecurityGroupIdList)\.\*$/],
  ['group', /(?:^|\.)(?:VPCSecurityGroups|VpcSecurityGroups|VpcSecurityGroupMemberships|GroupSet)\.\*$/],
  ['group', /(?:^|\.)(?:SourceSecurityGroups|ClassicLinkVPCSecurityGroups)\.\*$/],
  ['group', /(?:^|\.)Additional(?:Master|Slave)SecurityGroups\.\*$/],
  ['group', /(?:^|\.)(?:EmrManaged(?:Master|Slave)|ServiceAccess)SecurityGroup$/],
  ['group', /(?:^|\.)NetworkInterfaces\.\*\.Groups\.\*$/],
  ['group', /(?:^|\.)SecurityGroups\.\*\.GroupId$/],
  ['group', /(?:^|\.)Vpc\.SecurityGroup\.\*$/],
  ['group', /(?:^|\.)(?:(?:Source|Destination|EC2|Engine|Workspace)?SecurityGroupId)$/],
  ['group-name', /(?:^|\.)(?:Source|EC2)SecurityGroupName$/],
  ['prefix-list', /(?:^|\.)(?:(?:Source|Destination)?PrefixListId|PrefixListIds\.\*)$/],
  ['template', /(?:^|\.)LaunchTemplateId$/],
  ['template-name', /(?:^|\.)LaunchTemplateName$/],
];

/** Properties whose name alone would mislead, and why, and those that take names or ids. */
const EXCEPTIONS: Readonly<Record<string, string | null>> = {
  'AWS::EC2::KeyPair KeyName': null, // the name that it gives
  'AWS::EC2::LaunchTemplate LaunchTemplateName': null, // the name that it gives
  'AWS::Location::APIKey KeyName': null, // not a key pair
  'AWS::Cloud9::EnvironmentEC2 ImageId': null, // an alias such as "amazonlinux-2023-x86_64"
  'AWS::SageMaker::Cluster InstanceGroups.*.ImageId': null, // an id of SageMaker's own, or "default"
  'AWS::EC2::Instance SecurityGroups.*': 'group-either', // Ref of a group of the template gives what fits
  'AWS::AutoScaling::LaunchConfiguration SecurityGroups.*': 'group-either',
  'AWS::EC2::LaunchTemplate LaunchTemplateData.SecurityGroups.*': 'group-name',
  'AWS::EC2::SecurityGroupVpcAssociation GroupId': 'group',
  'AWS::EC2::SecurityGroupIngress GroupId': 'group',
  'AWS::EC2::SecurityGroupIngress GroupName': 'group-name',
  'AWS::EC2::SecurityGroupEgress GroupId': 'group',
  'AWS::EKS::Nodegroup LaunchTemplate.Id': 'template',
  'AWS::EKS::Nodegroup LaunchTemplate.Name': 'template-name',
};

const MAX_DEPTH = 9;

const ORDER = [
  'key',
  'image',
  'group',
  'group-either',
  'group-name',
  'prefix-list',
  'template',
  'template-name',
];

/** By what they name, then the ones nearest to the resource first. */
function inReadingOrder(a: string, b: string): number {
  const rank = (line: string) =>
    ORDER.indexOf(line.trim().split(' ')[0] ?? '') * 100 + line.split('.').length;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

export async function resourceTypesText(): Promise<string> {
  const database = await loadAwsServiceSpec();
  const resources = (database.all('resource') as unknown as Resource[]).toSorted((a, b) =>
    a.cloudFormationType < b.cloudFormationType ? -1 : 1,
  );
  const services = new Map<string, string[]>();
  const places: string[] = [];
  const unclassified: string[] = [];
  for (const { cloudFormationType: type, properties } of resources) {
    const [service, name] = [type.slice(0, type.lastIndexOf('::')), type.slice(type.lastIndexOf('::') + 2)];
    services.set(service, [...(services.get(service) ?? []), name]);
    const found = [...new Set(pathsOf(database, properties, '', []))].flatMap((path) => {
      const kind = kindOf(type, path);
      return kind === null ? [] : [`  ${kind} ${path}`];
    });
    if (found.length > 0) places.push(type, ...found.sort(inReadingOrder));
    const starts = found.some((line) => /^ {2}(?:key|image|template) /.test(line));
    if (starts && !STARTING.has(type) && !NOT_STARTING.has(type)) unclassified.push(type);
  }
  if (unclassified.length > 0)
    throw new Error(
      `Say in src/cloudformation/starting.ts whether these start instances: ${unclassified.join(', ')}.`,
    );
  const known = [...services].map(([service, names]) => `${service} ${names.join(' ')}`);
  return `// Generated by scripts/resource-types.ts from @aws-cdk/aws-service-spec: npm run generate:resource-types

/** Every resource type of the registry: a service, then the names of its types. */
export const REGISTRY = \`
${known.join('\n')}
\`;

/** What the properties of a type refer to: a type, then its properties, each after the word for what it names. */
export const PROPERTIES = \`
${places.join('\n')}
\`;
`;
}

function kindOf(type: string, path: string): string | null {
  const exception = EXCEPTIONS[`${type} ${path}`];
  if (exception !== undefined) return exception;
  return MEANINGS.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}

/** The path of each property that holds no other properties; "*" is every item of a list. */
function* pathsOf(
  database: Database,
  properties: Properties,
  above: string,
  within: readonly string[],
): Generator<string> {
  if (within.length > MAX_DEPTH) return;
  for (const [name, { type }] of Object.entries(properties)) {
    yield* below(type, above === '' ? name : `${above}.${name}`);
  }

  function* below(type: PropertyType, path: string): Generator<string> {
    switch (type.type) {
      case 'array':
        yield* below(type.element, `${path}.*`);
        return;
      case 'union':
        for (const one of type.types) yield* below(one, path);
        return;
      case 'ref': {
        const id = type.reference.$ref;
        if (within.includes(id)) return;
        const definition = database.get('typeDefinition', id) as unknown as { properties: Properties };
        yield* pathsOf(database, definition.properties, path, [...within, id]);
        return;
      }
      // The keys of a map are its author's.
      case 'map':
        return;
      default:
        yield path;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL(`../${GENERATED}`, import.meta.url));
  const text = await resourceTypesText();
  if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(path, text);
}
