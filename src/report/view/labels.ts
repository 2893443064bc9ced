import { wordsOf } from '../../inventory/kinds.ts';
import { capital } from '../../text/capital.ts';
import { visible } from '../../text/printable.ts';
import {
  KINDS,
  type Kind,
  type LaunchPart,
  type PartState,
  type Severity,
  type SideName,
  type State,
  type Verdict,
  type WorkloadVerdict,
} from '../vocabulary.ts';

/** The words of the report as people read them. Records, so that a new member does not compile until it has its word. */

/** Headings: "Key pairs". */
export const KIND_LABELS = Object.fromEntries(
  KINDS.map((kind) => [kind, capital(wordsOf(kind).many)]),
) as Readonly<Record<Kind, string>>;

/** What uses something may be of a kind that this version does not know: then the report's own word is shown. */
export function kindWord(kind: string): string {
  // What uses a group besides workloads is of kinds that no table lists: "load-balancer", "vpc-endpoint".
  return (
    wordsOf(kind)?.one ??
    visible(kind)
      .replaceAll('-', ' ')
      .replace(/^vpc\b/, 'VPC')
  );
}

/** The word for several: "key pairs". */
export function kindWords(kind: string): string {
  return wordsOf(kind)?.many ?? `${kindWord(kind)}s`;
}

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

export const VERDICT_LABELS = {
  parity: 'Parity',
  differences: 'Differences',
  inconclusive: 'Inconclusive',
} as const satisfies Record<Verdict, string>;

export const SIDE_LABELS = { source: 'Source', target: 'Target' } as const satisfies Record<SideName, string>;

export const WORKLOAD_LABELS = {
  blocked: 'Blocked',
  degraded: 'Degraded',
  unknown: 'Unknown',
  launchable: 'Launchable',
} as const satisfies Record<WorkloadVerdict, string>;

/** A shape for each verdict, for eyes and printers that see no colour. */
export const WORKLOAD_MARKS = {
  blocked: '✕',
  degraded: '△',
  unknown: '?',
  launchable: '✓',
} as const satisfies Record<WorkloadVerdict, string>;

export const PART_LABELS = {
  key: 'Key',
  groups: 'Groups',
  image: 'Image',
  type: 'Type',
  network: 'Network',
  profile: 'Profile',
  storage: 'Storage',
  quota: 'Quota',
} as const satisfies Record<LaunchPart, string>;

export const PART_STATE_LABELS = {
  stops: 'stops the launch',
  unknown: 'could not be read',
  degrades: 'degrades it',
  'not-looked-at': 'not looked at',
  fine: 'fine',
  'does-not-apply': 'does not apply',
} as const satisfies Record<PartState, string>;

export const PART_STATE_MARKS = {
  stops: '✕',
  unknown: '?',
  degrades: '△',
  'not-looked-at': '○',
  fine: '✓',
  'does-not-apply': '–',
} as const satisfies Record<PartState, string>;
