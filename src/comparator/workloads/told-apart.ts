import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { namesOf } from './likeness.ts';
import { type Reference, referenceName } from './reference.ts';

/** What each side refers to, in words that differ: by name, else groups with their VPC, else with ids. */
export function toldApart(
  ours: readonly Reference[],
  theirs: readonly Reference[],
  context: Context,
): Readonly<Record<SideName, string>> {
  const [source, target] = [namesOf(ours), namesOf(theirs)];
  if (source !== target) return { source, target };
  const inVpc = (side: SideName, references: readonly Reference[]) =>
    namesOf(references, (r) => `${referenceName(r)}${vpcOf(r, side, context)}`);
  const placed = { source: inVpc('source', ours), target: inVpc('target', theirs) };
  if (placed.source !== placed.target) return placed;
  const withIds = (references: readonly Reference[]) =>
    namesOf(references, (r) => `${referenceName(r)}${idOf(r)}`);
  return { source: withIds(ours), target: withIds(theirs) };
}

function vpcOf({ found }: Reference, side: SideName, { vpcs }: Context): string {
  if (found.is !== 'security-group' || found.item.vpcId === null) return '';
  return ` of VPC ${vpcs.scope(side, found.item.vpcId) ?? found.item.vpcId}`;
}

function idOf({ found }: Reference): string {
  return 'item' in found ? ` (${found.item.id})` : '';
}
