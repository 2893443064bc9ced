import {
  type Grants,
  grantedBy,
  grantsLost,
  grantsWithout,
  publicOnly,
} from '../../comparator/commands/ec2-commands.ts';
import { isEncrypted } from '../../comparator/commands/image-storage.ts';
import { changedBy } from '../../comparator/commands/owners.ts';
import { ignoredOf } from '../../comparator/ignored.ts';
import type { Finding } from '../../report/model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { changedElsewhere } from './owners.ts';
import { NOT_PAIRED, pairOf } from './pairs.ts';

function imagesOf(finding: Finding, planning: Planning) {
  const pair = pairOf('image', finding, planning);
  if (!pair?.source || !pair.target) return null;
  const { source, target } = pair;
  const by = changedBy({ ...target, name: target.name ?? '' }, 'target', planning.context);
  return { pair, source, target, by };
}

/**
 * Drafts the launch permissions of the source that the copy lacks.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addGrants(finding: Finding, planning: Planning): Reason | null {
  const { context, drafts, options } = planning;
  const images = imagesOf(finding, planning);
  if (!images) return NOT_PAIRED;
  const { pair, source, target, by } = images;
  if (by) return changedElsewhere(by);
  const [s, t] = [grantedBy(source, target, context), grantedBy(target, source, context)];
  const [here, there] = s && t ? [s, t] : [publicOnly(source), publicOnly(target)];
  const isIgnored = ignoredOf(context.config, pair);
  const compared = (line: string) => isIgnored(`launch permissions ${line}`);
  const lost = grantsWithout(grantsLost(here, there), compared);
  const gained = grantsWithout(grantsLost(there, here), compared);
  if (isEncrypted(target)) return { type: 'encrypted-copy-not-shared' };
  if (lost.everyone && !options.allowWorldOpen) return { type: 'public-image' };
  const name = target.name ?? target.id;
  if (!isNone(lost))
    drafts.add({
      id: `grant-launch:${target.id}`,
      does: `Give "${name}" the launch permissions of the source`,
      side: 'target',
      needs: [],
      aims: [finding.fingerprint],
      operation: { type: 'grant-launch', image: { id: target.id }, name, grants: lost },
    });
  return isNone(gained) ? null : { type: 'only-copy-permits' };
}

function isNone({ everyone, accounts, organizations }: Grants): boolean {
  return !everyone && accounts.length + organizations.length === 0;
}

/**
 * Drafts the deprecation date and the deregistration protection of the source for its copy.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addLifecycle(finding: Finding, planning: Planning): Reason | null {
  const { context, drafts } = planning;
  const images = imagesOf(finding, planning);
  if (!images) return NOT_PAIRED;
  const { source, target, by } = images;
  if (by) return changedElsewhere(by);
  const ref = { image: { id: target.id }, name: target.name ?? target.id };
  const step = { side: 'target' as const, needs: [], aims: [finding.fingerprint] };
  const [date, other] = [source.deprecatedAt, target.deprecatedAt];
  const obstacles: Reason[] = [];
  if (date?.slice(0, 10) !== other?.slice(0, 10)) {
    if (date === null) obstacles.push({ type: 'only-copy-deprecated' });
    else if (date <= context.target.takenAt) obstacles.push({ type: 'deprecation-past' });
    else
      drafts.add({
        ...step,
        id: `deprecate-image:${target.id}`,
        does: `Set the deprecation date of "${ref.name}"`,
        operation: { type: 'deprecate-image', ...ref, at: date },
      });
  }
  const isProtected = (text: string | null) => text?.startsWith('enabled') ?? null;
  if (isProtected(source.deregistrationProtection) === false && isProtected(target.deregistrationProtection))
    obstacles.push({ type: 'only-copy-protected' });
  if (isProtected(source.deregistrationProtection) && isProtected(target.deregistrationProtection) === false)
    drafts.add({
      ...step,
      id: `protect-image:${target.id}`,
      does: `Protect "${ref.name}" from deregistration`,
      operation: {
        type: 'protect-image',
        ...ref,
        withCooldown: source.deregistrationProtection?.includes('with-cooldown') ?? false,
      },
    });
  return obstacles[0] ?? null;
}
