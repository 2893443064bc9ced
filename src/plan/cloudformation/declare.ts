import { type Declaration, type Declarers, declareSteps } from '../declare.ts';
import type { LeftToScript } from '../declared.ts';
import { type AddedRule, type GroupChange, groupChanges, refKey, type StepOf } from '../group-changes.ts';
import { listInTheEnd } from '../list-end.ts';
import type { Plan, Step } from '../model.ts';
import { tagsToSet } from '../tags.ts';
import { type InsideEgress, insideEgress } from './default-egress.ts';
import { groupResource, keyResource, listResource, parameterResource } from './objects.ts';
import type { Resource } from './resources.ts';
import { ruleResource } from './rules.ts';

const EXISTS = { because: 'CloudFormation changes only what a stack has made or imported.' };
const IMAGES = { because: 'CloudFormation has no resource for images.' };
const TEMPLATE = {
  because: 'CloudFormation makes versions only of launch templates that are in the stack.',
};

const USER_DATA = {
  because:
    'The script reads the data of the launch template of the source when it runs: a plan does not hold user data.',
};

/** What a step declares. Which rule of a group is inside it is decided once all rules of the file are known. */
type Part =
  | { readonly resource: Resource }
  | { readonly step: StepOf<'create-security-group'>; readonly change: GroupChange }
  | { readonly added: AddedRule; readonly change: GroupChange };

/** The resources of the steps that CloudFormation can do. */
export function declare(plan: Plan): {
  readonly resources: readonly Resource[];
  readonly left: readonly LeftToScript[];
} {
  const { groups } = groupChanges(plan);
  const tags = tagsToSet(plan);
  const rules = (step: Step, change: GroupChange | undefined): Part[] =>
    change ? change.added.filter((a) => a.step === step).map((added) => ({ added, change })) : [];
  const ofMade = (isMade: boolean): Declaration<Part> => (isMade ? [] : EXISTS);
  const declarers: Declarers<Part> = {
    'create-prefix-list': (step) => {
      const list = { madeBy: step.id };
      const end = listInTheEnd(list, step.operation, plan);
      return [{ resource: listResource(step, end, tags(list)) }];
    },
    'resize-prefix-list': ({ operation }) => ofMade('madeBy' in operation.list),
    'change-prefix-list': ({ operation }) => ofMade('madeBy' in operation.list),
    'create-security-group': (step) => {
      const change = groups.get(refKey({ madeBy: step.id }));
      return change ? [{ step, change }, ...rules(step, change)] : [];
    },
    'authorize-rules': (step) =>
      step.operation.rules.some((rule) => rule.peer.type === 'group' && rule.peer.ownerId !== null) &&
      step.operation.direction === 'egress'
        ? { because: 'A rule of egress in CloudFormation cannot name the account of a group.' }
        : rules(step, groups.get(refKey(step.operation.group))),
    'revoke-rules': ({ operation }) => ofMade('madeBy' in operation.group),
    'describe-rules': ({ operation }) => ofMade('madeBy' in operation.group),
    'import-key-pair': (step) => [{ resource: keyResource(step, tags({ madeBy: step.id })) }],
    'set-tags': ({ operation }) => ofMade('madeBy' in operation.resource),
    'grant-key': () => ({ because: 'CloudFormation has no resource for a grant of a KMS key.' }),
    'share-image': () => IMAGES,
    'share-snapshot': () => IMAGES,
    'copy-image': () => IMAGES,
    'wait-for-image': () => IMAGES,
    'grant-launch': () => IMAGES,
    'deprecate-image': () => IMAGES,
    'protect-image': () => IMAGES,
    'put-parameter': (step) => (step.operation.overwrite ? EXISTS : [{ resource: parameterResource(step) }]),
    'create-launch-template': () => USER_DATA,
    'copy-template-version': () => USER_DATA,
    'create-template-version': () => TEMPLATE,
    'set-default-version': () => TEMPLATE,
  };
  const { out, left } = declareSteps(plan, 'CloudFormation', declarers, notWritable);
  const egress = out.flatMap((part) => ('added' in part && part.added.direction === 'egress' ? [part] : []));
  const newGroups = out.flatMap((part) => ('step' in part ? [part] : []));
  const inside = insideEgress(
    newGroups.map(({ change }) => ({
      change,
      egress: egress.filter((e) => e.change === change).map((e) => e.added),
    })),
  );
  return {
    resources: out.flatMap((part): Resource[] => {
      if ('resource' in part) return [part.resource];
      const within = inside.get(refKey(part.change.group));
      if ('step' in part)
        return [groupResource(part.step, within ?? { type: 'default' }, tags({ madeBy: part.step.id }))];
      return isWritten(part.added, part.change, within) ? [ruleResource(part.added, part.change, plan)] : [];
    }),
    left: [
      ...left,
      ...newGroups.flatMap(({ step, change }) => localhost(step, inside.get(refKey(change.group)))),
    ],
  };
}

/** Whether a rule is a separate resource: not one that is inside the group, nor one that EC2 gives to a new group. */
function isWritten(added: AddedRule, { made }: GroupChange, within: InsideEgress | undefined): boolean {
  if (within?.type === 'rule' && within.added === added) return false;
  return !(within?.type === 'default' && added.direction === 'egress' && added.step === made);
}

function localhost(step: Step, within: InsideEgress | undefined): LeftToScript[] {
  if (within?.type !== 'localhost') return [];
  const because =
    'CloudFormation makes no group without a rule of egress. This one has a rule for all traffic to 127.0.0.1/32, which admits nothing. Remove it with aws ec2 revoke-security-group-egress.';
  return [{ step, because }];
}

/** Why no template can have what the step makes; null where one can. */
function notWritable({ operation }: Step): string | null {
  // CloudFormation replaces it in any text by what it names, and has no way to write it as text.
  if (JSON.stringify(operation).includes('{{resolve:'))
    return 'It holds a text that CloudFormation would replace: {{resolve:.';
  // The schema of tags in CloudFormation has the pattern "^(?!aws:).+$".
  const isBroken = 'tags' in operation && Object.keys(operation.tags).some((key) => /[\n\r]/.test(key));
  return isBroken ? 'CloudFormation accepts no tag whose key has a line break.' : null;
}
