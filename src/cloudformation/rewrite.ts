import type { Condition, Expression } from '../inventory/template.ts';

/** Puts other names into expressions and conditions. */
export interface Rewriter {
  readonly expression: (expression: Expression) => Expression;
  readonly condition: (condition: Condition) => Condition;
}

/**
 * @param prefix Goes before every name.
 * @param parameter What takes the place of a parameter; null: its name with the prefix.
 * @param resource The same of a resource.
 * @param pseudo What takes the place of a pseudo parameter; null: itself.
 */
export function rewriter({
  prefix = '',
  parameter = () => null,
  resource = () => null,
  pseudo = () => null,
}: {
  prefix?: string;
  parameter?: (name: string) => Expression | null;
  resource?: (logicalId: string, attribute: string | null) => Expression | null;
  pseudo?: (name: string) => Expression | null;
}): Rewriter {
  const expression = (e: Expression): Expression => {
    switch (e.is) {
      case 'text':
      case 'unknown':
        return e;
      case 'pseudo':
        return pseudo(e.name) ?? e;
      case 'list':
        return { ...e, items: e.items.map(expression) };
      case 'parameter':
        return parameter(e.name) ?? { is: 'parameter', name: `${prefix}${e.name}` };
      case 'resource':
        return resource(e.logicalId, e.attribute) ?? { ...e, logicalId: `${prefix}${e.logicalId}` };
      case 'map':
        return {
          ...e,
          map: `${prefix}${e.map}`,
          first: expression(e.first),
          second: expression(e.second),
          otherwise: e.otherwise && expression(e.otherwise),
        };
      case 'join':
        return { ...e, parts: e.parts.map(expression) };
      case 'split':
        return { ...e, from: expression(e.from) };
      case 'select':
        return { ...e, index: expression(e.index), from: expression(e.from) };
      case 'if':
        return { ...e, condition: `${prefix}${e.condition}`, yes: expression(e.yes), no: expression(e.no) };
      case 'ssm':
      case 'import':
        return { ...e, name: expression(e.name) };
      case 'zones':
        return { ...e, region: expression(e.region) };
      case 'length':
      case 'attribute':
        return { ...e, of: expression(e.of) };
    }
  };
  const condition = (c: Condition): Condition => {
    switch (c.is) {
      case 'equals':
        return { ...c, left: expression(c.left), right: expression(c.right) };
      case 'and':
      case 'or':
        return { ...c, of: c.of.map(condition) };
      case 'not':
        return { ...c, of: condition(c.of) };
      case 'condition':
        return { ...c, name: `${prefix}${c.name}` };
      case 'all-in':
        return { ...c, values: expression(c.values), list: expression(c.list) };
      case 'unknown':
        return c;
    }
  };
  return { expression, condition };
}
