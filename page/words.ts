import type { IslandStatus } from '../src/report/view/island/types.ts';
import type { Severity, State, WorkloadVerdict } from '../src/report/vocabulary.ts';
import type { View } from './address.ts';

export const VIEW_LABELS = {
  fixes: 'Fix list',
  workloads: 'Workloads',
  findings: 'Findings',
  objects: 'Objects',
  families: 'Families',
  coverage: 'Coverage',
} as const satisfies Record<View, string>;

export const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
export const VERDICT_ORDER: readonly WorkloadVerdict[] = ['blocked', 'degraded', 'unknown', 'launchable'];

export const STATE_WORDS = {
  same: ['=', 'same'],
  different: ['≠', 'different'],
  'missing-in-target': ['−', 'missing'],
  'extra-in-target': ['+', 'extra'],
  undetermined: ['?', 'undetermined'],
  ambiguous: ['⁇', 'ambiguous'],
} as const satisfies Record<State, readonly [string, string]>;

export const STATE_ORDER = Object.keys(STATE_WORDS) as readonly State[];

export const STATUS_WORDS = {
  new: 'new',
  worsened: 'worsened',
  persisting: 'persisting',
  waived: 'waived',
  resolved: 'resolved',
  unchecked: 'unchecked',
} as const satisfies Record<IslandStatus, string>;

/** Findings that are neither accepted nor of an earlier run alone. */
export const ACTIVE: readonly IslandStatus[] = ['new', 'worsened', 'persisting'];

export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `1,234`, with a comma from a thousand, on every machine. */
export function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

/** `12 of 61 findings`, or `61 findings` where nothing is filtered. */
export function countOf(shown: number, all: number, one: string, many = `${one}s`): string {
  return shown === all ? count(all, one, many) : `${thousands(shown)} of ${count(all, one, many)}`;
}

/** A long token by both ends, an ARN by its last part; the whole is in the title of where it is shown. */
export function shortened(id: string): string {
  if (id.startsWith('arn:')) {
    const at = Math.max(id.lastIndexOf('/'), id.lastIndexOf(':'));
    return `…${id.slice(at)}`;
  }
  return id.length > 30 && !/\s/.test(id) ? `${id.slice(0, 16)}…${id.slice(-6)}` : id;
}
