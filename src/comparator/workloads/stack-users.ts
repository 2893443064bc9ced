import { evaluate } from '../../cloudformation/evaluate.ts';
import { STARTING } from '../../cloudformation/starting.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Template } from '../../inventory/template.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import type { StackDoubt, StackRefusal } from './stack-demands.ts';
import { stackLaunches } from './stack-launches.ts';
import { demandsOf } from './stack-refusals.ts';
import { type Check, checksOf } from './template-checks.ts';
import { placeIn } from './template-place.ts';
import { workloadsOf } from './workloads.ts';

/**
 * The stack of the target that is deployed in place of a stack of the source: what starts there is its own. Null where there
 * is none, where it was not deployed whole, and where its template was not read.
 */
export function deployedCounterpart({ side, item }: StackUser, context: Context): StackUser | null {
  if (side === 'target') return null;
  const pair = context.counterparts.stack.find(({ source }) => source === item);
  const target = pair?.pairingStatus === 'paired' ? pair.target : null;
  return target && target.template !== null && DEPLOYED.test(target.status) ? stackOf(target, context) : null;
}

/** Not one whose creation failed: nothing of it is there, and it has to be deleted before it can be created again. */
const DEPLOYED =
  /^(?:(?:CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE|UPDATE_(?:ROLLBACK_)?(?:IN_PROGRESS|FAILED|COMPLETE_CLEANUP_IN_PROGRESS))$/;

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
        (template?.references.some((r) => r.launches) ?? false) ||
        (template?.launches.some(({ starts }) => starts) ?? false),
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

/** What the launches name without a known value, such as a subnet from a parameter without a value. */
function openLaunches(
  template: Template | null,
  stack: Stack,
  side: SideName,
  context: Context,
): StackDoubt[] {
  if (template === null || side === 'target') return [];
  const leftOut = context.fileOf(stack)?.applied ? 'all' : 'given';
  const { unresolved } = stackLaunches(template, placeIn('target', stack, context), leftOut);
  return unresolved.map(({ resource, what, why }) => ({ resource, type: what, why: `unresolved: ${why}` }));
}

function unknownIn(template: Template, stack: Stack, context: Context): StackDoubt[] {
  return template.unknownLaunches.flatMap(({ resource, type, value }) =>
    evaluate(value, template, placeIn('target', stack, context)).flatMap((outcome) =>
      outcome.is === 'unresolved' ? [{ resource, type, why: outcome.what }] : [],
    ),
  );
}
