import type { Image } from '../../../inventory/image.ts';
import { listed } from '../../../text/lists.ts';
import type { Context } from '../../context.ts';
import { namesakeProvenance } from '../../images/provenance.ts';
import { unreadEvidence } from '../../images/unread.ts';
import { bothEnds, type Counterpart, type UnreadEvidence } from '../../pairing/counterpart.ts';
import { always, rule } from '../rule.ts';

const COPY = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html';
const ANCESTRY = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageAncestry.html';

/** The action of EC2 that reads it. */
const ACTIONS: Readonly<Record<UnreadEvidence['explains'], string>> = {
  ancestry: 'ec2:GetImageAncestry',
  snapshots: 'ec2:DescribeSnapshots',
  permissions: 'ec2:DescribeImageAttribute',
  settings: 'ec2:GetAllowedImagesSettings',
  copies: 'ec2:DescribeImages',
};

/**
 * Two images of one name for which no other evidence shows that they are, or are not, a copy. What the config says of the very name, and equal
 * content, show it.
 */
function tiedByNameAlone(pair: Counterpart<Image>, context: Context): boolean {
  const ends = pair.matchedBy === 'name' ? bothEnds(pair) : null;
  if (!ends) return false;
  const mapped = Object.hasOwn(context.config.names?.images ?? {}, ends.source.name ?? '');
  const content = context.content(ends.source, ends.target);
  return (
    !mapped &&
    (content === null || content.result === 'not-verified' || content.result === 'no-difference-found') &&
    namesakeProvenance(ends.source, ends.target, context).is === 'namesake'
  );
}

export const imageUndetermined = rule({
  id: 'image/undetermined',
  title: 'Whether the target has the image is not known',
  short: 'copy not proven',
  severity: always('medium'),
  outcome: 'undetermined',
  compares:
    'Images that have only the name in common with an image of the target: no copy record, no ancestry, no description and no content shows that one is a copy of the other. Also images without a counterpart, where evidence that was not read could show one: ancestry, snapshot descriptions, launch permissions, the members of an organization, Allowed AMIs, copies that other accounts share.',
  why: 'Two images of one name can be two builds with different content. Where evidence was not read, a copy may exist that the audit cannot recognise: the image is neither missing nor the same.',
  remedy:
    'Allow what was not read and run again. Compare the content of two images of one name with --verify-content, or name the pair in the config (names.images).',
  links: [COPY, ANCESTRY],
  *find(pair, context) {
    const { source, target, because } = pair;
    const evidence = unreadEvidence(pair, context);
    const actions = [...new Set(evidence.map((e) => `${ACTIONS[e.explains]} on the ${e.side}`))];
    if (pair.pairingStatus === 'unread' && source && because !== undefined)
      yield {
        facts: { reason: 'not-read', imageId: source.id, targetId: null, because, actions },
        content: 'not-read',
      };
    if (source && target && tiedByNameAlone(pair, context)) {
      const { id: imageId } = source;
      const unread = actions.length === 0 ? '' : ', and the evidence that could do so was not read';
      const of = `no copy record, ancestry, description or content shows that it is a copy of ${imageId}${unread}`;
      yield {
        facts: { reason: 'name-alone', imageId, targetId: target.id, because: of, actions },
        content: 'name-alone',
      };
    }
  },
  message: ({ reason, imageId, targetId, because }, { name, target }) =>
    reason === 'name-alone'
      ? `The image "${name}" (${targetId}) in ${target} has the name of the source's image, and ${because}.`
      : `Whether the target has image "${name}" (${imageId}) is not known: ${because}.`,
  remedyFor: ({ reason, actions }) => {
    const read = actions.length === 0 ? '' : `Allow ${listed(actions)}, or save its answer, and run again.`;
    return reason === 'name-alone'
      ? `${read}${read === '' ? '' : ' '}Compare the content with --verify-content, copy the source image, or name the pair in the config (names.images) if it is intended.`
      : read || 'Read the target as a live region: EC2 returns the images that the account may launch.';
  },
});
