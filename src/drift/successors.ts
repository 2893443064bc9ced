import type { RuleId } from '../report/rules/index.ts';

/**
 * What a repair may leave behind: an object that was missing exists now and still differs, traffic that differed is the
 * same now and only written in other rules. The earlier finding hid the later one, so the later one is not new.
 * What admits more than the source, or another key, is never left behind by a repair: it is new.
 */
export const LEAVES_BEHIND: Readonly<Partial<Record<RuleId, readonly RuleId[]>>> = {
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
    'image/attributes-differ',
    'image/launch-permissions-differ',
    'image/encryption-differs',
    'image/lifecycle-differs',
    'image/written-size-differs',
    'image/tags-differ',
  ],
  'image/stale-copy': [
    'image/undetermined',
    'image/unusable-copy',
    'image/attributes-differ',
    'image/launch-permissions-differ',
    'image/encryption-differs',
    'image/lifecycle-differs',
    'image/written-size-differs',
    'image/tags-differ',
  ],
  'image/not-a-copy': [
    'image/undetermined',
    'image/unusable-copy',
    'image/attributes-differ',
    'image/launch-permissions-differ',
    'image/encryption-differs',
    'image/lifecycle-differs',
    'image/written-size-differs',
    'image/tags-differ',
  ],
  'image/unusable-copy': [
    'image/attributes-differ',
    'image/launch-permissions-differ',
    'image/lifecycle-differs',
    'image/tags-differ',
  ],
  'workload/missing': ['workload/differs'],
};
