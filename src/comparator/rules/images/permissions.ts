import { listed } from '../../../text/lists.ts';
import { awsCommand } from '../../commands/aws.ts';
import {
  type Grants,
  grantedBy,
  grantLines,
  grantsLost,
  grantsWithout,
  permissionRows,
  publicOnly,
} from '../../commands/ec2-commands.ts';
import { isEncrypted, keyManagerOf } from '../../commands/image-storage.ts';
import type { Offer } from '../../commands/offer.ts';
import { ignoredOf } from '../../ignored.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { launchedFromOther } from './other-owner.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const SHARE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html';

const AGAIN =
  'Copy the source image again with a customer managed key that those accounts may use (--kms-key-id), and share that copy.';

/** By who manages the key of the copy. */
const SHARE_ENCRYPTED = {
  customer:
    'Share the copy as the source is, and allow those accounts to use its KMS key. An encrypted image cannot be public.',
  aws: `The copy is encrypted with an AWS managed key, and EC2 does not share such an image. ${AGAIN}`,
  unknown: `The copy is encrypted, and its KMS key was not read. If the key is customer managed, share the copy as the source is and allow those accounts to use the key. EC2 does not share an image that an AWS managed key encrypts: in that case copy the source image again with a customer managed key (--kms-key-id), and share that copy.`,
} as const;

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
    const isIgnored = ignoredOf(context.config, pair);
    if (isIgnored('launch permissions')) return;
    const [lost, gained] = [grantsLost(here, there), grantsLost(there, here)].map((grants) =>
      grantsWithout(grants, (line) => isIgnored(`launch permissions ${line}`)),
    ) as [Grants, Grants];
    const rows = { source: grantLines(lost), target: grantLines(gained) };
    if (rows.source.length + rows.target.length === 0) return;
    const encrypted = isEncrypted(ends.target);
    const keyManager = encrypted ? keyManagerOf(ends.target, 'target', context) : null;
    // EC2 makes no encrypted image public, and shares none that an AWS managed key encrypts.
    const shareable = { ...lost, everyone: lost.everyone && !encrypted };
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
      facts: { rows, encrypted, keyManager },
      commands: [
        // A plan changes no key policies, and an encrypted copy is of no use to an account that may not use its key.
        ...(encrypted && keyManager === 'customer' ? command('Add', shareable) : []),
        ...command('Remove', gained),
      ],
      content: rows,
    };
  },
  message: ({ rows }, { name }) =>
    `"${name}": ${[
      ...(rows.source.length > 0 ? [`${listed(rows.source)} may launch the source but not the copy`] : []),
      ...(rows.target.length > 0 ? [`${listed(rows.target)} may launch the copy but not the source`] : []),
    ].join('; ')}.`,
  remedyFor: ({ rows, encrypted, keyManager }) =>
    [
      ...(rows.source.length > 0
        ? [encrypted ? SHARE_ENCRYPTED[keyManager ?? 'unknown'] : 'Share the copy as the source is.']
        : []),
      ...(rows.target.length > 0
        ? ['Remove the launch permissions that only the copy has, if they are not intended.']
        : []),
    ].join(' '),
});
