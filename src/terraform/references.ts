import { kindOfId, OPTION_REFERENCES, SSH_SOURCE, sshSourceGroup } from '../cloudformation/index.ts';
import type { Expression, TemplateReference } from '../inventory/template.ts';
import { type At, expressionOf, valuesAt } from './attributes.ts';
import { type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { entriesOf, get, isObject, textOf } from './json.ts';
import type { Known } from './known.ts';
import { BEANSTALK_TYPES, settingsIn } from './settings.ts';
import { startsInstances } from './starts.ts';
import { type AttributePlace, meaningOf, placesOf } from './types.ts';

/** What a resource names. `scope` null: a state, or a module that the configuration does not show. */
export function referencesOf(shown: Shown, scope: ModuleScope | null, known: Known): TemplateReference[] {
  const { mode, type, name } = shown;
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  const places = placesOf(type);
  const found = places?.flatMap((place) => atPlace(shown, place, scope, config, known));
  const settings = BEANSTALK_TYPES.has(type) ? settingsOf(shown, scope, config, known) : [];
  // What no table knows is found by its look: ids say what they are. Only what the configuration writes counts.
  const others = found || !isObject(config) ? [] : byLook(shown, scope, config, known);
  return [...(found ?? []), ...settings, ...others, ...copied(shown, scope, config, known)];
}

/** The image that is copied, of the region that it is copied from. What was copied already need not exist any more. */
function copied(shown: Shown, scope: ModuleScope | null, config: unknown, known: Known): TemplateReference[] {
  if (shown.type !== 'aws_ami_copy' || !isObject(config) || !shown.created) return [];
  const written = (attribute: string) =>
    [...valuesAt(shown, [attribute])].flatMap((at) => {
      const value = expressionOf(at, scope, config, known);
      return value === null ? [] : [{ at, value }];
    })[0];
  const image = written('source_ami_id');
  const region = written('source_ami_region');
  if (!image || !region) return [];
  return [
    {
      ...reference(shown, image.at, { to: 'image', by: 'id', commas: false }, image.value),
      region: region.value,
    },
  ];
}

function reference(
  shown: Shown,
  at: At,
  what: Omit<AttributePlace, 'path'>,
  value: Expression,
): TemplateReference {
  return {
    resource: shown.address,
    type: shown.type,
    path: at.path.join('.'),
    line: null,
    to: what.to,
    by: what.by,
    launches: startsInstances(shown),
    value: what.commas ? { is: 'split', separator: ',', from: value, trim: true } : value,
  };
}

function atPlace(
  shown: Shown,
  place: AttributePlace,
  scope: ModuleScope | null,
  config: unknown,
  known: Known,
): TemplateReference[] {
  return [...valuesAt(shown, place.path)].flatMap((at) => {
    const value = expressionOf(at, scope, config, known);
    return value === null ? [] : [reference(shown, at, place, value)];
  });
}

function settingsOf(
  shown: Shown,
  scope: ModuleScope | null,
  config: unknown,
  known: Known,
): TemplateReference[] {
  const named = settingsIn(OPTION_REFERENCES, shown, scope, config, known).map(
    ({ option: [, , word], at, value }) => reference(shown, at, { ...meaningOf(word), commas: true }, value),
  );
  // What a reference makes of the text is not taken apart.
  const admitted = settingsIn([SSH_SOURCE], shown, scope, config, known).flatMap(({ at }) => {
    const text = sshSourceGroup(at.value ?? '');
    return text === null
      ? []
      : [reference(shown, at, { ...meaningOf('group-either'), commas: false }, { is: 'text', text })];
  });
  return [...named, ...admitted];
}

/** The image that is copied is one of `source_ami_region`. */
function isElsewhere({ type, values }: Shown, key: string): boolean {
  return (
    type === 'aws_ami_copy' && key === 'source_ami_id' && textOf(get(values, 'source_ami_region')) !== null
  );
}

function byLook(shown: Shown, scope: ModuleScope | null, config: object, known: Known): TemplateReference[] {
  const walk = (value: unknown, path: readonly string[]): TemplateReference[] => {
    if (path.length > 12) return [];
    if (Array.isArray(value)) return value.flatMap((item, i) => walk(item, [...path, String(i)]));
    if (isObject(value)) return entriesOf(value).flatMap(([key, item]) => walk(item, [...path, key]));
    const to = typeof value === 'string' ? kindOfId(value) : null;
    if (to === null || typeof value !== 'string') return [];
    const at: At = { path, value, sensitive: false };
    const expression = expressionOf(at, scope, config, known);
    return expression === null ? [] : [reference(shown, at, { to, by: 'id', commas: false }, expression)];
  };
  const visible = entriesOf(shown.values).filter(
    ([key]) => get(shown.sensitive, key) === undefined && !isElsewhere(shown, key),
  );
  return visible.flatMap(([key, value]) => walk(value, [key]));
}
