import type { Chain } from '../../report/model.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { startsAsCounterpart } from '../pairing/workloads.ts';
import { absence } from '../workloads/hidden-image.ts';
import { regionOfForeign } from '../workloads/ids-of-region.ts';
import { parameterIssue } from '../workloads/parameter-issues.ts';
import { absentIn, type IssueOf, leadingTo, type Reference, referenceName } from '../workloads/reference.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { otherContentReasons, sharedImageReasons, stateReasons } from './image-reasons.ts';
import type { Judgements } from './judgements.ts';
import { type MakeChain, pairReasons, type Wearing } from './pair-reasons.ts';

/** Why a launch with this reference would not succeed on the target as it does on the source; nothing where it would. */
export function referenceReasons(
  reference: Reference,
  side: SideName,
  judgements: Judgements,
  context: Context,
  spec: Wearing | null = null,
): Chain[] {
  const { found, parameter, text } = reference;
  const name = referenceName(reference);
  const chain = (verdict: Chain['verdict'], why: string, findings: string[] = []): Chain[] => [
    { verdict, steps: [name, why], findings },
  ];

  const unsuitable = judgements.about(reference, 'reference/unsuitable-image');
  if (parameter !== null && side === 'source') {
    const issue = parameterIssue(parameter, workloadsOf(context).index.target);
    const missing = parameterReasons(
      issue,
      chain,
      judgements.about(reference, 'reference/missing-parameter'),
      context,
    );
    return missing.length > 0
      ? missing
      : otherContentReasons(reference, judgements, context, unsuitable, chain);
  }
  // The image that the target's own parameter gives is compared with the one that the source's gives.
  if (parameter !== null) {
    const ours = workloadsOf(context).index.source.image(text);
    const other = otherContentReasons(ours, judgements, context, unsuitable, chain);
    if (other.length > 0) return other;
  }
  switch (found.is) {
    case 'unread':
      return chain('unknown', found.gap ? 'was not looked up' : 'could not be read');
    case 'dangling': {
      // Missing on the source but present on the target: the launch works there.
      const over = workloadsOf(context).index.target.key(context.names.keyPairs(text)).found;
      if (side === 'source' && reference.to === 'key-pair' && over.is === 'key-pair') return [];
      const why =
        reference.to === 'image'
          ? absence(text, side, context)
          : absentIn(reference.to, context.places[side]);
      return chain(
        'blocked',
        why,
        judgements.about(reference, 'reference/dangling', 'reference/missing-parameter'),
      );
    }
    case 'other-image':
      return side === 'target'
        ? sharedImageReasons(reference, judgements, context, chain)
        : otherImageReasons(reference, chain, judgements, context, spec);
    case 'key-pair':
    case 'security-group':
    case 'image':
      return pairReasons(reference, side, judgements, context, spec, chain);
    case 'prefix-list':
      return []; // no launch refers to one
  }
}

/** `issue`: of the parameter on the target; null: none. */
export function parameterReasons(
  issue: IssueOf<'missing-parameter' | 'unread'> | null,
  chain: MakeChain,
  findings: string[],
  context: Context,
): Chain[] {
  const region = context.places.target;
  switch (issue?.is) {
    case 'missing-parameter':
      return chain(
        'blocked',
        issue.leadsTo === null
          ? `no such parameter in ${region}`
          : `in ${region} ${leadingTo(issue.leadsTo, regionOfForeign(issue.leadsTo, context))}`,
        findings,
      );
    case 'unread':
      return chain('unknown', unreadText(issue, region));
    case undefined:
      return [];
  }
}

/** Of a parameter, it can be the image that it gives which was not looked up. */
export function unreadText({ gap }: IssueOf<'unread'>, region: string): string {
  return gap?.what === 'image'
    ? `in ${region} it names ${gap.name}, which was not looked up`
    : `whether ${region} has it was not read`;
}

function otherImageReasons(
  reference: Reference,
  chain: MakeChain,
  judgements: Judgements,
  context: Context,
  spec: Wearing | null,
): Chain[] {
  const { found, text } = reference;
  if (found.is !== 'other-image') return [];
  // What its counterpart launches on the target is judged there.
  const pair = spec && judgements.of(spec.owner)?.counterpart;
  if (pair && startsAsCounterpart(pair)) return [];
  const region = context.places.target;
  const { target } = workloadsOf(context).index;
  const { item } = found;
  const owner = item.ownerAlias ?? (item.ownerId === null ? 'its owner' : `account ${item.ownerId}`);
  if (context.source.region === context.target.region) {
    // Within one region it is the same image, and the question is whether the target may launch it.
    if (item.details?.public || item.ownerAlias === 'amazon') return [];
    const same = target.imageById(text);
    if (same.is === 'image' || same.is === 'other-image') return stateReasons(same.item, region, chain);
    if (same.is === 'dangling')
      return chain(
        'blocked',
        `${owner} does not allow account ${context.target.account} to launch it`,
        judgements.about(reference, 'reference/hard-coded-image'),
      );
    return chain('unknown', `whether ${region} may launch it was not looked up`);
  }
  const offered = target.offers(item, context.source.region);
  if (!offered) return chain('unknown', `whether its owner offers it in ${region} was not looked up`);
  if (offered.exists && (offered.state === null || offered.state === 'available')) return [];
  return chain(
    'blocked',
    `${owner} offers no image of that name in ${region}`,
    judgements.about(reference, 'reference/hard-coded-image'),
  );
}
