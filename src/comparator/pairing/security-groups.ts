import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { groupBy } from '../../text/groups.ts';
import { mappedName } from '../names.ts';
import { type Counterpart, rivalsOf } from './counterpart.ts';
import { pairByMaker, pairByStack, pairByStem, setStackRivalsAside } from './made.ts';
import { Pairing } from './pairing.ts';
import type { VpcMap } from './vpcs.ts';
import type { Naming } from './workloads.ts';

type Side = 'source' | 'target';
const CLASSIC = '(EC2-Classic)';
/** Of so many VPCs that a line of the config could name, a line names the first. */
const MOST_PLACES = 20;

/**
 * By VPC and name. Names are unique only within a VPC and case-insensitive there (EC2 API, CreateSecurityGroup); an
 * exact spelling wins where an old region holds two spellings. A name that also exists on the target, but in a VPC that
 * has no counterpart, cannot be paired unless the config says which VPC is which. The resources of stacks pair by stack and
 * logical id before that, and what services and tools name by what they do not generate after it.
 */
export function securityGroupCounterparts(
  source: Snapshot,
  target: Snapshot,
  vpcs: VpcMap,
  { names, stacks, section }: Naming,
): Counterpart<SecurityGroup>[] {
  const pairing = new Pairing<SecurityGroup>(
    'security-group',
    source.securityGroups,
    target.securityGroups,
    (g, side) => ({
      name: g.name,
      scope: vpcs.scope(side, g.vpcId),
    }),
  );
  // The place both sides agree on: the target's VPC. Null where the VPC has no counterpart.
  const place = (g: SecurityGroup, side: Side) => {
    if (g.vpcId === null) return CLASSIC;
    return side === 'source' ? vpcs.over('source', g.vpcId) : vpcs.over('target', g.vpcId) && g.vpcId;
  };
  const name = (g: SecurityGroup, side: Side) => (side === 'source' ? names(g.name) : g.name).trimEnd();
  const key = (spelling: (text: string) => string) => (g: SecurityGroup, side: Side) => {
    const at = place(g, side);
    return at === null ? null : `${at} ${spelling(name(g, side))}`;
  };
  // Groups of two VPCs that both lack a counterpart may still correspond: their stack shows it.
  const anyPlace = (g: SecurityGroup, side: Side) => place(g, side) ?? '?';
  pairing.pairUnique((g, side) => {
    const [at, mapped] = [place(g, side), mappedName(g.name.trimEnd(), side, names)];
    return at === null || mapped === null ? null : `${at} ${mapped}`;
  }, 'vpc-and-name');
  pairByStack(pairing, stacks, anyPlace);
  // A group that another account shares goes with one that is shared too, before it goes with an own one of the name.
  const accounts = { source: source.account, target: target.account };
  pairing.pairUnique((g, side) => {
    const [at, account] = [key((n) => n.toLowerCase())(g, side), accounts[side]];
    const shared = account !== null && g.ownerId !== null && g.ownerId !== account;
    return at === null ? null : `${at}\n${shared ? g.ownerId : ''}`;
  }, 'vpc-and-name');
  pairing.pairUnique(
    key((n) => n),
    'vpc-and-name',
  );
  pairing.pairUnique(
    key((n) => n.toLowerCase()),
    'vpc-and-name',
  );

  // Scripts write the id of the VPC into the name, to have one group per VPC: the id is another in every region.
  pairing.pairUnique((g, side) => {
    const at = place(g, side);
    return at === null || g.vpcId === null || !g.name.includes(g.vpcId)
      ? null
      : JSON.stringify([at, name(g, side).toLowerCase().replaceAll(g.vpcId, 'vpc')]);
  }, 'name but for the VPC id');
  pairByMaker(pairing, place);
  setStackRivalsAside(pairing, stacks, section, anyPlace);
  setRivalsAside(pairing, vpcs, (g, side) => `${place(g, side) ?? '?'} ${name(g, side).toLowerCase()}`);
  pairByStem(pairing, place);
  return pairing.finish();
}

/** What is left and has a namesake in the same (or the same lack of a) place cannot be paired one to one. */
function setRivalsAside(
  pairing: Pairing<SecurityGroup>,
  vpcs: VpcMap,
  keyOf: (g: SecurityGroup, side: Side) => string,
): void {
  const sources = groupBy(pairing.freeSources, (g) => keyOf(g, 'source'));
  const targets = groupBy(pairing.freeTargets, (g) => keyOf(g, 'target'));
  for (const [key, ours] of sources) {
    const theirs = targets.get(key);
    if (!theirs) continue;
    const candidates = rivalsOf(theirs, (t) => `${t.name} (${t.id}) in ${place(vpcs, 'target', t)}`);
    const places = [...new Set(theirs.map((t) => place(vpcs, 'target', t)))];
    for (const s of ours) {
      pairing.setAside('source', s, vpcs.known ? 'ambiguous' : 'unread', {
        candidates,
        config: configLine(vpcs, s, theirs, places),
      });
    }
    for (const t of theirs) pairing.setAside('target', t, vpcs.known ? 'ambiguous' : 'unread');
  }
}

function place(vpcs: VpcMap, side: Side, g: SecurityGroup): string {
  return g.vpcId === null ? 'EC2-Classic' : vpcs.reference(side, g.vpcId);
}

/** The line that would settle it: which VPC is which, or, within one VPC, which spelling is which. */
function configLine(
  vpcs: VpcMap,
  source: SecurityGroup,
  targets: readonly SecurityGroup[],
  places: readonly string[],
): string {
  const [first] = targets;
  if (source.vpcId !== null && vpcs.over('source', source.vpcId) === null && first?.vpcId) {
    const to =
      targets.length === 1
        ? vpcs.reference('target', first.vpcId)
        : `<${[...places.slice(0, MOST_PLACES), ...(places.length > MOST_PLACES ? ['…'] : [])].join(' | ')}>`;
    return `vpcs: { ${JSON.stringify(vpcs.reference('source', source.vpcId))}: ${JSON.stringify(to)} }`;
  }
  return `names: { securityGroups: { ${JSON.stringify(source.name)}: ${JSON.stringify(first?.name ?? '')} } }`;
}
