import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome } from '../../cloudformation/index.ts';
import { compareText } from '../../inventory/order.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { referenceField } from './compared.ts';
import { type Field, notCompared, valueField } from './field.ts';
import { namesOf } from './likeness.ts';
import type { Reference } from './reference.ts';
import { placeIn } from './template-place.ts';
import { refer } from './template-references.ts';
import { workloadsOf } from './workloads.ts';

/** The state of a stack and its counterpart, and what each property of their templates names on its own side. */
export function stackFields({ source, target }: Counterpart<Stack>, context: Context): Field[] {
  const [ours, theirs] = [namedIn(source, 'source', context), namedIn(target, 'target', context)];
  const places = [...new Set([...ours.keys(), ...theirs.keys()])].sort(compareText);
  const status = notCompared({
    name: 'status',
    source: source?.status || null,
    target: target?.status || null,
  });
  return [
    ...(status.source === null && status.target === null ? [] : [status]),
    ...places.map((place) => namedField(place, ours.get(place), theirs.get(place), context)),
    ...parameters(source, target),
  ];
}

/** What one property names: objects, and in words what is no object: a parameter, a resource of the same template. */
interface Named {
  readonly objects: readonly Reference[];
  readonly words: readonly string[];
}

function namedField(name: string, s: Named | undefined, t: Named | undefined, context: Context): Field {
  const objects = (n: Named | undefined) => (n && n.words.length === 0 ? n.objects : null);
  const [ours, theirs] = [objects(s), objects(t)];
  if ((ours || !s) && (theirs || !t)) return referenceField(name, ours, theirs, context);
  const text = (n: Named | undefined) =>
    n ? [...(n.objects.length > 0 ? [namesOf(n.objects)] : []), ...n.words].join(', ') : null;
  const field = valueField(name, text(s), text(t));
  return field.same || !s || !t ? field : notCompared(field);
}

/** By resource and property. Empty where the template could not be read. */
function namedIn(stack: Stack | null, side: SideName, context: Context): ReadonlyMap<string, Named> {
  if (stack === null || stack.template === null) return new Map();
  const { template } = stack;
  const index = workloadsOf(context).index[side];
  const place = placeIn(side, stack, context);
  const properties = template.references.map((reference): readonly [string, Named] => {
    const outcomes = evaluate(reference.value, template, place);
    const objects = outcomes.flatMap((o) =>
      o.is === 'value' ? (refer(reference, o.value, index) ?? []) : [],
    );
    const words = outcomes.flatMap((o) =>
      wordsOf(o, o.is === 'value' && refer(reference, o.value, index) !== null),
    );
    return [`${reference.resource} ${reference.path.replace(/^Properties\./, '')}`, { objects, words }];
  });
  return new Map(properties.filter(([, { objects, words }]) => objects.length + words.length > 0));
}

/** An outcome that is no object of its side, in words. */
function wordsOf(outcome: Outcome, isObject: boolean): string[] {
  switch (outcome.is) {
    case 'value':
      return isObject ? [] : [outcome.value];
    case 'ssm':
      return [`parameter ${outcome.name}`];
    case 'resource':
      return [`resource ${outcome.logicalId}`];
    case 'absent':
      return [];
    case 'no-mapping-row':
      return [`no row in mapping ${outcome.map}`];
    case 'no-export':
      return [`export ${outcome.name}, which does not exist`];
    case 'no-zone':
      return [`zone ${outcome.index + 1} of ${outcome.count}`];
    case 'unresolved':
      return ['not known'];
  }
}

/** Types of parameters whose values are names and ids that are no secrets. */
const OBJECT_TYPE = /^(?:List<)?AWS::EC2::|^AWS::SSM::Parameter::Value<(?:List<)?AWS::EC2::/;

/** Parameters that take objects of EC2. Other values are left out: some contain secrets that no NoEcho hides. */
function parameters(source: Stack | null, target: Stack | null): Field[] {
  const of = (stack: Stack | null) =>
    new Map(
      (stack?.template?.parameters ?? [])
        .filter(({ type, masked }) => OBJECT_TYPE.test(type) && !masked)
        .map((parameter) => [parameter.name, parameter.value ?? parameter.default] as const),
    );
  const [s, t] = [of(source), of(target)];
  return [...new Set([...s.keys(), ...t.keys()])].sort(compareText).flatMap((name) => {
    const [a, b] = [s.get(name) ?? null, t.get(name) ?? null];
    if (a === null && b === null) return [];
    const field = valueField(`parameter ${name}`, a, b);
    // The ids of two regions differ where the objects correspond.
    return [a === b ? field : notCompared(field)];
  });
}
