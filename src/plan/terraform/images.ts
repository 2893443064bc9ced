import type { Declarers } from '../declare.ts';
import { refKey } from '../group-changes.ts';
import { type Grants, KEY_OPERATIONS } from '../model.ts';
import { snakeCase } from '../names.ts';
import { type TagsToSet, tagsAttribute } from '../tags.ts';
import type { Resource } from './addresses.ts';
import { HclCode, type HclValue } from './hcl.ts';
import { CHOSEN_KEY, SOURCE_PROVIDER } from './settings.ts';

type ImageDeclarers = Pick<
  Declarers<Resource>,
  | 'grant-key'
  | 'share-image'
  | 'share-snapshot'
  | 'copy-image'
  | 'wait-for-image'
  | 'grant-launch'
  | 'deprecate-image'
  | 'protect-image'
>;

/** Sharing on the source, copies, and who may launch them. */
export function imageDeclarers(tags: TagsToSet): ImageDeclarers {
  return {
    'grant-key': ({ id, operation: { keyId, account, principal } }) => [
      {
        type: 'aws_kms_grant',
        key: stepKey(id),
        name: snakeCase(`${keyId.split('/').at(-1) ?? keyId} to ${account}`, 'key'),
        block: () => ({
          attributes: {
            provider: SOURCE_PROVIDER,
            key_id: keyId,
            grantee_principal: principal,
            operations: KEY_OPERATIONS,
          },
        }),
      },
    ],
    'share-image': ({ id, operation: { imageId, account } }) => [
      {
        type: 'aws_ami_launch_permission',
        key: stepKey(id),
        name: snakeCase(`${imageId} to ${account}`, 'image'),
        block: () => ({
          attributes: { provider: SOURCE_PROVIDER, image_id: imageId, account_id: account },
        }),
      },
    ],
    'share-snapshot': ({ id, operation: { snapshotId, account } }) => [
      {
        type: 'aws_snapshot_create_volume_permission',
        key: stepKey(id),
        name: snakeCase(`${snapshotId} to ${account}`, 'snapshot'),
        block: () => ({
          attributes: { provider: SOURCE_PROVIDER, snapshot_id: snapshotId, account_id: account },
        }),
      },
    ],
    'copy-image': ({ id, needs, operation }) => {
      const { name, description, imageId, sourceRegion, encrypted, chosenKey } = operation;
      return [
        {
          type: 'aws_ami_copy',
          key: refKey({ madeBy: id }),
          name: snakeCase(name, 'image'),
          after: needs.map(stepKey),
          block: () => ({
            attributes: {
              name,
              description: description ?? undefined,
              source_ami_id: imageId,
              source_ami_region: sourceRegion,
              encrypted: encrypted ? true : undefined,
              kms_key_id: chosenKey ? new HclCode(`var.${CHOSEN_KEY}`) : undefined,
              tags: tagsAttribute(operation.tags, tags({ madeBy: id })),
            },
          }),
        },
      ];
    },
    // Terraform itself waits until a copy is available.
    'wait-for-image': () => [],
    'grant-launch': ({ id, operation: { image, name, grants } }) =>
      granted(grants).map(({ who, attributes }) => ({
        type: 'aws_ami_launch_permission',
        key: `${stepKey(id)} ${who}`,
        name: snakeCase(`${name} to ${who}`, 'image'),
        block: (address) => ({ attributes: { image_id: address(image), ...attributes } }),
      })),
    'protect-image': () => ({
      because: 'This file does not set the protection of images from deregistration.',
    }),
    'deprecate-image': ({ operation: { image } }) => ({
      because:
        'id' in image
          ? 'Terraform does not manage the image.'
          : 'Terraform sets the deprecation of an image that it has made only at a later apply. If plan.sh has set it, add deprecation_time to the copy, or the next apply removes it.',
    }),
  };
}

const stepKey = (id: string) => `step ${id}`;

function granted({ everyone, accounts, organizations }: Grants): {
  who: string;
  attributes: Record<string, HclValue>;
}[] {
  return [
    ...(everyone ? [{ who: 'everyone', attributes: { group: 'all' } }] : []),
    ...accounts.map((account) => ({ who: account, attributes: { account_id: account } })),
    ...organizations.map((arn) => ({
      who: arn.split('/').at(-1) ?? arn,
      attributes: arn.includes(':ou/')
        ? ({ organizational_unit_arn: arn } as Record<string, HclValue>)
        : { organization_arn: arn },
    })),
  ];
}
