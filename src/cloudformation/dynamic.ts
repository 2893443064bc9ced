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
