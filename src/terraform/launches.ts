import { OPTION_FIELDS } from '../cloudformation/index.ts';
import type { LaunchField, Template } from '../inventory/template.ts';
import { namesInText, type UserDataNames, userDataNames } from '../inventory/user-data.ts';
import { type At, expressionOf, valuesAt } from './attributes.ts';
import { type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { get } from './json.ts';
import type { Known } from './known.ts';
import { FIELDS, OTHER_FIELDS, VOLUMES } from './launch-places.ts';
import { boundValues } from './region-bound.ts';
import { requirementPath } from './requirements.ts';
import { BEANSTALK_TYPES, settingsIn } from './settings.ts';
import { startsInstances } from './starts.ts';

type Field = Template['launches'][number]['fields'][number];

/** What the launch of a resource names; of what starts no instances, what means one region only. */
export function launchesOf(shown: Shown, scope: ModuleScope | null, known: Known): Template['launches'] {
  const { mode, type, name, address } = shown;
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  const field = (of: LaunchField, at: At): Field[] => {
    const value = expressionOf(at, scope, config, known);
    const path = of === 'requirement' ? requirementPath(at.path) : at.path.join('.');
    return value === null ? [] : [{ field: of, path, line: null, value }];
  };
  const atPlaces = (lines: readonly string[]) =>
    lines.flatMap((line) => {
      const [of = '', path = ''] = line.split(' ');
      return [...valuesAt(shown, path.split('.'))].flatMap((at) => field(of as LaunchField, at));
    });
  const starts = startsInstances(shown);
  const fields = BEANSTALK_TYPES.has(type)
    ? [
        ...atPlaces(FIELDS[type] ?? []),
        ...settingsIn(OPTION_FIELDS, shown, scope, config, known).map(
          ({ option: [, , of], at, value }): Field => ({
            field: of,
            path: at.path.join('.'),
            line: null,
            value: { is: 'split', separator: ',', from: value, trim: true },
          }),
        ),
      ]
    : Object.hasOwn(FIELDS, type)
      ? atPlaces(FIELDS[type] ?? [])
      : Object.hasOwn(VOLUMES, type)
        ? atPlaces(VOLUMES[type] ?? [])
        : [
            ...[...boundValues(shown)].flatMap(({ field: of, at }) => field(of, at)),
            ...atPlaces(OTHER_FIELDS[type] ?? []),
          ];
  const userData = starts ? userDataOf(shown) : null;
  return starts || fields.length > 0 ? [{ resource: address, type, starts, fields, userData }] : [];
}

/** The provider takes plain text as `user_data`, base64 as `user_data_base64` and in launch templates (Terraform Registry). */
function userDataOf(shown: Shown): UserDataNames | null {
  const [plain] = [...valuesAt(shown, ['user_data'])].flatMap(({ value }) => value ?? []);
  const [encoded] = [...valuesAt(shown, ['user_data_base64'])].flatMap(({ value }) => value ?? []);
  if (encoded !== undefined) return userDataNames(encoded);
  // A state shows the digest of it.
  if (plain === undefined || /^[0-9a-f]{40}$/.test(plain)) return null;
  return shown.type === 'aws_launch_template' ? userDataNames(plain) : namesInText(plain);
}
