import { z } from 'zod';
import type { Finding, Json } from '../model.ts';
import type { SideName } from '../vocabulary.ts';
import { protocolName, serviceName } from './services.ts';
import { visible } from './text.ts';

/** The shape that contract.md promises for the facts of `security-group/allows-less` and `allows-more`. */
const trafficFacts = z.object({
  direction: z.enum(['ingress', 'egress']),
  traffic: z.array(
    z.object({
      protocol: z.string(),
      exceptProtocols: z.array(z.string()).optional(),
      ports: z.string().optional(),
      icmp: z.string().optional(),
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
  /** One packet that tells the sides apart: `tcp/22 from 0.0.0.1`. */
  readonly example: string;
}

/** The keys that `trafficView` shows, so that they are not shown a second time among other facts. */
export const TRAFFIC_FACTS: readonly string[] = ['direction', 'traffic', 'witness'];

const ADMITTED_BY: Readonly<Record<string, SideName>> = {
  'security-group/allows-less': 'source',
  'security-group/allows-more': 'target',
};

/** The traffic of a finding, or null where it speaks of none or in a shape that this version does not know. */
export function trafficView(
  finding: Pick<Finding, 'rule'> & { readonly facts: Readonly<Record<string, Json>> },
): TrafficView | null {
  if (!Object.hasOwn(ADMITTED_BY, finding.rule)) return null;
  const facts = trafficFacts.safeParse(finding.facts);
  const admittedBy = ADMITTED_BY[finding.rule];
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

function describe({ protocol, exceptProtocols, ports, icmp }: Traffic): string {
  if (protocol === 'all') {
    return exceptProtocols?.length
      ? `all traffic but ${exceptProtocols.map(protocolName).join(', ')}`
      : 'all traffic';
  }
  const numbers = ports ?? icmp;
  if (numbers === undefined) return protocolName(protocol);
  if (numbers === 'all') return ports === undefined ? `${protocol}, every type` : `${protocol}, all ports`;
  const name = serviceName(protocol, numbers);
  return `${protocol} ${numbers}${name ? ` (${name})` : ''}`;
}

function packet({ protocol, port, type, code }: z.infer<typeof trafficFacts>['witness']): string {
  const numbers = [port ?? type, code].filter((n) => n !== undefined);
  return [protocolName(protocol), ...numbers].join('/');
}
