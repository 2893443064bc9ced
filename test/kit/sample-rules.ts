import type { RuleText } from '../../src/report/model.ts';

const rule = (
  id: string,
  severity: RuleText['severity'],
  title: string,
  why: string,
  link: string,
): RuleText => ({
  id,
  title,
  short: id.split('/')[1] ?? id,
  severity,
  compares: `What ${id} compares.`,
  why,
  remedy: 'See the finding.',
  links: [link],
});
const always = (s: 'critical' | 'high' | 'medium' | 'low' | 'info') => ({
  readiness: s,
  verification: s,
  drift: s,
});
const GUIDE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide';

/** Rule texts in the manner of the catalogue; the real ones come from the comparator. */
export const SAMPLE_RULES: RuleText[] = [
  rule(
    'key-pair/missing',
    always('critical'),
    'Key pair missing in the target',
    'An instance that names a key the region does not know is refused at launch.',
    `${GUIDE}/ec2-key-pairs.html`,
  ),
  rule(
    'key-pair/different-key',
    always('critical'),
    'One name, two keys',
    'Instances launched from the same template admit different people.',
    `${GUIDE}/verify-keys.html`,
  ),
  rule(
    'key-pair/undetermined',
    always('medium'),
    'Identity of a key cannot be proven',
    'The two fingerprints are of kinds that cannot be compared.',
    `${GUIDE}/verify-keys.html`,
  ),
  rule(
    'security-group/allows-less',
    always('high'),
    'The target blocks traffic that the source admits',
    'What answers in one region times out in the other.',
    `${GUIDE}/security-group-rules.html`,
  ),
  rule(
    'security-group/allows-more',
    always('high'),
    'The target admits traffic that the source does not',
    'A group that is wider over there is an opening nobody decided on.',
    `${GUIDE}/security-group-rules.html`,
  ),
  rule(
    'security-group/missing',
    always('high'),
    'Security group missing in the target',
    'A launch that names it is refused.',
    `${GUIDE}/ec2-security-groups.html`,
  ),
  rule(
    'security-group/ambiguous',
    always('medium'),
    'Cannot be paired one to one',
    'Comparing with the wrong counterpart would report differences that are none.',
    `${GUIDE}/ec2-security-groups.html`,
  ),
  rule(
    'security-group/unadapted-cidr',
    always('medium'),
    "The source VPC's own range, copied as it stands",
    'Over there these addresses belong to somebody else, or to nobody.',
    `${GUIDE}/security-group-rules.html`,
  ),
  rule(
    'security-group/tags-differ',
    always('info'),
    'Tags differ',
    'Automation that selects by tag selects differently.',
    `${GUIDE}/Using_Tags.html`,
  ),
  rule(
    'image/missing-copy',
    always('critical'),
    'No copy of the image in the target',
    'An image id is of one region; without a copy there is nothing to launch.',
    `${GUIDE}/CopyingAMIs.html`,
  ),
  rule(
    'image/attributes-differ',
    always('medium'),
    'Attributes that a copy should share differ',
    'An image of another architecture does not boot on the same instance type.',
    `${GUIDE}/CopyingAMIs.html`,
  ),
  rule(
    'image/tags-differ',
    always('low'),
    'Tags differ',
    'CopyImage carries tags only when asked to.',
    `${GUIDE}/CopyingAMIs.html`,
  ),
];
