import type { RuleId } from '../report/rules/index.ts';

const NOTHING = [] as const;

/** What is compared of an image and its copy, once there is one. */
const OF_A_COPY = [
  'image/attributes-differ',
  'image/launch-permissions-differ',
  'image/encryption-differs',
  'image/lifecycle-differs',
  'image/written-size-differs',
  'image/tags-differ',
] as const;

/**
 * What a repair may leave behind: an object that was missing exists now and still differs, traffic that differed is the
 * same now and only written in other rules. The earlier finding hid the later one, so the later one is not new.
 * What admits more than the source, or another key, is never left behind by a repair: it is new.
 */
const LEAVES_BEHIND = {
  'key-pair/missing': ['key-pair/undetermined', 'key-pair/tags-differ', 'key-pair/renamed'],
  'key-pair/different-key': ['key-pair/undetermined', 'key-pair/tags-differ'],
  'security-group/missing': [
    'security-group/allows-less',
    'security-group/written-differently',
    'security-group/unadapted-cidr',
    'security-group/connection-tracking-differs',
    'security-group/description-differs',
    'security-group/tags-differ',
  ],
  'security-group/allows-less': ['security-group/written-differently'],
  'security-group/allows-more': ['security-group/written-differently'],
  'prefix-list/missing': ['prefix-list/entries-differ'],
  'image/missing-copy': [
    'image/undetermined',
    'image/stale-copy',
    'image/unusable-copy',
    'image/renamed-copy',
    ...OF_A_COPY,
  ],
  'image/stale-copy': ['image/undetermined', 'image/unusable-copy', ...OF_A_COPY],
  'image/not-a-copy': ['image/undetermined', 'image/unusable-copy', ...OF_A_COPY],
  'image/unusable-copy': [
    'image/attributes-differ',
    'image/launch-permissions-differ',
    'image/lifecycle-differs',
    'image/tags-differ',
  ],
  'workload/missing': ['workload/differs'],
  'key-pair/undetermined': NOTHING,
  'key-pair/inconsistent-record': NOTHING,
  'key-pair/renamed': NOTHING,
  'key-pair/extra': NOTHING,
  'key-pair/undocumented-length': NOTHING,
  'key-pair/unusable-for-windows': NOTHING,
  'key-pair/tags-differ': NOTHING,
  'security-group/unadapted-cidr': NOTHING,
  'security-group/written-differently': NOTHING,
  'security-group/connection-tracking-differs': NOTHING,
  'security-group/over-quota': NOTHING,
  'security-group/unresolved-peer': NOTHING,
  'security-group/ambiguous': NOTHING,
  'security-group/description-differs': NOTHING,
  'security-group/tags-differ': NOTHING,
  'security-group/owner-differs': NOTHING,
  'security-group/extra': NOTHING,
  'prefix-list/ambiguous': NOTHING,
  'prefix-list/entries-differ': NOTHING,
  'image/undetermined': NOTHING,
  'image/owned-by-another-account': NOTHING,
  'image/source-gone': NOTHING,
  'image/renamed-copy': NOTHING,
  'image/content-differs': NOTHING,
  'image/attributes-differ': NOTHING,
  'image/launch-permissions-differ': NOTHING,
  'image/encryption-differs': NOTHING,
  'image/lifecycle-differs': NOTHING,
  'image/written-size-differs': NOTHING,
  'image/tags-differ': NOTHING,
  'image/extra': NOTHING,
  'workload/ambiguous': NOTHING,
  'workload/launch-configuration-retired': NOTHING,
  'workload/differs': NOTHING,
  'reference/dangling': NOTHING,
  'reference/hard-coded-image': NOTHING,
  'reference/hard-coded-group': NOTHING,
  'reference/no-region-mapping': NOTHING,
  'reference/missing-parameter': NOTHING,
  'reference/unsuitable-image': NOTHING,
  'workload/type-not-offered': NOTHING,
  'workload/type-unfit-for-image': NOTHING,
  'workload/no-subnet': NOTHING,
  'workload/missing-profile': NOTHING,
  'workload/missing-kms-key': NOTHING,
  'workload/missing-placement': NOTHING,
  'workload/volume-too-small': NOTHING,
  'workload/refused': NOTHING,
  'workload/over-quota': NOTHING,
  'workload/launch-failed': NOTHING,
  'workload/unreachable': NOTHING,
  'workload/user-data-names-source': NOTHING,
  'reference/of-another-region': NOTHING,
  'reference/of-another-account': NOTHING,
} as const satisfies Readonly<Record<RuleId, readonly RuleId[]>>;

/** @param rule of a baseline, so that this version may not know it. */
export function leftBehindBy(rule: string): readonly RuleId[] {
  return Object.hasOwn(LEAVES_BEHIND, rule) ? LEAVES_BEHIND[rule as RuleId] : NOTHING;
}
