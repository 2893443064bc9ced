import type { Expression } from '../inventory/template.ts';
import { type Content, firstUnusable, joined, lengthOf, selected, split, unresolved } from './content.ts';
import { mayBeDynamic, textExpression } from './dynamic.ts';
import { attributeOf, imported, parameterContent, pseudo, resource, settled, zones } from './leaves.ts';
import type { Place, Via, When } from './outcome.ts';
import type { TemplateIndex } from './template-index.ts';

/** One of the possible values of an expression, and under which answers to open conditions. */
export interface Alternative {
  readonly content: Content;
  readonly via: readonly Via[];
  readonly line: number | null;
  /** Of the line, where that is another file than the template's. */
  readonly file?: string | undefined;
  readonly when: readonly When[];
}

/** Conditions that nothing decides double the alternatives each; what has more is not worth following. */
const MAX_ALTERNATIVES = 64;

export interface Scene {
  readonly index: TemplateIndex;
  readonly place: Place;
  /** Whether a condition holds here; null where nothing decides it. */
  readonly decide: (condition: string) => boolean | null;
}

export function alternatives(expression: Expression, scene: Scene, when: readonly When[]): Alternative[] {
  const bare = (content: Content): Alternative[] => [{ content, via: [], line: null, when }];
  switch (expression.is) {
    case 'text':
      return bare(expression);
    case 'unknown':
      return bare({ is: 'unresolved', what: expression.what });
    case 'pseudo':
      return [{ content: pseudo(expression.name, scene.place), via: [expression], line: null, when }];
    case 'parameter':
      return parameter(expression.name, scene, when);
    case 'resource':
      return bare(resource(expression.logicalId, expression.attribute, scene.index));
    case 'list':
      return together(expression.items, scene, when, (items) => ({ is: 'list', items }));
    case 'ssm':
      return together([expression.name], scene, when, ([name]) =>
        name?.is === 'text'
          ? { is: 'ssm', name: name.text, resolved: null }
          : (firstUnusable([name]) ?? unresolved('an SSM parameter whose name is not known')),
      );
    case 'import':
      return together([expression.name], scene, when, ([name]) => imported(name, scene.place));
    case 'length':
      return together([expression.of], scene, when, ([of]) => lengthOf(of));
    case 'attribute':
      return together([expression.of], scene, when, ([of]) => attributeOf(of, expression, scene.place));
    case 'zones':
      return together([expression.region], scene, when, ([region]) => zones(region, scene.place));
    case 'join':
      return together(expression.parts, scene, when, (parts) =>
        settled(parts, scene.place, (own) => joined(expression.separator, own)),
      ).flatMap((joint) => reread(joint, scene));
    case 'split':
      return together([expression.from], scene, when, (parts) =>
        settled(parts, scene.place, ([from]) => split(expression.separator, from, expression.trim)),
      );
    case 'select':
      return together([expression.index, expression.from], scene, when, (parts) =>
        settled(parts, scene.place, ([index, from]) => selected(index, from), true),
      );
    case 'if':
      return branches(expression, scene, when).flatMap((b) => alternatives(b.take, scene, b.when));
    case 'map':
      return looked(expression, scene, when);
  }
}

/** The branches that may be taken: one where the condition is decided, or was on the way here. */
export function branches(
  { condition, yes, no }: Expression & { is: 'if' },
  { decide }: Scene,
  when: readonly When[],
): { take: Expression; when: readonly When[] }[] {
  const answer = decide(condition) ?? when.find((w) => w.condition === condition)?.is ?? null;
  if (answer !== null) return [{ take: answer ? yes : no, when }];
  return [
    { take: yes, when: [...when, { condition, is: true }] },
    { take: no, when: [...when, { condition, is: false }] },
  ];
}

/** Each combination of values of several expressions, under answers that agree. */
function together(
  expressions: readonly Expression[],
  scene: Scene,
  start: readonly When[],
  make: (contents: readonly Content[]) => Content,
): Alternative[] {
  type Row = Omit<Alternative, 'content'> & { readonly contents: readonly Content[] };
  let rows: Row[] = [{ contents: [], via: [], line: null, when: start }];
  for (const expression of expressions) {
    rows = rows.flatMap((row) =>
      alternatives(expression, scene, row.when).map(({ content, via, line, file, when }) => ({
        contents: [...row.contents, content],
        via: [...row.via, ...via],
        ...(line === null ? { line: row.line, file: row.file } : { line, file }),
        when,
      })),
    );
    if (rows.length > MAX_ALTERNATIVES) {
      return [{ content: unresolved('too many possible values'), via: [], line: null, when: start }];
    }
  }
  return rows.map(({ contents, ...rest }) => ({ content: make(contents), ...rest }));
}

function parameter(name: string, scene: Scene, when: readonly When[]): Alternative[] {
  const found = scene.index.parameters.get(name);
  const via = (from: 'default' | 'value'): Via => ({ is: 'parameter', name, from });
  const fails = (what: string): Alternative[] => [
    { content: unresolved(what), via: [via('value')], line: found?.line ?? null, file: found?.file, when },
  ];
  if (!found) return fails(`the parameter "${name}", which is not there`);
  if (found.masked) return fails(`the parameter "${name}", whose value is not shown (NoEcho)`);
  const text = found.value ?? found.default;
  if (text === null) return fails(`the parameter "${name}", which has no default`);
  const content = parameterContent(found, text);
  const alternative = {
    content,
    via: [via(found.value === null ? 'default' : 'value')],
    line: found.line,
    file: found.file,
    when,
  };
  return reread(alternative, scene);
}

/** A dynamic reference may be in a parameter or a mapping, and may be the result of joining. */
function reread(alternative: Alternative, scene: Scene): Alternative[] {
  const { content, via, line, file, when } = alternative;
  if (content.is !== 'text' || !mayBeDynamic(content.text)) return [alternative];
  const expression = textExpression(content.text);
  if (expression.is === 'text') return [alternative];
  return alternatives(expression, scene, when).map((a) => ({ ...a, via: [...via, ...a.via], line, file }));
}

function looked(expression: Expression & { is: 'map' }, scene: Scene, when: readonly When[]): Alternative[] {
  const { map, otherwise } = expression;
  return together([expression.first, expression.second], scene, when, ([first, second]) => ({
    is: 'list',
    items: first && second ? [first, second] : [],
  })).flatMap((keys): Alternative[] => {
    const [first, second] = keys.content.is === 'list' ? keys.content.items : [];
    const rows = first?.is === 'text' ? (scene.index.mappings.get(map)?.get(first.text) ?? null) : null;
    if (first?.is !== 'text' || (second?.is !== 'text' && rows !== null)) {
      return [
        { ...keys, content: firstUnusable([first, second]) ?? unresolved(`a key of the mapping "${map}"`) },
      ];
    }
    const known = second?.is === 'text' ? second.text : null;
    const row = known === null ? undefined : rows?.get(known);
    if (!row || known === null) {
      if (otherwise) return alternatives(otherwise, scene, keys.when);
      return [{ ...keys, content: { is: 'no-mapping-row', map, first: first.text, second: known } }];
    }
    const via: Via[] = [...keys.via, { is: 'mapping', map, first: first.text, second: known }];
    const text = (value: string): Content => ({ is: 'text', text: value });
    const content: Content =
      typeof row.value === 'string' ? text(row.value) : { is: 'list', items: row.value.map(text) };
    return reread({ content, via, line: row.line, file: row.file, when: keys.when }, scene);
  });
}
