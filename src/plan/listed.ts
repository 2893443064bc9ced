import { groupByEach } from '../text/groups.ts';
import type { Draft, OperationType } from './model.ts';

/** Where the steps for one entry of a list are. */
export interface Listed {
  /** The steps that are listed with it, in the order of the plan. */
  readonly own: readonly Draft[];
  /** The place of another entry that has steps for it; null where none has. */
  readonly elsewhere: number | null;
}

/** The findings about what a step changes list the step, before others that it is also for: the first part of their rules. */
const CHANGES = {
  'create-prefix-list': 'prefix-list',
  'resize-prefix-list': 'prefix-list',
  'change-prefix-list': 'prefix-list',
  'create-security-group': 'security-group',
  'authorize-rules': 'security-group',
  'revoke-rules': 'security-group',
  'describe-rules': 'security-group',
  'import-key-pair': 'key-pair',
  'set-tags': null,
  'grant-key': 'image',
  'share-image': 'image',
  'share-snapshot': 'image',
  'copy-image': 'image',
  'wait-for-image': 'image',
  'grant-launch': 'image',
  'deprecate-image': 'image',
  'protect-image': 'image',
  'put-parameter': null,
  'create-launch-template': 'workload',
  'copy-template-version': 'workload',
  'create-template-version': 'workload',
  'set-default-version': 'workload',
} as const satisfies Record<OperationType, string | null>;

/**
 * Lists each step with one entry: the first that it is for, but not before what it needs. The commands can then be run in the
 * order of the list.
 * @param steps In the order of the plan.
 * @param entries The findings that each is about, by fingerprint.
 * @param ruleOf The rule of a finding.
 */
export function listedFor(
  steps: readonly Draft[],
  entries: readonly (readonly string[])[],
  ruleOf: (fingerprint: string) => string | undefined,
): Listed[] {
  const firstOf = new Map<string, number>();
  for (const [place, aims] of entries.entries())
    for (const aim of aims) if (!firstOf.has(aim)) firstOf.set(aim, place);
  const earliest = (places: readonly (number | undefined)[]) =>
    Math.min(...places.map((place) => place ?? Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  const needing = groupByEach(steps, (step) => step.needs);
  const wanted = new Map<string, number>();
  for (const { id, aims, operation } of [...steps].reverse()) {
    const listed = aims.filter((aim) => firstOf.has(aim));
    const about = listed.filter((aim) => ruleOf(aim)?.split('/')[0] === CHANGES[operation.type]);
    const own = earliest((about.length > 0 ? about : listed).map((aim) => firstOf.get(aim)));
    const later = (needing.get(id) ?? []).map((step) => wanted.get(step.id));
    wanted.set(id, own === Number.POSITIVE_INFINITY ? earliest(later) : own);
  }
  const placed = new Map<string, number>();
  for (const { id, needs } of steps) {
    const before = needs.map((need) => placed.get(need)).filter((place) => place !== undefined);
    const own = wanted.get(id) ?? Number.POSITIVE_INFINITY;
    if (own !== Number.POSITIVE_INFINITY)
      placed.set(id, Math.max(own, ...before.filter((place) => place !== Number.POSITIVE_INFINITY)));
  }
  const own = groupByEach(steps, ({ id }) => (placed.has(id) ? [placed.get(id) as number] : []));
  const aiming = groupByEach(steps, (step) => step.aims);
  return entries.map((aims, place) => ({
    own: own.get(place) ?? [],
    elsewhere:
      aims
        .flatMap((aim) => aiming.get(aim) ?? [])
        .map(({ id }) => placed.get(id))
        .find((at) => at !== undefined && at !== place) ?? null,
  }));
}
