import type { Finding } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';

/** What a finding about something that a launch names does to that launch on the target. */
export type LaunchEffect =
  /** The object, or its name, does not exist there: the chain that says so refers to the finding. */
  | { readonly is: 'lacking' }
  /** The launch succeeds, and what starts is not what starts on the source: `how`, as the last step of a chain says it. */
  | { readonly is: 'degrading'; readonly how: string }
  /** About a reference or a workload itself: judged where the reference is judged. */
  | { readonly is: 'judged with the reference' }
  | { readonly is: 'not affected' };

/** Which search for causes may explain a finding of the rule together with others. */
export type CauseOf =
  | 'missing group or VPC'
  | 'VPC without counterpart'
  | 'traffic'
  | 'lost peer'
  | 'unadapted range'
  | 'prefix list'
  | 'image family'
  | 'reference'
  /** Explained by its own object alone. */
  | 'no common cause';

export interface RuleEffects {
  readonly launch: LaunchEffect;
  readonly cause: CauseOf;
}

const lacking: LaunchEffect = { is: 'lacking' };
const withReference: LaunchEffect = { is: 'judged with the reference' };
const notAffected: LaunchEffect = { is: 'not affected' };
const degrading = (how: string): LaunchEffect => ({ is: 'degrading', how });
const NONE = { launch: notAffected, cause: 'no common cause' } as const;
/** Found and judged by the launch itself (comparator/launches). */
const LAUNCH = { launch: withReference, cause: 'no common cause' } as const;
const REFERENCE = { launch: withReference, cause: 'reference' } as const;

/**
 * What else each rule has a part in, besides its own finding. A new rule does not compile before it is listed here:
 * `NONE` says that it affects no launch and shares its cause with nothing.
 */
export const RULE_EFFECTS = {
  'key-pair/missing': { launch: lacking, cause: 'no common cause' },
  'key-pair/different-key': { launch: degrading('another key has this name'), cause: 'no common cause' },
  'key-pair/undetermined': {
    launch: degrading('whether it is the same key is not known'),
    cause: 'no common cause',
  },
  'key-pair/inconsistent-record': NONE,
  'key-pair/renamed': { launch: lacking, cause: 'no common cause' },
  'key-pair/extra': NONE,
  'key-pair/undocumented-length': NONE,
  // It blocks a launch of Windows and no other.
  'key-pair/unusable-for-windows': { launch: withReference, cause: 'no common cause' },
  'key-pair/tags-differ': NONE,

  'security-group/missing': { launch: lacking, cause: 'missing group or VPC' },
  'security-group/allows-less': { launch: degrading('admits less on the target'), cause: 'traffic' },
  'security-group/allows-more': { launch: degrading('admits more on the target'), cause: 'traffic' },
  'security-group/unadapted-cidr': {
    launch: degrading('names addresses of the source VPC'),
    cause: 'unadapted range',
  },
  'security-group/written-differently': NONE,
  'security-group/connection-tracking-differs': NONE,
  'security-group/over-quota': NONE,
  'security-group/unresolved-peer': {
    launch: degrading('refers to something that cannot exist on the target'),
    cause: 'lost peer',
  },
  'security-group/ambiguous': { launch: notAffected, cause: 'VPC without counterpart' },
  'security-group/description-differs': NONE,
  'security-group/tags-differ': NONE,
  'security-group/owner-differs': NONE,
  'security-group/extra': NONE,

  'prefix-list/ambiguous': NONE,
  'prefix-list/missing': { launch: notAffected, cause: 'prefix list' },
  'prefix-list/entries-differ': { launch: notAffected, cause: 'prefix list' },

  'image/missing-copy': { launch: lacking, cause: 'image family' },
  'image/undetermined': {
    launch: degrading('the image there has only the name in common with it'),
    cause: 'no common cause',
  },
  'image/owned-by-another-account': NONE,
  'image/stale-copy': { launch: degrading('the copy is out of date'), cause: 'image family' },
  'image/not-a-copy': {
    launch: degrading('the image there is not a copy of it'),
    cause: 'no common cause',
  },
  'image/unusable-copy': { launch: degrading('the copy is deprecated'), cause: 'no common cause' },
  'image/source-gone': NONE,
  'image/renamed-copy': NONE,
  'image/content-differs': { launch: degrading('the copy has other content'), cause: 'no common cause' },
  'image/attributes-differ': {
    launch: degrading('the copy has other attributes'),
    cause: 'no common cause',
  },
  // Only accounts other than the target's own launch by them.
  'image/launch-permissions-differ': NONE,
  // Only findings of medium or worse degrade: so it weighs where the copy is the unencrypted one.
  'image/encryption-differs': {
    launch: degrading('volumes of the copy are not encrypted'),
    cause: 'no common cause',
  },
  'image/lifecycle-differs': NONE,
  'image/written-size-differs': NONE,
  'image/tags-differ': NONE,
  'image/extra': NONE,

  'workload/launch-configuration-retired': NONE,
  'workload/ambiguous': { launch: withReference, cause: 'no common cause' },
  'workload/missing': { launch: withReference, cause: 'no common cause' },
  'workload/differs': { launch: withReference, cause: 'no common cause' },

  'workload/type-not-offered': LAUNCH,
  'workload/type-unfit-for-image': LAUNCH,
  'workload/no-subnet': LAUNCH,
  'workload/missing-profile': LAUNCH,
  'workload/missing-kms-key': LAUNCH,
  'workload/missing-placement': LAUNCH,
  'workload/volume-too-small': LAUNCH,
  'workload/refused': LAUNCH,
  'workload/over-quota': LAUNCH,
  'workload/unreachable': LAUNCH,
  'workload/launch-failed': LAUNCH,
  'workload/user-data-names-source': LAUNCH,
  'reference/of-another-region': LAUNCH,
  'reference/of-another-account': LAUNCH,

  'reference/dangling': REFERENCE,
  'reference/hard-coded-image': REFERENCE,
  'reference/hard-coded-group': REFERENCE,
  'reference/no-region-mapping': REFERENCE,
  'reference/missing-parameter': REFERENCE,
  'reference/unsuitable-image': REFERENCE,
} as const satisfies Record<RuleId, RuleEffects>;

/** The rules whose findings a search for causes looks at. */
export type RuleOfCause<Cause extends CauseOf> = {
  [Id in RuleId]: (typeof RULE_EFFECTS)[Id]['cause'] extends Cause ? Id : never;
}[RuleId];

/** Whether the search for such causes looks at the finding. */
export function hasCause<Cause extends CauseOf>(
  finding: Finding,
  cause: Cause,
): finding is Finding<RuleOfCause<Cause>> {
  return RULE_EFFECTS[finding.rule].cause === cause;
}
