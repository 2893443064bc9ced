import type { ModuleScope, Ref } from './configuration.ts';
import { entriesOf, listOf } from './json.ts';

/** The address of what an expression refers to, as a sentence writes it. */
export function nameOf(ref: Ref, scope: ModuleScope): string {
  switch (ref.is) {
    case 'variable':
      return address(scope, `var.${ref.name}`);
    case 'data':
      return address(scope, `data.${ref.type}.${ref.name}`);
    case 'managed':
      return address(scope, `${ref.type}.${ref.name}`);
    case 'output':
      return address(scope, `module.${ref.module}.${ref.name}`);
    case 'other':
      return ref.text;
  }
}

export function address(scope: ModuleScope, name: string): string {
  return scope.address === '' ? name : `${scope.address}.${name}`;
}

/** Whether the object is known by the text: its id or name. */
export function holds(values: unknown, value: string): boolean {
  return entriesOf(values).some(([, one]) => one === value || listOf(one).includes(value));
}
