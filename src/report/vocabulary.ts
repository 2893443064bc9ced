/** The words of the report, each in its order of presentation. */

export const PHASES = ['readiness', 'verification', 'drift'] as const;

/** What the audit is for; it decides the severities of findings. */
export type Phase = (typeof PHASES)[number];

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** How serious a finding is, from critical to info. */
export type Severity = (typeof SEVERITIES)[number];

export const FAIL_ON = [...SEVERITIES, 'none'] as const;

/** The lowest severity that makes exit code 1; with `none` no finding does. */
export type FailOn = (typeof FAIL_ON)[number];

export { KINDS, type Kind, SCOPES, type Scope, wordsOf } from '../inventory/kinds.ts';

export const STATES = [
  'same',
  'different',
  'missing-in-target',
  'extra-in-target',
  'undetermined',
  'ambiguous',
] as const;

/** How the two ends of a pair compare, or why they could not be compared. */
export type State = (typeof STATES)[number];

/** What a row of one side is to the traffic of the other. */
export const COMPARED_STATES = [
  'same',
  'covered',
  'source-only',
  'target-only',
  'open-to-world',
  'unknown',
] as const;
export type ComparedState = (typeof COMPARED_STATES)[number];

/** How sure it is that the two ends of a pair belong together: proven, indicated, or by a name alone. */
export const MATCH_STRENGTHS = ['strong', 'medium', 'weak'] as const;

/** How certain it is that the two ends of a pair correspond. */
export type MatchStrength = (typeof MATCH_STRENGTHS)[number];

export const SIDES = ['source', 'target'] as const;

/** The two sides of an audit: the target is compared with the source. */
export type SideName = (typeof SIDES)[number];

export const VERDICTS = ['parity', 'differences', 'inconclusive'] as const;

/** The result of the whole audit; `inconclusive` where something that decides could not be read. */
export type Verdict = (typeof VERDICTS)[number];

/** Whether something would start on the target today, worst first. */
export const WORKLOAD_VERDICTS = ['blocked', 'degraded', 'unknown', 'launchable'] as const;

/** Whether a workload would start on the target. */
export type WorkloadVerdict = (typeof WORKLOAD_VERDICTS)[number];

/** The parts of a launch that a report states per workload: each was looked at, or the report says that it was not. */
export const LAUNCH_PARTS = [
  'key',
  'groups',
  'image',
  'type',
  'network',
  'profile',
  'storage',
  'quota',
] as const;
export type LaunchPart = (typeof LAUNCH_PARTS)[number];

/** What is known of a part of a launch on the target, worst first. */
export const PART_STATES = [
  'stops',
  'unknown',
  'degrades',
  'not-looked-at',
  'fine',
  'does-not-apply',
] as const;
export type PartState = (typeof PART_STATES)[number];
