import type { FactKind } from '../../inventory/launch-facts/kinds.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { type FactIndex, factsOf } from './facts.ts';
import { all, type Checked, NOTHING_FOUND, notKnown } from './judging.ts';

/** What reachability depends on and was not read, and what is never followed. */
export const notRead = perAudit((context: Context): Checked => {
  const facts = factsOf(context);
  const missing = (['target', 'source'] as const).flatMap((side) =>
    kindsNeeded(facts[side]).flatMap((kind) => {
      const why = facts[side].unread(kind);
      return why ? [notKnown(why, kind, facts[side], 'its network')] : [];
    }),
  );
  if (facts.target.unread('routeTables')) return all(missing);
  return all([...missing, BEYOND, ...blockUntold(facts.target)]);
});

/** Gateways only where a route names one. */
function kindsNeeded(facts: FactIndex): readonly FactKind[] {
  const routes = (facts.all('routeTables') ?? []).flatMap((table) => table.routes);
  const leadsTo = (prefix: string) => routes.some(({ to }) => to.startsWith(prefix));
  return [
    'routeTables',
    'networkAcls',
    ...(leadsTo('nat-') ? (['natGateways'] as const) : []),
    ...(leadsTo('igw-') ? (['internetGateways'] as const) : []),
  ];
}

/** What is behind another network is never read: whether an instance is reached through it is not known. */
const BEYOND: Checked = {
  ...NOTHING_FOUND,
  omissions: [
    {
      what: 'transit gateways, peerings, VPNs, firewalls, DNS (whether an instance is reachable through them)',
      side: 'target',
      because:
        'Routes, public addresses, VPC Block Public Access and network ACLs are read, and nothing beyond them.',
      // The place of the launch was looked at nevertheless.
      parts: [],
    },
  ],
};

/** An older AWS CLI leaves the mode out of its answer. */
function blockUntold(facts: FactIndex): Checked[] {
  if (!(facts.all('subnets') ?? []).some((subnet) => subnet.internetGatewayBlock === null)) return [];
  const omission = {
    what: 'VPC Block Public Access (whether it stops traffic of a subnet)',
    side: 'target',
    because: `The answer with the subnets of ${facts.place} does not contain it (BlockPublicAccessStates).`,
    parts: [],
  } as const;
  return [{ ...NOTHING_FOUND, omissions: [omission] }];
}
