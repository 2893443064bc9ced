import type { Kind } from '../vocabulary.ts';
import type { ImageFacts } from './images.ts';
import type { KeyPairFacts } from './key-pairs.ts';
import type { LaunchFindingFacts } from './launches.ts';
import type { PrefixListFacts } from './prefix-lists.ts';
import type { SecurityGroupFacts } from './security-groups.ts';
import type { ReferenceRuleFacts, WorkloadFacts } from './workloads.ts';

/** What each rule finds, by the id of the rule. A new rule begins here: the compiler then requires all the rest. */
export type RuleFacts = KeyPairFacts &
  SecurityGroupFacts &
  PrefixListFacts &
  ImageFacts &
  WorkloadFacts &
  ReferenceRuleFacts &
  LaunchFindingFacts;

/** `<kind>/<failing adjective>`. An id keeps its meaning for ever. */
export type RuleId = keyof RuleFacts;

/** The facts of a finding of the rule `Id`, as `finding.facts` has them after `isOf(finding, id)`. */
export type FactsOf<Id extends RuleId> = RuleFacts[Id];

/** The rules whose ids begin with this word. */
export type RuleIdOf<Word extends string> = Extract<RuleId, `${Word}/${string}`>;

/** The kinds of object that a finding of the rule can be about. */
export type SubjectKind<Id extends RuleId> = Id extends `reference/${string}`
  ? 'instance' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group' | 'stack'
  : Id extends 'workload/launch-configuration-retired'
    ? 'launch-configuration'
    : Id extends 'workload/launch-failed'
      ? 'auto-scaling-group'
      : Id extends 'workload/missing' | 'workload/ambiguous'
        ? 'launch-template' | 'launch-configuration' | 'auto-scaling-group'
        : Id extends 'workload/differs'
          ? 'instance' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group'
          : Id extends `workload/${string}`
            ? 'instance' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group' | 'stack'
            : Id extends `${infer K extends Kind}/${string}`
              ? K
              : never;
