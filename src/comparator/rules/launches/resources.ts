import type { FactsOf } from '../../../report/rules/index.ts';
import { listed } from '../../../text/lists.ts';
import { always, rule } from '../rule.ts';
import { aboutLaunch, ERRORS, place, subject } from './shared.ts';

function otherAccount({ account, ofAccount }: FactsOf<'workload/missing-profile'>): string {
  return account !== null && ofAccount !== null && ofAccount !== account ? ` of account ${ofAccount}` : '';
}

export const missingProfile = rule({
  id: 'workload/missing-profile',
  title: 'Instance profile missing',
  short: 'no instance profile',
  severity: always('critical'),
  severityNote: 'high where another launch of the same group can still be used',
  compares: "The instance profile of a launch, by name, with those of the target's account.",
  why: 'EC2 refuses the launch: "InvalidParameterValue: Value (…) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name".',
  remedy: "Create the instance profile with its role in the target's account.",
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html',
    ERRORS,
  ],
  *find(pair, context) {
    yield* aboutLaunch('workload/missing-profile', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} launches with instance profile ${facts.profile}${otherAccount(facts)}${place(facts)}, which ${facts.account === null ? 'the account of the target' : `account ${facts.account}`} does not have.`,
  remedyFor: (facts, { target }) =>
    `Create instance profile ${facts.profile} with its role in ${facts.account === null ? `the account of ${target}` : `account ${facts.account}`}${otherAccount(facts) === '' ? '' : ', and refer to that one'}.`,
});

const ENCRYPTS = {
  launch: (device: string) => `encrypts ${device} with KMS key`,
  image: (device: string) => `makes ${device} from an image that is encrypted with KMS key`,
  default: (device: string) => `encrypts ${device} with the default key of EBS, KMS key`,
} as const;

export const missingKmsKey = rule({
  id: 'workload/missing-kms-key',
  title: 'KMS key missing or not usable',
  short: 'no KMS key',
  severity: always('critical'),
  severityNote: 'high where another launch of the same group can still be used',
  compares:
    'The KMS keys of block devices, of the image and the default key of EBS with those of the target region, and whether they are enabled.',
  why: 'The instance goes from pending to terminated: "Client.InvalidKMSKey.InvalidState", "Client.InternalError".',
  remedy: 'Refer to a key of the target region that is enabled; a multi-Region key keeps its id (mrk-…).',
  links: ['https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html', ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/missing-kms-key', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} ${ENCRYPTS[facts.namedBy](facts.device)} ${facts.key}${place(facts)}, which ${facts.state === null ? `does not exist in ${target}` : `is ${stateWords(facts.state)}`}.`,
  remedyFor: ({ namedBy, state }, { target }) => {
    const enable = state === null ? 'Create the key' : 'Enable the key, or cancel its deletion';
    switch (namedBy) {
      case 'launch':
        return `Refer to a KMS key of ${target} that is enabled.`;
      case 'image':
        return `${enable}; or copy the image again under a key that is enabled.`;
      case 'default':
        return `${enable}; or choose another default key of EBS in ${target}.`;
    }
  },
});

/** "PendingDeletion": "pending deletion". */
function stateWords(state: string): string {
  return state.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

export const missingPlacement = rule({
  id: 'workload/missing-placement',
  title: 'Placement group or capacity reservation missing',
  short: 'no placement',
  severity: always('critical'),
  severityNote: 'high where another launch of the same group can still be used',
  compares:
    'The placement group, by name, and the capacity reservations of a launch with those of the target: whether they exist, match its type, platform, tenancy and zone, and have capacity left.',
  why: 'EC2 refuses the launch: "InvalidPlacementGroup.Unknown: The Placement Group \'…\' is unknown", "InvalidCapacityReservationId.NotFound", "ReservationCapacityExceeded: The requested reservation does not have sufficient compatible and available capacity for this request".',
  remedy:
    'Create it on the target under that name, or refer to one that exists there, matches the launch and has capacity left.',
  links: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html', ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/missing-placement', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} launches into ${facts.what} ${facts.name}${place(facts)}, which ${facts.state === null ? `was not found in ${target}` : `is ${facts.state}`}.`,
});

export const volumeTooSmall = rule({
  id: 'workload/volume-too-small',
  title: 'Volume smaller than its snapshot',
  short: 'volume too small',
  severity: always('high'),
  compares:
    'The size of a block device with the snapshot that it is made from: its own, or that of the image.',
  why: 'EC2 refuses the launch: "InvalidBlockDeviceMapping: Volume of size 8GB is smaller than snapshot \'snap-…\', expect size >= 20GB".',
  remedy: 'Give the volume at least the size of the snapshot, or no size.',
  links: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html', ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/volume-too-small', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} makes ${facts.device} with ${facts.sizeGiB} GiB${place(facts)} from snapshot ${facts.snapshot} of ${facts.snapshotGiB} GiB.`,
});

export const userDataNamesSource = rule({
  id: 'workload/user-data-names-source',
  title: 'User data names the source region',
  short: 'user data names source',
  severity: always('medium'),
  compares:
    'The regions, ids, ARNs and endpoints in the user data of launch templates and launch configurations with the source region. The text of user data is neither kept nor shown.',
  why: 'EC2 reports no error: the instance starts on the target and works with the source region.',
  remedy: 'Take the region from the instance metadata, and names from parameters that each region has.',
  links: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html'],
  *find(pair, context) {
    yield* aboutLaunch('workload/user-data-names-source', pair, context);
  },
  message: (facts, { name, onTarget, source, target }) =>
    `${subject(facts, { name, onTarget, target })} starts with user data that names ${source}${place(facts)}: ${listed(facts.names)}.`,
});
