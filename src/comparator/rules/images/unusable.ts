import type { Image } from '../../../inventory/image.ts';
import { awsCommand } from '../../commands/aws.ts';
import { copyAdvice } from '../../commands/copy-advice.ts';
import { copyImage } from '../../commands/copy-image.ts';
import type { Offer } from '../../commands/offer.ts';
import { bothEnds } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';
import { renewDeprecation } from './lifecycle.ts';
import { launchedFromOther } from './other-owner.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const STATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html';

export const imageUnusableCopy = rule({
  id: 'image/unusable-copy',
  title: 'The copy cannot be used',
  short: 'copy not usable',
  severity: always('high'),
  compares:
    'The state of the copy, its deprecation date at the time the target was read, and whether Allowed AMIs allows it, with those of the source.',
  why: 'A copy that is pending, failed or disabled cannot be launched. A deprecated copy can be launched, but DescribeImages does not list it to other accounts.',
  remedy:
    'Wait for a pending copy. Copy a failed one again (the usual cause is a KMS key that does not exist on the target). Enable a disabled one. Change the deprecation date of a deprecated one.',
  links: [STATES, COPY],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const { source, target } = context;
    const { state, stateReason, deprecatedAt, createdAt } = ends.target;
    const past = (image: Image, takenAt: string) =>
      image.deprecatedAt !== null && image.deprecatedAt <= takenAt;
    // Where the source is in the same state, the two are alike: nothing got lost on the way.
    const unusable = state !== 'available' && state !== ends.source.state;
    const deprecated = past(ends.target, target.takenAt) && !past(ends.source, source.takenAt);
    const notAllowed =
      target.imageSettings.allowedImages === 'enabled' &&
      ends.target.imageAllowed === false &&
      ends.source.imageAllowed !== false;
    if (!unusable && !deprecated && !notAllowed) return;
    // What keeps it from launching outranks what only warns.
    const found = unusable ? state : notAllowed ? 'not allowed' : 'deprecated';
    const renew = renewDeprecation(ends.source, ends.target, target);
    const transfer = copyImage(ends.source, context);
    // EC2 refuses what only the owner may do.
    const owner = launchedFromOther(pair, context)?.owner ?? null;
    yield {
      facts: {
        state: found,
        reason: unusable ? stateReason : null,
        deprecatedAt: found === 'deprecated' ? deprecatedAt : null,
        since: found === 'pending' ? createdAt : found === 'deprecated' ? deprecatedAt : null,
        by: 'what EC2 returns for the image',
        strength: 'strong',
        owner,
        renewable: renew.length > 0,
        transfer: transfer.facts,
      },
      commands: commandsFor(
        owner !== null && ['disabled', 'deprecated'].includes(found) ? 'of another' : found,
        {
          enable: enable(ends.target, target.region),
          renew,
          again: transfer.commands,
        },
      ),
      content: found,
    };
  },
  message: ({ state, reason, since }, { name, target }) => {
    const because = reason ? ` (${reason})` : '';
    const from = since ? ` since ${since}` : '';
    if (state === 'pending') return `The copy of "${name}" in ${target} is in progress${from}${because}.`;
    if (state === 'not allowed')
      return `The copy of "${name}" in ${target} cannot be launched: Allowed AMIs is enabled there and does not allow it.`;
    return `The copy of "${name}" in ${target} is ${state}${from}${because}.`;
  },
  remedyFor: ({ state, renewable, owner, transfer }, { target }) => {
    if (owner !== null && (state === 'disabled' || state === 'deprecated'))
      return `Account ${owner} owns the image: only that account can make it usable again. Or copy the source image into the target account.`;
    switch (state) {
      case 'pending':
        return 'Wait until the copy is available, then run again. A copy takes minutes to hours, depending on its size.';
      case 'disabled':
        return 'Enable it, or copy the source image again.';
      case 'deprecated':
        return renewable
          ? 'Set its deprecation date to that of the source, or copy a newer image.'
          : 'Copy a newer image.';
      case 'not allowed':
        return `Add the owner of the image to the criteria of Allowed AMIs in ${target}.`;
      default:
        return copyAdvice(
          'Copy it again. A KMS key that does not exist on the target is the usual cause.',
          transfer,
        );
    }
  },
});

function enable({ id }: Image, region: string): Offer {
  const shell = awsCommand('ec2 enable-image', region, { '--image-id': id });
  return { shell, side: 'target', does: `Enable ${id}` };
}

/** In a state that a command ends. */
function commandsFor(
  state: string,
  { enable: enabled, renew, again }: { enable: Offer; renew: readonly Offer[]; again: readonly Offer[] },
): readonly Offer[] {
  if (['pending', 'not allowed', 'of another'].includes(state)) return [];
  if (state === 'disabled') return [enabled];
  return state === 'deprecated' ? renew : again;
}
