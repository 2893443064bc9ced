import { parameterNameIn } from '../inventory/parameter.ts';
import type { Expression } from '../inventory/template.ts';

const DYNAMIC = /\{\{resolve:([^{}]*)\}\}/g;

/** Text as a template holds it: a dynamic reference may be anywhere in it (User Guide, dynamic references). */
export function textExpression(text: string): Expression {
  const bare = parameterNameIn(text);
  if (bare !== null) return ssm(bare);
  const parts: Expression[] = [];
  let at = 0;
  for (const found of text.matchAll(DYNAMIC)) {
    if (found.index > at) parts.push({ is: 'text', text: text.slice(at, found.index) });
    parts.push(reference(found[1] ?? ''));
    at = found.index + found[0].length;
  }
  if (at === 0) return { is: 'text', text };
  if (at < text.length) parts.push({ is: 'text', text: text.slice(at) });
  const [only, ...more] = parts;
  return only && more.length === 0 ? only : { is: 'join', separator: '', parts };
}

const BEGIN = '{{resolve:ssm:';

/** The SSM parameters whose dynamic references are written in the parts of a text, with the parts that make up each name. */
export function parametersIn(parts: readonly Expression[]): Expression[] {
  const found: Expression[] = [];
  let name: Expression[] | null = null;
  for (const part of parts) {
    if (part.is !== 'text') {
      name?.push(part);
      continue;
    }
    let rest = part.text;
    while (rest !== '') {
      const mark: string = name === null ? BEGIN : '}}';
      const at = rest.indexOf(mark);
      const before = at < 0 ? rest : rest.slice(0, at);
      if (name !== null && before !== '') name.push({ is: 'text', text: before });
      if (at < 0) break;
      rest = rest.slice(at + mark.length);
      if (name !== null) found.push({ is: 'ssm', name: { is: 'join', separator: '', parts: name } });
      name = name === null ? [] : null;
    }
  }
  return found;
}

/** Whether text that was put together may hold one. */
export function mayBeDynamic(text: string): boolean {
  return text.includes('resolve:');
}

function reference(inside: string): Expression {
  const [, service = '', name = ''] = /^([\w-]*):?(.*)$/s.exec(inside) ?? [];
  if (service === 'ssm' && name !== '') return ssm(name);
  // Secrets are not read, and no launch takes an image or a group from one.
  return { is: 'unknown', what: `{{resolve:${service}:…}}` };
}

function ssm(name: string): Expression {
  return { is: 'ssm', name: { is: 'text', text: name } };
}
