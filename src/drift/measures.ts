import type { RuleId } from '../report/rules/index.ts';

/**
 * By which facts one finding of a rule is more than another of the same fingerprint.
 * - `traffic`: exact sets of packets, as `facts.traffic` writes them, under these keys.
 * - `addresses`: CIDRs under these keys, as the set of addresses that they are together; "except 10.1.0.0/16" is not among them.
 * - `grants`: who may launch, under these keys; each one more is more, and no account is more than everyone.
 * - `lists`: texts under these keys (`rows.source` is a key of a key); each further one is more.
 * - `content`: any other content is more, since what was accepted is not what is there now.
 * - `none`: nothing in the facts makes it more.
 */
export type Measure =
  | { readonly by: 'traffic'; readonly keys: readonly string[] }
  | { readonly by: 'addresses'; readonly keys: readonly string[] }
  | { readonly by: 'grants'; readonly keys: readonly string[] }
  | { readonly by: 'lists'; readonly keys: readonly string[] }
  | { readonly by: 'content' }
  | { readonly by: 'none' };

const CONTENT: Measure = { by: 'content' };
const NONE: Measure = { by: 'none' };
const lists = (...keys: string[]): Measure => ({ by: 'lists', keys });
const traffic = (...keys: string[]): Measure => ({ by: 'traffic', keys });

/** A new rule does not compile before it has an entry. */
export const MEASURES = {
  'key-pair/missing': NONE,
  'key-pair/different-key': CONTENT,
  'key-pair/undetermined': NONE,
  'key-pair/inconsistent-record': NONE,
  'key-pair/renamed': NONE,
  'key-pair/extra': CONTENT,
  'key-pair/undocumented-length': NONE,
  'key-pair/unusable-for-windows': lists('workloads'),
  'key-pair/tags-differ': lists('keys'),
  'security-group/missing': NONE,
  'security-group/allows-less': traffic('traffic'),
  'security-group/allows-more': traffic('traffic'),
  'security-group/unadapted-cidr': lists('equalRows'),
  'security-group/written-differently': NONE,
  'security-group/connection-tracking-differs': traffic('untrackedOnSourceOnly', 'untrackedOnTargetOnly'),
  'security-group/over-quota': NONE,
  'security-group/unresolved-peer': NONE,
  'security-group/ambiguous': NONE,
  'security-group/description-differs': NONE,
  'security-group/tags-differ': lists('keys'),
  'security-group/owner-differs': CONTENT,
  // Reports of earlier versions have the first of the three alone.
  'security-group/extra': traffic('opensToWorld', 'admits.ingress', 'admits.egress'),
  'prefix-list/missing': NONE,
  'prefix-list/ambiguous': NONE,
  'prefix-list/entries-differ': { by: 'addresses', keys: ['onlySource', 'onlyTarget'] },
  'image/missing-copy': NONE,
  'image/undetermined': NONE,
  'image/owned-by-another-account': CONTENT,
  'image/stale-copy': NONE,
  'image/not-a-copy': CONTENT,
  'image/unusable-copy': NONE,
  'image/source-gone': NONE,
  'image/renamed-copy': NONE,
  'image/content-differs': CONTENT,
  'image/attributes-differ': lists('attributes'),
  'image/launch-permissions-differ': { by: 'grants', keys: ['rows.source', 'rows.target'] },
  'image/encryption-differs': NONE,
  'image/lifecycle-differs': lists('attributes'),
  'image/written-size-differs': NONE,
  'image/tags-differ': lists('keys'),
  'image/extra': NONE,
  'workload/missing': NONE,
  'workload/ambiguous': NONE,
  'workload/launch-configuration-retired': NONE,
  'workload/launch-failed': NONE,
  'workload/differs': lists('parts'),
  'reference/dangling': CONTENT,
  'reference/hard-coded-image': CONTENT,
  'reference/hard-coded-group': CONTENT,
  'reference/no-region-mapping': NONE,
  'reference/missing-parameter': NONE,
  'reference/unsuitable-image': NONE,
  'workload/type-not-offered': NONE,
  'workload/type-unfit-for-image': NONE,
  'workload/no-subnet': NONE,
  'workload/missing-profile': NONE,
  'workload/missing-kms-key': NONE,
  'workload/missing-placement': NONE,
  'workload/volume-too-small': NONE,
  'workload/refused': NONE,
  'workload/over-quota': NONE,
  'workload/unreachable': traffic('traffic'),
  'workload/user-data-names-source': lists('names'),
  'reference/of-another-region': NONE,
  'reference/of-another-account': NONE,
} as const satisfies Readonly<Record<RuleId, Measure>>;
