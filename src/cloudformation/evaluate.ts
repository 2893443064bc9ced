import type { Condition, Expression, Template } from '../inventory/template.ts';
import { type Alternative, alternatives, branches, type Scene } from './alternatives.ts';
import type { Content } from './content.ts';
import { conditionsIn, holds } from './decide.ts';
import type { Outcome, Place, When } from './outcome.ts';
import { indexOf } from './template-index.ts';

/** The values of an expression of this template in a place: never guessed, and none only for an empty list. */
export function evaluate(expression: Expression, template: Template, place: Place): Outcome[] {
  const index = indexOf(template);
  const scene: Scene = { index, place, decide: conditionsIn(index, place) };
  return outcomes(expression, scene, []);
}

/** Whether a condition of this template holds in a place; null where nothing decides it. */
export function decides(condition: Condition, template: Template, place: Place): boolean | null {
  return holds(condition, indexOf(template), place);
}

/** Item by item: the alternatives of one item have nothing to do with those of the next. */
function outcomes(expression: Expression, scene: Scene, when: readonly When[]): Outcome[] {
  if (expression.is === 'list') return expression.items.flatMap((item) => outcomes(item, scene, when));
  if (expression.is === 'if') {
    return branches(expression, scene, when).flatMap((b) => outcomes(b.take, scene, b.when));
  }
  return alternatives(expression, scene, when).flatMap(({ content, ...where }) => flat(content, where));
}

function flat(content: Content, where: Omit<Alternative, 'content'>): Outcome[] {
  const empty =
    content.is === 'list' ? content.items.length === 0 : content.is === 'text' && content.text === '';
  const given = empty ? where.via.find((v) => v.is === 'parameter' && v.from === 'default') : undefined;
  // Who deploys a template gives what it leaves empty: it is not known that nothing is named. A nested stack takes the default.
  if (given?.is === 'parameter' && !given.name.includes('.'))
    return [{ is: 'unresolved', what: `the parameter "${given.name}", whose default is empty`, ...where }];
  if (content.is === 'list') return content.items.flatMap((item) => flat(item, where));
  if (content.is !== 'text') return [{ ...content, ...where }];
  return [content.text === '' ? { is: 'absent', ...where } : { is: 'value', value: content.text, ...where }];
}
