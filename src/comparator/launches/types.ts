import type { Image } from '../../inventory/image.ts';
import type { InstanceTypeFacts, Offering } from '../../inventory/launch-facts/compute.ts';
import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { Unfit } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import { factsOf, type Known } from './facts.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { Start } from './starts.ts';

/** A zone that a launch can use: its name, and the id that means the same zone in every account. */
export type Zone = Pick<Subnet, 'zone' | 'zoneId'>;

/** Whether the instance type is offered where the launch would run. `zones` empty: anywhere in the region. */
export function offeredChecks(start: Start, zones: readonly Zone[], context: Context): Checked {
  const { type } = start;
  if (type === null) return start.byAttributes ? attributesOmitted(context) : NOTHING_FOUND;
  const facts = factsOf(context).target;
  const known = facts.find('instanceTypeOfferings', type);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'instanceTypeOfferings', facts, `instance type ${type}`);
  const offeredIn = known.is === 'item' ? known.item.zones : [];
  const names = distinct(zones.flatMap((z) => z.zone ?? z.zoneId ?? []));
  const lacking =
    known.is === 'none'
      ? []
      : distinct(zones.filter((z) => !offersIn(known.item, z)).flatMap((z) => z.zone ?? z.zoneId ?? []));
  const nowhere = known.is === 'none' || (names.length > 0 && lacking.length === names.length);
  if (!nowhere && lacking.length === 0) return passed('type');
  const where = known.is === 'none' ? facts.place : lacking.join(', ');
  return found({
    rule: 'workload/type-not-offered',
    facts: { at: start.at, judged: start.mode, type, zones: names, lacking, offeredIn, someLeft: !nowhere },
    verdict: nowhere ? 'blocked' : 'degraded',
    ...(nowhere ? {} : { severity: 'high' as const }),
    steps: [`instance type ${type}`, `is not offered in ${where}`],
    place: [start.at, 'type'],
  });
}

/** A call for regions tells no zones: then only the region is known. */
function offersIn(offering: Offering, { zone, zoneId }: Zone): boolean {
  if (offering.zones.length === 0) return true;
  return offering.zones.some((z) => z === zone || z === zoneId);
}

function attributesOmitted({ places }: Context): Checked {
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: 'attribute-based instance type selection (which types fit the attributes)',
        side: 'target',
        because: `It is Auto Scaling in ${places.target} that chooses them.`,
        parts: ['type'],
      },
    ],
  };
}

/** Types mean the same in every region, so what either side says of one counts. */
export function typeFacts(type: string, context: Context): Known<InstanceTypeFacts> {
  const { source, target } = factsOf(context);
  const there = target.find('instanceTypes', type);
  if (there.is === 'item') return there;
  const here = source.find('instanceTypes', type);
  if (here.is === 'item') return here;
  return there.is === 'none'
    ? { is: 'not-asked', because: `No answer of describe-instance-types holds ${type}.` }
    : there;
}

/** Whether EC2 starts the type with the image. */
export function fitChecks(start: Start, context: Context): Checked {
  const { type, image } = start;
  if (type === null || image === null) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const known = typeFacts(type, context);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'instanceTypes', facts, `instance type ${type} with image ${nameOf(image)}`);
  if (known.is === 'none') return NOTHING_FOUND;
  return all(
    misfits(known.item, image).map(({ because, typeHas, imageHas }) =>
      found({
        rule: 'workload/type-unfit-for-image',
        facts: { at: start.at, judged: start.mode, type, image: nameOf(image), because, typeHas, imageHas },
        verdict: 'blocked',
        steps: [`instance type ${type}`, MISFIT[because](imageHas)],
        place: [start.at, because],
      }),
    ),
  );
}

const MISFIT: Readonly<Record<Unfit, (image: string) => string>> = {
  architecture: (has) => `does not run images for ${has}`,
  virtualization: (has) => `does not run ${has} images`,
  'root-device': (has) => `does not start from a root device of type ${has}`,
  'boot-mode': (has) => `does not boot in the mode ${has} of the image`,
  ena: () => 'requires ENA, which the image is not enabled for',
  tpm: () => 'has no NitroTPM, which the image requires',
};

interface Misfit {
  readonly because: Unfit;
  readonly typeHas: readonly string[];
  readonly imageHas: string;
}

/** Only what both sides of the comparison say: an attribute that was not read proves nothing. */
function misfits(type: InstanceTypeFacts, image: Image): Misfit[] {
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

function nameOf(image: Image): string {
  return image.name ?? image.id;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
