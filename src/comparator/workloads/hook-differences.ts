import type { LifecycleHook } from '../../inventory/launch-facts/attachments.ts';
import { compareText } from '../../inventory/order.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import type { Context } from '../context.ts';
import type { Workload } from './workloads.ts';

/** One part in which two launches differ, in names. */
export interface Differing {
  readonly role: string | null;
  readonly part: DifferingPart;
  readonly source: string;
  readonly target: string;
}

/**
 * The lifecycle hooks that the group of the target lacks, and those that notify nothing there while they do on the source.
 * Hooks are counted per transition: one of another name may be the same one, renamed.
 */
export function hookDifferences(
  source: Workload,
  target: Workload,
  context: Context,
): { differing: readonly Differing[]; unknown: boolean } {
  if (source.kind !== 'auto-scaling-group' || target.kind !== 'auto-scaling-group') return NONE;
  const here = hooksOf(source, context);
  const there = hooksOf(target, context);
  if (here === 'failed' || there === 'failed') return { differing: [], unknown: true };
  // What was not requested is listed as not looked at.
  if (here === null || there === null) return NONE;
  const transitions = [...new Set(here.map((hook) => hook.transition))].sort(compareText);
  return {
    unknown: false,
    differing: transitions.flatMap((transition): Differing[] => {
      const of = (hooks: readonly LifecycleHook[]) => hooks.filter((h) => h.transition === transition);
      const [a, b] = [of(here), of(there)];
      const silent = a.filter((h) =>
        b.some((other) => other.name === h.name && h.notifies !== null && other.notifies === null),
      );
      if (a.length <= b.length && silent.length === 0) return [];
      const words = (hooks: readonly LifecycleHook[]) =>
        hooks.map((hook) => wordsOf(hook, silent)).join(', ') || `none${WHEN[transition] ?? ''}`;
      return [{ role: null, part: 'lifecycle hooks', source: words(a), target: words(b) }];
    }),
  };
}

function hooksOf(
  { name, side }: Workload,
  { config, ...context }: Context,
): readonly LifecycleHook[] | 'failed' | null {
  if (config.launch?.skip?.includes('lifecycleHooks')) return null;
  const collected = context[side].launchFacts.lifecycleHooks;
  if (collected.status === 'failed') return NOT_ASKED.has(collected.failure.code) ? null : 'failed';
  return collected.items.find(({ id }) => id === name)?.hooks ?? null;
}

const NOT_ASKED: ReadonlySet<string> = new Set(['not-in-dump', 'not-read', 'unsupported']);

const NONE = { differing: [], unknown: false } as const;

const WHEN: Readonly<Record<string, string>> = {
  'autoscaling:EC2_INSTANCE_LAUNCHING': ' at launch',
  'autoscaling:EC2_INSTANCE_TERMINATING': ' at termination',
};

/** What a hook notifies is named where only one side notifies anything. */
function wordsOf({ name, transition, notifies }: LifecycleHook, silent: readonly LifecycleHook[]): string {
  const when = WHEN[transition] ?? '';
  if (!silent.some((hook) => hook.name === name)) return `${name}${when}`;
  return `${name}${when}, which notifies ${notifies === null ? 'nothing' : (notifies.split(':').at(-1) ?? notifies)}`;
}
