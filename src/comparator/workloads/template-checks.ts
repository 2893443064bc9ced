import { isDeepStrictEqual } from 'node:util';
import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import { STARTING } from '../../cloudformation/starting.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Expression, Template, TemplateReference } from '../../inventory/template.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { isFor } from '../pairing/template-files.ts';
import { perAudit } from '../per-audit.ts';
import { attributeOn } from './attributes.ts';
import type { Found, IssueOf, Reference, ReferenceIssue } from './reference.ts';
import type { SideIndex } from './side-index.ts';
import { exportedOn, exportsOf } from './stack-facts.ts';
import { stackLaunches } from './stack-launches.ts';
import { demandsOf, type StackDoubt, type StackRefusal } from './stack-refusals.ts';
import { workloadsOf } from './workloads.ts';

/** A reference, or a value that CloudFormation looks up for any purpose: `value`. */
export type CheckedReference = Omit<TemplateReference, 'to'> & {
  readonly to: TemplateReference['to'] | 'value';
};

/** One reference of a template, and what it resolves to. */
export interface Check {
  readonly reference: CheckedReference;
  readonly outcome: Outcome;
  /** What it resolves to on its own side, where that is an object that can be paired: not of a mapping row or a parameter. */
  readonly own: Reference | null;
  /** What is wrong with it where it is to be deployed; null: nothing. */
  readonly issue: ReferenceIssue | null;
}

/** A template that is or could be deployed: of a stack, or of a file. */
export interface StackUser {
  readonly kind: 'stack';
  readonly side: SideName;
  readonly id: string;
  readonly name: string;
  /** The file as given to --template; null of a stack. */
  readonly file: string | null;
  /** What it is written in; null: CloudFormation. */
  readonly language: 'terraform' | null;
  readonly item: Stack;
  /** Whether it starts instances: else it is no workload, though its references count. */
  readonly launches: boolean;
  readonly checks: readonly Check[];
  /** What may start instances on the target without the template showing with what, and what else is not known. */
  readonly unknown: readonly StackDoubt[];
  /** Why CloudFormation would not create the stack at all. */
  readonly refusals: readonly StackRefusal[];
}

const byItem = perAudit(
  (context): ReadonlyMap<object, StackUser> => new Map(stacksOf(context).map((s) => [s.item, s])),
);

export function stackOf(item: object, context: Context): StackUser | null {
  return byItem(context).get(item) ?? null;
}

/** The stacks of both sides and the template files, each judged for the target. */
export const stacksOf = perAudit((context): readonly StackUser[] => {
  const { index } = workloadsOf(context);
  const user = (stack: Stack, side: SideName, file: string | null): StackUser => {
    const { template } = stack;
    const unknown = template ? unknownIn(template, stack, context) : [];
    const places = { source: placeIn('source', stack, context), target: placeIn('target', stack, context) };
    const demands =
      template && side === 'source' ? demandsOf(template, stack, file !== null, places, context) : null;
    return {
      kind: 'stack',
      side,
      id: stack.id,
      name: stack.name,
      file,
      language: context.fileOf(stack)?.language ?? null,
      item: stack,
      launches:
        unknown.length > 0 ||
        (template?.resources.some((r) => STARTING.has(r.type)) ?? false) ||
        (template?.references.some((r) => r.launches) ?? false),
      checks: template ? checksOf(template, stack, file, index[side], index.target, context) : [],
      unknown: [...unknown, ...(demands?.doubts ?? []), ...openLaunches(template, stack, side, context)],
      refusals: demands?.refusals ?? [],
    };
  };
  return [
    ...context.templateFiles.flatMap(({ source }) =>
      source ? [user(source, 'source', context.fileOf(source)?.file ?? source.name)] : [],
    ),
    ...(['source', 'target'] as const).flatMap((side) =>
      judgedApart(itemsOf(context[side].stacks)).map((stack) => user(stack, side, null)),
    ),
  ].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
});

/** What a nested stack creates is judged as part of the stack that nests it, where that was read. */
function judgedApart(stacks: readonly Stack[]): readonly Stack[] {
  const ids = new Set(stacks.map(({ id }) => id));
  return stacks.filter(({ partOf }) => partOf === undefined || !ids.has(partOf));
}

export function placeIn(side: SideName, stack: Stack, context: Context): Place {
  const { region, account } = context[side];
  // The value of a SecureString is not kept.
  const parameter = (name: string) => workloadsOf(context).index[side].parameter(name)?.value || null;
  return {
    region,
    account,
    stackName: stack.name,
    exports: exportedOn(side, context),
    parameter,
    attribute: attributeOn(side, context),
  };
}

/** What the launches name without a known value, such as a subnet from a parameter without a value. */
function openLaunches(
  template: Template | null,
  stack: Stack,
  side: SideName,
  context: Context,
): StackDoubt[] {
  if (template === null || side === 'target') return [];
  const applied = context.fileOf(stack)?.applied ?? false;
  const { unresolved } = stackLaunches(template, placeIn('target', stack, context), applied);
  return unresolved.map(({ resource, what, why }) => ({ resource, type: what, why: `unresolved: ${why}` }));
}

function unknownIn(template: Template, stack: Stack, context: Context): StackDoubt[] {
  return template.unknownLaunches.flatMap(({ resource, type, value }) =>
    evaluate(value, template, placeIn('target', stack, context)).flatMap((outcome) =>
      outcome.is === 'unresolved' ? [{ resource, type, why: outcome.what }] : [],
    ),
  );
}

function checksOf(
  template: Template,
  stack: Stack,
  file: string | null,
  own: SideIndex,
  there: SideIndex,
  context: Context,
): Check[] {
  const place = (side: SideName): Place => placeIn(side, stack, context);
  const made = new Set(
    template.creates.flatMap(({ to, name }) =>
      evaluate(name, template, place('target')).flatMap((o) =>
        o.is === 'value' ? [`${to} ${o.value}`] : [],
      ),
    ),
  );
  const lookUps = template.lookUps.map(
    (lookUp): CheckedReference => ({ ...lookUp, to: 'value', by: 'either', launches: false }),
  );
  const isForSource = isFor(context.fileOf(stack) ?? {}, context.source);
  return [...template.references, ...lookUps].flatMap((reference) => {
    // What is not written for the source is looked for on the target alone.
    const here =
      isForSource || own.side === 'target' ? evaluate(reference.value, template, place(own.side)) : [];
    const over = own.side === 'target' ? here : evaluate(reference.value, template, place('target'));
    const staying = new Set(here.flatMap((o) => (o.is === 'value' ? [o.value] : [])));
    return over.flatMap((outcome): Check[] => {
      if (outcome.is === 'absent' || outcome.is === 'resource') return [];
      // The stack itself creates what has this name.
      if (outcome.is === 'value' && made.has(`${reference.to} ${outcome.value}`)) return [];
      if (outcome.is === 'unresolved' && isCreatedBySameName(reference, template)) return [];
      const ownReference = outcome.is === 'value' ? refer(reference, outcome.value, own) : null;
      // An id that the template says for this region only was adapted by who wrote it: it is looked for there alone.
      const adapted =
        outcome.is === 'value' &&
        own.side === 'source' &&
        (!staying.has(outcome.value) || meantForThere(reference, outcome.value, ownReference, there, file));
      return [
        {
          reference,
          outcome,
          own: adapted ? null : ownReference,
          issue: issueOf(reference, outcome, {
            template,
            adapted,
            applied: context.fileOf(stack)?.applied ?? false,
            own,
            ownFound: ownReference?.found ?? null,
            there,
            context,
          }),
        },
      ];
    });
  });
}

/** Whether the stack creates what the reference names, by the same expression, independent of its value. */
function isCreatedBySameName({ to, value }: CheckedReference, { creates }: Template): boolean {
  return creates.some((creation) => creation.to === to && isDeepStrictEqual(creation.name, value));
}

/**
 * An id that exists on the target and not on its own side is an id of the target, in any spelling. Of a stack
 * only where it was not looked up: what a deployed stack names and its region lacks is a separate fault.
 */
function meantForThere(
  { to }: CheckedReference,
  id: string,
  own: Reference | null,
  there: SideIndex,
  file: string | null,
): boolean {
  if (own === null || (to !== 'image' && to !== 'security-group') || !/^(ami|sg)-/.test(id)) return false;
  if (own.found.is !== 'unread' && !(own.found.is === 'dangling' && file !== null)) return false;
  const found = foundThere(to, id, there);
  return found.is !== 'dangling' && found.is !== 'unread';
}

/** What a value of a template names on a side, where that is an object that can be paired. */
export function refer(
  { to, by }: Pick<CheckedReference, 'to' | 'by'>,
  value: string,
  index: SideIndex,
): Reference | null {
  switch (to) {
    case 'key-pair':
      return index.key(value);
    case 'image':
      return index.image(value);
    case 'security-group': {
      const isId = by === 'id' || (by === 'either' && value.startsWith('sg-'));
      return index.group(isId ? { id: value, name: null } : { id: null, name: value });
    }
    case 'prefix-list':
    case 'launch-template':
    case 'launch-configuration':
    case 'value':
      return null;
  }
}

interface Where {
  readonly template: Template;
  readonly adapted: boolean;
  /** Whether the values are those of what exists, so that an id in it need not be written out. */
  readonly applied: boolean;
  readonly own: SideIndex;
  /** What it resolves to on its own side. */
  readonly ownFound: Found | null;
  readonly there: SideIndex;
  readonly context: Context;
}

function issueOf(reference: CheckedReference, outcome: Outcome, where: Where): ReferenceIssue | null {
  switch (outcome.is) {
    case 'value':
      return idIssue(reference, outcome, where);
    case 'ssm':
      return reference.to === 'image'
        ? parameterIssue(outcome.name, where.there)
        : otherParameterIssue(outcome.name, reference, where);
    case 'no-mapping-row':
      return {
        is: 'no-mapping-row',
        text: outcome.map,
        first: outcome.first,
        second: outcome.second || null,
      };
    case 'no-export':
      return { is: 'no-export', text: outcome.name };
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

/** Whether the target has the parameter and, of a key pair or a group, what it names there. */
function otherParameterIssue(
  name: string,
  reference: CheckedReference,
  { there }: Where,
): IssueOf<'missing-parameter' | 'unread' | 'not-on-target'> | null {
  const { to } = reference;
  const parameter = there.parameter(name);
  if (!parameter) {
    const { found } = there.image(resolveParameter(name));
    return { is: 'unread', text: name, gap: found.is === 'unread' ? found.gap : null };
  }
  const { value } = parameter;
  if (value === null) return { is: 'missing-parameter', text: name, leadsTo: null, holds: to };
  // The value of a SecureString is not kept.
  if (to === 'value' || to === 'image' || value === '') return null;
  if (to === 'launch-template' || to === 'launch-configuration') return null;
  for (const text of value.split(',').map((part) => part.trim())) {
    const found =
      to === 'prefix-list' ? there.prefixList(text) : (refer(reference, text, there)?.found ?? null);
    if (found?.is === 'dangling') return { is: 'not-on-target', to, text };
    if (found?.is === 'unread') return { is: 'unread', text, gap: found.gap };
  }
  return null;
}

function idIssue(
  { to, by }: CheckedReference,
  outcome: Outcome & { is: 'value' },
  { template, adapted, applied, own, ownFound, there, context }: Where,
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
  if (to === 'launch-template') return templateIssue(value, { own, there });
  if (to === 'launch-configuration') return configurationIssue(value, there);
  // Other names mean the same in every region; the pair of the name is judged by its own rules.
  if (!/^(ami|sg|pl)-/.test(value)) return null;
  if (to === 'value') return null;
  const found = foundThere(to, value, there);
  if (found.is !== 'dangling' && found.is !== 'unread') return null;
  if (adapted) {
    if (found.is === 'dangling') return { is: 'not-on-target', to, text: value };
    return { is: 'unread', text: value, gap: found.gap };
  }
  if (own.side === 'target' || context.source.region === context.target.region) return null;
  // What a stack was given from outside is given again on the target; only what is written in the template stays.
  const given = outcome.via.some(
    (v) => v.is === 'parameter' && v.from === 'value' && defaultOf(template, v.name) !== value,
  );
  if (given || applied) return null;
  // No separate rule says so of prefix lists: what is wrong with it is that it is not there.
  if (to === 'prefix-list') return { is: 'not-on-target', to, text: value };
  const item = ownFound?.is === 'image' || ownFound?.is === 'security-group' ? ownFound.item : null;
  return {
    is: 'hard-coded',
    to: to === 'image' ? to : 'security-group',
    text: value,
    name: item?.name ?? null,
    within: ownFound?.is === 'security-group' ? vpcOf(ownFound.item, own.side, context) : [],
  };
}

/** The VPC of a group: its name, else its address ranges. Groups of two VPCs can have one name. */
function vpcOf({ vpcId }: SecurityGroup, side: SideName, { vpcs }: Context): readonly string[] {
  const scope = vpcs.scope(side, vpcId);
  return scope === null ? (vpcs.vpc(side, vpcId)?.cidrs ?? []) : [scope];
}

/** Whether the target has the launch template: by name, and by id as the counterpart of name of what the source has. */
function templateIssue(value: string, { own, there }: Pick<Where, 'own' | 'there'>): ReferenceIssue | null {
  const isId = /^lt-[0-9a-f]+$/.test(value);
  const by = isId ? { id: value, name: null } : { id: null, name: value };
  if (there.launchTemplate(by)) return null;
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

function foundThere(
  to: Exclude<CheckedReference['to'], 'launch-template' | 'launch-configuration' | 'value'>,
  id: string,
  there: SideIndex,
): Found {
  if (to === 'image') return there.imageById(id);
  return to === 'prefix-list' ? there.prefixList(id) : there.group({ id, name: null }).found;
}

/** CloudFormation shows a default that was taken as if it had been given. */
function defaultOf(template: Template, name: string): string | null {
  return template.parameters.find((p) => p.name === name)?.default ?? null;
}

/** Whether the parameter gives an image on the target; which one is decided in that region. */
export function parameterIssue(
  name: string,
  there: SideIndex,
): IssueOf<'missing-parameter' | 'unread'> | null {
  const parameter = there.parameter(name);
  if (!parameter) {
    const { found } = there.image(resolveParameter(name));
    return { is: 'unread', text: name, gap: found.is === 'unread' ? found.gap : null };
  }
  if (parameter.value === null) return { is: 'missing-parameter', text: name, leadsTo: null, holds: 'image' };
  const found = there.imageById(parameter.value);
  if (found.is === 'dangling')
    return { is: 'missing-parameter', text: name, leadsTo: parameter.value, holds: 'image' };
  return found.is === 'unread' ? { is: 'unread', text: name, gap: found.gap } : null;
}
