import type { TemplateReference } from '../../inventory/template.ts';
import type { Found, Reference } from './reference.ts';
import type { SideIndex } from './side-index.ts';

/** A reference, or a value that CloudFormation looks up for any purpose: `value`. */
export type CheckedReference = Omit<TemplateReference, 'to'> & {
  readonly to: TemplateReference['to'] | 'value';
};

/** What a value of a template names on a side, where that is an object that can be paired. */
export function refer(
  { to, by }: Pick<CheckedReference, 'to' | 'by'>,
  value: string,
  index: SideIndex,
): Reference | null {
  switch (to) {
    case 'key-pair':
      return index.key(value);
    case 'image':
      return index.image(value);
    case 'security-group': {
      const isId = by === 'id' || (by === 'either' && value.startsWith('sg-'));
      return index.group(isId ? { id: value, name: null } : { id: null, name: value });
    }
    case 'prefix-list':
    case 'launch-template':
    case 'launch-configuration':
    case 'value':
      return null;
  }
}

/** What the target has under an id. */
export function foundThere(
  to: Exclude<CheckedReference['to'], 'launch-template' | 'launch-configuration' | 'value'>,
  id: string,
  there: SideIndex,
): Found {
  if (to === 'image') return there.imageById(id);
  return to === 'prefix-list' ? there.prefixList(id) : there.group({ id, name: null }).found;
}
