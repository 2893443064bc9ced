import type { Image } from '../../../inventory/image.ts';
import type { Snapshot } from '../../../inventory/snapshot.ts';
import { listed } from '../../../text/lists.ts';
import { awsCommand } from '../../commands/aws.ts';
import type { Offer } from '../../commands/offer.ts';
import { ignoredOf } from '../../ignored.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { launchedFromOther } from './other-owner.ts';

const DEPRECATE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html';
const PROTECT = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deregistration-protection.html';
const SNAPSHOTS = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html';

type Deviation = { readonly attribute: string; readonly source: string; readonly target: string };

export const imageLifecycleDiffers = rule({
  id: 'image/lifecycle-differs',
  title: 'Deprecation date or deregistration protection differs',
  short: 'lifecycle differs',
  severity: always('low'),
  severityNote:
    'info where only one of the two has a deprecation date, or the copy is better protected than the source',
  compares:
    'The deprecation date to the day, and whether deregistration protection is on, where EC2 returned them for both images. A copy that is past its date while the source is not is reported as image/unusable-copy.',
  why: 'AWS does not document whether CopyImage copies a deprecation date, and deregistration protection is set for each image: the copy may be deprecated or deregistered when the source is not.',
  remedy: 'Set the deprecation date and the deregistration protection of the source on the copy.',
  links: [DEPRECATE, PROTECT],
  *find(pair, context) {
    const ends = bothEnds(pair);
    // The owner alone sets them, and nothing there could be set by the target's account.
    if (!ends || launchedFromOther(pair, context)) return;
    const isIgnored = ignoredOf(context.config, pair);
    const compared = <D extends { readonly attribute: string }>(d: D | null) =>
      d !== null && isIgnored(d.attribute) ? null : d;
    const date = compared(datesOf(ends.source, ends.target, context.target.takenAt));
    const protection = compared(protectionOf(ends.source, ends.target));
    const found = [date, protection].filter((d) => d !== null);
    if (found.length === 0) return;
    const rowsOf = (side: 'source' | 'target') => found.map((d) => `${d.attribute}: ${d[side]}`);
    // A plan sets a date and a protection, and removes neither.
    const removed = date && ends.source.deprecatedAt === null;
    const commands = removed ? renewDeprecation(ends.source, ends.target, context.target) : [];
    const isPast = (ends.source.deprecatedAt ?? '~') <= context.target.takenAt;
    const settable = (date !== null && !isPast) || protection?.target === 'disabled';
    const facts = {
      attributes: found.map((d) => d.attribute),
      settable,
      rows: { source: rowsOf('source'), target: rowsOf('target') },
    };
    const weighty = (date && ![date.source, date.target].includes(NONE)) || protection?.target === 'disabled';
    yield { facts, commands, content: facts.rows, ...(weighty ? {} : { severity: 'info' as const }) };
  },
  message: ({ rows }, { name }) =>
    `"${name}" differs: on the source ${listed(rows.source)}; on the target ${listed(rows.target)}.`,
  remedyFor: ({ settable }) =>
    settable
      ? 'Set them on the copy as they are on the source.'
      : 'Nothing to set on the copy: it is better protected than the source, or the date of the source is past.',
});

/** Gives the copy the source's deprecation date. Nothing where that is past: EC2 takes none that is. */
export function renewDeprecation(source: Image, copy: Image, { region, takenAt }: Snapshot): Offer[] {
  const of = { '--image-id': copy.id };
  const date = source.deprecatedAt;
  if (date !== null && date <= takenAt) return [];
  const shell =
    date === null
      ? awsCommand('ec2 disable-image-deprecation', region, of)
      : awsCommand('ec2 enable-image-deprecation', region, { ...of, '--deprecate-at': date });
  return [{ shell, side: 'target', does: `Set the deprecation of ${copy.id} as the source has it` }];
}

const NONE = 'none';

/** To the day: a copy's date may have been set a moment after the source's. */
function datesOf(source: Image, target: Image, now: string): Deviation | null {
  if (target.deprecatedAt !== null && target.deprecatedAt <= now) return null;
  const [s, t] = [source, target].map((i) => i.deprecatedAt?.slice(0, 10) ?? NONE) as [string, string];
  return s === t ? null : { attribute: 'deprecation date', source: s, target: t };
}

/** With or without a cooldown, protected is protected. */
function protectionOf(source: Image, target: Image): Deviation | null {
  const plain = (text: string) => (text.startsWith('enabled') ? 'enabled' : 'disabled');
  if (source.deregistrationProtection === null || target.deregistrationProtection === null) return null;
  const [s, t] = [plain(source.deregistrationProtection), plain(target.deregistrationProtection)];
  return s === t ? null : { attribute: 'deregistration protection', source: s, target: t };
}

export const imageWrittenSizeDiffers = rule({
  id: 'image/written-size-differs',
  title: 'The snapshots hold different amounts of data',
  short: 'data size differs',
  severity: always('info'),
  compares:
    'The full size of the snapshot behind each volume (FullSnapshotSizeInBytes: all blocks that were ever written), where EC2 returned it for both.',
  why: 'The same content has the same size. Different sizes are a sign of different content, but do not prove it.',
  remedy: 'Compare the content with --verify-content, or copy the image again.',
  links: [SNAPSHOTS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends || ignoredOf(context.config, pair)('data size')) return;
    const there = new Map(ends.target.blockDevices.map((d) => [d.device, d.ebs?.fullSnapshotBytes ?? null]));
    const volumes = ends.source.blockDevices.flatMap(({ device, ebs }) => {
      const [s, t] = [ebs?.fullSnapshotBytes ?? null, there.get(device) ?? null];
      return s !== null && t !== null && s !== t ? [{ device, source: s, target: t }] : [];
    });
    if (volumes.length === 0) return;
    const rowsOf = (side: 'source' | 'target') => volumes.map((v) => `${v.device}: ${v[side]} bytes`);
    const rows = { source: rowsOf('source'), target: rowsOf('target') };
    yield { facts: { by: 'FullSnapshotSizeInBytes', strength: 'weak', rows }, content: rows };
  },
  message: ({ rows }, { name }) =>
    `The snapshots of "${name}" hold different amounts of data, which is a sign of different content: ${listed(rows.source)} on the source, ${listed(rows.target)} on the target.`,
});
