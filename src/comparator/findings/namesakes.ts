import { wordsOf } from '../../inventory/kinds.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { KINDS } from '../../report/vocabulary.ts';
import { capital } from '../../text/capital.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';

/** What distinguishes an object from another of its kind, name and scope, for people: ids and ranges may be in it. */
export interface Apart {
  /** Of a group, its VPC: "vpc-0ab (10.2.0.0/16)"; null for other kinds. */
  readonly vpc: string | null;
  /** The beginning of a sentence about it: "In VPC vpc-0ab (10.2.0.0/16): ". */
  readonly prefix: string;
}

/** Null for an object that its name and scope distinguish from all others. */
export function apartFrom(c: Counterpart<unknown>, context: Context): Apart | null {
  return namesakesIn(context).get(c) ?? null;
}

const namesakesIn = perAudit((context): ReadonlyMap<Counterpart<unknown>, Apart> => {
  const apart = new Map<Counterpart<unknown>, Apart>();
  for (const kind of KINDS) {
    // What is said of images names their ids already.
    if (kind === 'image') continue;
    const pairs = context.counterparts[kind] as readonly Counterpart<{ readonly id: string | null }>[];
    for (const of of groupBy(pairs, (c) => JSON.stringify([c.scope, c.name])).values()) {
      if (of.length < 2) continue;
      for (const c of of) {
        const vpc = kind === 'security-group' ? vpcOf(c as Counterpart<SecurityGroup>, context) : null;
        const id = c.source?.id ?? c.target?.id;
        const word = wordsOf(kind).one;
        if (vpc !== null) apart.set(c, { vpc, prefix: `In VPC ${vpc}: ` });
        else if (id) apart.set(c, { vpc, prefix: `${capital(word)} ${id}: ` });
      }
    }
  }
  return apart;
});

/** The id of its VPC with the ranges, and the account where that is another's. */
function vpcOf({ source, target }: Counterpart<SecurityGroup>, { vpcs, ...context }: Context): string | null {
  const side = source ? 'source' : 'target';
  const group = source ?? target;
  if (!group || group.vpcId === null) return null;
  const vpc = vpcs.vpc(side, group.vpcId);
  const { account } = context[side];
  const owner = vpc?.ownerId && account && vpc.ownerId !== account ? [`of account ${vpc.ownerId}`] : [];
  const details = [...(vpc?.cidrs ?? []), ...owner].join(', ');
  return details === '' ? group.vpcId : `${group.vpcId} (${details})`;
}
