import { interfacesOf, type Launch } from '../../inventory/launch.ts';
import type { LaunchTemplateVersion } from '../../inventory/launch-template.ts';
import type { OperationType, ReplacedField, TemplateChanges, TemplateCopy } from '../model.ts';
import type { Apply, World } from './world.ts';

type TemplateOperation = Extract<
  OperationType,
  'create-launch-template' | 'copy-template-version' | 'create-template-version' | 'set-default-version'
>;

/** What the steps about launch templates do to the target. */
export const applyToTemplates: { readonly [T in TemplateOperation]: Apply<T> } = {
  'create-launch-template': ({ name, tags, copy }, world, step) => {
    const { templates } = world.target;
    const launch = copied(copy, world);
    if (!launch) return;
    const id = world.make(step, 'lt', (made) => templates.has(made));
    const versions = [versionOf(1, launch)];
    templates.set(id, { id, name, defaultVersion: 1, latestVersion: 1, versions, tags });
  },
  'copy-template-version': ({ template, copy }, world, step) => {
    const { templates } = world.target;
    const found = templates.get(world.id(template) ?? '');
    const launch = copied(copy, world);
    if (!found?.versions || !launch) return;
    const number = found.latestVersion + 1;
    world.name(step, String(number));
    const versions = [...found.versions, versionOf(number, launch)];
    templates.set(found.id, { ...found, latestVersion: number, versions });
  },
  'create-template-version': ({ templateId, baseVersion, changes }, world, step) => {
    const { templates } = world.target;
    const found = templates.get(templateId);
    const base = found?.versions?.find((v) => v.number === baseVersion);
    if (!found?.versions || !base) return;
    const number = found.latestVersion + 1;
    world.name(step, String(number));
    // The former latest version is read no more where nothing else uses it; that it stays in the snapshot changes no finding.
    const versions = [...found.versions, versionOf(number, changed(base.launch, changes, world))];
    templates.set(templateId, { ...found, latestVersion: number, versions });
  },
  'set-default-version': ({ template, version }, world) => {
    const found = world.target.templates.get(world.id(template) ?? '');
    const number = Number(world.id(version));
    if (found && Number.isInteger(number) && number > 0)
      world.target.templates.set(found.id, { ...found, defaultVersion: number });
  },
};

/** What else it has decides no finding. */
function versionOf(number: number, launch: Launch): LaunchTemplateVersion {
  return { number, launch, otherData: null };
}

function changed(launch: Launch, { image, keyName, groups }: TemplateChanges, world: World): Launch {
  const ids = groups?.flatMap((group) => world.id(group) ?? []);
  return {
    ...launch,
    ...(image ? { imageId: world.id(image) ?? launch.imageId } : {}),
    ...(keyName === undefined ? {} : { keyName }),
    ...(ids ? { interfaces: [ids.map((id) => ({ id, name: null }))] } : {}),
  };
}

/** The launch of a version of the source with what takes the place of its ids and names; null where it is not known. */
function copied({ templateId, version, replace }: TemplateCopy, world: World): Launch | null {
  const of = world.source.templates.get(templateId);
  const launch = of?.versions?.find((v) => v.number === version)?.launch;
  if (!launch) return null;
  const on = (field: ReplacedField, text: string | null): string | null => {
    const found = text === null ? undefined : replace.find((r) => r.field === field && r.from === text);
    return found ? world.id(found.to) : text;
  };
  const { details } = launch;
  return {
    imageId: on('image', launch.imageId),
    keyName: on('key-pair', launch.keyName),
    interfaces: interfacesOf(
      launch.interfaces.map((groups) =>
        groups.map(({ id, name }) => ({
          id: on('security-group', id),
          name: on('security-group-name', name),
        })),
      ),
    ),
    details: details && {
      ...details,
      profile: on('instance-profile', details.profile),
      interfaces: details.interfaces.map((n) => ({ ...n, subnetId: on('subnet', n.subnetId) })),
      devices: details.devices.map((d) => ({
        ...d,
        snapshotId: on('snapshot', d.snapshotId),
        kmsKeyId: on('kms-key', d.kmsKeyId),
      })),
    },
  };
}
