import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { Template, TemplateReference } from '../../inventory/template.ts';
import type { Context } from '../context.ts';
import { launchOf, launchReferences } from './launch-sources.ts';
import { versionOf } from './launches.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Whether a launch that names no image itself gets one from its launch template.
 * - `none`: it has no launch template.
 * - `lacks`: no launch template of it names an image, wherever it is deployed; `lacks-there`: the one that the target has does not.
 */
export type ImageSource = 'none' | 'given' | 'lacks' | 'lacks-there';

export function givesImage(
  resource: string,
  path: string,
  template: Template,
  place: Place,
  context: Context,
): ImageSource {
  const found = launchReferences(resource, template).flatMap((reference) =>
    evaluate(reference.value, template, place).flatMap((outcome) =>
      outcome.is === 'absent' ? [] : [ofReference(reference, outcome, template, place, context)],
    ),
  );
  // What launches nothing but launch templates and names none of them has another fault.
  if (found.length === 0) return path.endsWith('ImageId') ? 'none' : 'given';
  if (found.includes('given')) return 'given';
  return found.includes('lacks-there') ? 'lacks-there' : 'lacks';
}

function ofReference(
  { to, version }: TemplateReference,
  outcome: Outcome,
  template: Template,
  place: Place,
  context: Context,
): 'given' | 'lacks' | 'lacks-there' {
  if (to !== 'launch-template' || outcome.when.length > 0) return 'given';
  if (outcome.is === 'resource') return ofOwnTemplate(outcome.logicalId, template, place);
  if (outcome.is !== 'value') return 'given';
  const isId = outcome.value.startsWith('lt-');
  const choice = {
    id: isId ? outcome.value : null,
    name: isId ? null : outcome.value,
    version: versionIn(version, template, place),
  };
  const there = workloadsOf(context).index.target.launchTemplate(choice);
  const found = there?.versions?.find((v) => v.number === versionOf(choice, there));
  return found && found.launch.imageId === null ? 'lacks-there' : 'given';
}

function versionIn(version: TemplateReference['version'], template: Template, place: Place): string {
  const [only, ...more] = version ? evaluate(version, template, place) : [];
  return only?.is === 'value' && more.length === 0 ? only.value : '$Default';
}

function ofOwnTemplate(
  logicalId: string,
  template: Template,
  place: Place,
): 'given' | 'lacks' | 'lacks-there' {
  const launch = launchOf(logicalId, template);
  const images = (launch?.fields ?? []).filter(({ field }) => field === 'image');
  if (images.length === 0) return 'lacks';
  const outcomes = images.flatMap(({ value }) => evaluate(value, template, place));
  return outcomes.every((o) => o.is === 'absent' && o.when.length === 0) ? 'lacks-there' : 'given';
}
