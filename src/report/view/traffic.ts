import * as z from 'zod';
import { visible } from '../../text/printable.ts';
import type { Finding } from '../model.ts';
import type { RuleIdOf } from '../rules/index.ts';
import type { Facts } from '../rules/shared.ts';
import type { SideName } from '../vocabulary.ts';
import { protocolName, serviceName } from './services.ts';

/** The public shape of the facts of `security-group/allows-less` and `allows-more`. */
const trafficFacts = z.object({
  direction: z.enum(['ingress', 'egress']),
  traffic: z.array(
    z.object({
      protocol: z.string(),
      exceptProtocols: z.array(z.string()).optional(),
      ports: z.string().optional(),
      icmp: z.string().optional(),
      exceptIcmp: z.array(z.string()).optional(),
      peers: z.array(z.string()),
      except: z.array(z.string()).optional(),
    }),
  ),
  witness: z.object({
    protocol: z.string(),
    port: z.union([z.number(), z.string()]).optional(),
    type: z.union([z.number(), z.string()]).optional(),
    code: z.union([z.number(), z.string()]).optional(),
    peer: z.string(),
  }),
});

export interface TrafficRow {
  /** `tcp 22 (ssh)`, `icmp 8 (echo request)`, `all traffic but tcp`. */
  readonly what: string;
  readonly peers: readonly string[];
  readonly except: readonly string[];
}

export interface TrafficView {
  readonly direction: 'ingress' | 'egress';
  /** The one side that admits it; the other refuses it. */
  readonly admittedBy: SideName;
  readonly refusedBy: SideName;
  readonly rows: readonly TrafficRow[];
  /** `from` for ingress, `to` for egress. */
  readonly preposition: 'from' | 'to';
  /** One packet that only one side admits: `tcp/22 from 0.0.0.1`. */
  readonly example: string;
}

/** The keys that `trafficView` shows, so that they are not shown a second time among other facts. */
export const TRAFFIC_FACTS: readonly string[] = ['direction', 'traffic', 'witness'];

/** The side that admits the traffic that a finding about a group lists; null where it lists none that one side lacks. */
const ADMITTED_BY = {
  'security-group/missing': null,
  'security-group/allows-less': 'source',
  'security-group/allows-more': 'target',
  'security-group/unadapted-cidr': null,
  'security-group/written-differently': null,
  'security-group/connection-tracking-differs': null,
  'security-group/over-quota': null,
  'security-group/unresolved-peer': null,
  'security-group/ambiguous': null,
  'security-group/description-differs': null,
  'security-group/tags-differ': null,
  'security-group/owner-differs': null,
  'security-group/extra': null,
} as const satisfies Record<RuleIdOf<'security-group'>, SideName | null>;

/** The traffic of a finding, or null where it speaks of none or in a shape that this version does not know. */
export function trafficView(finding: Pick<Finding, 'rule'> & { readonly facts: Facts }): TrafficView | null {
  const admittedBy: SideName | null = Object.hasOwn(ADMITTED_BY, finding.rule)
    ? ADMITTED_BY[finding.rule as RuleIdOf<'security-group'>]
    : null;
  const facts = trafficFacts.safeParse(finding.facts);
  if (!facts.success || !admittedBy) return null;
  const { direction, traffic, witness } = facts.data;
  const preposition = direction === 'ingress' ? 'from' : 'to';
  return {
    direction,
    admittedBy,
    refusedBy: admittedBy === 'source' ? 'target' : 'source',
    preposition,
    rows: traffic.map((t) => ({
      what: visible(describe(t)),
      peers: t.peers.map(visible),
      except: (t.except ?? []).map(visible),
    })),
    example: visible(`${packet(witness)} ${preposition} ${witness.peer}`),
  };
}

type Traffic = z.infer<typeof trafficFacts>['traffic'][number];

function describe({ protocol, exceptProtocols, ports, icmp, exceptIcmp }: Traffic): string {
  if (protocol === 'all') {
    return exceptProtocols?.length
      ? `all traffic but ${exceptProtocols.map(protocolName).join(', ')}`
      : 'all traffic';
  }
  const numbers = ports ?? icmp;
  if (numbers === undefined) return protocolName(protocol);
  const but = exceptIcmp?.length ? ` but ${exceptIcmp.join(', ')}` : '';
  if (but !== '' && numbers === 'all') return `${protocol}, every type${but}`;
  if (numbers === 'all') return ports === undefined ? `${protocol}, every type` : `${protocol}, all ports`;
  const name = serviceName(protocol, numbers);
  return `${protocol} ${numbers}${name ? ` (${name})` : ''}${but}`;
}

function packet({ protocol, port, type, code }: z.infer<typeof trafficFacts>['witness']): string {
  const numbers = [port ?? type, code].filter((n) => n !== undefined);
  return [protocolName(protocol), ...numbers].join('/');
}
