import { person, type ReasonTexts } from './next.ts';
import type { ReasonType, WhyNotReplaced } from './reason.ts';

const DEPLOY = 'Deploy the change with the tool that created it.';
const BY_HAND = 'Create the launch template manually.';

export const LAUNCH_TEXTS = {
  'workload-not-created': person(
    'A plan starts nothing and creates no Auto Scaling groups, launch configurations and instances: deploy it on the target with the tool that created it on the source.',
  ),
  'ambiguous-workload': person('Which workload corresponds to it is not known.'),
  'deployed-elsewhere': person(DEPLOY),
  dangling: person(
    'Correct the reference, or create what it names: a plan creates only what the source has.',
  ),
  'written-in-template': person(
    'It is written in a template or configuration, which a person changes and deploys.',
  ),
  'reference-of-other-account': person('Another account owns what it names.'),
  'type-not-offered': person(
    'AWS does not offer the instance type where it would be launched. Choose another type or, where some zones have it, those zones.',
  ),
  'type-unfit': person('The instance type and the image do not fit. Choose another type or image.'),
  'no-network': person(
    'A plan creates and changes no subnets and no VPCs, and associates no group with another VPC.',
  ),
  'no-profile': person('A plan creates no IAM roles and no instance profiles.'),
  'no-kms-key': person('A plan creates no KMS keys and changes no key policies.'),
  'no-placement': person('A plan creates no placement groups and no capacity reservations.'),
  'volume-size': person('The size is written in the launch data, which a person changes.'),
  'launch-data': person('The launch data has to be changed, which a person does.'),
  'image-does-not-fit': person('Which image is to be launched instead is for a person to decide.'),
  routing: person('Routes, gateways, public addresses and network ACLs are no part of a plan.'),
  'user-data': person('User data is changed by a person. A plan never contains it.'),
  'launch-configuration-retired': person(
    'AWS creates no launch configurations in new accounts. Move to a launch template.',
  ),
  'launch-failed': person('The last launch failed. What caused it is in the message of Auto Scaling.'),
  'parameter-not-of-image': person(
    'The parameter gives no image, and what its value is on the target is for a person to decide.',
  ),
  'parameter-of-other-account': person('Another account owns the parameter.'),
  'parameter-of-aws': person('AWS publishes the parameter, and not in the region of the target.'),
  'parameter-version': person(
    'A version or a label of a parameter cannot be written. Write the parameter, and set the label, manually.',
  ),
  'parameter-image-without-counterpart': person(
    'The image that the parameter gives on the source is not known to have a counterpart on the target that can be launched, and the plan does not copy it.',
  ),
  'template-name-taken': person(({ name }) => `The target has another launch template named "${name}".`),
  'versions-unread': person('The versions of the launch template were not read.'),
  'launch-would-fail': person(({ message }) => `A launch with it would not work on the target: ${message}`),
  'two-versions': person(
    'On the source, the default version and the latest version of the launch template name different images, key pairs or security groups, and a plan creates only one new version of a launch template that exists. Create the versions manually.',
  ),
  'template-cannot-remove': person(
    ({ part }) => `The source names no ${part}, and a new version of a template cannot remove one.`,
  ),
  'image-from-parameter': person(
    ({ parameter }) => `The source takes its image from the SSM parameter ${parameter}. ${DEPLOY}`,
  ),
  'template-image-without-counterpart': person(
    'The image of the source is not known to have a counterpart on the target that can be launched, and the plan does not copy it.',
  ),
  'template-group-without-counterpart': person(
    'A security group of the source is not known to have a counterpart on the target, and the plan does not create it.',
  ),
  'groups-in-interfaces': person(
    `Its security groups are named by network interfaces, which a new version can replace only as a whole. ${DEPLOY}`,
  ),
  'template-details-unread': person(
    'The snapshot of the source was made by a version that did not read all it launches.',
  ),
  'template-sets': person(({ what }) => `It sets ${what}, which means the source region only. ${BY_HAND}`),
  'template-names': person(({ what, why }) => `It names the ${what}${notReplacedText(why)}`),
} as const satisfies Partial<ReasonTexts<ReasonType>>;

function notReplacedText(why: WhyNotReplaced): string {
  switch (why.is) {
    case 'private-address':
      return `, which is of a subnet of the source. ${BY_HAND}`;
    case 'bound':
      return ', which exists in the source region or account only, and what takes its place is for a person to decide.';
    case 'image-content':
      return `, and an instance of its counterpart on the target would have other content: ${why.message}`;
    case 'image-without-counterpart':
      return ', which has no counterpart on the target that could be launched and that the plan copies.';
    case 'key-not-imported':
      return ', which the target does not have and the plan does not import.';
    case 'keys-unread':
      return ', and the key pairs of the target were not read.';
    case 'group-not-found':
      return ', which was not found on the source.';
    case 'group-unknown':
      return `, "${why.name}", whose counterpart on the target is not known.`;
    case 'group-not-in-default-vpc':
      return `, "${why.name}", which the default VPC of the target does not have.`;
    case 'group-not-created':
      return `, "${why.name}", which the target does not have and the plan does not create.`;
    case 'subnet-unread':
      return ' of the source, which was not read.';
    case 'subnet-vpc':
      return ' of the source, whose VPC has no counterpart on the target that is known.';
    case 'subnet-unnamed':
      return ' of the source, which has no name by which a subnet of the target would correspond to it.';
    case 'subnets-unread':
      return ' of the source, and the subnets of the target were not read.';
    case 'subnet-missing':
      return ` of the source, and no subnet of ${why.vpc} on the target is named "${why.name}".`;
    case 'subnets-alike':
      return ` of the source, and ${why.n} subnets of ${why.vpc} on the target are named like it.`;
    case 'subnet-addresses':
      return ` of the source, and ${why.id} on the target has its name but not its setting for public addresses.`;
    case 'snapshot':
      return ' of the source, and which snapshot of the target contains the same is not known.';
    case 'kms-key':
      return ', and which key of the target takes its place is for a person to decide.';
    case 'profile-of-other-account':
      return ' of another account, and the target is not known to have one of this name.';
  }
}
