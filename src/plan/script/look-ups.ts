import type { Operation, OperationOf, OperationType } from '../model.ts';
import { type Call, type IdOf, refValue } from './calls.ts';
import { jmesText, nameFilter } from './words.ts';

/** Prints the id of what a step of the type makes, once it is made; nothing before. */
const LOOK_UPS = {
  'create-prefix-list': ({ name }) => ({
    operation: 'ec2 describe-managed-prefix-lists',
    input: { Filters: nameFilter('prefix-list-name', name) },
    query: `PrefixLists[?PrefixListName==${jmesText(name)} && OwnerId!=\`"AWS"\`].[PrefixListId]`,
  }),
  'create-security-group': ({ vpcId, name }) => ({
    operation: 'ec2 describe-security-groups',
    input: { Filters: [{ Name: 'vpc-id', Values: [vpcId] }, ...nameFilter('group-name', name)] },
    query: `SecurityGroups[?GroupName==${jmesText(name)}].[GroupId]`,
  }),
  'copy-image': ({ name }) => ({
    operation: 'ec2 describe-images',
    input: { Owners: ['self'], IncludeDeprecated: true, Filters: nameFilter('name', name) },
    query: `Images[?Name==${jmesText(name)}].[ImageId]`,
  }),
  'create-launch-template': ({ name }) => ({
    operation: 'ec2 describe-launch-templates',
    input: { Filters: nameFilter('launch-template-name', name) },
    query: `LaunchTemplates[?LaunchTemplateName==${jmesText(name)}].[LaunchTemplateId]`,
  }),
  'copy-template-version': ({ template, copy }, idOf) => versionOf(refValue(template, idOf), copy.marker),
  'create-template-version': ({ templateId, marker }) => versionOf(templateId, marker),
} satisfies { readonly [T in OperationType]?: (operation: OperationOf<T>, idOf: IdOf) => Call };

/** Prints the number of the version with that description. */
function versionOf(template: ReturnType<IdOf>, marker: string): Call {
  return {
    operation: 'ec2 describe-launch-template-versions',
    input: { LaunchTemplateId: template },
    query: `LaunchTemplateVersions[?VersionDescription==${jmesText(marker)}].[to_string(VersionNumber)]`,
  };
}

/** Operations that make something with an id which other steps name. */
export type Maker = OperationOf<keyof typeof LOOK_UPS>;

/** What prints the id of the object that a step makes; null where it makes none. */
export function lookUpOf(operation: Operation, idOf: IdOf): Call | null {
  return isMaker(operation) ? makerLookUp(operation, idOf) : null;
}

export function makerLookUp(operation: Maker, idOf: IdOf): Call {
  const lookUp = LOOK_UPS[operation.type] as unknown as (operation: Maker, idOf: IdOf) => Call;
  return lookUp(operation, idOf);
}

function isMaker(operation: Operation): operation is Maker {
  return Object.hasOwn(LOOK_UPS, operation.type);
}

/** Prints the state of a prefix list. */
export function listState(list: ReturnType<IdOf>): Call {
  return describeList(list, 'State');
}

/** Prints the version of a prefix list, which a change has to name. */
export function currentVersion(list: ReturnType<IdOf>): Call {
  return describeList(list, 'Version');
}

function describeList(list: ReturnType<IdOf>, member: string): Call {
  return {
    operation: 'ec2 describe-managed-prefix-lists',
    input: { PrefixListIds: [list] },
    query: `PrefixLists[0].${member}`,
  };
}
