import type { Expression } from '../inventory/template.ts';
import {
  childScope,
  expressionAt,
  type ModuleScope,
  type Ref,
  refsOf,
  resourceConfig,
} from './configuration.ts';
import { get, textOf } from './json.ts';
import type { Known } from './known.ts';
import { address } from './names.ts';

const MAX_STEPS = 50;

/**
 * A text that holds the name of the region or the number of the account, where the expression takes these from their data
 * sources or from a variable with this value: elsewhere the text holds those of that place. Null for any other text.
 */
export function ofPlace(
  value: string,
  refs: readonly Ref[],
  scope: ModuleScope,
  known: Known,
): Expression | null {
  const { region } = known;
  const named = refs.map((ref) => placeNamed(ref, scope, known, 0));
  // What else goes into it is given again or written out; of anything else it is not known what it is elsewhere.
  if (!refs.every((ref, i) => named[i] !== null || ref.is === 'variable')) return null;
  const account = named.find((one) => one?.is === 'account');
  let parts: Expression[] = [{ is: 'text', text: value }];
  if (region !== null && named.some((one) => one?.is === 'region'))
    parts = parts.flatMap((part) => replaced(part, region, 'AWS::Region'));
  if (account?.is === 'account')
    parts = parts.flatMap((part) => replaced(part, account.text, 'AWS::AccountId'));
  return parts.some(({ is }) => is === 'pseudo') ? { is: 'join', separator: '', parts } : null;
}

function replaced(part: Expression, found: string, name: string): Expression[] {
  if (part.is !== 'text') return [part];
  return part.text
    .split(found)
    .flatMap((piece, i): Expression[] => [
      ...(i === 0 ? [] : [{ is: 'pseudo' as const, name }]),
      ...(piece === '' ? [] : [{ is: 'text' as const, text: piece }]),
    ]);
}

type PlaceNamed = { readonly is: 'region' } | { readonly is: 'account'; readonly text: string };

function placeNamed(ref: Ref, scope: ModuleScope, known: Known, steps: number): PlaceNamed | null {
  if (steps > MAX_STEPS) return null;
  if (ref.is === 'data') return ofData(ref, scope, known);
  if (ref.is === 'output') {
    const child = childScope(scope, ref.module);
    return child && throughOne(get(child.config, 'outputs', ref.name, 'expression'), child, known, steps);
  }
  if (ref.is !== 'variable') return null;
  const declared = get(scope.config, 'variables', ref.name);
  if (get(declared, 'sensitive') === true) return null;
  const call = scope.parent ? expressionAt(scope.call, [ref.name]) : undefined;
  if (scope.parent && call !== undefined) {
    const written = get(call, 'constant_value');
    return written === undefined ? throughOne(call, scope.parent, known, steps) : isRegion(written, known);
  }
  const own = scope.parent ? undefined : get(known.variables, ref.name, 'value');
  return isRegion(own ?? get(declared, 'default'), known);
}

function throughOne(expression: unknown, scope: ModuleScope, known: Known, steps: number): PlaceNamed | null {
  const [only, ...more] = refsOf(expression);
  return only && more.length === 0 ? placeNamed(only, scope, known, steps + 1) : null;
}

function isRegion(value: unknown, { region }: Known): PlaceNamed | null {
  return region !== null && value === region ? { is: 'region' } : null;
}

function ofData(ref: Ref & { is: 'data' }, scope: ModuleScope, known: Known): PlaceNamed | null {
  const config = get(resourceConfig(scope, 'data', ref.type, ref.name), 'expressions');
  // Of a region that is named it is that one everywhere.
  if (ref.type === 'aws_region')
    return get(config, 'name') === undefined && get(config, 'region') === undefined ? { is: 'region' } : null;
  if (ref.type !== 'aws_caller_identity' || (ref.attribute !== 'account_id' && ref.attribute !== 'id'))
    return null;
  const [found] = known.shown(address(scope, `data.${ref.type}.${ref.name}`));
  const text = textOf(get(found?.values, 'account_id'));
  return text !== null && /^\d{12}$/.test(text) ? { is: 'account', text } : null;
}
