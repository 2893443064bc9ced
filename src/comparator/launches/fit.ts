import type { Image } from '../../inventory/image.ts';
import type { Unfit } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, found, NOTHING_FOUND, notKnown } from './judging.ts';
import { misfits } from './misfits.ts';
import type { Start } from './starts.ts';
import { typeFacts } from './types.ts';

/** Whether EC2 starts the type with the image. */
export function fitChecks(start: Start, context: Context): Checked {
  const { type, image } = start;
  if (type === null || image === null) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const known = typeFacts(type, context);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'instanceTypes', facts, `instance type ${type} with image ${nameOf(image)}`);
  if (known.is === 'none') return NOTHING_FOUND;
  const omitted = known.item.ena === 'required' && image.ena === null ? [enaUntold(context)] : [];
  return all([
    ...omitted,
    ...misfits(known.item, image).map(({ because, typeHas, imageHas }) =>
      found({
        rule: 'workload/type-unfit-for-image',
        facts: { at: start.at, judged: start.mode, type, image: nameOf(image), because, typeHas, imageHas },
        verdict: 'blocked',
        steps: [`instance type ${type}`, MISFIT[because](imageHas)],
        place: [start.at, because],
      }),
    ),
  ]);
}

/** AWS documents what EC2 returns of an image that is enabled for ENA, and not what it returns of another. */
function enaUntold({ places }: Context): Checked {
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: 'ENA support of images (whether instance types that require ENA start from them)',
        side: 'target',
        because: `Of some images that would start in ${places.target} the answer contains no EnaSupport.`,
        parts: ['type'],
      },
    ],
  };
}

const MISFIT: Readonly<Record<Unfit, (image: string) => string>> = {
  architecture: (has) => `does not run images for ${has}`,
  virtualization: (has) => `does not run ${has} images`,
  'root-device': (has) => `does not start from a root device of type ${has}`,
  'boot-mode': (has) => `does not boot in the mode ${has} of the image`,
  ena: () => 'requires ENA, which the image is not enabled for',
  tpm: () => 'has no NitroTPM, which the image requires',
};

function nameOf(image: Image): string {
  return image.name ?? image.id;
}
