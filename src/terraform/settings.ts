import type { Expression } from '../inventory/template.ts';
import { type At, expressionOf } from './attributes.ts';
import type { ModuleScope } from './configuration.ts';
import type { Shown } from './document.ts';
import { get, listOf, textOf } from './json.ts';
import { type Known, text as literal } from './known.ts';
import { valueFrom } from './values.ts';

/** Types with settings: pairs of a namespace and a name, each with a text. */
export const BEANSTALK_TYPES: ReadonlySet<string> = new Set([
  'aws_elastic_beanstalk_environment',
  'aws_elastic_beanstalk_configuration_template',
]);

/** Options that name an object by its name, by the attribute that does elsewhere. */
const MEANS: Readonly<Record<string, string>> = {
  EC2KeyName: 'key_name',
  IamInstanceProfile: 'instance_profile',
};

/** The settings of an Elastic Beanstalk environment that are among some options (namespace, name). */
export function settingsIn<Option extends readonly [namespace: string, name: string, ...unknown[]]>(
  options: readonly Option[],
  shown: Shown,
  scope: ModuleScope | null,
  config: unknown,
  known: Known,
): { readonly option: Option; readonly at: At; readonly value: Expression }[] {
  // A set of blocks: its order in the plan is not that of the configuration.
  const written = listOf(get(config, 'setting'));
  return listOf(get(shown.values, 'setting')).flatMap((setting, i) => {
    const option = options.find(
      ([namespace, name]) => get(setting, 'namespace') === namespace && get(setting, 'name') === name,
    );
    const text = textOf(get(setting, 'value'));
    if (!option || text === null || text === '') return [];
    const own = written.find(
      (one) =>
        get(one, 'namespace', 'constant_value') === option[0] &&
        get(one, 'name', 'constant_value') === option[1],
    );
    const at: At = { path: ['setting', String(i), 'value'], value: text, sensitive: false };
    if (!scope) {
      // A state shows no configuration: an attribute of the same meaning says which type of resource is meant.
      const means = [MEANS[option[1]] ?? 'value'];
      return [
        { option, at, value: expressionOf({ ...at, path: means }, scope, config, known) ?? literal(text) },
      ];
    }
    const value = own
      ? valueFrom(text, get(own, 'value'), scope, known)
      : expressionOf(at, scope, config, known);
    return value === null ? [] : [{ option, at, value }];
  });
}
