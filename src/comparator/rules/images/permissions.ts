import type { Image } from '../../../inventory/image.ts';
import { listed } from '../../../text/lists.ts';
import { awsCommand } from '../../commands/aws.ts';
import {
  type Grants,
  grantedBy,
  grantLines,
  grantsLost,
  permissionRows,
} from '../../commands/ec2-commands.ts';
import type { Offer } from '../../commands/offer.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { launchedFromOther } from './other-owner.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const SHARE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html';

const KMS_TOO =
  'Where its volumes are encrypted, allow those accounts to use the KMS key too. An image that is encrypted with the AWS managed key cannot be shared.';

export const imageLaunchPermissionsDiffer = rule({
  id: 'image/launch-permissions-differ',
  title: 'Launch permissions differ',
  short: 'launch permissions differ',
  severity: always('medium'),
  compares:
    'Accounts, organizations and "public", where the permissions of both were read. The owners of the two images are left out.',
  why: 'CopyImage does not copy launch permissions: accounts that launch from the source image cannot launch from the copy.',
  remedy: 'Set them on the copy, and allow the accounts to use the KMS key of encrypted volumes.',
  links: [SHARE, COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    // Whom another account lets launch its image is for that account to decide.
    if (!ends || launchedFromOther(pair, context)) return;
    const [s, t] = [
      grantedBy(ends.source, ends.target, context),
      grantedBy(ends.target, ends.source, context),
    ];
    const [here, there] = s && t ? [s, t] : [publicOnly(ends.source), publicOnly(ends.target)];
    const [lost, gained] = [grantsLost(here, there), grantsLost(there, here)];
    const rows = { source: grantLines(lost), target: grantLines(gained) };
    if (rows.source.length + rows.target.length === 0) return;
    const command = (what: 'Add' | 'Remove', grants: Grants): Offer[] =>
      permissionRows(grants).length === 0
        ? []
        : [
            {
              shell: awsCommand('ec2 modify-image-attribute', context.target.region, {
                '--image-id': ends.target.id,
                '--launch-permission': { json: { [what]: permissionRows(grants) } },
              }),
              side: 'target',
              does:
                what === 'Add'
                  ? 'Share the copy as the source is'
                  : 'Remove the launch permissions that the source does not have',
            },
          ];
    yield {
      facts: { rows },
      commands: [...command('Add', lost), ...command('Remove', gained)],
      content: rows,
    };
  },
  message: ({ rows }, { name }) =>
    `"${name}": ${[
      ...(rows.source.length > 0 ? [`${listed(rows.source)} may launch the source but not the copy`] : []),
      ...(rows.target.length > 0 ? [`${listed(rows.target)} may launch the copy but not the source`] : []),
    ].join('; ')}.`,
  remedyFor: ({ rows }) =>
    [
      ...(rows.source.length > 0 ? [`Share the copy as the source is. ${KMS_TOO}`] : []),
      ...(rows.target.length > 0
        ? ['Remove the launch permissions that only the copy has, if they are not intended.']
        : []),
    ].join(' '),
});

/** What DescribeImages itself says of permissions. */
function publicOnly(image: Image): Grants {
  return { everyone: image.public, accounts: [], organizations: [] };
}
