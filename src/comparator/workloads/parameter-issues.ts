import { resolveParameter } from '../../inventory/parameter.ts';
import type { IssueOf } from './reference.ts';
import type { SideIndex } from './side-index.ts';
import { type CheckedReference, refer } from './template-references.ts';

/** Whether the parameter gives an image on the target; which one is decided in that region. */
export function parameterIssue(
  name: string,
  there: SideIndex,
): IssueOf<'missing-parameter' | 'unread'> | null {
  const parameter = there.parameter(name);
  if (!parameter) {
    const { found } = there.image(resolveParameter(name));
    return { is: 'unread', text: name, gap: found.is === 'unread' ? found.gap : null };
  }
  if (parameter.value === null) return { is: 'missing-parameter', text: name, leadsTo: null, holds: 'image' };
  const found = there.imageById(parameter.value);
  if (found.is === 'dangling')
    return { is: 'missing-parameter', text: name, leadsTo: parameter.value, holds: 'image' };
  return found.is === 'unread' ? { is: 'unread', text: name, gap: found.gap } : null;
}

/** Whether the target has the parameter and, of a key pair or a group, what it names there. */
export function otherParameterIssue(
  name: string,
  reference: CheckedReference,
  there: SideIndex,
): IssueOf<'missing-parameter' | 'unread' | 'not-on-target'> | null {
  const { to } = reference;
  const parameter = there.parameter(name);
  if (!parameter) {
    const { found } = there.image(resolveParameter(name));
    return { is: 'unread', text: name, gap: found.is === 'unread' ? found.gap : null };
  }
  const { value } = parameter;
  if (value === null) return { is: 'missing-parameter', text: name, leadsTo: null, holds: to };
  // The value of a SecureString is not kept.
  if (to === 'value' || to === 'image' || value === '') return null;
  if (to === 'launch-template' || to === 'launch-configuration') return null;
  for (const text of value.split(',').map((part) => part.trim())) {
    const found =
      to === 'prefix-list' ? there.prefixList(text) : (refer(reference, text, there)?.found ?? null);
    if (found?.is === 'dangling') return { is: 'not-on-target', to, text };
    if (found?.is === 'unread') return { is: 'unread', text, gap: found.gap };
  }
  return null;
}
