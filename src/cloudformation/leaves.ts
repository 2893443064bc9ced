import type { Expression, TemplateParameter } from '../inventory/template.ts';
import { type Content, firstUnusable, SOME_ZONE, split, unresolved } from './content.ts';
import type { Place } from './outcome.ts';
import { pseudoParameter } from './place.ts';
import type { TemplateIndex } from './template-index.ts';

export function pseudo(name: string, place: Place): Content {
  if (name === 'AWS::NoValue') return { is: 'absent' };
  const text = pseudoParameter(name, place);
  return text === null ? unresolved(name) : { is: 'text', text };
}

/** Of a list of objects, the attribute of each. */
export function attributeOf(
  of: Content | undefined,
  expression: Expression & { is: 'attribute' },
  place: Place,
): Content {
  const { type, name } = expression;
  if (of?.is === 'list')
    return { is: 'list', items: of.items.map((item) => attributeOf(item, expression, place)) };
  if (of?.is !== 'text') return firstUnusable([of]) ?? unresolved(`${name} of ${type}`);
  const text = place.attribute?.(type, of.text, name) ?? null;
  return text === null ? unresolved(`${name} of ${of.text}`) : { is: 'text', text };
}

export function imported(name: Content | undefined, { exports }: Place): Content {
  if (name?.is !== 'text') return firstUnusable([name]) ?? unresolved('Fn::ImportValue');
  if (!exports) return unresolved(`Fn::ImportValue "${name.text}"`);
  const value = exports.get(name.text);
  return value === undefined ? { is: 'no-export', name: name.text } : { is: 'text', text: value };
}

/** Only the zones with a default subnet, where there are any (User Guide, Fn::GetAZs). */
export function zones(region: Content | undefined, place: Place): Content {
  const bad = firstUnusable([region]);
  if (bad) return bad;
  const name = region?.is === 'text' && region.text !== '' ? region.text : place.region;
  const known = place.zones?.get(name);
  if (name === place.region) return known ? { is: 'list', items: known.map(() => SOME_ZONE) } : SOME_ZONE;
  if (!known) return unresolved(`Fn::GetAZs of "${name}"`);
  return { is: 'list', items: known.map((text): Content => ({ is: 'text', text })) };
}

export function resource(logicalId: string, attribute: string | null, { types }: TemplateIndex): Content {
  const type = types.get(logicalId);
  if (type === undefined) return unresolved(`"${logicalId}", which is neither a parameter nor a resource`);
  // What these give is made outside of the template.
  if (type === 'AWS::CloudFormation::Stack' && attribute !== null) {
    return unresolved(`${attribute} of the nested stack "${logicalId}"`);
  }
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') {
    return unresolved(`${attribute ?? 'the id'} of the custom resource "${logicalId}"`);
  }
  return { is: 'resource', logicalId, type, attribute };
}

/** Emulators show of an SSM-typed parameter not its name, as AWS does, but the image that it came to. */
const IMAGE_ID = /^ami-[0-9a-f]{8,17}$/;

export function parameterContent({ type, resolved }: TemplateParameter, text: string): Content {
  if (type.startsWith('AWS::SSM::Parameter::Value<') && !IMAGE_ID.test(text))
    return { is: 'ssm', name: text, resolved };
  if (!type.startsWith('List<') && type !== 'CommaDelimitedList') return { is: 'text', text };
  const items = text.split(',').map((item): Content => ({ is: 'text', text: item.trim() }));
  return { is: 'list', items: text.trim() === '' ? [] : items };
}

/**
 * What a function makes of its parts. An SSM parameter stays what it is as a whole, so that it is the parameter which is looked
 * for; where only a part of its value is taken, that is the value in the place, if it is known.
 * @param inList Whether the function takes an item of a list, which a parameter holds as a text with commas.
 */
export function settled(
  parts: readonly Content[],
  place: Place,
  make: (parts: readonly Content[]) => Content,
  inList = false,
): Content {
  const whole = make(parts);
  if (whole.is !== 'unresolved' || !parts.some(({ is }) => is === 'ssm' || is === 'list')) return whole;
  const value = (content: Content): Content => {
    if (content.is === 'list') return { is: 'list', items: content.items.map(value) };
    const text = content.is === 'ssm' ? place.parameter?.(content.name) : null;
    if (!text) return content;
    return inList ? split(',', { is: 'text', text }, true) : { is: 'text', text };
  };
  return make(parts.map(value));
}
