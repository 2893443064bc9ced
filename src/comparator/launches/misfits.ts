import type { Image } from '../../inventory/image.ts';
import type { InstanceTypeFacts } from '../../inventory/launch-facts/instance-type.ts';
import type { Unfit } from '../../report/rules/launches.ts';

export interface Misfit {
  readonly because: Unfit;
  readonly typeHas: readonly string[];
  readonly imageHas: string;
}

/** Only what both sides of the comparison say: an attribute that was not read proves nothing. */
export function misfits(type: InstanceTypeFacts, image: Image): Misfit[] {
  const lacks = (because: Unfit, typeHas: readonly string[], imageHas: string | null): Misfit[] =>
    imageHas !== null && imageHas !== '' && typeHas.length > 0 && !typeHas.includes(imageHas)
      ? [{ because, typeHas, imageHas }]
      : [];
  const architecture = lacks('architecture', type.architectures, image.architecture);
  // The boot modes of another architecture say nothing more.
  if (architecture.length > 0) return architecture;
  // "uefi-preferred" boots either way; without a mode the image boots as the architecture does by default.
  const mode = image.bootMode === 'uefi' || image.bootMode === 'legacy-bios' ? image.bootMode : null;
  return [
    ...lacks('virtualization', type.virtualization, image.virtualization),
    // EC2 knows two; another word, as emulators write, proves nothing.
    ...(image.rootDeviceType === 'ebs' || image.rootDeviceType === 'instance-store'
      ? lacks('root-device', type.rootDevices, image.rootDeviceType)
      : []),
    ...lacks('boot-mode', type.bootModes, mode),
    ...(type.ena === 'required' && image.ena === false
      ? [{ because: 'ena' as const, typeHas: ['required'], imageHas: 'not enabled' }]
      : []),
    ...(type.tpm === 'unsupported' && image.tpm !== null
      ? [{ because: 'tpm' as const, typeHas: ['unsupported'], imageHas: image.tpm }]
      : []),
  ];
}
