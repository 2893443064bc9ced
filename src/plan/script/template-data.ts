import {
  expanded,
  isExpanded,
  type ShellVariable,
  type Substitution,
} from '../../comparator/commands/shell.ts';
import { groupBy } from '../../text/groups.ts';
import { shellWord } from '../../text/shell.ts';
import type { Ref, ReplacedField, Replacement, TemplateCopy } from '../model.ts';
import type { Call } from './calls.ts';
import { jmesText } from './words.ts';

/** A JMESPath expression: what the shell puts in is the id of what an earlier step made. */
type Expression = readonly (string | ShellVariable | Substitution)[];

/** The call that reads the data of a version of the source, with what takes the place of its ids and names. */
export function readData({ templateId, version }: TemplateCopy): Pick<Call, 'operation' | 'input'> {
  return {
    operation: 'ec2 describe-launch-template-versions',
    input: { LaunchTemplateId: templateId, Versions: [String(version)] },
  };
}

/** The `--query` of that call, as one word of a shell. */
export function dataQuery(
  { replace }: TemplateCopy,
  id: (ref: Ref) => string | ShellVariable | Substitution,
): string {
  const by = groupBy(replace, (r) => r.field);
  const of = (field: ReplacedField): Expression | null => {
    const own = by.get(field);
    return own ? otherValue(own, id) : null;
  };
  const parts = [
    member('ImageId', of('image')),
    member('KeyName', of('key-pair')),
    each('SecurityGroupIds', of('security-group')),
    each('SecurityGroups', of('security-group-name')),
    ...objects('NetworkInterfaces', [each('Groups', of('security-group')), member('SubnetId', of('subnet'))]),
    ...objects('BlockDeviceMappings', [
      ...object('Ebs', [member('SnapshotId', of('snapshot')), member('KmsKeyId', of('kms-key'))]),
    ]),
    ...object('IamInstanceProfile', [
      member('Arn', of('instance-profile')),
      member('Name', of('instance-profile')),
    ]),
    METADATA,
    OPERATOR,
  ].filter((part) => part !== null);
  return word(['LaunchTemplateVersions[0].LaunchTemplateData.', ...merged(parts)]);
}

/** What EC2 answers about metadata options has a state, which no request takes. */
const METADATA: Expression = [
  `MetadataOptions && {MetadataOptions: MetadataOptions.merge(${[
    'HttpTokens',
    'HttpPutResponseHopLimit',
    'HttpEndpoint',
    'HttpProtocolIpv6',
    'InstanceMetadataTags',
  ]
    .map((name) => `${name} && {${name}: ${name}} || \`{}\``)
    .join(', ')})} || \`{}\``,
];

/** What EC2 answers of who manages a template has members that no request takes, also where no service does. */
const OPERATOR: Expression = [
  'Operator && {Operator: Operator.merge(`{}`, Principal && {Principal: Principal} || `{}`)} || `{}`',
];

/** The current value, or what takes its place. */
function otherValue(
  replacements: readonly Replacement[],
  id: (ref: Ref) => string | ShellVariable | Substitution,
): Expression {
  return [
    '(',
    ...replacements.flatMap(({ from, to }): Expression => {
      const value = id(to);
      // The id of something that the script made: letters, digits and hyphens.
      const literal = isExpanded(value) ? ['`"', value, '"`'] : [jmesText(value)];
      return [`@==${jmesText(from)} && `, ...literal, ' || '];
    }),
    '@)',
  ];
}

function merged(parts: readonly Expression[]): Expression {
  return ['merge(@', ...parts.flatMap((part) => [', ', ...part]), ')'];
}

function where(name: string, value: Expression): Expression {
  return [`${name} && {${name}: `, ...value, '} || `{}`'];
}

function member(name: string, other: Expression | null): Expression | null {
  return other && where(name, [`${name} | `, ...other]);
}

function each(name: string, other: Expression | null): Expression | null {
  return other && where(name, ['map(&', ...other, `, ${name})`]);
}

function object(name: string, members: readonly (Expression | null)[]): Expression[] {
  const own = members.filter((m) => m !== null);
  return own.length === 0 ? [] : [where(name, [`${name}.`, ...merged(own)])];
}

function objects(name: string, members: readonly (Expression | null)[]): Expression[] {
  const own = members.filter((m) => m !== null);
  return own.length === 0 ? [] : [where(name, ['map(&', ...merged(own), `, ${name})`])];
}

function word(expression: Expression): string {
  const texts: (string | ShellVariable | Substitution)[] = [];
  for (const part of expression) {
    const last = texts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') texts[texts.length - 1] = last + part;
    else texts.push(part);
  }
  return texts.map((t) => (typeof t === 'string' ? shellWord(t) : expanded(t))).join('');
}
