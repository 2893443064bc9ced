import type { TemplateReference } from '../inventory/template.ts';
import { groupBy } from '../text/groups.ts';
import { OPTION_REFERENCES, OPTION_TYPES, optionPath } from './beanstalk.ts';
import { PIPELINE, PIPELINE_REFERENCES, pipelinePath } from './pipelines.ts';
import { PROPERTIES, REGISTRY } from './resource-types.ts';
import { STARTING } from './starting.ts';

/**
 * Where a resource type refers to something: a path below Properties. "*" is every item of a list; a step such as
 * "[Namespace=a,OptionName=b]" is what has these values.
 */
export interface PropertyPlace {
  readonly path: readonly string[];
  readonly to: TemplateReference['to'];
  readonly by: TemplateReference['by'];
  readonly launches: boolean;
  /** The value is a text of several, with commas between them. */
  readonly commas: boolean;
}

const MEANINGS = new Map<string, readonly [TemplateReference['to'], TemplateReference['by']]>([
  ['key', ['key-pair', 'name']],
  ['image', ['image', 'id']],
  ['group', ['security-group', 'id']],
  ['group-name', ['security-group', 'name']],
  ['group-either', ['security-group', 'either']],
  ['prefix-list', ['prefix-list', 'id']],
  ['template', ['launch-template', 'id']],
  ['template-name', ['launch-template', 'name']],
  ['configuration-name', ['launch-configuration', 'name']],
]);

/** Properties that the generated table does not hold. */
const OTHERS = [
  ['AWS::AutoScaling::AutoScalingGroup', 'configuration-name', 'LaunchConfigurationName'],
  ['AWS::Serverless::Function', 'group', 'CapacityProviderConfig.VpcConfig.SecurityGroupIds.*'],
] as const;

function place(type: string, word: string, path: readonly string[]): PropertyPlace[] {
  const meaning = MEANINGS.get(word);
  if (!meaning) return [];
  const [to, by] = meaning;
  return [{ path, to, by, launches: STARTING.has(type), commas: path.at(-1) === 'Value' }];
}

function allPlaces(): ReadonlyMap<string, readonly PropertyPlace[]> {
  const all: { readonly type: string; readonly place: PropertyPlace }[] = [];
  const add = (type: string, more: readonly PropertyPlace[]) =>
    all.push(...more.map((one) => ({ type, place: one })));
  let type = '';
  for (const line of PROPERTIES.split('\n')) {
    if (!line.startsWith(' ')) type = line;
    else {
      const [word = '', path = ''] = line.trim().split(' ');
      add(type, place(type, word, path.split('.')));
    }
  }
  for (const owner of OPTION_TYPES) {
    for (const [namespace, name, word] of OPTION_REFERENCES) {
      add(owner, place(owner, word, optionPath(namespace, name)));
    }
  }
  for (const [key, word] of PIPELINE_REFERENCES) add(PIPELINE, place(PIPELINE, word, pipelinePath(key)));
  for (const [owner, word, path] of OTHERS) add(owner, place(owner, word, path.split('.')));
  const byType = groupBy(all, ({ type: of }) => of);
  return new Map([...byType].map(([of, places]) => [of, places.map((one) => one.place)]));
}

/** By type. A reference elsewhere is recognised by its form: ids say what they are. */
export const PLACES = allPlaces();

const KNOWN: ReadonlySet<string> = new Set(
  REGISTRY.trim()
    .split('\n')
    .flatMap((line) => {
      const [service = '', ...names] = line.split(' ');
      return names.map((name) => `${service}::${name}`);
    }),
);

/** Types of CloudFormation, CDK and SAM that the registry does not hold and that start no instance. */
const BESIDE_THE_REGISTRY: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::Serverless::Api',
  'AWS::Serverless::CapacityProvider',
  'AWS::Serverless::Connector',
  'AWS::Serverless::Function',
  'AWS::Serverless::GraphQLApi',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::LayerVersion',
  'AWS::Serverless::SimpleTable',
  'AWS::Serverless::StateMachine',
]);

export function isKnownType(type: string): boolean {
  return KNOWN.has(type) || BESIDE_THE_REGISTRY.has(type);
}
