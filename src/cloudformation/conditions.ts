import type { Condition } from '../inventory/template.ts';
import { type Names, toExpression } from './intrinsics.ts';
import { get, type Node, textOf } from './node.ts';

export function toCondition(node: Node, names: Names): Condition {
  const name = textOf(get(node, 'Condition'));
  if (name !== null) return { is: 'condition', name };
  const [call] = node.is === 'map' && node.entries.size === 1 ? [...node.entries] : [];
  if (!call) return { is: 'unknown', what: 'no condition' };
  const [what, { node: of }] = call;
  const items = of.is === 'list' ? of.items : [of];
  const [left, right] = items;
  switch (what) {
    case 'Fn::Equals':
      return left && right
        ? { is: 'equals', left: toExpression(left, names), right: toExpression(right, names) }
        : { is: 'unknown', what };
    case 'Fn::And':
    case 'Fn::Or':
      return { is: what === 'Fn::And' ? 'and' : 'or', of: items.map((item) => toCondition(item, names)) };
    case 'Fn::Not':
      return left ? { is: 'not', of: toCondition(left, names) } : { is: 'unknown', what };
    default:
      return { is: 'unknown', what };
  }
}
