import { decides, evaluate } from '../../cloudformation/evaluate.ts';
import type { Place } from '../../cloudformation/index.ts';
import { expressionsOf } from '../../cloudformation/reach.ts';
import { type Collected, itemsOf } from '../../inventory/collected.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { Condition, CreatedKind, Template, TemplateCreation } from '../../inventory/template.ts';
import type { StackRefusal as Because } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import { hasProfile } from './stack-facts.ts';

/** Why CloudFormation would not create the stack on the target, independent of what its resources refer to. */
export interface StackRefusal {
  readonly because: Exclude<Because, 'no-such-export' | 'no-such-zone'>;
  readonly resource: string;
  readonly path: string;
  readonly line: number | null;
  readonly file?: string | undefined;
  /** 'key pair "deploy"', or what the rule says. */
  readonly what: string;
}

export interface StackDoubt {
  readonly resource: string;
  readonly type: string;
  readonly why: string;
}

export interface Demands {
  readonly refusals: readonly StackRefusal[];
  readonly doubts: readonly StackDoubt[];
}

const NONE: Demands = { refusals: [], doubts: [] };
const LOGICAL_ID = 'aws:cloudformation:logical-id';

const WORDS: Readonly<Record<CreatedKind, string>> = {
  'key-pair': 'key pair',
  'security-group': 'security group',
  'launch-template': 'launch template',
  'launch-configuration': 'launch configuration',
  'auto-scaling-group': 'Auto Scaling group',
  'instance-profile': 'instance profile',
  role: 'IAM role',
};

/**
 * Rules that fail on the target, and names that the target has already. A stack that is deployed on the target has passed
 * both, and the names there are its own.
 */
export function demandsOf(
  template: Template,
  stack: Stack,
  isFile: boolean,
  places: { readonly source: Place; readonly target: Place },
  context: Context,
): Demands {
  const pair = context.counterparts.stack.find(({ source, target }) => source === stack || target === stack);
  if (pair?.target) return NONE;
  // A deployed stack has passed the validation of its template.
  const faults = isFile ? template.faults : [];
  const parts = [
    { refusals: faults.map(({ is: because, ...fault }) => ({ ...fault, because })), doubts: [] },
    ...template.rules.map((rule) => ruleDemand(rule, template, isFile, places)),
    ...template.creates.map((creation) => nameDemand(creation, template, stack, isFile, places, context)),
  ];
  return {
    refusals: parts.flatMap((p) => p.refusals),
    doubts: parts.flatMap((p) => p.doubts),
  };
}

function ruleDemand(
  { name, line, file, when, assertions }: Template['rules'][number],
  template: Template,
  isFile: boolean,
  { source, target: there }: { readonly source: Place; readonly target: Place },
): Demands {
  const applies = when === null ? true : decides(when, template, there);
  if (applies === false) return NONE;
  const answers = assertions.map((a) => ({ ...a, holds: decides(a.assert, template, there) }));
  const failing = answers.find((a) => a.holds === false);
  if (applies && failing) {
    // Defaults that the rule refuses in any region are there to be replaced by who deploys the file.
    if (isFile && hasParameter(failing.assert) && decides(failing.assert, template, source) === false) {
      const why = 'its assertion is false for the defaults of its parameters, which are to be given';
      return { refusals: [], doubts: [{ resource: name, type: 'Rules', why }] };
    }
    const what = failing.says === null ? `"${name}"` : `"${name}" ("${failing.says}")`;
    const refusal = { because: 'rule-fails', resource: name, path: 'Rules', line, file, what } as const;
    return { refusals: [refusal], doubts: [] };
  }
  if (answers.every((a) => a.holds === true)) return NONE;
  const why = 'whether its assertion is true is not known from the template';
  return { refusals: [], doubts: [{ resource: name, type: 'Rules', why }] };
}

function hasParameter(condition: Condition): boolean {
  return [...expressionsOf(condition)].some(({ is }) => is === 'parameter');
}

function nameDemand(
  creation: TemplateCreation,
  template: Template,
  stack: Stack,
  isFile: boolean,
  places: { readonly source: Place; readonly target: Place },
  context: Context,
): Demands {
  const { resource, type, path, line, file, to } = creation;
  const [outcome] = evaluate(creation.name, template, places.target);
  if (outcome?.is !== 'value') return NONE;
  const isOwnElsewhere = () =>
    !isFile &&
    context.source.account !== null &&
    context.source.account === context.target.account &&
    /^(?:CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status) &&
    evaluate(creation.name, template, places.source).some(
      (o) => o.is === 'value' && o.value === outcome.value,
    );
  const taken = isTaken(creation, outcome.value, template, places.target, resource, isOwnElsewhere, context);
  const what = `${WORDS[to]} "${outcome.value}"`;
  // The name counts only where the resource is created, which a condition may leave open.
  if (taken === 'unknown' || (taken && outcome.when.length > 0))
    return {
      refusals: [],
      doubts: [{ resource, type, why: `whether the name of ${what} is free is not known` }],
    };
  const refusal = { because: 'name-taken', resource, path, line, file, what } as const;
  return taken ? { refusals: [refusal], doubts: [] } : NONE;
}

function isTaken(
  { to, vpc }: TemplateCreation,
  name: string,
  template: Template,
  there: Place,
  resource: string,
  isOwnElsewhere: () => boolean,
  context: Context,
): boolean | 'unknown' {
  const { target } = context;
  switch (to) {
    case 'key-pair':
      return named(target.keyPairs, name, resource);
    case 'launch-template':
      return named(target.launchTemplates, name, resource);
    case 'launch-configuration':
      return named(target.launchConfigurations, name, resource);
    case 'auto-scaling-group':
      return named(target.autoScalingGroups, name, resource);
    case 'instance-profile': {
      if (isOwnElsewhere()) return true;
      return hasProfile(name, context);
    }
    // Roles are not read; one that a stack of the same account made is known to exist.
    case 'role':
      return isOwnElsewhere();
    case 'security-group': {
      if (target.securityGroups.status === 'failed') return 'unknown';
      const plain = (text: string) => text.trimEnd().toLowerCase();
      const vpcs = new Set(
        itemsOf(target.securityGroups)
          .filter((g) => plain(g.name) === plain(name) && !isMadeBy(g.tags, resource))
          .map((g) => g.vpcId),
      );
      if (vpcs.size === 0) return false;
      if (vpc === null) return itemsOf(target.vpcs).some((v) => v.isDefault && vpcs.has(v.id));
      const [into] = evaluate(vpc, template, there);
      if (into?.is === 'resource') return false;
      if (into?.is !== 'value' || into.when.length > 0) return 'unknown';
      const over = context.vpcs.vpc('target', into.value)?.id ?? context.vpcs.over('source', into.value);
      return over === null ? 'unknown' : vpcs.has(over);
    }
  }
}

function named(
  collected: Collected<{ readonly name: string | null; readonly tags?: Tags }>,
  name: string,
  resource: string,
): boolean | 'unknown' {
  if (collected.status === 'failed') return 'unknown';
  return collected.items.some((item) => item.name === name && !isMadeBy(item.tags ?? {}, resource));
}

/** What a stack made as this very resource is there because the template is deployed there already. */
function isMadeBy(tags: Tags, resource: string): boolean {
  // Of a nested stack: "Network.WebGroup".
  return Object.hasOwn(tags, LOGICAL_ID) && tags[LOGICAL_ID] === resource.split('.').at(-1);
}
