import { shellWord } from '../../text/shell.ts';
import { listInTheEnd } from '../list-end.ts';
import {
  KEY_OPERATIONS,
  type OperationOf,
  type OperationType,
  type Plan,
  type PlannedRule,
  type TemplateCopy,
} from '../model.ts';
import { type Call, callOf, grantRows, refValue, tagRows, type VariableOf } from './calls.ts';
import { callWords, dataWords, pipeInto } from './commands.ts';
import { type Maker, makerLookUp } from './look-ups.ts';
import type { Helper } from './preamble.ts';
import { jmesText, nameFilter, refWord, ruleWord } from './words.ts';

/** What the writer of one step knows. */
export interface StepPlace {
  readonly plan: Pick<Plan, 'steps'>;
  /** The id of the step. */
  readonly step: string;
  /** The variable that holds the id of what the step makes. */
  readonly made: string;
  readonly variableOf: VariableOf;
  /** Names the helper functions that the step calls. */
  readonly use: (helper: Helper) => void;
}

type Write<T extends OperationType> = (operation: OperationOf<T>, place: StepPlace) => readonly string[];

/** The lines of each step: look whether its result exists, and make it where it does not. */
const WRITE: { readonly [T in OperationType]: Write<T> } = {
  'create-prefix-list': (operation, place) => {
    place.use('wait_for_list');
    place.use('check_list');
    const { entries } = listInTheEnd({ madeBy: place.step }, operation, place.plan);
    const cidrs = entries.map((e) => shellWord(e.cidr));
    return [
      ...makeOnce(operation, place, {
        found: [['check_list', `"$${place.made}"`, operation.family, ...cidrs].join(' ')],
      }),
      `wait_for_list "$${place.made}"`,
    ];
  },
  'resize-prefix-list': (operation, place) => {
    place.use('wait_for_list');
    const list = refWord(operation.list, place.variableOf);
    return [
      `size=$(look target ec2 describe-managed-prefix-lists --prefix-list-ids ${list} --query 'PrefixLists[0].MaxEntries')`,
      ...unless(`[ "\${size:-0}" -ge ${operation.maxEntries} ]`, [
        changeLine(call(operation, place)),
        `wait_for_list ${list}`,
      ]),
    ];
  },
  'change-prefix-list': (operation, place) => {
    place.use('wait_for_list');
    const list = refWord(operation.list, place.variableOf);
    const present = operation.add.map(({ cidr }) => `has "$entries" ${shellWord(cidr)}`);
    const absent = operation.remove.map((cidr) => `! has "$entries" ${shellWord(cidr)}`);
    const made = call(operation, place);
    // The version that is changed has to be named: EC2 refuses the change if the list was changed in the meantime.
    return [
      `entries=$(look target ec2 get-managed-prefix-list-entries --prefix-list-id ${list} --query 'Entries[].[Cidr]')`,
      ...unless([`[ "$dry_run" = no ]`, ...present, ...absent].join(' && '), [
        `version=$(look target ec2 describe-managed-prefix-lists --prefix-list-ids ${list} --query 'PrefixLists[0].Version')`,
        `${changeLine(made)} --current-version "$version"`,
        `wait_for_list ${list}`,
      ]),
    ];
  },
  // What it is, is checked once all groups that its rules name are known.
  'create-security-group': (operation, place) =>
    makeOnce(operation, place, { found: [`found_groups="$found_groups $${place.made}"`] }),
  'authorize-rules': (operation, place) => {
    place.use('authorize');
    const words = operation.rules.map((rule) => ruleWord(rule, operation.direction, place.variableOf));
    const of = (rules: readonly PlannedRule[]) =>
      `authorize ${callWords(call({ ...operation, rules }, place))}`;
    return [
      ...rulesOf(operation, place),
      `if lacks_all "$rules" ${words.join(' ')} && ${of(operation.rules)}; then :; else`,
      ...rulesOf(operation, place).map((line) => `  ${line}`),
      `  if ${words.map((word) => `has "$rules" ${word}`).join(' && ')}; then exists; else`,
      ...operation.rules.map((rule, i) => `    has "$rules" ${words[i]} || ${of([rule])} || exists`),
      '  fi',
      'fi',
    ];
  },
  'revoke-rules': (operation, place) => {
    place.use('rule_id');
    const { group, direction, rules } = operation;
    const of = refWord(group, place.variableOf);
    // By its id: servers that imitate EC2 compare the description of a rule that names a group, too.
    const revoke = `change target ec2 revoke-security-group-${direction} --group-id ${of} --security-group-rule-ids`;
    return [
      ...rulesOf(operation, place),
      `ids=$(rule_ids_of ${of})`,
      ...rules.map((rule) => {
        const word = ruleWord(rule, direction, place.variableOf);
        return `if has_or_dry "$rules" ${word}; then ${revoke} "$(rule_id "$ids" ${word})" >/dev/null; fi`;
      }),
    ];
  },
  'describe-rules': (operation, place) => {
    place.use('described_rules_of');
    const { group, direction, rules } = operation;
    const present = rules.map((rule) => {
      const description = shellWord(`|${rule.description ?? ''}`);
      return `has "$rules" ${ruleWord(rule, direction, place.variableOf)}${description}`;
    });
    return [
      `rules=$(described_rules_of ${refWord(group, place.variableOf)})`,
      ...unless(present.join(' && '), [changeLine(call(operation, place))]),
    ];
  },
  'import-key-pair': (operation, place) => {
    const query = `KeyPairs[?KeyName==${jmesText(operation.name)}].[PublicKey || 'unknown']`;
    const input = {
      Filters: nameFilter('key-name', operation.name),
      IncludePublicKey: true,
    };
    return [
      `found=$(look target ${callWords(look('ec2 describe-key-pairs', input, query))})`,
      'case $found in',
      `  '') ${changeLine(call(operation, place))} ;;`,
      `  ${shellWord(operation.publicKey)}*) exists ;;`,
      `  *) fail ${shellWord(`the target has another key pair named "${operation.name}"`)} ;;`,
      'esac',
    ];
  },
  'set-tags': (operation, place) => {
    const filters = [{ Name: 'resource-id', Values: [refValue(operation.resource, place.variableOf)] }];
    const rows = tagRows(operation.tags);
    const each = rows.map(({ Key, Value }) => `(Key==${jmesText(Key)} && Value==${jmesText(Value)})`);
    const query = `Tags[?${each.join(' || ')}].[to_string(\`1\`)]`;
    return [
      `found=$(look target ${callWords(look('ec2 describe-tags', { Filters: filters }, query))})`,
      ...unless(`[ "$(printf '%s\\n' "$found" | grep -c 1)" -eq ${rows.length} ]`, [
        changeLine(call(operation, place)),
      ]),
    ];
  },
  'grant-key': (operation, place) => {
    place.use('wait_for_key');
    const { keyId, principal } = operation;
    const allowed = KEY_OPERATIONS.map((one) => `contains(Operations, ${jmesText(one)})`).join(' && ');
    const query = `Grants[?GranteePrincipal==${jmesText(principal)} && !Constraints && ${allowed}].[GrantId]`;
    return [
      `found=$(look source ${callWords(look('kms list-grants', { KeyId: keyId }, query))})`,
      ...unless(`[ -n "$found" ]`, [changeLine(call(operation, place), 'source')]),
      `wait_for_key ${shellWord(keyId)}`,
    ];
  },
  'share-image': (operation, place) => {
    const query = `LaunchPermissions[?UserId==${jmesText(operation.account)}].[UserId]`;
    const input = { ImageId: operation.imageId, Attribute: 'launchPermission' };
    return [
      `found=$(look source ${callWords(look('ec2 describe-image-attribute', input, query))})`,
      ...unless(`[ -n "$found" ]`, [changeLine(call(operation, place), 'source')]),
    ];
  },
  'share-snapshot': (operation, place) => {
    const query = `CreateVolumePermissions[?UserId==${jmesText(operation.account)}].[UserId]`;
    const input = { SnapshotId: operation.snapshotId, Attribute: 'createVolumePermission' };
    return [
      `found=$(look source ${callWords(look('ec2 describe-snapshot-attribute', input, query))})`,
      ...unless(`[ -n "$found" ]`, [changeLine(call(operation, place), 'source')]),
    ];
  },
  'copy-image': (operation, place) => {
    place.use('wait_for_room');
    place.use('check_copy');
    return makeOnce(operation, place, {
      before: ['wait_for_room'],
      found: [`check_copy "$${place.made}" ${shellWord(operation.imageId)}`],
    });
  },
  'wait-for-image': ({ image }, place) => {
    place.use('wait_for_image');
    return [`wait_for_image ${refWord(image, place.variableOf)}`];
  },
  'grant-launch': (operation, place) => {
    const input = { ImageId: refValue(operation.image, place.variableOf), Attribute: 'launchPermission' };
    const query = 'LaunchPermissions[].[Group || UserId || OrganizationArn || OrganizationalUnitArn]';
    const each = grantRows(operation.grants).flatMap((row) => Object.values(row));
    return [
      `found=$(look target ${callWords(look('ec2 describe-image-attribute', input, query))})`,
      ...unless(each.map((one) => `has "$found" ${shellWord(one)}`).join(' && '), [
        changeLine(call(operation, place)),
      ]),
    ];
  },
  'deprecate-image': (operation, place) => {
    const input = { ImageIds: [refValue(operation.image, place.variableOf)], IncludeDeprecated: true };
    const made = look('ec2 describe-images', input, 'Images[].[DeprecationTime]');
    // EC2 rounds the seconds.
    const minute = operation.at.slice(0, 16);
    return [
      `found=$(look target ${callWords(made)})`,
      `case $found in ${shellWord(minute)}*) exists ;; *) ${changeLine(call(operation, place))} ;; esac`,
    ];
  },
  'protect-image': (operation, place) => {
    const input = { ImageIds: [refValue(operation.image, place.variableOf)], IncludeDeprecated: true };
    const made = look('ec2 describe-images', input, "Images[].[DeregistrationProtection || 'unknown']");
    return [
      `found=$(look target ${callWords(made)})`,
      `case $found in enabled*) exists ;; *) ${changeLine(call(operation, place))} ;; esac`,
    ];
  },
  'put-parameter': (operation, place) => {
    const image = refWord(operation.image, place.variableOf);
    const made = look('ssm get-parameters', { Names: [operation.name] }, 'Parameters[].[Value]');
    const other = operation.overwrite
      ? changeLine(call(operation, place))
      : `fail ${shellWord(`the target has the parameter "${operation.name}" with another value`)}`;
    return [
      `found=$(look target ${callWords(made)})`,
      `if [ "$found" = ${image} ]; then exists`,
      `elif [ -z "$found" ]; then ${changeLine(call(operation, place))}`,
      `else ${other}; fi`,
    ];
  },
  'create-launch-template': (operation, place) => {
    place.use('check_template');
    const { copy } = operation;
    return makeOnce(operation, place, {
      before: [readData(copy, place)],
      found: [`check_template "$${place.made}" ${shellWord(copy.marker)}`],
    });
  },
  'copy-template-version': (operation, place) =>
    makeOnce(operation, place, { before: [readData(operation.copy, place)] }),
  'create-template-version': (operation, place) => makeOnce(operation, place),
  'set-default-version': (operation, place) => {
    const input = { LaunchTemplateIds: [refValue(operation.template, place.variableOf)] };
    const made = look(
      'ec2 describe-launch-templates',
      input,
      'LaunchTemplates[].[to_string(DefaultVersionNumber)]',
    );
    return [
      `found=$(look target ${callWords(made)})`,
      ...unless(`[ "$found" = ${refWord(operation.version, place.variableOf)} ]`, [
        changeLine(call(operation, place)),
      ]),
    ];
  },
};

export function linesOf<T extends OperationType>(
  operation: OperationOf<T>,
  place: StepPlace,
): readonly string[] {
  const write = WRITE[operation.type] as unknown as Write<T>;
  return write(operation, place);
}

function look(operation: Call['operation'], input: Call['input'], query: string): Call {
  return { operation, input, query };
}

function call<T extends OperationType>(operation: OperationOf<T>, { variableOf }: StepPlace): Call {
  const made = callOf(operation, variableOf);
  if (!made) throw new Error(`${operation.type} calls nothing`);
  return made;
}

function changeLine(made: Call, side: 'source' | 'target' = 'target'): string {
  // The answer to a call that makes nothing with an id is not used.
  const quiet = made.query === undefined ? ' >/dev/null' : '';
  return `${pipeInto(made)}change ${side} ${callWords(made)}${quiet}`;
}

/** Reads the data of a launch template of the source in a separate line: the end of a pipe alone decides how a pipe ends. */
function readData(copy: TemplateCopy, { variableOf }: StepPlace): string {
  return `template_data=$(look source ${dataWords(copy, variableOf)})`;
}

/**
 * Looks for the object by its name, makes it where there is none, and keeps its id.
 * @param lines `before`: before it is made. `found`: where it exists.
 */
function makeOnce(
  operation: Maker,
  place: StepPlace,
  lines: { readonly before?: readonly string[]; readonly found?: readonly string[] } = {},
): string[] {
  const { made } = place;
  return [
    `found=$(look target ${callWords(makerLookUp(operation, place.variableOf))})`,
    `${made}=$(only "$found")`,
    ...(lines.found
      ? [`if [ -n "$${made}" ]; then`, ...lines.found.map((line) => `  ${line}`), '  exists', 'else']
      : [`if [ -n "$${made}" ]; then exists; else`]),
    ...(lines.before ?? []).map((line) => `  ${line}`),
    `  ${made}=$(${changeLine(call(operation, place))})`,
    'fi',
  ];
}

/** The lines where the condition does not hold. */
function unless(condition: string, lines: readonly string[]): string[] {
  return [`if ${condition}; then exists; else`, ...lines.map((line) => `  ${line}`), 'fi'];
}

function rulesOf({ group }: OperationOf<'authorize-rules' | 'revoke-rules'>, place: StepPlace): string[] {
  place.use('rules_of');
  return [`rules=$(rules_of ${refWord(group, place.variableOf)})`];
}
