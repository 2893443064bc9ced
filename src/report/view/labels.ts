import type { Kind, Severity, SideName, State, Verdict } from '../vocabulary.ts';

/** The words of the report as people read them. Records, so that a new member does not compile until it has its word. */

export const KIND_LABELS = {
  'key-pair': 'Key pairs',
  'security-group': 'Security groups',
  'prefix-list': 'Prefix lists',
  image: 'Images',
  instance: 'Instances',
  'launch-template': 'Launch templates',
  'launch-configuration': 'Launch configurations',
  'auto-scaling-group': 'Auto Scaling groups',
  stack: 'Stacks',
} as const satisfies Record<Kind, string>;

export const SEVERITY_LABELS = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
} as const satisfies Record<Severity, string>;

/** Short enough for the head of a column; the long form is the contract's own word. */
export const STATE_LABELS = {
  same: 'same',
  different: 'different',
  'missing-in-target': 'missing',
  'extra-in-target': 'extra',
  undetermined: 'undetermined',
  ambiguous: 'ambiguous',
} as const satisfies Record<State, string>;

/** What a state looks like where colour and column are missing. */
export const STATE_MARKS = {
  same: '=',
  different: '≠',
  'missing-in-target': '−',
  'extra-in-target': '+',
  undetermined: '?',
  ambiguous: '⁇',
} as const satisfies Record<State, string>;

export const VERDICT_LABELS = {
  parity: 'Parity',
  differences: 'Differences',
  inconclusive: 'Inconclusive',
} as const satisfies Record<Verdict, string>;

export const SIDE_LABELS = { source: 'Source', target: 'Target' } as const satisfies Record<SideName, string>;
