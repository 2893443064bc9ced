import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { CopyFacts } from '../../report/rules/images.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { ec2Command, grantedBy, permissionRows } from './ec2-commands.ts';
import { shellWord } from './shell.ts';

/** What to type to copy an image with its tags and launch permissions, and what to know before. */
export type CopyCommand = CopyFacts;

/** EC2 takes names of 3 to 128 characters (RegisterImage). */
const LONGEST_NAME = 128;

const namesOver = perAudit(
  ({ target }): ReadonlySet<string> => new Set(itemsOf(target.images).flatMap((i) => i.name ?? [])),
);

/**
 * An image name is unique per account and region at a time (facts of CreateRestoreImageTask): where the target has one of
 * that name already, the copy is given another, or the command could only fail.
 */
export function copyCommand(image: Image, context: Context): CopyCommand {
  const wanted = context.names.images(image.name ?? image.id);
  const nameTaken = namesOver(context).has(wanted);
  const suffix = `-${image.createdAt?.slice(0, 10) ?? image.id}`;
  const name = nameTaken ? `${wanted.slice(0, LONGEST_NAME - suffix.length)}${suffix}` : wanted;
  const { source, target } = context;
  const words = ['--source-image-id', image.id, '--source-region', source.region];
  const named = name.startsWith('-') ? [`--name=${name}`] : ['--name', name];
  const grants = grantedBy(image, null, context);
  const permissions = grants ? permissionRows(grants) : [];
  return {
    command: ec2Command('copy-image', target.region, [...words, ...named, '--copy-image-tags']),
    nameTaken,
    permissionsCommand: permissions.length > 0 ? grantByName(target.region, name, permissions) : null,
    permissionsRead: grants !== null,
  };
}

/** The copy's id is known only once it is made; its name is known now, and no other image of the account has it. */
function grantByName(region: string, name: string, permissions: readonly Record<string, string>[]): string {
  const filter = JSON.stringify([{ Name: 'name', Values: [name] }]);
  const words = ['--owners', 'self', '--filters', filter, '--query', 'Images[0].ImageId', '--output', 'text'];
  const id = `"$(${ec2Command('describe-images', region, words)})"`;
  const added = shellWord(JSON.stringify({ Add: permissions }));
  return `${ec2Command('modify-image-attribute', region, [])} --image-id ${id} --launch-permission ${added}`;
}

/** Before the command, where its name is not the one that would be expected. */
export function takenName({ nameTaken }: CopyCommand): string {
  return nameTaken
    ? 'Its name is taken over there: the copy gets another, until the old image is deregistered. '
    : '';
}

/** After the command: CopyImage carries no launch permissions. */
export function thenPermissions({ permissionsCommand, permissionsRead }: CopyCommand): string {
  if (permissionsCommand !== null)
    return `  When the copy is available, give it the launch permissions of the source:  ${permissionsCommand}`;
  return permissionsRead
    ? ''
    : '  The launch permissions of the source were not read: set them on the copy (aws ec2 modify-image-attribute --launch-permission).';
}
