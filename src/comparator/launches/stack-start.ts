import type { Image } from '../../inventory/image.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Context } from '../context.ts';
import { interfaceIn } from '../workloads/launch-values.ts';
import type { StackLaunch } from '../workloads/stack-launch.ts';
import { metadataIn } from '../workloads/stack-metadata.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import { placeIn } from '../workloads/template-place.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import type { Start } from './starts.ts';

/** The start of one launch of a template, with what it names as the target has it. */
export function startOf(launch: StackLaunch, stack: StackUser, context: Context, composed = false): Start {
  const { resource, details, image: named, groups, interfaces } = launch;
  const image = named === null ? null : imageOnTarget(named, context);
  const { template } = stack.item;
  return {
    step: null,
    template: null,
    at: resource,
    owner: stack.item,
    details,
    mode: 'target',
    type: details.instanceType,
    byAttributes: details.requirements !== null,
    groupsPerInterface: Math.max(0, ...interfaces.map((own) => new Set(own).size)),
    // Subnets that a service chooses among are no interfaces.
    interfaceCount: new Set(launch.values.flatMap(({ path }) => interfaceIn(path) ?? [])).size,
    groupsNamed: groups.length,
    groupsById: groups.length,
    weight: 1,
    image,
    imageStatus: image !== null ? 'known' : named === null ? 'unnamed' : 'absent',
    metadata:
      template === null
        ? 'elsewhere'
        : metadataIn(launch, template, placeIn('target', stack.item, context), composed),
    groups: groups.flatMap((id) => groupOnTarget(id, context)),
    groupsOfInterfaces: interfaces.map((own) => own.flatMap((id) => groupOnTarget(id, context))),
  };
}

/** The image of the id, or its counterpart where it is one of the source. */
function imageOnTarget(id: string, context: Context): Image | null {
  const { index } = workloadsOf(context);
  const there = index.target.imageById(id);
  if (there.is === 'image') return there.item;
  if (there.is === 'other-image') return there.item.details;
  return context.counterparts.image.find(({ source }) => source?.id === id)?.target ?? null;
}

function groupOnTarget(id: string, context: Context): SecurityGroup[] {
  const { found: there } = workloadsOf(context).index.target.group({ id, name: null });
  if (there.is === 'security-group') return [there.item];
  const pair = context.counterparts['security-group'].find(({ source }) => source?.id === id);
  return pair?.target ? [pair.target] : [];
}
