import type { Rule } from '../../inventory/security-group.ts';
import type { ShellVariable } from './shell.ts';

/** The id of something that exists, or a shell variable that holds the id of what is yet to be made. */
export type Ref = string | ShellVariable;

export type WrittenPeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'prefix-list'; readonly id: Ref }
  | { readonly type: 'group'; readonly id: Ref; readonly ownerId: string | null };

/** One row of a group as `--ip-permissions` takes it. */
export interface WrittenRow extends Pick<Rule, 'protocol' | 'from' | 'to' | 'description'> {
  readonly peer: WrittenPeer;
}
