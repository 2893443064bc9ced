import type { Condition, Expression } from '../inventory/template.ts';
import { alternatives, type Scene } from './alternatives.ts';
import type { Content } from './content.ts';
import type { Place } from './outcome.ts';
import type { TemplateIndex } from './template-index.ts';

/** A longer chain of conditions than anyone writes; each link is a step of recursion. */
const MAX_CHAIN = 200;

/** Answers for the conditions of one template in one place; each is worked out once. Null: nothing decides it. */
export function conditionsIn(index: TemplateIndex, place: Place): Scene['decide'] {
  return deciding(index, place).decide;
}

/** Whether a condition without a name holds. */
export function holds(condition: Condition, index: TemplateIndex, place: Place): boolean | null {
  return deciding(index, place).truth(condition);
}

function deciding(index: TemplateIndex, place: Place) {
  const known = new Map<string, boolean | null>();
  let chain = 0;
  const decide = (name: string): boolean | null => {
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    // Needed again for its own value, it is circular, and CloudFormation would refuse it.
    known.set(name, null);
    const condition = index.conditions.get(name);
    chain += 1;
    const found = condition && chain <= MAX_CHAIN ? truth(condition) : null;
    chain -= 1;
    known.set(name, found);
    return found;
  };
  const scene: Scene = { index, place, decide };
  const truth = (condition: Condition): boolean | null => {
    switch (condition.is) {
      case 'condition':
        return decide(condition.name);
      case 'not':
        return not(truth(condition.of));
      case 'and':
        return every(condition.of.map(truth));
      case 'or':
        return not(every(condition.of.map((c) => not(truth(c)))));
      case 'equals':
        return equal(condition.left, condition.right, scene);
      case 'all-in':
        return allIn(condition.values, condition.list, scene);
      case 'unknown':
        return null;
    }
  };
  return { decide, truth };
}

function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

function every(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

function equal(left: Expression, right: Expression, scene: Scene): boolean | null {
  const texts = (side: Expression) =>
    alternatives(side, scene, []).map(({ content }) => textIn(content, scene));
  const pairs = texts(left).flatMap((a) =>
    texts(right).map((b) => (a === null || b === null ? null : a === b)),
  );
  const [first = null] = pairs;
  return pairs.every((same) => same === first) ? first : null;
}

function allIn(values: Expression, list: Expression, scene: Scene): boolean | null {
  const [some, all] = [textsIn(values, scene), textsIn(list, scene)];
  return some && all ? some.every((value) => all.includes(value)) : null;
}

/** The texts of a list, or the one text; null where they are not known for sure. */
function textsIn(expression: Expression, scene: Scene): string[] | null {
  const [only, ...more] = alternatives(expression, scene, []);
  if (!only || more.length > 0) return null;
  const items = only.content.is === 'list' ? only.content.items.flatMap(flat) : [only.content];
  const texts = items.flatMap((item) => textIn(item, scene) ?? []);
  return texts.length === items.length ? texts : null;
}

/** CloudFormation has resolved the parameters of Parameter Store by the time it compares them. */
function textIn(content: Content, { place }: Scene): string | null {
  if (content.is === 'ssm') return place.parameter?.(content.name) ?? null;
  return content.is === 'text' ? content.text : null;
}

function flat(content: Content): Content[] {
  return content.is === 'list' ? content.items.flatMap(flat) : [content];
}
