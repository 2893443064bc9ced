import type { Image } from '../../inventory/image.ts';
import { compareText } from '../../inventory/order.ts';
import type { Grants, OperationType } from '../model.ts';
import type { Apply, Region, World } from './world.ts';

type ImageOperation = Extract<
  OperationType,
  `${string}image` | 'grant-key' | 'share-snapshot' | 'grant-launch' | 'put-parameter'
>;

/** What the steps about images do to the two regions. */
export const applyToImages: { readonly [T in ImageOperation]: Apply<T> } = {
  'share-image': ({ imageId, account }, { source }) =>
    grant(source, imageId, { everyone: false, accounts: [account], organizations: [] }),
  // Grants of a key are in no snapshot of a side.
  'grant-key': () => {},
  // Snapshots of EBS hold no permissions in a snapshot of a side.
  'share-snapshot': () => {},
  'copy-image': ({ imageId, sourceRegion, name, description, tags, encrypted }, world, step) => {
    const found = world.source.images.get(imageId);
    if (found) copy(found, { sourceRegion, name, description, tags, encrypted }, world, step);
  },
  'wait-for-image': () => {},
  'grant-launch': ({ image, grants }, world) => grant(world.target, world.id(image) ?? '', grants),
  'deprecate-image': ({ image, at }, world) => {
    const { images } = world.target;
    const found = images.get(world.id(image) ?? '');
    if (found) images.set(found.id, { ...found, deprecatedAt: at });
  },
  'protect-image': ({ image, withCooldown }, world) => {
    const { images } = world.target;
    const found = images.get(world.id(image) ?? '');
    const deregistrationProtection = withCooldown ? 'enabled-with-cooldown' : 'enabled-without-cooldown';
    if (found) images.set(found.id, { ...found, deregistrationProtection });
  },
  'put-parameter': ({ name, image }, world) => {
    const { parameters } = world.target;
    const value = world.id(image);
    if (value === null) return;
    for (const [key, was] of parameters)
      if (key === name) parameters.set(key, { ...was, type: was.type ?? 'String', value });
  },
};

/** CopyImage: the same data in new snapshots, the tags that the request gives, no permissions (EC2 User Guide, "How AMI copy works"). */
function copy(
  image: Image,
  made: Pick<Image, 'name' | 'description' | 'tags'> & {
    readonly sourceRegion: string;
    readonly encrypted: boolean;
  },
  world: World,
  step: string,
): void {
  const { source, target } = world;
  const id = world.make(step, 'ami', (text) => source.images.has(text) || target.images.has(text));
  const encrypts = made.encrypted || target.before.imageSettings.encryptionByDefault === true;
  target.images.set(id, {
    ...image,
    id,
    name: made.name,
    description: made.description,
    ownerId: target.before.account,
    createdAt: null,
    deprecatedAt: null,
    public: false,
    blockDevices: image.blockDevices.map((device) => ({
      ...device,
      ebs: device.ebs && {
        ...device.ebs,
        snapshotId: device.ebs.snapshotId && `${id.replace('ami-', 'snap-')}`,
        encrypted: device.ebs.encrypted || encrypts,
        kmsKeyId: null,
      },
    })),
    sourceImageId: image.id,
    sourceImageRegion: made.sourceRegion,
    sourceInstanceId: null,
    deregistrationProtection: image.deregistrationProtection === null ? null : 'disabled',
    ancestry: null,
    tags: made.tags,
    launchPermissions: { everyone: false, accounts: [], organizations: [] },
  });
}

function grant({ images }: Region, id: string, { everyone, accounts, organizations }: Grants): void {
  const found = images.get(id);
  if (!found) return;
  const was = found.launchPermissions ?? { everyone: found.public, accounts: [], organizations: [] };
  const together = (a: readonly string[], b: readonly string[]) =>
    [...new Set([...a, ...b])].sort(compareText);
  images.set(id, {
    ...found,
    public: found.public || everyone,
    launchPermissions: {
      everyone: was.everyone || everyone,
      accounts: together(was.accounts, accounts),
      organizations: together(was.organizations, organizations),
    },
  });
}
