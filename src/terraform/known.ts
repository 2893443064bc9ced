import { parameterNameIn } from '../inventory/parameter.ts';
import type { Expression, TemplateParameter } from '../inventory/template.ts';

/** What the names of one plan or state refer to. */
export interface Known {
  /** Every resource and data source by its address without keys, all instances of it. */
  readonly shown: (base: string) => readonly { readonly values: unknown }[];
  readonly variables: unknown;
  /** The resource of a state that an attribute at a path means by this id or name; null where none is meant, and for plans. */
  readonly made: (value: string, path: readonly string[]) => Expression | null;
  /** The region that the values are of; null where it is not known. */
  readonly region: string | null;
  /** Takes note of a variable or mapping that a value came through. */
  readonly parameter: (parameter: TemplateParameter) => void;
  readonly mappingRow: (map: string, key: string, value: string) => void;
}

export const IN_ITS_REGION = 'the region of the plan';
export function unknown(what: string): Expression {
  return { is: 'unknown', what };
}

export function given(name: string, value: string, byDefault: string | null, known: Known): Expression {
  known.parameter({
    name,
    type: 'String',
    default: byDefault,
    value: byDefault === null ? value : null,
    resolved: null,
    masked: false,
    line: null,
  });
  return { is: 'parameter', name };
}

/** What the plan worked out for its own region and cannot be known of another. */
export function inItsRegion(value: string, from: string, known: Known, there?: Expression): Expression {
  const elsewhere =
    there ?? unknown(`${from}, which Terraform works out when the configuration is applied there`);
  if (known.region === null) return elsewhere;
  return { is: 'if', condition: IN_ITS_REGION, yes: text(value), no: elsewhere };
}

/** A launch template takes "resolve:ssm:NAME" in place of an image. */
export function text(value: string): Expression {
  const name = parameterNameIn(value);
  return name === null ? { is: 'text', text: value } : { is: 'ssm', name: { is: 'text', text: name } };
}
