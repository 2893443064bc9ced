import { bothEnds } from '../../comparator/pairing/counterpart.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { type Finding, isOf } from '../../report/model.ts';
import type { FactsOf } from '../../report/rules/index.ts';
import type { Ref } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { addCopy, copyImageStep, waitForImageStep } from './images.ts';
import { pairOfSource } from './pairs.ts';

/**
 * Drafts the SSM parameter that gives an image on the source, with the counterpart of that image on the target.
 * @returns Why it is not written, or null.
 */
export function addParameter(
  finding: Finding,
  { reference, leadsTo, holds }: FactsOf<'reference/missing-parameter'>,
  planning: Planning,
): Reason | null {
  const { context, drafts } = planning;
  if (holds !== undefined && holds !== 'image') return { type: 'parameter-not-of-image' };
  if (reference.startsWith('arn:')) return { type: 'parameter-of-other-account' };
  if (reference.startsWith('/aws/')) return { type: 'parameter-of-aws' };
  if (/:[^/]*$/.test(reference)) return { type: 'parameter-version' };
  const value = itemsOf(context.source.parameters).find((p) => p.name === reference)?.value ?? null;
  const image = value === null ? null : imageFor(value, planning);
  if (image === null) return { type: 'parameter-image-without-counterpart' };
  drafts.add({
    id: `put-parameter:${reference}`,
    does: `Write the SSM parameter "${reference}"`,
    side: 'target',
    needs: 'madeBy' in image ? [image.madeBy, waitForImageStep(value ?? '')] : [],
    aims: [finding.fingerprint],
    operation: { type: 'put-parameter', name: reference, image, overwrite: leadsTo !== null },
  });
  return null;
}

/** The counterpart of an image of the source, or its copy that the plan makes; null where there is neither. */
export function imageFor(imageId: string, planning: Planning): Ref | null {
  const pair = pairOfSource('image', imageId, planning);
  if (!pair?.source) return null;
  const ends = bothEnds(pair);
  if (ends) return ends.target.state === 'available' ? { id: ends.target.id } : null;
  const missing = planning.about('image', imageId).find((f) => isOf(f, 'image/missing-copy'));
  if (!missing || !isOf(missing, 'image/missing-copy')) return null;
  const obstacle = addCopy(pair.source, missing.facts.transfer, missing, planning);
  return obstacle === null ? { madeBy: copyImageStep(imageId) } : null;
}
