import { isDeepStrictEqual } from 'node:util';
import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Template } from '../../inventory/template.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { isFor } from '../pairing/template-files.ts';
import type { Reference, ReferenceIssue } from './reference.ts';
import type { SideIndex } from './side-index.ts';
import { issueOf } from './template-issues.ts';
import { placeIn } from './template-place.ts';
import { type CheckedReference, foundThere, refer } from './template-references.ts';

/** One reference of a template, and what it resolves to. */
export interface Check {
  readonly reference: CheckedReference;
  readonly outcome: Outcome;
  /** What it resolves to on its own side, where that is an object that can be paired: not of a mapping row or a parameter. */
  readonly own: Reference | null;
  /** What is wrong with it where it is to be deployed; null: nothing. */
  readonly issue: ReferenceIssue | null;
}

/** What a template refers to and looks up, each with what it resolves to where it is to be deployed. */
export function checksOf(
  template: Template,
  stack: Stack,
  file: string | null,
  own: SideIndex,
  there: SideIndex,
  context: Context,
): Check[] {
  const place = (side: SideName): Place => placeIn(side, stack, context);
  const made = new Set(
    template.creates.flatMap(({ to, name }) =>
      evaluate(name, template, place('target')).flatMap((o) =>
        o.is === 'value' ? [`${to} ${o.value}`] : [],
      ),
    ),
  );
  const lookUps = template.lookUps.map(
    (lookUp): CheckedReference => ({ ...lookUp, to: 'value', by: 'either', launches: false }),
  );
  const isForSource = isFor(context.fileOf(stack) ?? {}, context.source);
  return [...template.references, ...lookUps].flatMap((reference) => {
    // Of another region: `copyDemand`.
    if (reference.region) return [];
    // What is not written for the source is looked for on the target alone.
    const here =
      isForSource || own.side === 'target' ? evaluate(reference.value, template, place(own.side)) : [];
    const over = own.side === 'target' ? here : evaluate(reference.value, template, place('target'));
    const staying = new Set(here.flatMap((o) => (o.is === 'value' ? [o.value] : [])));
    return over.flatMap((outcome): Check[] => {
      if (outcome.is === 'absent' || outcome.is === 'resource') return [];
      // The stack itself creates what has this name.
      if (outcome.is === 'value' && made.has(`${reference.to} ${outcome.value}`)) return [];
      if (outcome.is === 'unresolved' && isCreatedBySameName(reference, template)) return [];
      const ownReference = outcome.is === 'value' ? refer(reference, outcome.value, own) : null;
      // An id that the template says for this region only was adapted by who wrote it: it is looked for there alone.
      const adapted =
        outcome.is === 'value' &&
        own.side === 'source' &&
        (!staying.has(outcome.value) ||
          meantForThere(reference, outcome.value, ownReference, there, file) ||
          (file !== null && isOfThere(ownReference, there, context)));
      return [
        {
          reference,
          outcome,
          own: adapted ? null : ownReference,
          issue: issueOf(reference, outcome, {
            template,
            adapted,
            applied: context.fileOf(stack)?.applied ?? false,
            writtenForSource: file === null || context.fileOf(stack)?.region === context.source.region,
            own,
            ownFound: ownReference?.found ?? null,
            there,
            context,
            version: versionOf(reference, template, place('target')),
          }),
        },
      ];
    });
  });
}

/** The number of the version that is meant; null for $Default, $Latest and what is not certain. */
function versionOf(reference: CheckedReference, template: Template, place: Place): number | null {
  if (!reference.version) return null;
  const [only, ...more] = evaluate(reference.version, template, place);
  return only?.is === 'value' && more.length === 0 && /^\d{1,9}$/.test(only.value)
    ? Number(only.value)
    : null;
}

/** Whether the stack creates what the reference names, by the same expression, independent of its value. */
function isCreatedBySameName({ to, value }: CheckedReference, { creates }: Template): boolean {
  return creates.some((creation) => creation.to === to && isDeepStrictEqual(creation.name, value));
}

/**
 * Whether a name in a template file is one of the target alone: its own side has none, and the config does not say that it
 * has another name there.
 */
function isOfThere(own: Reference | null, there: SideIndex, { names }: Context): boolean {
  if (own?.found.is !== 'dangling') return false;
  if (own.to === 'security-group') return !own.text.startsWith('sg-');
  if (own.to !== 'key-pair') return false;
  const renamed = names.keyPairs(own.text);
  return renamed === own.text || there.key(renamed).found.is !== 'key-pair';
}

/**
 * An id that exists on the target and not on its own side is an id of the target, in any spelling. Of a stack
 * only where it was not looked up: what a deployed stack names and its region lacks is a separate fault.
 */
function meantForThere(
  { to }: CheckedReference,
  id: string,
  own: Reference | null,
  there: SideIndex,
  file: string | null,
): boolean {
  if (own === null || (to !== 'image' && to !== 'security-group') || !/^(ami|sg)-/.test(id)) return false;
  if (own.found.is !== 'unread' && !(own.found.is === 'dangling' && file !== null)) return false;
  const found = foundThere(to, id, there);
  return found.is !== 'dangling' && found.is !== 'unread';
}
