import type { Expression } from '../inventory/template.ts';
import { expressionAt, type ModuleScope } from './configuration.ts';
import type { Shown } from './document.ts';
import { get, isObject, listOf } from './json.ts';
import { type Known, text, unknown } from './known.ts';
import { valueFrom } from './values.ts';

/** A value of a resource, where it is. */
export interface At {
  readonly path: readonly string[];
  /** Undefined where it is known only after apply. */
  readonly value: string | undefined;
  readonly sensitive: boolean;
}

/** Blocks that the provider computes where the configuration does not write them. */
const COMPUTED_BLOCKS: ReadonlySet<string> = new Set([
  'capacity_reservation_specification',
  'cpu_options',
  'ebs_block_device',
  'egress',
  'enclave_options',
  'ephemeral_block_device',
  'ingress',
  'instance_market_options',
  'maintenance_options',
  'metadata_options',
  'network_interface',
  'primary_network_interface',
  'private_dns_name_options',
  'root_block_device',
  'traffic_source',
]);

/** Null: nothing of the configuration, but what AWS or the provider chose. */
export function expressionOf(
  at: At,
  scope: ModuleScope | null,
  config: unknown,
  known: Known,
): Expression | null {
  if (at.sensitive) return unknown('a sensitive value');
  if (!scope || !isObject(config))
    return at.value === undefined
      ? unknown('a value known only after apply')
      : (known.made(at.value, at.path) ?? text(at.value));
  const written = expressionAt(config, at.path);
  if (written !== undefined) return valueFrom(at.value, written, scope, known);
  // What a provider fills in where it is not written is unknown as a whole (hashicorp/aws: blocks that are computed).
  if (at.value === undefined && !/^\d+$/.test(at.path[1] ?? '') && COMPUTED_BLOCKS.has(at.path[0] ?? ''))
    return null;
  // A dynamic block is not in the configuration that a plan shows; an attribute that is not in it was not written.
  if (at.path.length === 1 || get(config, at.path[0] ?? '') !== undefined) return null;
  const what = `a dynamic block "${at.path[0]}"`;
  return at.value === undefined ? unknown(what) : valueFrom(at.value, { references: [what] }, scope, known);
}

export function* valuesAt(shown: Shown, place: readonly string[]): Generator<At> {
  yield* descend(shown.values, shown.unknown, shown.sensitive, place, []);
}

function* descend(
  value: unknown,
  unknownPart: unknown,
  sensitive: unknown,
  rest: readonly string[],
  path: readonly string[],
): Generator<At> {
  if (sensitive === true) {
    if (value !== undefined && value !== null)
      yield { path: [...path, ...rest], value: undefined, sensitive: true };
    return;
  }
  const [step, ...further] = rest;
  if (unknownPart === true) {
    yield { path: [...path, ...rest.filter((s) => s !== '*')], value: undefined, sensitive: false };
    return;
  }
  if (step === undefined) {
    if (typeof value === 'number' || typeof value === 'boolean')
      yield { path, value: String(value), sensitive: false };
    if (typeof value === 'string' && value !== '') yield { path, value, sensitive: false };
  } else if (step === '*') {
    const items = Array.isArray(value) ? value : isObject(value) ? [value] : [];
    const count = Math.max(items.length, listOf(unknownPart).length);
    for (let i = 0; i < count; i += 1)
      yield* descend(items[i], listOf(unknownPart)[i], listOf(sensitive)[i], further, [...path, String(i)]);
  } else {
    yield* descend(get(value, step), get(unknownPart, step), get(sensitive, step), further, [...path, step]);
  }
}
