import { nameOfCopy } from '../../comparator/commands/copy-image.ts';
import { grantedBy } from '../../comparator/commands/ec2-commands.ts';
import { keysOf } from '../../comparator/commands/image-storage.ts';
import type { Image } from '../../inventory/image.ts';
import { partitionOf } from '../../inventory/regions.ts';
import { userTags } from '../../inventory/tags.ts';
import type { Finding } from '../../report/model.ts';
import type { TransferFacts } from '../../report/rules/images.ts';
import { count } from '../../text/counts.ts';
import type { Draft, Grants } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { canBeShared, copyObstacle } from './image-obstacles.ts';

/** The id of the step that copies an image of the source. */
export const copyImageStep = (imageId: string): string => `copy-image:${imageId}`;

/** The id of the step that waits for that copy. */
export const waitForImageStep = (imageId: string): string => `wait-for-image:${imageId}`;

/**
 * Drafts the copy of an image, and what gives the copy the tags, permissions and dates of the source.
 * @returns Why it is not copied, or null.
 */
export function addCopy(
  image: Image,
  transfer: TransferFacts,
  finding: Finding,
  planning: Planning,
): Reason | null {
  const { context, drafts, options } = planning;
  const grants = grantsOfCopy(image, transfer, planning);
  const obstacle = copyObstacle(image, transfer, context);
  if (obstacle !== null) return obstacle;
  if (grants.everyone && !options.allowWorldOpen) return { type: 'public-image' };
  if (isPublic(image) && !grants.everyone) return { type: 'public-image-becomes-encrypted' };
  const { name } = nameOfCopy(image, context);
  const id = copyImageStep(image.id);
  const aims = [finding.fingerprint];
  const shared = transfer.by === 'share' ? addSharing(image, transfer, aims, planning) : [];
  const tags = userTags(image.tags);
  const chosenKey =
    transfer.needsSharedKey || (transfer.encrypted && context.config.plan?.kmsKey !== undefined);
  drafts.add({
    id,
    does: `Copy the image "${image.name ?? image.id}" (${image.id}) as "${name}"`,
    side: 'target',
    needs: shared,
    aims,
    notes: [costText(image)],
    operation: {
      type: 'copy-image',
      imageId: image.id,
      sourceRegion: context.source.region,
      name,
      description: image.description,
      tags,
      // Tags of the image of another account are not copied.
      copyTags: transfer.by === 'copy',
      encrypted: chosenKey || (transfer.by === 'share' && transfer.encrypted),
      chosenKey,
    },
  });
  const after = (step: Pick<Draft, 'id' | 'does' | 'notes' | 'operation'>, need: string) =>
    drafts.add({ ...step, side: 'target', needs: [need], completes: id, aims });
  const ref = { image: { madeBy: id }, name };
  const waited = after(
    {
      id: waitForImageStep(image.id),
      does: `Wait until the copy "${name}" is available`,
      notes: [WAIT_TEXT],
      operation: { type: 'wait-for-image', ...ref },
    },
    id,
  );
  if (Object.keys(tags).length > 0)
    after(
      {
        id: `set-tags:${id}`,
        does: `Set ${count(Object.keys(tags).length, 'tag')} of the copy "${name}"`,
        operation: { type: 'set-tags', resource: { madeBy: id }, of: 'image', name, tags },
      },
      waited,
    );
  if (grants.everyone || grants.accounts.length + grants.organizations.length > 0)
    after(
      {
        id: `grant-launch:${id}`,
        does: `Give the copy "${name}" the launch permissions of the source`,
        operation: { type: 'grant-launch', ...ref, grants },
      },
      waited,
    );
  if (image.deprecatedAt !== null && image.deprecatedAt > context.target.takenAt)
    after(
      {
        id: `deprecate-image:${id}`,
        does: `Set the deprecation date of the copy "${name}"`,
        operation: { type: 'deprecate-image', ...ref, at: image.deprecatedAt },
      },
      waited,
    );
  if (image.deregistrationProtection?.startsWith('enabled'))
    after(
      {
        id: `protect-image:${id}`,
        does: `Protect the copy "${name}" from deregistration`,
        operation: {
          type: 'protect-image',
          ...ref,
          withCooldown: image.deregistrationProtection.includes('with-cooldown'),
        },
      },
      waited,
    );
  return null;
}

function isPublic({ public: isOpen, launchPermissions }: Image): boolean {
  return isOpen || launchPermissions?.everyone === true;
}

/** Whom the copy is shared with. An encrypted image is never public (ModifyImageAttribute). */
function grantsOfCopy(
  image: Image,
  { needsSharedKey, encrypted }: TransferFacts,
  { context }: Planning,
): Grants {
  const grants = grantedBy(image, null, context) ?? { everyone: false, accounts: [], organizations: [] };
  const becomesEncrypted =
    needsSharedKey || encrypted || context.target.imageSettings.encryptionByDefault === true;
  return { ...grants, everyone: grants.everyone && !becomesEncrypted };
}

function addSharing(
  image: Image,
  { targetAccount, shared, encrypted }: TransferFacts,
  aims: readonly string[],
  { drafts, context }: Planning,
): string[] {
  const account = targetAccount ?? '';
  const principal = `arn:${partitionOf(context.target.region)}:iam::${account}:root`;
  const add = (step: Pick<Draft, 'id' | 'does' | 'operation' | 'notes'>) =>
    drafts.add({ ...step, side: 'source', needs: [], aims });
  const keys = encrypted ? (keysOf(image) ?? []) : [];
  return [
    ...keys.map((keyId) =>
      add({
        id: `grant-key:${keyId}`,
        does: `Allow account ${account} to use the KMS key ${keyId}, which encrypts snapshots of ${image.id}`,
        notes: [
          `In account ${account}, the identity that copies needs an IAM policy that allows the use of the key. A grant can take some minutes to have effect: the script waits until the target can use the key.`,
        ],
        operation: { type: 'grant-key', keyId, account, principal },
      }),
    ),
    ...(shared === true
      ? []
      : [
          add({
            id: `share-image:${image.id}`,
            does: `Share the image ${image.id} with account ${account}`,
            operation: { type: 'share-image', imageId: image.id, account },
          }),
        ]),
    ...canBeShared(image).map((snapshotId) =>
      add({
        id: `share-snapshot:${snapshotId}`,
        does: `Share the snapshot ${snapshotId} of ${image.id} with account ${account}`,
        operation: { type: 'share-snapshot', snapshotId, imageId: image.id, account },
      }),
    ),
  ];
}

const WAIT_TEXT =
  'An image can be launched and shared only when it is available. The script waits as many minutes as its variable WAIT_MINUTES says, and when it is run again, it waits for the same copy.';

/** What is known of the cost of a copy, and of the time that it takes. */
function costText({ blockDevices }: Image): string {
  const sizes = blockDevices.flatMap(({ ebs }) => (ebs ? [ebs.sizeGiB] : []));
  const known = sizes.filter((size) => size !== null);
  const size =
    known.length === sizes.length && sizes.length > 0
      ? `Its volumes have ${known.reduce((sum, gib) => sum + gib, 0)} GiB, of which the written blocks are copied.`
      : 'The size of its volumes was not read.';
  return `${size} AWS charges for the transfer between regions and for the snapshots of the copy. A copy takes minutes to hours.`;
}
