import type { Condition, Expression, Template } from '../inventory/template.ts';
import { reaches } from './ids.ts';

/** An expression and everything in it. */
export function* within(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* within(part);
}

function partsOf(of: Expression): readonly Expression[] {
  switch (of.is) {
    case 'list':
      return of.items;
    case 'map':
      return [of.first, of.second, ...(of.otherwise ? [of.otherwise] : [])];
    case 'join':
      return of.parts;
    case 'split':
      return [of.from];
    case 'select':
      return [of.index, of.from];
    case 'if':
      return [of.yes, of.no];
    case 'ssm':
    case 'import':
      return [of.name];
    case 'length':
    case 'attribute':
      return [of.of];
    case 'zones':
      return [of.region];
    case 'text':
    case 'parameter':
    case 'pseudo':
    case 'resource':
    case 'unknown':
      return [];
  }
}

/** The expressions of a condition with everything in them, and the names of the conditions that it takes. */
export function* expressionsOf(
  condition: Condition,
): Generator<Expression | { is: 'condition'; name: string }> {
  switch (condition.is) {
    case 'equals':
      yield* within(condition.left);
      yield* within(condition.right);
      return;
    case 'and':
    case 'or':
      for (const part of condition.of) yield* expressionsOf(part);
      return;
    case 'not':
      yield* expressionsOf(condition.of);
      return;
    case 'condition':
      yield condition;
      return;
    case 'all-in':
      yield* within(condition.values);
      yield* within(condition.list);
      return;
    case 'unknown':
      return;
  }
}

/** The mappings and conditions that values and rules go through: all that is needed to compute their values. */
export function reachedBy(
  values: readonly Expression[],
  rules: readonly Condition[],
  all: Pick<Template, 'mappings' | 'conditions'>,
): Pick<Template, 'mappings' | 'conditions'> {
  const conditions = new Map(all.conditions.map((c) => [c.name, c.condition]));
  const reached = new Set<string>();
  const lookUps = new Map<string, Expression & { is: 'map' }>();
  const open: string[] = [];
  const note = (part: Expression | { is: 'condition'; name: string }) => {
    const name = part.is === 'if' ? part.condition : part.is === 'condition' ? part.name : null;
    if (name !== null && conditions.has(name) && !reached.has(name)) {
      reached.add(name);
      open.push(name);
    }
    if (part.is === 'map') {
      lookUps.set(JSON.stringify([part.map, part.second.is === 'text' ? part.second.text : null]), part);
    }
  };
  for (const value of values) for (const part of within(value)) note(part);
  for (const rule of rules) for (const part of expressionsOf(rule)) note(part);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const condition = conditions.get(name);
    if (condition) for (const part of expressionsOf(condition)) note(part);
  }
  const kept = [...lookUps.values()];
  return {
    mappings: all.mappings.filter((row) => kept.some((lookUp) => reaches(lookUp, row))),
    conditions: all.conditions.filter((c) => reached.has(c.name)),
  };
}
