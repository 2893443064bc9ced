import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { Template, TemplateLaunch } from '../../inventory/template.ts';
import { launchesOfPart, startsOf } from './launch-parts.ts';
import { composedLaunches, usesDefaultVpc } from './launch-sources.ts';
import { isGiven, OF_ONE_REGION, textsOf, WORDS } from './launch-texts.ts';
import type { LaunchValue } from './launch-values.ts';
import type { ComposedStackLaunch, StackLaunch } from './stack-launch.ts';

export interface StackLaunches {
  readonly launches: readonly StackLaunch[];
  readonly composed: readonly ComposedStackLaunch[];
  /** What a launch names without a known value. */
  readonly unresolved: readonly { readonly resource: string; readonly what: string; readonly why: string }[];
}

/**
 * Which values that mean one region are left out: those that were given to the template, since a new deployment of it is
 * given others (`given`); all, since it shows what exists on the source, however that was chosen (`all`); none, since it is
 * the template of a stack of the target (`none`).
 */
export type LeftOut = 'given' | 'all' | 'none';

export function stackLaunches(template: Template, place: Place, leftOut: LeftOut): StackLaunches {
  const made = profilesMadeBy(template, place);
  const found = template.launches.map((launch) => launchesOf(launch, template, place, leftOut, made));
  return {
    launches: found.flatMap(({ launches }) => launches),
    composed: composedLaunches(template, place).flatMap(({ launch, ...joins }) =>
      launchesOf(launch, template, place, leftOut, made).launches.map((one) => ({ ...one, ...joins })),
    ),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
}

function launchesOf(
  launch: TemplateLaunch,
  template: Template,
  place: Place,
  leftOut: LeftOut,
  made: ReadonlySet<string>,
): Omit<StackLaunches, 'composed'> {
  const { resource, type, starts, fields } = launch;
  const certain: LaunchValue[] = [];
  const open: LaunchValue[] = [];
  const unresolved: { resource: string; what: string; why: string }[] = [];
  for (const { field, path, line, file, value } of fields) {
    // It is listed as not looked at.
    if (field === 'platform') continue;
    for (const outcome of evaluate(value, template, place)) {
      const word = WORDS[field];
      // Any zone that it gives is one of the region.
      if (starts && outcome.is === 'unresolved' && word !== null && outcome.what !== 'Fn::GetAZs')
        unresolved.push({ resource, what: word, why: outcome.what });
      if (OF_ONE_REGION.has(field) && isLeftOut(outcome, template, leftOut)) continue;
      const at = outcome.line === null ? { line, file } : { line: outcome.line, file: outcome.file };
      for (const [i, text] of textsOf(outcome, field, place).entries())
        if (field !== 'profile' || !made.has(text))
          (outcome.when.length > 0 ? open : certain).push({
            field,
            // Each snapshot that one text names is of another volume.
            path: field === 'snapshot' && i > 0 ? `${path}.${i}.` : path,
            text,
            ...at,
          });
    }
  }
  const shared = {
    resource,
    resourceType: type,
    starts,
    inDefaultVpc: usesDefaultVpc(launch, template, place),
  };
  return {
    launches: [
      ...(certain.length === 0 && (shared.inDefaultVpc || launch.userData)
        ? launchesOfPart([], resource, type, false)
        : startsOf(certain, resource, type)),
      ...open.flatMap((value) => startsOf([value], resource, type, true)),
    ].map((one) => ({ ...shared, ...one, details: { ...one.details, userData: launch.userData } })),
    unresolved,
  };
}

/** The names of the instance profiles that the template creates itself. */
function profilesMadeBy(template: Template, place: Place): ReadonlySet<string> {
  return new Set(
    template.creates.flatMap(({ to, name }) =>
      to === 'instance-profile'
        ? evaluate(name, template, place).flatMap((o) => (o.is === 'value' ? [o.value] : []))
        : [],
    ),
  );
}

function isLeftOut(outcome: Outcome, template: Template, leftOut: LeftOut): boolean {
  return leftOut === 'all' || (leftOut === 'given' && isGiven(outcome, template));
}
