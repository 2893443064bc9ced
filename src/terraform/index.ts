import type { Template, TemplateParameter } from '../inventory/template.ts';
import { type ModuleScope, resourceConfig, scopeOf } from './configuration.ts';
import { creationsOf } from './creations.ts';
import { documentOf, type Shown, type TerraformDocument } from './document.ts';
import { get, type JsonObject } from './json.ts';
import { IN_ITS_REGION, type Known } from './known.ts';
import { lackingOf } from './lacking.ts';
import { launchesOf } from './launches.ts';
import { madeIn } from './made.ts';
import { placesIn, type TerraformPlace } from './places.ts';
import { referencesOf } from './references.ts';
import { boundsOf } from './region-bound.ts';
import { unseenLaunches } from './unseen.ts';

export { isTerraform, otherTerraformFile } from './document.ts';
export { UnreadableTerraform } from './unreadable.ts';

/** The resources of one region and account of a plan or state, as a template. */
export interface TerraformPart extends TerraformPlace {
  /** Whether it is a state: its values are those of its region, however they were chosen. */
  readonly applied: boolean;
  readonly template: Template;
}

/**
 * What `terraform show -json` prints of a plan or a state, by the regions and accounts of its resources.
 * @throws UnreadableTerraform
 */
export function readTerraform(json: JsonObject): TerraformPart[] {
  const document = documentOf(json);
  const byBase = shownByBase(document);
  const placeOf = placesIn(document);
  const parts = new Map<string, Part>();
  for (const shown of document.resources) {
    if (shown.mode === 'data') continue;
    const scope = scopeOfResource(document, shown);
    const place = placeOf(shown, scope);
    const key = JSON.stringify([place.region, place.account]);
    const known = parts.get(key) ?? { ...place, resources: [] };
    known.resources.push({ shown, scope });
    parts.set(key, known);
  }
  const all = parts.size === 0 ? [{ region: null, account: null, resources: [] }] : [...parts.values()];
  return all.map(({ region, account, resources }) => ({
    region,
    account,
    applied: document.is === 'state',
    template: templateOf(region, resources, document, byBase),
  }));
}

/** The scope of the expressions of a resource: its module, with what its own for_each goes over. */
function scopeOfResource({ configuration }: TerraformDocument, shown: Shown): ModuleScope | null {
  const scope = configuration && scopeOf(configuration, shown.modules);
  const config = scope && resourceConfig(scope, shown.mode, shown.type, shown.name);
  return scope && { ...scope, forEach: get(config, 'for_each_expression') };
}

interface Part extends TerraformPlace {
  readonly resources: { readonly shown: Shown; readonly scope: ModuleScope | null }[];
}

function templateOf(
  region: string | null,
  resources: readonly { shown: Shown; scope: ModuleScope | null }[],
  document: TerraformDocument,
  byBase: ReadonlyMap<string, readonly Shown[]>,
): Template {
  const parameters = new Map<string, TemplateParameter>();
  const mappings = new Map<string, Template['mappings'][number]>();
  const known: Known = {
    shown: (base) => byBase.get(base) ?? [],
    variables: document.variables,
    made: document.is === 'state' ? madeIn(document, byBase) : () => null,
    region,
    parameter: (parameter) => parameters.set(parameter.name, parameter),
    mappingRow: (map, first, value) =>
      mappings.set(JSON.stringify([map, first]), { map, first, second: '', value, line: null }),
  };
  const each = <T>(read: (shown: Shown, scope: ModuleScope | null, known: Known) => readonly T[]) =>
    resources.flatMap(({ shown, scope }) => read(shown, scope, known));
  const parts = {
    references: each(referencesOf),
    // Only a plan that creates an object needs its name to be free.
    creates: each((shown, ...rest) => (shown.created ? creationsOf(shown, ...rest) : [])),
    unknownLaunches: each(unseenLaunches),
    bounds: each(boundsOf),
    launches: each(launchesOf),
  };
  return {
    ...parts,
    // Noted while the parts were read, so after them.
    parameters: [...parameters.values()],
    mappings: [...mappings.values()],
    conditions: [
      {
        name: IN_ITS_REGION,
        condition: {
          is: 'equals',
          left: { is: 'pseudo', name: 'AWS::Region' },
          right: { is: 'text', text: region ?? '' },
        },
      },
    ],
    resources: [...byBase].flatMap(([base, all]) =>
      all.slice(0, 1).map(({ type }) => ({ logicalId: base, type })),
    ),
    lookUps: [],
    rules: [],
    faults: each(lackingOf),
  };
}

/** By address without the keys of count and for_each, as the configuration refers to them. */
function shownByBase({ resources }: TerraformDocument): ReadonlyMap<string, readonly Shown[]> {
  const byBase = new Map<string, Shown[]>();
  for (const shown of resources) {
    const { mode, type, name, modules } = shown;
    const own = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    const base = [...modules.map((module) => `module.${module}`), own].join('.');
    const all = byBase.get(base);
    if (all) all.push(shown);
    else byBase.set(base, [shown]);
  }
  return byBase;
}
