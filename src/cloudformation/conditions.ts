import type { Condition, Expression, TemplateParameter } from '../inventory/template.ts';
import { type Names, toExpression } from './intrinsics.ts';
import { functionOf, get, list, type Node, textOf } from './node.ts';

/** @param parameters Of the template, for the functions of Rules. */
export function toCondition(
  node: Node,
  names: Names,
  parameters: readonly TemplateParameter[] = [],
): Condition {
  const name = textOf(get(node, 'Condition'));
  if (name !== null) return { is: 'condition', name };
  const [call] = node.is === 'map' && node.entries.size === 1 ? [...node.entries] : [];
  if (!call) return { is: 'unknown', what: 'no condition' };
  const [what, { node: of }] = call;
  const items = of.is === 'list' ? of.items : [of];
  const [left, right] = items;
  const toValue = (value: Node): Expression =>
    value.is === 'list'
      ? { is: 'list', items: value.items.map(toValue) }
      : (ofParameters(value, parameters) ?? toExpression(value, names));
  switch (what) {
    case 'Fn::Equals':
      return left && right
        ? { is: 'equals', left: toValue(left), right: toValue(right) }
        : { is: 'unknown', what };
    case 'Fn::And':
    case 'Fn::Or':
      return {
        is: what === 'Fn::And' ? 'and' : 'or',
        of: items.map((item) => toCondition(item, names, parameters)),
      };
    case 'Fn::Not':
      return left ? { is: 'not', of: toCondition(left, names, parameters) } : { is: 'unknown', what };
    case 'Fn::Contains':
      return left && right
        ? { is: 'all-in', values: toValue(right), list: toValue(left) }
        : { is: 'unknown', what };
    case 'Fn::EachMemberIn':
      return left && right
        ? { is: 'all-in', values: toValue(left), list: toValue(right) }
        : { is: 'unknown', what };
    case 'Fn::EachMemberEquals':
      return left && right
        ? { is: 'all-in', values: toValue(left), list: toValue(list([right], right.line)) }
        : { is: 'unknown', what };
    default:
      return { is: 'unknown', what };
  }
}

/**
 * The functions of Rules that take parameters: Fn::RefAll gives the values of all of a type such as "AWS::EC2::VPC::Id",
 * Fn::ValueOf an attribute of what one names, Fn::ValueOfAll of what all of a type name (User Guide, rule-specific functions).
 */
function ofParameters(node: Node, parameters: readonly TemplateParameter[]): Expression | null {
  const call = functionOf(node);
  if (!call) return null;
  const [first, second] = call.of.is === 'list' ? call.of.items.map(textOf) : [textOf(call.of)];
  if (!first) return null;
  const ofType = (type: string): Expression => ({
    is: 'list',
    items: parameters
      .filter((p) => p.type === type || p.type === `List<${type}>`)
      .map(({ name }) => ({ is: 'parameter', name })),
  });
  switch (call.name) {
    case 'Fn::RefAll':
      return ofType(first);
    case 'Fn::ValueOfAll':
      return second ? { is: 'attribute', of: ofType(first), type: first, name: second } : null;
    case 'Fn::ValueOf': {
      const type = parameters.find(({ name }) => name === first)?.type.replace(/^List<(.*)>$/, '$1');
      return second && type
        ? { is: 'attribute', of: { is: 'parameter', name: first }, type, name: second }
        : null;
    }
    default:
      return null;
  }
}
