import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { partitionOf } from '../../inventory/regions.ts';
import type { TransferFacts } from '../../report/rules/images.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { awsCommand, type Options } from './aws.ts';
import { type Copy, copyTo, LONGEST_NAME } from './copy-step.ts';
import { grantedBy, permissionRows } from './ec2-commands.ts';
import { canBeStored, isEncrypted, keyManagerOf, storedOutside } from './image-storage.ts';
import type { Offer } from './offer.ts';
import { grantAndCopy, isSharedWith, reencryptAndCopy, shareAndCopy } from './share-image.ts';
import { Substitution } from './shell.ts';
import { storeAndRestore } from './store-image.ts';

const namesOnTarget = perAudit(
  ({ target }): ReadonlySet<string> => new Set(itemsOf(target.images).flatMap((i) => i.name ?? [])),
);

/** The advice as facts, and the commands. */
export interface Transfer {
  readonly facts: TransferFacts;
  readonly commands: readonly Offer[];
}

/** How an image of the source gets to the target, and what to know before. */
export function copyImage(image: Image, context: Context): Transfer {
  const { source, target } = context;
  const name = nameOfCopy(image, context);
  const grants = grantedBy(image, null, context);
  const apart = source.account !== null && target.account !== null && source.account !== target.account;
  const storedIn = storedOutside(image);
  const across =
    partitionOf(source.region) !== partitionOf(target.region) ? 'store' : apart ? 'share' : 'copy';
  const by = storedIn !== null || (across === 'store' && !canBeStored(image)) ? 'build' : across;
  const encrypted = isEncrypted(image);
  // What others launch is encrypted with a key that they can use, and an encrypted image is never public (ModifyImageAttribute).
  const becomesEncrypted = by !== 'store' && (encrypted || target.imageSettings.encryptionByDefault === true);
  const permissions = (grants ? permissionRows(grants) : []).filter(
    (row) => !becomesEncrypted || row.Group === undefined,
  );
  const needsSharedKey = becomesEncrypted && permissions.length > 0;
  const refused = by === 'share' && image.productCodes.length > 0;
  const facts: TransferFacts = {
    by,
    storedIn,
    keyManager: keyManagerOf(image, 'source', context),
    nameTaken: name.taken,
    targetAccount: target.account,
    ...(by === 'share' ? { shared: isSharedWith(image, target.account ?? '') } : {}),
    encrypted,
    productCodes: refused ? image.productCodes : [],
    permissionsRead: grants !== null,
    grants: permissions.length > 0,
    needsSharedKey,
  };
  const copy: Copy = { image, name: name.name, context, key: needsSharedKey ? sharedKey(context) : {} };
  if (refused || by === 'build') return { facts, commands: [] };
  const made = {
    store: storeAndRestore,
    share: !encrypted ? shareAndCopy : facts.keyManager === 'customer' ? grantAndCopy : reencryptAndCopy,
    copy: plainCopy,
  }[by](copy);
  return {
    facts,
    commands: [...made, ...(permissions.length > 0 ? [grantByName(copy, permissions)] : [])],
  };
}

/**
 * An image name is unique per account and region at a time (facts of CreateRestoreImageTask): where the target has one of
 * that name already, the copy is given another, or the command could only fail.
 */
export function nameOfCopy(image: Image, context: Context): { name: string; taken: boolean } {
  const wanted = context.names.images(image.name ?? image.id);
  const names = namesOnTarget(context);
  if (!names.has(wanted)) return { name: wanted, taken: false };
  const [dated, withId] = [image.createdAt?.slice(0, 10) ?? image.id, image.id].map((text) => {
    const suffix = `-${text}`;
    return `${wanted.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
  }) as [string, string];
  return { name: names.has(dated) ? withId : dated, taken: true };
}

function sharedKey({ places }: Context): Options {
  const meaning = `a customer managed KMS key of ${places.target} that the accounts that launch the copy may use`;
  return { '--encrypted': null, '--kms-key-id': { required: 'TARGET_KMS_KEY', meaning } };
}

function plainCopy(copy: Copy): Offer[] {
  return [copyTo(copy, { '--copy-image-tags': null })];
}

/** The copy's id is known only once it is made; its name is known now, and no other image of the account has it. */
function grantByName({ name, context }: Copy, permissions: readonly Record<string, string>[]): Offer {
  const { region } = context.target;
  const id = awsCommand('ec2 describe-images', region, {
    '--owners': 'self',
    '--filters': { json: [{ Name: 'name', Values: [name.replace(/[\\*?]/g, '\\$&')] }] },
    '--query': 'Images[0].ImageId',
    '--output': 'text',
  });
  return {
    shell: awsCommand('ec2 modify-image-attribute', region, {
      '--image-id': new Substitution(id),
      '--launch-permission': { json: { Add: permissions } },
    }),
    side: 'target',
    does: 'When the copy is available, give it the launch permissions of the source',
  };
}
