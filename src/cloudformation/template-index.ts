import type { Condition, Template, TemplateParameter } from '../inventory/template.ts';

type Row = Template['mappings'][number];

/** A template by its names. */
export interface TemplateIndex {
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Row>>>;
  readonly types: ReadonlyMap<string, string>;
}

const known = new WeakMap<Template, TemplateIndex>();

/** Kept as long as the template: it is needed once for each of its references. */
export function indexOf(template: Template): TemplateIndex {
  const hit = known.get(template);
  if (hit) return hit;
  const mappings = new Map<string, Map<string, Map<string, Row>>>();
  for (const row of template.mappings) {
    const byFirst = mappings.get(row.map) ?? new Map<string, Map<string, Row>>();
    const bySecond = byFirst.get(row.first) ?? new Map<string, Row>();
    mappings.set(row.map, byFirst.set(row.first, bySecond.set(row.second, row)));
  }
  const index: TemplateIndex = {
    parameters: new Map(template.parameters.map((p) => [p.name, p])),
    conditions: new Map(template.conditions.map((c) => [c.name, c.condition])),
    mappings,
    types: new Map(template.resources.map((r) => [r.logicalId, r.type])),
  };
  known.set(template, index);
  return index;
}
