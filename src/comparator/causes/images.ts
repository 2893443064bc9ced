import type { Image } from '../../inventory/image.ts';
import { compareMaybe } from '../../inventory/order.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { hasCause } from '../rules/effects.ts';
import type { Judged } from '../verdicts/judgements.ts';
import type { Root } from './root.ts';

/** Images of one family that are not carried over: the pipeline that copies them has stopped, or was never set up. */
export function imageRoots(judged: readonly Judged[], context: Context): Root[] {
  const behind = judged.flatMap(({ counterpart, findings }) => {
    const image = counterpart.source as Image | null;
    const family = counterpart.kind === 'image' && image ? context.families(image) : null;
    if (!image || !family) return [];
    const own = findings.filter((f) => hasCause(f, 'image family') && f.severity !== 'info');
    return own.map((finding) => ({ family, image, finding }));
  });
  return [...groupBy(behind, (b) => b.family.key).values()].map((all): Root => {
    const [first] = all as [(typeof all)[number], ...typeof all];
    const newest = [...all].sort((a, b) => compareMaybe(b.image.createdAt, a.image.createdAt))[0] ?? first;
    const images = new Set(all.map((b) => b.image.id)).size;
    return {
      key: ['image-family', first.family.strength, first.image.architecture, first.family.name],
      title: `Images of the family "${first.family.name}" are not copied to ${context.places.target}: ${count(images, 'image')} without a current copy.`,
      remedy: `Change the pipeline that builds "${first.family.name}" to copy each image to ${context.places.target} too. Until then, for the newest: ${newest.finding.remedy}`,
      fixedBy: [newest.finding.fingerprint],
      findings: all.map((b) => b.finding.fingerprint),
    };
  });
}
