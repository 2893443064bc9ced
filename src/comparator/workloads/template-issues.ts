import type { Outcome } from '../../cloudformation/index.ts';
import { isImageId } from '../../inventory/image-id.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Expression, Template } from '../../inventory/template.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { otherParameterIssue, parameterIssue } from './parameter-issues.ts';
import type { Found, ReferenceIssue } from './reference.ts';
import type { SideIndex } from './side-index.ts';
import { exportsOf } from './stack-facts.ts';
import { type CheckedReference, foundThere } from './template-references.ts';
import { unsuitableImage } from './unsuitable-image.ts';

interface Where {
  readonly template: Template;
  readonly adapted: boolean;
  /** Whether the values are those of what exists, so that an id in it need not be written out. */
  readonly applied: boolean;
  /** Whether it is deployed in the source region, or says that it is to be. */
  readonly writtenForSource: boolean;
  readonly own: SideIndex;
  /** What it resolves to on its own side. */
  readonly ownFound: Found | null;
  readonly there: SideIndex;
  readonly context: Context;
  /** Of a launch template, where its number is known. */
  readonly version: number | null;
}

/** What is wrong with a reference where its template is to be deployed; null: nothing. */
export function issueOf(reference: CheckedReference, outcome: Outcome, where: Where): ReferenceIssue | null {
  switch (outcome.is) {
    case 'value':
      return idIssue(reference, outcome, where);
    case 'ssm':
      return reference.to === 'image'
        ? (parameterIssue(outcome.name, where.there) ?? imageOfParameter(outcome.name, where))
        : otherParameterIssue(outcome.name, reference, where.there);
    case 'no-mapping-row':
      return {
        is: 'no-mapping-row',
        text: outcome.map,
        first: outcome.first,
        second: outcome.second || null,
      };
    case 'no-export':
      return { is: 'no-export', text: outcome.name };
    case 'no-zone':
      return { is: 'no-zone', text: String(outcome.index + 1), count: outcome.count };
    case 'unresolved':
      if (reference.to !== 'value' || hasUnknownName(reference.value, outcome.what))
        return { is: 'unresolved', text: outcome.what };
      return unknownExport(where.context);
    case 'absent':
    case 'resource':
      return null;
  }
}

/** Whether it is not known which parameter or export is looked up; which row of a mapping is, is left to who deploys. */
function hasUnknownName(value: Expression, what: string): boolean {
  if (value.is === 'if') return hasUnknownName(value.yes, what) || hasUnknownName(value.no, what);
  if (value.is === 'import') return !what.startsWith('Fn::ImportValue');
  return value.is === 'ssm' || value.is === 'parameter';
}

/** Of a value that is only looked up, the result does not matter: only that an import may fail does. */
function unknownExport(context: Context): ReferenceIssue | null {
  return exportsOf(context).target.is === 'failed' ? { is: 'unread', text: 'exports', gap: null } : null;
}

function idIssue(
  { to, by }: CheckedReference,
  outcome: Outcome & { is: 'value' },
  { template, adapted, applied, writtenForSource, own, ownFound, there, context, version }: Where,
): ReferenceIssue | null {
  const { value } = outcome;
  // A name that the template chooses for the target is looked up there.
  if (
    adapted &&
    (to === 'key-pair' || (to === 'security-group' && by !== 'id' && !value.startsWith('sg-')))
  ) {
    const { found } = to === 'key-pair' ? there.key(value) : there.group({ id: null, name: value });
    if (found.is === 'dangling') return { is: 'not-on-target', to, text: value };
    return found.is === 'unread' ? { is: 'unread', text: value, gap: found.gap } : null;
  }
  if (to === 'launch-template') return templateIssue(value, { own, there, version });
  if (to === 'launch-configuration') return configurationIssue(value, there);
  // A name that a data source looks for there, and that no group has.
  if (adapted && to === 'security-group' && by === 'id' && !value.startsWith('sg-'))
    return { is: 'not-on-target', to, text: value };
  // Other names mean the same in every region; the pair of the name is judged by its own rules.
  if (!/^(ami|sg|pl)-/.test(value)) return null;
  if (to === 'value') return null;
  const found = foundThere(to, value, there);
  if (found.is !== 'dangling' && found.is !== 'unread')
    return to === 'image'
      ? unsuitableImage({ to, text: value, parameter: null, found }, 'target', context)
      : null;
  // In no region there is such an id.
  if (to === 'image' && !isImageId(value) && found.is === 'dangling')
    return { is: 'not-on-target', to, text: value };
  if (adapted) {
    if (found.is === 'dangling') return { is: 'not-on-target', to, text: value };
    return { is: 'unread', text: value, gap: found.gap };
  }
  if (own.side === 'target' || isOneForBoth(to, context)) return null;
  // What a stack was given from outside is given again on the target; only what is written in the template stays.
  const given = outcome.via.some(
    (v) => v.is === 'parameter' && v.from === 'value' && defaultOf(template, v.name) !== value,
  );
  if (given || applied) return null;
  // No separate rule says so of prefix lists: what is wrong with it is that it is not there.
  if (to === 'prefix-list') return { is: 'not-on-target', to, text: value };
  const item = ownFound?.is === 'image' || ownFound?.is === 'security-group' ? ownFound.item : null;
  const region =
    item !== null || ownFound?.is === 'other-image' || writtenForSource
      ? context.source.region
      : regionOfRow(outcome, context.target.region);
  return {
    is: 'hard-coded',
    to: to === 'image' ? to : 'security-group',
    text: value,
    region,
    unread: region === null && found.is === 'unread' ? { gap: found.gap } : null,
    name: item?.name ?? null,
    within: ownFound?.is === 'security-group' ? vpcOf(ownFound.item, own.side, context) : [],
  };
}

function imageOfParameter(name: string, { own, context }: Where): ReferenceIssue | null {
  return unsuitableImage(own.image(resolveParameter(name)), own.side, context);
}

/** The region that the row of a mapping is for, such as "us-west-2" in `!FindInMap [Images, us-west-2, web]`. */
function regionOfRow({ via }: Outcome, target: string): string | null {
  const rows = via.flatMap((v) => (v.is === 'mapping' ? [v.first, v.second] : []));
  return rows.find((key) => /^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(key) && key !== target) ?? null;
}

/** Within one region an id means the same to both sides, but for groups and prefix lists of two accounts: each has its own. */
function isOneForBoth(to: CheckedReference['to'], { source, target }: Context): boolean {
  if (source.region !== target.region) return false;
  return (
    to === 'image' || source.account === null || target.account === null || source.account === target.account
  );
}

/** The VPC of a group: its name, else its address ranges. Groups of two VPCs can have one name. */
function vpcOf({ vpcId }: SecurityGroup, side: SideName, { vpcs }: Context): readonly string[] {
  const scope = vpcs.scope(side, vpcId);
  return scope === null ? (vpcs.vpc(side, vpcId)?.cidrs ?? []) : [scope];
}

/** Whether the target has the launch template: by name, and by id as the counterpart of name of what the source has. */
function templateIssue(
  value: string,
  { own, there, version }: Pick<Where, 'own' | 'there' | 'version'>,
): ReferenceIssue | null {
  const isId = /^lt-[0-9a-f]+$/.test(value);
  const by = isId ? { id: value, name: null } : { id: null, name: value };
  const found = there.launchTemplate(by);
  // Numbers are given in order, so one above the latest does not exist; a lower one may have been deleted.
  if (found && version !== null && version > found.latestVersion)
    return { is: 'not-on-target', to: 'launch-template', text: `${value} version ${version}` };
  if (found) return null;
  if (there.snapshot.launchTemplates.status === 'failed') return { is: 'unread', text: value, gap: null };
  const named = isId && own.side === 'source' ? own.launchTemplate(by) : null;
  if (named && there.launchTemplate({ id: null, name: named.name })) return null;
  return { is: 'not-on-target', to: 'launch-template', text: value };
}

function configurationIssue(value: string, there: SideIndex): ReferenceIssue | null {
  if (there.launchConfiguration(value)) return null;
  return there.snapshot.launchConfigurations.status === 'failed'
    ? { is: 'unread', text: value, gap: null }
    : { is: 'not-on-target', to: 'launch-configuration', text: value };
}

/** CloudFormation shows a default that was taken as if it had been given. */
function defaultOf(template: Template, name: string): string | null {
  return template.parameters.find((p) => p.name === name)?.default ?? null;
}
