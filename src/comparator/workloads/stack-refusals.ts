import { decides, evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import { expressionsOf } from '../../cloudformation/reach.ts';
import { nameFault } from '../../inventory/ec2-names.ts';
import type { Stack } from '../../inventory/stack.ts';
import type {
  Condition,
  CreatedKind,
  Template,
  TemplateCreation,
  TemplateReference,
} from '../../inventory/template.ts';
import type { Context } from '../context.ts';
import type { Demands } from './stack-demands.ts';
import { isTaken } from './taken-names.ts';
import { faultDemands } from './template-faults.ts';
import { workloadsOf } from './workloads.ts';

const NONE: Demands = { refusals: [], doubts: [] };
const WORDS: Readonly<Record<CreatedKind, string>> = {
  'key-pair': 'key pair',
  'security-group': 'security group',
  'launch-template': 'launch template',
  'launch-configuration': 'launch configuration',
  'auto-scaling-group': 'Auto Scaling group',
  'instance-profile': 'instance profile',
  role: 'IAM role',
  'placement-group': 'placement group',
  'target-group': 'target group',
  'classic-load-balancer': 'Classic Load Balancer',
  parameter: 'SSM parameter',
  export: 'export',
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
  const parts = [
    ...template.faults.map((fault) => faultDemands(fault, template, isFile, places, context)),
    ...template.rules.map((rule) => ruleDemand(rule, template, isFile, places)),
    ...template.references.map((one) => copyDemand(one, template, places.target, context)),
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

/** An image that is copied has to exist in the region that it is copied from. */
function copyDemand(
  { resource, type, path, line, file, value, region }: TemplateReference,
  template: Template,
  place: Place,
  context: Context,
): Demands {
  if (!region) return NONE;
  const [from] = evaluate(region, template, place);
  const [image] = evaluate(value, template, place);
  if (from?.is !== 'value' || image?.is !== 'value' || image.when.length > 0) return NONE;
  const { index } = workloadsOf(context);
  const side = [context.target, context.source].find((one) => one.region === from.value);
  if (!side) return NONE;
  const found = (side === context.target ? index.target : index.source).imageById(image.value);
  const what = `image ${image.value} of ${from.value}`;
  if (found.is === 'unread')
    return {
      refusals: [],
      doubts: [{ resource, type, why: `whether there is ${what}, which it copies, was not read` }],
    };
  if (found.is !== 'dangling') return NONE;
  return { refusals: [{ because: 'no-source-image', resource, path, line, file, what }], doubts: [] };
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
    evaluate(creation.name, template, places.source).some((o) => isSame(o, outcome));
  const what = `${WORDS[to]} "${outcome.value}"`;
  const fault = nameFault(to, outcome.value);
  if (fault !== null) {
    // The name of a deployed stack was taken in its own region.
    if (!isFile && evaluate(creation.name, template, places.source).some((o) => isSame(o, outcome)))
      return NONE;
    const why = `whether it is created with the name "${outcome.value}", which ${fault}, is not known`;
    if (outcome.when.length > 0) return { refusals: [], doubts: [{ resource, type, why }] };
    const refused = { because: 'name-refused', what: `${what}, whose name ${fault}` } as const;
    return { refusals: [{ ...refused, resource, path, line, file }], doubts: [] };
  }
  const taken = isTaken(creation, outcome.value, template, places.target, resource, isOwnElsewhere, context);
  // The name counts only where the resource is created, which a condition may leave open.
  if (taken === 'unknown' || (taken && outcome.when.length > 0))
    return {
      refusals: [],
      doubts: [{ resource, type, why: `whether the name of ${what} is free is not known` }],
    };
  const refusal = { because: 'name-taken', resource, path, line, file, what } as const;
  return taken ? { refusals: [refusal], doubts: [] } : NONE;
}

function isSame(one: Outcome, other: Outcome): boolean {
  return one.is === 'value' && other.is === 'value' && one.value === other.value;
}
