import { type ModuleScope, refsOf, resourceConfig } from './configuration.ts';
import type { Shown, TerraformDocument } from './document.ts';
import { get, listOf, textOf } from './json.ts';

/** Where a resource is; null where the file does not show it. */
export interface TerraformPlace {
  readonly region: string | null;
  readonly account: string | null;
}

/** By what a resource says itself, otherwise by its provider. */
export function placesIn(
  document: TerraformDocument,
): (shown: Shown, scope: ModuleScope | null) => TerraformPlace {
  const providers = providerPlaces(document);
  const accounts = accountsByRegion(document);
  return (shown, scope) => {
    const provider = scope ? providers(providerKey(shown, scope)) : NOWHERE;
    const region = ownRegion(shown) ?? provider.region;
    // A state shows no providers: what is beside resources of one account only is of that account.
    return { region, account: ownAccount(shown) ?? provider.account ?? (scope ? null : accounts(region)) };
  };
}

const NOWHERE: TerraformPlace = { region: null, account: null };

function ownRegion({ values }: Shown): string | null {
  const own = textOf(get(values, 'region'));
  if (own) return own;
  const byArn = arnPart(values, 3);
  if (byArn) return byArn;
  const zone = textOf(get(values, 'availability_zone'));
  return zone === null ? null : (/^([a-z]+(?:-[a-z]+)+-\d+)[a-z]$/.exec(zone)?.[1] ?? null);
}

/** `owner_id`: of groups, VPCs, subnets and images. */
function ownAccount({ type, values }: Shown): string | null {
  // The provider that looks these up may be of another account than their owner.
  if (type.startsWith('aws_ami')) return null;
  return accountIn(arnPart(values, 4)) ?? accountIn(textOf(get(values, 'owner_id')));
}

function arnPart(values: unknown, part: number): string | null {
  return textOf(get(values, 'arn'))?.split(':')[part] || null;
}

function accountIn(text: string | null): string | null {
  return text !== null && /^\d{12}$/.test(text) ? text : null;
}

/** "module.web:aws.west": a module without its own provider uses that of its caller. */
function providerKey({ mode, type, name }: Shown, scope: ModuleScope): string {
  return textOf(get(resourceConfig(scope, mode, type, name), 'provider_config_key')) ?? 'aws';
}

/**
 * Where each provider of the configuration works: by its region, the role that it assumes and the accounts that it admits, and
 * by what `aws_region` and `aws_caller_identity` found through it.
 */
function providerPlaces(document: TerraformDocument): (key: string) => TerraformPlace {
  const { configuration, variables } = document;
  const providers = get(configuration, 'provider_config');
  const found = foundByProvider(document);
  return (key) => {
    const plain = key.slice(key.lastIndexOf(':') + 1);
    const provider = get(providers, key) ?? get(providers, plain);
    const written = (name: string) => settled(get(provider, 'expressions', name), variables);
    const roles = ['assume_role', 'assume_role_with_web_identity'].flatMap((block) =>
      [get(provider, 'expressions', block)].flat().map((one) => settled(get(one, 'role_arn'), variables)),
    );
    const role = textOf(roles.find((one) => typeof one === 'string'))?.split(':')[4] ?? null;
    const [allowed, ...more] = listOf(written('allowed_account_ids'));
    const only = more.length === 0 ? textOf(allowed) : null;
    const seen = found.get(key) ?? found.get(plain) ?? NOWHERE;
    return {
      region: textOf(written('region')) ?? seen.region,
      account: accountIn(role) ?? accountIn(only) ?? seen.account,
    };
  };
}

/** A constant, or the value of one variable of the root module. */
function settled(expression: unknown, variables: unknown): unknown {
  const constant = get(expression, 'constant_value');
  if (constant !== undefined) return constant;
  const [ref, ...more] = refsOf(expression);
  return ref?.is === 'variable' && more.length === 0 ? get(variables, ref.name, 'value') : undefined;
}

/** What data sources found where they were read, by the provider that read them. Only those of the root module are looked at. */
function foundByProvider({
  configuration,
  resources,
}: TerraformDocument): ReadonlyMap<string, TerraformPlace> {
  const found = new Map<string, TerraformPlace>();
  for (const { mode, type, name, modules, values } of resources) {
    if (mode !== 'data' || modules.length > 0) continue;
    if (type !== 'aws_region' && type !== 'aws_caller_identity') continue;
    const scope: ModuleScope = {
      config: get(configuration, 'root_module'),
      parent: null,
      call: null,
      address: '',
    };
    const config = resourceConfig(scope, mode, type, name);
    const key = textOf(get(config, 'provider_config_key')) ?? 'aws';
    const known = found.get(key) ?? NOWHERE;
    const region = textOf(get(values, 'region')) ?? textOf(get(values, 'name'));
    const isNamed =
      get(config, 'expressions', 'name') !== undefined || get(config, 'expressions', 'region') !== undefined;
    found.set(
      key,
      type === 'aws_region'
        ? { ...known, region: isNamed ? known.region : region }
        : { ...known, account: accountIn(textOf(get(values, 'account_id'))) },
    );
  }
  return found;
}

/** The account of a region where the resources in it show one account only. */
function accountsByRegion({ resources }: TerraformDocument): (region: string | null) => string | null {
  const byRegion = new Map<string | null, Set<string>>();
  for (const shown of resources) {
    const account = shown.mode === 'managed' ? ownAccount(shown) : null;
    if (account === null) continue;
    const region = ownRegion(shown);
    byRegion.set(region, (byRegion.get(region) ?? new Set()).add(account));
  }
  return (region) => {
    const [only, ...more] = byRegion.get(region) ?? [];
    return more.length === 0 ? (only ?? null) : null;
  };
}
