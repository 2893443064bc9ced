import { type ModuleScope, refsOf, resourceConfig } from './configuration.ts';
import type { Shown, TerraformDocument } from './document.ts';
import { get, textOf } from './json.ts';

/** The region that a resource is in, by itself or by its provider; null where the file does not show it. */
export function regionOf(
  shown: Shown,
  scope: ModuleScope | null,
  document: TerraformDocument,
): string | null {
  const own = textOf(get(shown.values, 'region'));
  if (own) return own;
  const byArn = textOf(get(shown.values, 'arn'))?.split(':')[3];
  if (byArn) return byArn;
  const zone = textOf(get(shown.values, 'availability_zone'));
  const byZone = zone === null ? null : (/^([a-z]+(?:-[a-z]+)+-\d+)[a-z]$/.exec(zone)?.[1] ?? null);
  return byZone ?? (scope && providerRegion(shown, scope, document));
}

function providerRegion(
  shown: Shown,
  scope: ModuleScope,
  { configuration, variables }: TerraformDocument,
): string | null {
  const { mode, type, name } = shown;
  const key = textOf(get(resourceConfig(scope, mode, type, name), 'provider_config_key')) ?? 'aws';
  const providers = get(configuration, 'provider_config');
  // "module.web:aws.west": a module without its own provider uses that of its caller.
  const plain = key.slice(key.lastIndexOf(':') + 1);
  const provider = get(providers, key) ?? get(providers, plain);
  const region = get(provider, 'expressions', 'region');
  const constant = textOf(get(region, 'constant_value'));
  if (constant !== null) return constant;
  const [ref, ...more] = refsOf(region);
  if (ref?.is !== 'variable' || more.length > 0) return null;
  return textOf(get(variables, ref.name, 'value'));
}
