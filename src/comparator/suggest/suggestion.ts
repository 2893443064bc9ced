import type { NamedKind } from '../../inventory/kinds.ts';

/** One line that a config could hold, and what supports and contradicts it. */
export interface Suggestion {
  readonly section: 'vpcs' | 'cidrs' | `names.${NamedKind}`;
  readonly from: string;
  readonly to: string;
  /** How many objects it would pair, or rules it would make agree. */
  readonly supports: number;
  /** How many it would touch and not bring together. */
  readonly contradicts: number;
  readonly because: string;
}
