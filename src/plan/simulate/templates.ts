import type { Launch } from '../../inventory/launch.ts';
import type { OperationType, TemplateChanges } from '../model.ts';
import type { Apply, World } from './world.ts';

type TemplateOperation = Extract<OperationType, 'create-template-version' | 'set-default-version'>;

/** What the steps about launch templates do to the target. */
export const applyToTemplates: { readonly [T in TemplateOperation]: Apply<T> } = {
  'create-template-version': ({ templateId, baseVersion, changes }, world, step) => {
    const { templates } = world.target;
    const found = templates.get(templateId);
    const base = found?.versions?.find((v) => v.number === baseVersion);
    if (!found?.versions || !base) return;
    const number = found.latestVersion + 1;
    world.name(step, String(number));
    // The former latest version is read no more where nothing else uses it; that it stays in the snapshot changes no finding.
    const versions = [...found.versions, { number, launch: changed(base.launch, changes, world) }];
    templates.set(templateId, { ...found, latestVersion: number, versions });
  },
  'set-default-version': ({ templateId, version }, world) => {
    const found = world.target.templates.get(templateId);
    const number = Number(world.id(version));
    if (found && Number.isInteger(number) && number > 0)
      world.target.templates.set(templateId, { ...found, defaultVersion: number });
  },
};

function changed(launch: Launch, { image, keyName, groups }: TemplateChanges, world: World): Launch {
  const ids = groups?.flatMap((group) => world.id(group) ?? []);
  return {
    ...launch,
    ...(image ? { imageId: world.id(image) ?? launch.imageId } : {}),
    ...(keyName === undefined ? {} : { keyName }),
    ...(ids ? { interfaces: [ids.map((id) => ({ id, name: null }))] } : {}),
  };
}
