import type { TemplateReference } from '../../inventory/template.ts';
import type { Chain, LookedAt } from '../../report/model.ts';
import type { DifferingPart } from '../../report/rules/workloads.ts';
import type { LaunchPart, PartState, WorkloadVerdict } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { launchJudgement } from '../launches/index.ts';
import { namedBy } from '../launches/named.ts';
import type { ReferenceTo } from '../workloads/reference.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import type { Workload } from '../workloads/workloads.ts';

export const PART_OF_DIFFERENCE = {
  'key pair': 'key',
  'security groups': 'groups',
  image: 'image',
  'lifecycle hooks': null,
} as const satisfies Readonly<Record<DifferingPart, LaunchPart | null>>;

/** A reason with the parts of the launch that it is about; null: the launch as a whole, of which nothing is known then. */
export interface PartChain extends Chain {
  readonly parts: readonly LaunchPart[] | null;
}

export const PART_OF_REFERENCE = {
  'key-pair': 'key',
  'security-group': 'groups',
  image: 'image',
} as const satisfies Readonly<Record<ReferenceTo, LaunchPart>>;

export function about(part: LaunchPart | null, chains: readonly Chain[]): PartChain[] {
  const parts = part === null ? [] : [part];
  return chains.map((chain) => ({ ...chain, parts }));
}

const STATE_OF_VERDICT = {
  blocked: 'stops',
  unknown: 'unknown',
  degraded: 'degrades',
  launchable: 'fine',
} as const satisfies Readonly<Record<WorkloadVerdict, PartState>>;

const WORST_FIRST = ['blocked', 'unknown', 'degraded'] as const;

/** What the worst reason about a part of the launch, or about the whole of it (null), amounts to; null where there is none. */
function stateOf(part: LaunchPart | null, chains: readonly PartChain[]): PartState | null {
  const own = chains.filter(({ parts }) => (part === null ? parts === null : parts?.includes(part)));
  const worst = WORST_FIRST.find((v) => own.some((c) => c.verdict === v));
  return worst ? STATE_OF_VERDICT[worst] : null;
}

/**
 * Per part of the launch, what is known of it on the target. `fine` is only what a check compared with what the target has:
 * what was not looked at, or could not be read, is never fine.
 */
export function lookedAtBy(workload: Workload, chains: readonly PartChain[], context: Context): LookedAt {
  const { looked, omissions } = launchJudgement(workload.item, context);
  const named = namedBy(workload, context);
  // Without its template or configuration nothing of the launch can be looked at.
  const whole = stateOf(null, chains);
  const rest = whole === 'stops' ? 'not-looked-at' : whole;
  return partsOf((part) => {
    const state = stateOf(part, chains);
    if (state !== null) return { state, what: named[part] };
    if (omissions.some((o) => o.parts.includes(part))) return { state: 'not-looked-at', what: named[part] };
    if (looked.includes(part)) return { state: 'fine', what: named[part] };
    if (rest !== null) return { state: rest, what: named[part] };
    // Key pair, groups and image are compared wherever they are named.
    if (part === 'key' || part === 'groups' || part === 'image')
      return { state: named[part].length > 0 ? 'fine' : 'does-not-apply', what: named[part] };
    return { state: 'does-not-apply', what: [] };
  });
}

/**
 * Of a stack what its template names is looked at.
 * @param stack The one whose template is judged. @param asked The one that is asked about.
 */
export function lookedAtInStack(
  stack: StackUser,
  asked: StackUser,
  chains: readonly PartChain[],
  context: Context,
): LookedAt {
  const { looked, omissions } = launchJudgement(asked.item, context);
  const whole = stateOf(null, chains);
  return partsOf((part) => {
    const state = stateOf(part, chains);
    const checks = stack.checks.filter(
      ({ reference: { to } }) => to !== 'value' && partOfStackReference(to) === part,
    );
    if (state !== null) return { state, what: [] };
    if (whole !== null) return { state: whole === 'stops' ? 'not-looked-at' : whole, what: [] };
    if (part === 'key' || part === 'groups' || part === 'image')
      return { state: checks.length > 0 ? 'fine' : 'does-not-apply', what: [] };
    if (omissions.some((o) => o.parts.includes(part)) || !looked.includes(part))
      return { state: 'not-looked-at', what: [] };
    return { state: 'fine', what: [] };
  });
}

const PART_OF_STACK_REFERENCE = {
  ...PART_OF_REFERENCE,
  'prefix-list': 'groups',
  'launch-template': null,
  'launch-configuration': null,
} as const satisfies Readonly<Record<TemplateReference['to'], LaunchPart | null>>;

export function partOfStackReference(to: TemplateReference['to']): LaunchPart | null {
  return PART_OF_STACK_REFERENCE[to];
}

interface Part {
  readonly state: PartState;
  readonly what: readonly string[];
}

function partsOf(stateOfPart: (part: LaunchPart) => Part): LookedAt {
  const stated = (part: LaunchPart) => {
    const { state, what } = stateOfPart(part);
    return what.length > 0 ? { state, what: [...what] } : { state };
  };
  return {
    key: stated('key'),
    groups: stated('groups'),
    image: stated('image'),
    type: stated('type'),
    network: stated('network'),
    profile: stated('profile'),
    storage: stated('storage'),
    quota: stated('quota'),
  };
}
