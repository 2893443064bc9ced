import type { LaunchOption } from '../../inventory/launch-details.ts';
import type { InstanceTypeFacts } from '../../inventory/launch-facts/instance-type.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, NOTHING_FOUND, notKnown, passed, type RefuseLaunch } from './judging.ts';
import type { Start } from './starts.ts';
import { typeFacts } from './types.ts';

const WORDS = {
  hibernation: 'hibernation',
  enclave: 'a Nitro enclave',
  'ebs-optimized': 'EBS optimization',
} as const satisfies Readonly<Record<LaunchOption, string>>;

/** Whether the instance type supports what the launch enables; null: not known. */
const SUPPORTS = {
  hibernation: (type) => type.hibernation,
  enclave: (type) => type.enclaves,
  'ebs-optimized': (type) => (type.ebsOptimized === null ? null : type.ebsOptimized !== 'unsupported'),
} as const satisfies Readonly<Record<LaunchOption, (type: InstanceTypeFacts) => boolean | null>>;

/** What the launch enables: hibernation, a Nitro enclave, EBS optimization. Each needs an instance type that supports it. */
export function optionChecks(start: Start, context: Context, refuse: RefuseLaunch): Checked {
  const { options } = start.details;
  const both = options.includes('hibernation') && options.includes('enclave');
  return all([
    purchaseChecks(start, context, refuse),
    ...options.map((option) => supportChecks(option, start, context, refuse)),
    ...(both
      ? [refuse('hibernation-with-enclave', ['hibernation', 'EC2 refuses it together with a Nitro enclave'])]
      : []),
    ...(options.includes('hibernation') ? [rootChecks(start, context, refuse)] : []),
  ]);
}

function supportChecks(
  option: LaunchOption,
  { type }: Start,
  context: Context,
  refuse: RefuseLaunch,
): Checked {
  // Which type attribute-based selection takes is not known before.
  if (type === null) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const what = `${WORDS[option]} with instance type ${type}`;
  const known = typeFacts(type, context);
  if (known.is !== 'item')
    return known.is === 'none' ? NOTHING_FOUND : notKnown(known, 'instanceTypes', facts, what);
  const supported = SUPPORTS[option](known.item);
  if (supported === null)
    return notKnown(
      {
        is: 'not-asked',
        because: `The answer about ${type} does not say whether it supports ${WORDS[option]}.`,
      },
      'instanceTypes',
      facts,
      what,
    );
  if (supported) return passed('type');
  return unsupported('enables', WORDS[option], type, refuse);
}

/** How it is bought and where it runs. Where the answer about the type does not say it, nothing is proven. */
function purchaseChecks({ type, details }: Start, context: Context, refuse: RefuseLaunch): Checked {
  const known = type === null ? null : typeFacts(type, context);
  if (type === null || known?.is !== 'item') return NOTHING_FOUND;
  const { usageClasses, dedicatedHosts } = known.item;
  const noSpot = details.spot && usageClasses.length > 0 && !usageClasses.includes('spot');
  return all([
    ...(noSpot ? [unsupported('requests', 'Spot Instances', type, refuse)] : []),
    ...(details.tenancy === 'host' && dedicatedHosts === false
      ? [unsupported('is to run on', 'a Dedicated Host', type, refuse)]
      : []),
  ]);
}

function unsupported(verb: string, what: string, type: string, refuse: RefuseLaunch): Checked {
  return refuse(
    'option-unsupported',
    [what, `instance type ${type} does not support it`],
    `${verb} ${what}, which instance type ${type} does not support`,
    null,
    what,
  );
}

/** EC2 enforces at launch that the root volume of an instance that hibernates is encrypted (EC2 User Guide, prerequisites). */
function rootChecks({ image, details }: Start, { target, places }: Context, refuse: RefuseLaunch): Checked {
  const device = image?.rootDeviceName ?? null;
  const ofImage = image?.blockDevices.find((d) => d.device === device)?.ebs ?? null;
  if (device === null || ofImage === null || ofImage.encrypted !== false) return NOTHING_FOUND;
  const own = details.devices.find((d) => d.device === device || d.device === '');
  if (own?.encrypted === true || (own?.snapshotId ?? null) !== null) return NOTHING_FOUND;
  const { encryptionByDefault } = target.imageSettings;
  if (encryptionByDefault === null)
    return {
      ...NOTHING_FOUND,
      omissions: [
        {
          what: 'EBS encryption by default (whether the root volume of instances that hibernate is encrypted)',
          side: 'target',
          because: `The setting of ${places.target} was not read.`,
          parts: ['storage'],
        },
      ],
    };
  return encryptionByDefault
    ? passed('storage')
    : refuse(
        'hibernation-root-unencrypted',
        [`root volume ${device}`, 'is not encrypted, which hibernation requires'],
        device,
        null,
        '',
      );
}
