import { changedBy } from '../../comparator/commands/owners.ts';
import type { GroupReference, Launch } from '../../inventory/launch.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { Finding } from '../../report/model.ts';
import type { FactsOf } from '../../report/rules/index.ts';
import { listed } from '../../text/lists.ts';
import type { Ref, TemplateChanges } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { createGroupStep } from './group-rules.ts';
import { waitForImageStep } from './images.ts';
import { addMissingGroup } from './missing-groups.ts';
import { changedElsewhere, managerOf } from './owners.ts';
import { NOT_PAIRED, pairOf, pairOfSource } from './pairs.ts';
import { imageFor } from './parameters.ts';
import { keyFor } from './template-replacements.ts';

/**
 * Drafts a version of a launch template of the target that names the key pair, the groups and the image of the target which
 * correspond to those of the source, and makes it the default version.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addTemplateVersion(
  finding: Finding,
  { parts }: FactsOf<'workload/differs'>,
  planning: Planning,
): Reason | null {
  const pair = pairOf('launch-template', finding, planning);
  if (!pair?.source || !pair.target)
    return finding.kind === 'launch-template' ? NOT_PAIRED : { type: 'deployed-elsewhere' };
  const { source, target } = pair;
  const by = changedBy({ ...target, ownerId: null }, 'target', planning.context);
  if (by) return changedElsewhere(by);
  const service = managerOf(target);
  if (service !== null) return { type: 'service-manages', service };
  const [from, base] = [launchOf(source), launchOf(target)];
  if (!from || !base) return { type: 'versions-unread' };
  if (!launchesTheSame(source)) return { type: 'two-versions' };
  const made = changesOf(from, base, parts, planning);
  if ('obstacle' in made) return made.obstacle;
  const { changes } = made;
  const { id, name } = target;
  const needs = [
    ...made.needs,
    ...[changes.image, ...(changes.groups ?? [])].flatMap((ref) =>
      ref && 'madeBy' in ref ? [ref.madeBy] : [],
    ),
  ];
  // A template that names a copy which is not available yet launches nothing.
  if (changes.image && 'madeBy' in changes.image && from.imageId !== null)
    needs.push(waitForImageStep(from.imageId));
  const aims = [finding.fingerprint];
  const version = planning.drafts.add({
    id: `create-template-version:${id}`,
    does: `Create a version of the launch template "${name}" that names the ${listed(parts)} of the target`,
    side: 'target',
    needs,
    aims,
    operation: {
      type: 'create-template-version',
      templateId: id,
      name,
      baseVersion: target.defaultVersion,
      changes,
      marker: `ec2-parity ${finding.fingerprint} ${finding.content}`,
    },
  });
  planning.drafts.add({
    id: `set-default-version:${id}`,
    does: `Make that version the default of the launch template "${name}"`,
    side: 'target',
    needs: [version],
    aims,
    operation: { type: 'set-default-version', template: { id }, name, version: { madeBy: version } },
  });
  return null;
}

/** Whether the default and the latest version name the same: a new version of the target is both. */
function launchesTheSame({ versions, defaultVersion, latestVersion }: LaunchTemplate): boolean {
  const [first, last] = [defaultVersion, latestVersion].map((n) => versions?.find((v) => v.number === n));
  const named = ({ keyName, imageId, interfaces }: Launch) => JSON.stringify([keyName, imageId, interfaces]);
  return !first || !last || named(first.launch) === named(last.launch);
}

function launchOf({ versions, defaultVersion }: LaunchTemplate): Launch | null {
  return versions?.find((v) => v.number === defaultVersion)?.launch ?? null;
}

/** What differs, in terms of the target, with the steps that make what it only names; or why it cannot be written. */
function changesOf(
  from: Launch,
  base: Launch,
  parts: FactsOf<'workload/differs'>['parts'],
  planning: Planning,
): { readonly changes: TemplateChanges; readonly needs: readonly string[] } | { readonly obstacle: Reason } {
  let changes = named(base);
  const needs: string[] = [];
  for (const part of parts) {
    switch (part) {
      case 'key pair': {
        if (from.keyName === null) return { obstacle: { type: 'template-cannot-remove', part } };
        const key = keyFor(from.keyName, planning);
        if ('obstacle' in key) return key;
        if (key.needs !== undefined) needs.push(key.needs);
        if ('id' in key.to) changes = { ...changes, keyName: key.to.id };
        break;
      }
      case 'image': {
        if (from.imageId === null) return { obstacle: { type: 'template-cannot-remove', part } };
        if (from.imageId.startsWith(resolveParameter('')))
          return { obstacle: { type: 'image-from-parameter', parameter: from.imageId } };
        const image = imageFor(from.imageId, planning);
        if (image === null) return { obstacle: { type: 'template-image-without-counterpart' } };
        changes = { ...changes, image };
        break;
      }
      case 'security groups': {
        if (from.interfaces.length !== 1 || hasInterfaces(from) || hasInterfaces(base))
          return { obstacle: { type: 'groups-in-interfaces' } };
        const groups = (from.interfaces[0] ?? []).map((group) => groupFor(group, planning));
        if (groups.some((group) => group === null))
          return { obstacle: { type: 'template-group-without-counterpart' } };
        changes = { ...changes, groups: groups.filter((group) => group !== null) };
        break;
      }
      case 'lifecycle hooks':
        return { obstacle: { type: 'deployed-elsewhere' } };
    }
  }
  return { changes, needs };
}

/** What the base version names: written out, so that the step shows all of what the new version launches. */
function named(base: Launch): TemplateChanges {
  const groups = base.interfaces[0]?.map(({ id }) => id) ?? [];
  const isPlain = base.interfaces.length === 1 && !hasInterfaces(base) && groups.every((id) => id !== null);
  return {
    ...(base.imageId?.startsWith('ami-') ? { image: { id: base.imageId } } : {}),
    ...(base.details?.instanceType ? { instanceType: base.details.instanceType } : {}),
    ...(base.keyName === null ? {} : { keyName: base.keyName }),
    ...(isPlain ? { groups: groups.filter((id) => id !== null).map((id) => ({ id })) } : {}),
  };
}

function hasInterfaces({ details }: Launch): boolean {
  return details === null || details.interfaces.length > 0;
}

export function groupFor({ id }: GroupReference, planning: Planning): Ref | null {
  const pair = pairOfSource('security-group', id, planning);
  if (!pair?.source || id === null) return null;
  if (pair.target) return pair.pairingStatus === 'paired' ? { id: pair.target.id } : null;
  return addMissingGroup(id, planning) === null ? { madeBy: createGroupStep(id) } : null;
}
