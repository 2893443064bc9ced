import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { Unable } from '../../inventory/unable.ts';
import type { Vpc } from '../../inventory/vpc.ts';
import { groupBy } from '../../text/groups.ts';
import type { Config } from '../config.ts';
import type { BothStacks } from './made.ts';

type Side = 'source' | 'target';

/** Which VPC of the target is the counterpart of which of the source. */
export interface VpcMap {
  /** The id on the target; null when there is none, or none that is known. */
  over(side: Side, vpcId: string): string | null;
  /** How the two were found to belong together. */
  matchedBy(sourceVpcId: string): string | null;
  vpc(side: Side, vpcId: string | null): Vpc | null;
  /** The region-independent name: the Name tag, or "default"; null for neither. */
  scope(side: Side, vpcId: string | null): string | null;
  /** How a config file would name the VPC: by its Name tag where that is unique, else "default", else the id. */
  reference(side: Side, vpcId: string): string;
  /** False when a side's VPCs could not be read, so that "no counterpart" proves nothing. */
  readonly known: boolean;
}

interface SideVpcs {
  readonly list: readonly Vpc[];
  readonly byId: ReadonlyMap<string, Vpc>;
  readonly byName: ReadonlyMap<string, readonly Vpc[]>;
}

/**
 * Explicit map, then (one region with itself) the id, then both default VPCs, then the stack and logical id that made
 * them, then a Name tag that is unique on both sides, then each is the only one: of the whole region, or the only one left
 * where the Name tags do not contradict it.
 */
export function vpcMap(source: Snapshot, target: Snapshot, config: Config, stacks?: BothStacks): VpcMap {
  const sides = { source: vpcsOf(source), target: vpcsOf(target) };
  const known = source.vpcs.status === 'complete' && target.vpcs.status === 'complete';
  const forward = new Map<string, { id: string; by: string }>();
  const backward = new Map<string, string>();
  const pair = (s: Vpc, t: Vpc, by: string) => {
    if (forward.has(s.id) || backward.has(t.id)) return;
    forward.set(s.id, { id: t.id, by });
    backward.set(t.id, s.id);
  };
  const free = () => ({
    source: sides.source.list.filter((v) => !forward.has(v.id)),
    target: sides.target.list.filter((v) => !backward.has(v.id)),
  });

  for (const [from, to] of Object.entries(config.vpcs ?? {})) {
    const s = named(sides.source, from, 'source', source, known);
    const t = named(sides.target, to, 'target', target, known);
    if (s && t) pair(s, t, 'config');
  }
  if (source.region === target.region) {
    for (const s of sides.source.list) {
      const t = sides.target.byId.get(s.id);
      if (t) pair(s, t, 'id');
    }
  }
  const [defaultSource, defaultTarget] = [
    free().source.find((v) => v.isDefault),
    free().target.find((v) => v.isDefault),
  ];
  if (defaultSource && defaultTarget) pair(defaultSource, defaultTarget, 'default');
  if (stacks) {
    const resource = (side: Side) => (v: Vpc) => stackResource(v, side, stacks);
    const theirs = groupBy(free().target, resource('target'));
    for (const [key, [s, ...rivals]] of groupBy(free().source, resource('source'))) {
      const [t, ...others] = theirs.get(key) ?? [];
      if (s && t && rivals.length + others.length === 0) pair(s, t, 'stack');
    }
  }
  const namesakes = groupBy(free().target, (v) => v.name);
  for (const [name, [s, ...rivals]] of groupBy(free().source, (v) => v.name)) {
    const [t, ...others] = namesakes.get(name) ?? [];
    if (s && t && rivals.length + others.length === 0) pair(s, t, 'name');
  }
  const left = free();
  const [s, t] = [left.source[0], left.target[0]];
  if (s && t && left.source.length === 1 && left.target.length === 1) {
    const whole = sides.source.list.length === 1 && sides.target.list.length === 1;
    // Two VPCs that both carry a name, and not the same one, may well be two different networks.
    if (whole || (known && (s.name === null || t.name === null))) pair(s, t, 'only-one');
  }

  const get = (side: Side, id: string | null) => (id === null ? null : (sides[side].byId.get(id) ?? null));
  return {
    over: (side, id) => (side === 'source' ? (forward.get(id)?.id ?? null) : (backward.get(id) ?? null)),
    matchedBy: (id) => forward.get(id)?.by ?? null,
    vpc: get,
    scope: (side, id) => {
      const vpc = get(side, id);
      return vpc?.name ?? (vpc?.isDefault ? 'default' : null);
    },
    reference: (side, id) => {
      const vpc = get(side, id);
      const unique = vpc?.name && sides[side].byName.get(vpc.name)?.length === 1;
      return unique && vpc.name ? vpc.name : vpc?.isDefault ? 'default' : id;
    },
    known,
  };
}

function stackResource(vpc: Vpc, side: Side, stacks: BothStacks): string | null {
  const resource = stacks[side].resourceOf(vpc);
  return resource && `${stacks[side].stable(resource.stack)} ${resource.logicalId}`;
}

/** The VPCs that were read, and those that only the groups name (every VPC has at least its default group). */
function vpcsOf(snapshot: Snapshot): SideVpcs {
  const byId = new Map(itemsOf(snapshot.vpcs).map((v) => [v.id, v]));
  for (const { vpcId } of itemsOf(snapshot.securityGroups)) {
    if (vpcId !== null && !byId.has(vpcId)) {
      byId.set(vpcId, { id: vpcId, name: null, isDefault: false, ownerId: null, cidrs: [], tags: {} });
    }
  }
  const list = [...byId.values()].sort((a, b) => compareText(a.id, b.id));
  return { byId, byName: groupBy(list, (vpc) => vpc.name), list };
}

function named(
  side: SideVpcs,
  reference: string,
  name: Side,
  snapshot: Snapshot,
  known: boolean,
): Vpc | null {
  const hits = side.list.filter((v) => v.id === reference || v.name === reference);
  const [hit] = hits.length > 0 ? hits : side.list.filter((v) => reference === 'default' && v.isDefault);
  if (hits.length > 1) {
    throw new Unable(
      `config vpcs: "${reference}" is the Name of ${hits.length} VPCs of the ${name} (${snapshot.region})`,
      `Name one of them by its id: ${hits.map((v) => v.id).join(', ')}.`,
    );
  }
  // Without the list of VPCs their names are unknown: a gap says so, and the map cannot be held against it.
  if (!hit && known) {
    throw new Unable(
      `config vpcs: the ${name} (${snapshot.region}) has no VPC "${reference}"`,
      `Write a VPC id, a Name tag or "default". There: ${side.list.map((v) => v.name ?? (v.isDefault ? 'default' : v.id)).join(', ') || 'none'}.`,
    );
  }
  return hit ?? null;
}
