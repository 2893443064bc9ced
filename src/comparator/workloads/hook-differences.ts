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
 * The lifecycle hooks that the group of the target lacks, those that notify nothing there while they do on the source, and
 * those that wait for another time or end with another result. Hooks are counted per transition: one of another name may be
 * the same one, renamed.
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
      const pairs = a.flatMap((h): [LifecycleHook, LifecycleHook][] => {
        const same = b.find((other) => other.name === h.name);
        const only = a.length === 1 && b.length === 1 ? b[0] : undefined;
        const other = same ?? only;
        return other ? [[h, other]] : [];
      });
      const shown: Shown = {
        notifies: pairs.some(([h, o]) => h.name === o.name && h.notifies !== null && o.notifies === null),
        result: pairs.some(([h, o]) => differ(h.result, o.result)),
        timeoutSeconds: pairs.some(([h, o]) => differ(h.timeoutSeconds, o.timeoutSeconds)),
      };
      if (a.length <= b.length && !Object.values(shown).includes(true)) return [];
      const words = (hooks: readonly LifecycleHook[]) =>
        hooks.map((hook) => wordsOf(hook, shown)).join(', ') || `none${WHEN[transition] ?? ''}`;
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

/** Which attributes of hooks a sentence names: those in which a hook and its counterpart differ. */
type Shown = Readonly<Record<'notifies' | 'result' | 'timeoutSeconds', boolean>>;

/** What a snapshot of before does not hold is not compared. */
function differ<Value>(a: Value | null, b: Value | null): boolean {
  return a !== null && b !== null && a !== b;
}

function wordsOf(
  { name, transition, notifies, result, timeoutSeconds }: LifecycleHook,
  shown: Shown,
): string {
  const ends = [
    ...(shown.result ? [`result ${result ?? 'not read'}`] : []),
    ...(shown.timeoutSeconds
      ? [timeoutSeconds === null ? 'timeout not read' : `after ${timeoutSeconds} seconds`]
      : []),
  ].join(' ');
  return [
    `${name}${WHEN[transition] ?? ''}`,
    ...(shown.notifies
      ? [`which notifies ${notifies === null ? 'nothing' : (notifies.split(':').at(-1) ?? notifies)}`]
      : []),
    ...(ends === '' ? [] : [ends]),
  ].join(', ');
}
