import { type AddedRule, type GroupChange, refKey } from '../group-changes.ts';
import type { PlannedRule } from '../model.ts';

/**
 * CloudFormation gives a new group egress to everywhere, unless the group itself has a rule of egress (reference of
 * AWS::EC2::SecurityGroup). `default`: that is what the group is to have. `rule`: one of its rules of egress is inside the group.
 * `localhost`: no rule can be, and one to 127.0.0.1/32 has to take its place, as that reference shows.
 */
export type InsideEgress =
  | { readonly type: 'default' }
  | { readonly type: 'rule'; readonly added: AddedRule }
  | { readonly type: 'localhost'; readonly rule: PlannedRule };

const LOCALHOST: PlannedRule = {
  protocol: '-1',
  from: null,
  to: null,
  peer: { type: 'cidr', cidr: '127.0.0.1/32' },
  description: null,
};

/** A group that is made, and its rules of egress in the template. */
export interface NewGroup {
  readonly change: GroupChange;
  readonly egress: readonly AddedRule[];
}

/** By the key of each group. Rules inside groups refer to other groups in no circle. */
export function insideEgress(groups: readonly NewGroup[]): ReadonlyMap<string, InsideEgress> {
  const inside = new Map<string, InsideEgress>();
  /** By the key of a group: the group that the rule inside it refers to. */
  const refersTo = new Map<string, string>();
  const leadsTo = (from: string, to: string): boolean => {
    for (let at: string | undefined = from; at !== undefined; at = refersTo.get(at))
      if (at === to) return true;
    return false;
  };
  for (const { change, egress } of groups) {
    const key = refKey(change.group);
    if (change.keepsDefaultEgress) {
      inside.set(key, { type: 'default' });
      continue;
    }
    const added =
      egress.find((a) => a.rule.peer.type !== 'group') ??
      egress.find((a) => a.rule.peer.type === 'group' && !leadsTo(refKey(a.rule.peer.group), key));
    if (added?.rule.peer.type === 'group') refersTo.set(key, refKey(added.rule.peer.group));
    inside.set(key, added ? { type: 'rule', added } : { type: 'localhost', rule: LOCALHOST });
  }
  return inside;
}
