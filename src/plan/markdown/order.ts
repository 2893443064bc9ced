import type { OperationType, Plan } from '../model.ts';
import { stepsText } from './words.ts';

/** What steps of a type do in short, and why they are at their place in the order. Several types can share a reason. */
interface Kind {
  readonly does: string;
  readonly place: string;
}

const LISTS_FIRST = 'Prefix lists come first, because rules of security groups name them.';
const RULES =
  'Rules come after all groups that they name, so that groups can name each other and themselves.';
const IMAGE_SETTINGS = 'What is set on a copy waits until the copy is available.';
const SHARING =
  'An image, its snapshots and their KMS key are shared with the account of the target before that account copies the image.';
const TEMPLATES = 'Launch templates come late, because they name keys, groups and images.';

/** A record, so that a new type does not compile before the plan says what it does and why it comes at its place. */
export const KINDS = {
  'create-prefix-list': { does: 'Create prefix lists', place: LISTS_FIRST },
  'resize-prefix-list': {
    does: 'Make room in prefix lists',
    place: 'A prefix list is made larger before entries are added to it.',
  },
  'change-prefix-list': { does: 'Change entries of prefix lists', place: LISTS_FIRST },
  'create-security-group': {
    does: 'Create security groups',
    place: 'Security groups are created empty before any rule is authorized.',
  },
  'authorize-rules': { does: 'Authorize rules of security groups', place: RULES },
  'describe-rules': {
    does: 'Set descriptions of rules',
    place: 'Descriptions are set once the rules exist.',
  },
  'revoke-rules': {
    does: 'Revoke rules of security groups',
    place:
      'Rules are revoked after others are authorized, so that traffic which both sides admit is not interrupted.',
  },
  'import-key-pair': {
    does: 'Import public keys',
    place: 'Key pairs are imported before launch templates that name them.',
  },
  'set-tags': { does: 'Set tags', place: 'Tags can be set at any time once the object exists.' },
  'grant-key': { does: 'Allow another account to use a KMS key', place: SHARING },
  'share-image': { does: 'Share images with another account', place: SHARING },
  'share-snapshot': { does: 'Share snapshots with another account', place: SHARING },
  'copy-image': {
    does: 'Copy images',
    place: 'All copies are started before the first is waited for, so that they run at the same time.',
  },
  'wait-for-image': { does: 'Wait until copies are available', place: IMAGE_SETTINGS },
  'grant-launch': { does: 'Give images the launch permissions of the source', place: IMAGE_SETTINGS },
  'deprecate-image': { does: 'Set deprecation dates of images', place: IMAGE_SETTINGS },
  'protect-image': { does: 'Protect images from deregistration', place: IMAGE_SETTINGS },
  'put-parameter': {
    does: 'Write SSM parameters',
    place: 'SSM parameters are written once the image that they give is available.',
  },
  'create-launch-template': { does: 'Create launch templates', place: TEMPLATES },
  'copy-template-version': { does: 'Create versions of launch templates', place: TEMPLATES },
  'create-template-version': { does: 'Create versions of launch templates', place: TEMPLATES },
  'set-default-version': {
    does: 'Set default versions of launch templates',
    place: 'Default versions are set last: from then on, launches that name no version use the new one.',
  },
} as const satisfies Record<OperationType, Kind>;

/** "Create prefix lists: steps 1 and 2", in the order of the plan. */
export function kindLines({ steps }: Plan): string[] {
  const numbers = new Map<string, number[]>();
  for (const [i, { operation }] of steps.entries()) {
    const { does } = KINDS[operation.type];
    numbers.set(does, [...(numbers.get(does) ?? []), i + 1]);
  }
  return [...numbers].map(([does, at]) => `${does}: ${stepsText(at)}`);
}

/** Why the steps are in their order, as far as it concerns this plan. */
export function orderReasons({ steps }: Plan): string[] {
  return [...new Set(steps.map(({ operation }) => KINDS[operation.type].place))];
}
