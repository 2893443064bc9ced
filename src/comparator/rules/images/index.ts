import type { BlockDevice, Image } from '../../../inventory/image.ts';
import { isListing } from '../../../inventory/snapshot.ts';
import { listed } from '../../../text/lists.ts';
import { copyAdvice } from '../../commands/copy-advice.ts';
import { copyImage } from '../../commands/copy-image.ts';
import { lacksTags } from '../../commands/ec2-commands.ts';
import { ignoredOf, tagsToCompare } from '../../ignored.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { tagDifference } from '../tags.ts';
import { imageContentDiffers } from './content.ts';
import { imageCopyRules, imageExtra } from './copies.ts';
import { imageLifecycleDiffers, imageWrittenSizeDiffers } from './lifecycle.ts';
import { launchedFromOther } from './other-owner.ts';
import { imageLaunchPermissionsDiffer } from './permissions.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const ENCRYPTION = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html';

/** What a copy has in common with its source, as lines. Ids are left out, and encryption, which has a separate rule. */
export function imageAttributes(image: Image): Map<string, string> {
  const lines: [string, string | null][] = [
    ['architecture', image.architecture],
    ['boot mode', image.bootMode ?? 'default of the instance type'],
    ['virtualization', image.virtualization],
    ['ENA', image.ena ? 'yes' : 'no'],
    ['SR-IOV', image.sriovNet ?? 'no'],
    ['IMDS', image.imds ?? 'v1 allowed'],
    ['TPM', image.tpm ?? 'no'],
    ['root device type', image.rootDeviceType],
    ['root device name', image.rootDeviceName],
    ['platform', image.platform ?? 'linux'],
    ['platform details', image.platformDetails],
    ['usage operation', image.usageOperation],
    ['product codes', image.productCodes.join(', ') || 'none'],
    ...image.blockDevices.flatMap(deviceLines),
  ];
  return new Map(lines.filter((line): line is [string, string] => line[1] !== null));
}

function deviceLines(d: BlockDevice): [string, string | null][] {
  const of = (what: string) => `${d.device} ${what}`;
  if (!d.ebs) return [[of('volume'), d.virtualName ?? 'none']];
  return [
    [of('volume'), 'EBS'],
    [of('size'), d.ebs.sizeGiB === null ? null : `${d.ebs.sizeGiB} GiB`],
    [of('type'), d.ebs.volumeType],
    [of('IOPS'), d.ebs.iops === null ? null : String(d.ebs.iops)],
    [of('throughput'), d.ebs.throughputMiBps === null ? null : `${d.ebs.throughputMiBps} MiB/s`],
    [
      of('delete on termination'),
      d.ebs.deleteOnTermination === null ? null : d.ebs.deleteOnTermination ? 'yes' : 'no',
    ],
  ];
}

/** Old dumps and emulators leave some attributes out: what one side does not say is no difference, but for devices. */
function differing(s: ReadonlyMap<string, string>, t: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...s.keys(), ...t.keys()])];
  const comparable = (name: string) => (s.has(name) && t.has(name)) || name.endsWith(' volume');
  return names.filter((name) => comparable(name) && s.get(name) !== t.get(name));
}

/** What a classic listing has no column for: absent there, it is unknown and not the default. */
const NOT_LISTED: ReadonlySet<string> = new Set([
  'boot mode',
  'ENA',
  'SR-IOV',
  'IMDS',
  'TPM',
  'product codes',
]);

export const imageAttributesDiffer = rule({
  id: 'image/attributes-differ',
  title: 'Attributes of the image differ',
  short: 'attributes differ',
  severity: always('medium'),
  severityNote:
    'high where the architecture or the boot mode differs: another set of instance types can launch it',
  compares:
    'Architecture, boot mode, virtualization, ENA, SR-IOV, IMDS, TPM, root device, platform, product codes and block devices.',
  why: 'A copy shares these with its source. Where they differ, instances start with other disks or devices, or not at all.',
  remedy: 'Copy the image again, or register it with the same attributes.',
  links: [COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const [s, t] = [imageAttributes(ends.source), imageAttributes(ends.target)];
    const unlisted = isListing(context.source) || isListing(context.target);
    const isIgnored = ignoredOf(context.config, pair);
    const names = differing(s, t).filter((name) => !(unlisted && NOT_LISTED.has(name)) && !isIgnored(name));
    if (names.length === 0) return;
    const rowsOf = (all: ReadonlyMap<string, string>) =>
      names.filter((n) => all.has(n)).map((n) => `${n}: ${all.get(n)}`);
    const rows = { source: rowsOf(s), target: rowsOf(t) };
    const { facts: transfer, commands } = copyImage(ends.source, context);
    const facts = { attributes: names, transfer, rows };
    const launches = names.includes('architecture') || names.includes('boot mode');
    yield { facts, commands, content: facts.rows, ...(launches ? { severity: 'high' as const } : {}) };
  },
  message: ({ attributes }, { name }) => `"${name}" differs in ${listed(attributes)}.`,
  remedyFor: ({ transfer }) =>
    copyAdvice('Register it with the same attributes, or copy the image again.', transfer),
});

export const imageTagsDiffer = rule({
  id: 'image/tags-differ',
  title: 'Tags of the image differ',
  short: 'tags differ',
  severity: always('low'),
  compares: "The user's tags of a pair; aws: tags are left out.",
  why: 'CopyImage copies tags only with --copy-image-tags. Without them, look-ups of images, lifecycle policies and permissions that depend on tags do not apply to the copy.',
  remedy: 'Set the tags on the copy. CopyImage copies them with --copy-image-tags.',
  links: [COPY],
  *find(pair, context) {
    // EC2 shows the tags of an image to its owner alone.
    const ends = launchedFromOther(pair, context) ? null : bothEnds(pair);
    if (!ends) return;
    const [source, tags] = tagsToCompare(ends, pair, context.config);
    const facts = tagDifference(source, tags);
    if (!facts) return;
    yield { facts: { ...facts, settable: lacksTags(source, tags) }, content: facts.rows };
  },
  message: ({ keys }, { name }) => `Tags of image "${name}" differ: ${listed(keys)}.`,
  remedyFor: ({ settable }) =>
    settable
      ? 'Set them on the copy. CopyImage copies them with --copy-image-tags.'
      : 'Remove the tags that only the copy has, if they are not intended.',
});

export const imageEncryptionDiffers = rule({
  id: 'image/encryption-differs',
  title: 'Encryption of the volumes differs',
  short: 'encryption differs',
  severity: always('low'),
  severityNote:
    'medium where the target is the unencrypted one; info where the encryption by default of the target explains it',
  compares:
    'Whether each EBS volume of the two images is encrypted. KMS keys differ between regions by design and are not compared.',
  why: 'A copy of an unencrypted image can be encrypted (encryption by default on the target requires it). A copy of an encrypted image is always encrypted: an unencrypted counterpart was not made by copying it.',
  remedy:
    'Where the target is unencrypted, copy the image again: the copy of an encrypted image is encrypted too.',
  links: [ENCRYPTION],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const isIgnored = ignoredOf(context.config, pair);
    if (isIgnored('encryption')) return;
    const there = new Map(ends.target.blockDevices.map((d) => [d.device, d.ebs?.encrypted ?? null]));
    const devices = ends.source.blockDevices.flatMap(({ device, ebs }) => {
      const [s, t] = [ebs?.encrypted ?? null, there.get(device) ?? null];
      return s !== null && t !== null && s !== t && !isIgnored(`${device} encryption`)
        ? [{ device, source: s, target: t }]
        : [];
    });
    if (devices.length === 0) return;
    const lost = devices.some((d) => d.source);
    const rowsOf = (side: 'source' | 'target') =>
      devices.map((d) => `${d.device}: ${d[side] ? 'encrypted' : 'not encrypted'}`);
    const { encryptionByDefault } = context.target.imageSettings;
    const rows = { source: rowsOf('source'), target: rowsOf('target') };
    const { facts: transfer, commands } = copyImage(ends.source, context);
    const facts = { targetUnencrypted: lost, encryptionByDefault, transfer, rows };
    const severity = lost ? 'medium' : encryptionByDefault ? 'info' : null;
    yield {
      facts,
      content: rows,
      ...(lost ? { commands } : {}),
      ...(severity ? { severity } : {}),
    };
  },
  message: ({ targetUnencrypted, encryptionByDefault, rows }, { name, target }) => {
    if (targetUnencrypted)
      return `Volumes of "${name}" are encrypted on the source and not on the target: ${listed(rows.target)}.`;
    const only = `Volumes of "${name}" are encrypted on the target only`;
    if (encryptionByDefault === null)
      return `${only}. Encryption by default of the target may be the reason.`;
    return encryptionByDefault
      ? `${only}, by design: encryption by default is on in ${target}, which encrypts every copy.`
      : `${only}. Encryption by default is off in ${target}, so the copy was encrypted on request.`;
  },
  remedyFor: ({ targetUnencrypted, transfer }) =>
    targetUnencrypted
      ? copyAdvice(
          'Copy the image again: the copy of an encrypted image is encrypted too, with the default key of the region unless another is given.',
          transfer,
        )
      : 'Nothing to do if it is intended. Accounts that launch the copy need permission to use its KMS key of the target region.',
});

export const imageRules = [
  ...imageCopyRules,
  imageContentDiffers,
  imageAttributesDiffer,
  imageLaunchPermissionsDiffer,
  imageEncryptionDiffers,
  imageLifecycleDiffers,
  imageWrittenSizeDiffers,
  imageTagsDiffer,
  imageExtra,
];
