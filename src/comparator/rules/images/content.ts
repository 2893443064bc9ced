import type { ContentDevice } from '../../../inventory/content.ts';
import type { FactsOf } from '../../../report/rules/index.ts';
import { listed } from '../../../text/lists.ts';
import { copyAdvice } from '../../commands/copy-advice.ts';
import { copyImage } from '../../commands/copy-image.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';

const DIRECT = 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html';
const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';

export const imageContentDiffers = rule({
  id: 'image/content-differs',
  title: 'The two images have different content',
  short: 'content differs',
  severity: always('high'),
  compares:
    'With --verify-content: the block lists of the snapshots of both images, and the SHA-256 of sampled or all blocks. A block that one list lacks counts as zeros.',
  why: 'The name, the dates and the attributes do not show what is on the volumes. Instances that launch from this image on the target run other content.',
  remedy: 'Copy the source image again, and use the new copy wherever this image is used.',
  links: [DIRECT, COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    const content = ends && context.content(ends.source, ends.target);
    const different = content?.devices.filter(({ result }) => result === 'different') ?? [];
    if (!ends || different.length === 0) return;
    const { facts: transfer, commands } = copyImage(ends.source, context);
    const devices = different.map(factsOf);
    yield { facts: { devices, transfer }, commands, content: devices };
  },
  message: ({ devices }, { name, target }) =>
    `The content of "${name}" in ${target} is not that of the source: ${listed(devices.map(said))}.`,
  remedyFor: ({ transfer }) =>
    copyAdvice('Copy the source image again, and use the new copy wherever this image is used.', transfer),
});

function factsOf({ device, sizeGiB, blocks, firstDifferent }: ContentDevice) {
  return {
    device,
    sourceGiB: sizeGiB.source,
    targetGiB: sizeGiB.target,
    compared: blocks?.compared ?? 0,
    different: blocks?.different ?? 0,
    firstDifferent: [...firstDifferent],
  };
}

function said(of: FactsOf<'image/content-differs'>['devices'][number]): string {
  if (of.sourceGiB !== of.targetGiB)
    return `the volume of ${of.device} has ${of.sourceGiB} GiB on the source and ${of.targetGiB} GiB on the target`;
  const which = of.firstDifferent.join(', ') + (of.different > of.firstDifferent.length ? ', …' : '');
  return `on ${of.device} ${of.different} of ${of.compared} compared blocks of 512 KiB differ (block ${which})`;
}
