import type { Failure } from '../../inventory/collected.ts';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import type { FactKind } from '../../inventory/launch-facts/kinds.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { LaunchFindingFacts } from '../../report/rules/launches.ts';
import type { LaunchPart, Severity, SideName, WorkloadVerdict } from '../../report/vocabulary.ts';
import type { Launcher } from '../workloads/launches.ts';

export type LaunchRuleId = keyof LaunchFindingFacts;

/** One reason that prevents or changes a launch on the target: what a rule finds and what a verdict says, from one place. */
export type LaunchIssue = {
  readonly [Id in LaunchRuleId]: {
    readonly rule: Id;
    readonly facts: LaunchFindingFacts[Id];
    /** What it does to the workload by itself; null where the launch succeeds as on the source. */
    readonly verdict: Exclude<WorkloadVerdict, 'launchable'> | null;
    readonly severity?: Severity;
    /** For the chain of a verdict: what the launch names, and what is wrong with it. */
    readonly steps: readonly string[];
    /** The object that the finding is about: the launch template of a group, the workload itself otherwise. */
    readonly owner: Launcher | Stack;
    /** What distinguishes it from another issue of the same rule and owner: a place or an attribute, never what was found. */
    readonly place: readonly string[];
  };
}[LaunchRuleId];

/** What decides a launch and was not read: the verdict cannot be known. */
export interface UnreadFact {
  readonly steps: readonly string[];
  readonly kind: FactKind;
  /** Null: none of those that a report states. */
  readonly part: LaunchPart | null;
  readonly side: SideName;
  /** Where only one object of the kind could not be read: why. */
  readonly failure?: DeepReadonly<Failure>;
}

/** What was not looked at, for the line under the headline. */
export interface LaunchOmission {
  readonly what: string;
  readonly side: 'source' | 'target';
  readonly because: string;
  /** The parts of the launch that cannot be called fine without it; empty where they were looked at nevertheless. */
  readonly parts: readonly LaunchPart[];
}

export interface LaunchJudgement {
  readonly issues: readonly LaunchIssue[];
  readonly unread: readonly UnreadFact[];
  readonly omissions: readonly LaunchOmission[];
  /** The parts of the launch that were compared with what the target has. */
  readonly looked: readonly LaunchPart[];
}
