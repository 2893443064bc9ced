import { compareText, firstOf } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Compared } from '../../report/model.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { type Block, parseCidr } from '../../traffic/addresses.ts';
import {
  difference,
  intersection,
  isEmpty,
  NOTHING,
  newlyOpenToWorld,
  type Permit,
  type Traffic,
  trafficOf,
} from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import type { MeantRow } from '../pairing/group-meaning.ts';
import { groupDifferences } from './difference.ts';

type Row = NonNullable<Compared['rows']>[number];

/** What decides the states of one direction: what only one side admits, and what each side admits in all. */
interface Other {
  readonly exact: ReadonlySet<string>;
  readonly only: Traffic;
  readonly admitted: Traffic;
}

/**
 * The rules of both sides, prefix lists expanded, in numeric order, each with what it is to the traffic of the other side.
 * A group without a counterpart has only the rules of its side.
 */
export function comparedRules(
  source: SecurityGroup | null,
  target: SecurityGroup | null,
  context: Context,
): Row[] {
  const names = { source: listNames(context, 'source'), target: listNames(context, 'target') };
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const of = (side: SideName, group: SecurityGroup | null) =>
      group === null ? [] : context.meanings.rows(side, group).filter((r) => r.direction === direction);
    const rows = { source: of('source', source), target: of('target', target) };
    const differs =
      source && target
        ? groupDifferences(source, target, context).find((d) => d.direction === direction)
        : undefined;
    const admitted = (all: readonly MeantRow[]) => trafficOf(all.flatMap((r) => r.permits));
    const against = (all: readonly MeantRow[], only: Traffic | undefined): Other => ({
      exact: new Set(all.flatMap((r) => r.permits.map(permitText))),
      only: only ?? NOTHING,
      admitted: admitted(all),
    });
    const others = {
      source: against(rows.target, differs?.less),
      target: against(rows.source, differs?.more),
    };
    const alone = source === null || target === null;
    return (['source', 'target'] as const)
      .flatMap((side) => rows[side].flatMap((row) => rowsOf(side, row, others[side], alone, names[side])))
      .sort(byNumber)
      .map(({ row }) => row);
  });
}

interface Placed {
  readonly row: Row;
  readonly range: MeantRow['range'];
  readonly block: Block<number> | Block<bigint> | null;
}

/** A rule of one peer is one row; a rule that names a prefix list is one row per entry. */
function rowsOf(
  side: SideName,
  meant: MeantRow,
  other: Other,
  alone: boolean,
  names: ReadonlyMap<string, string>,
): Placed[] {
  const { direction, service, range, rule, permits } = meant;
  const [protocol = '', ports = 'all'] = service.split(' ');
  const list = rule.peer.type === 'prefix-list' ? (names.get(rule.peer.id) ?? rule.peer.id) : null;
  const base = { side, direction, protocol, ports };
  // What could not be read or resolved admits nothing that is known.
  if (permits.length === 0)
    return [{ row: { ...base, peer: meant.peer, state: 'unknown' }, range, block: null }];
  return permits.map((permit) => {
    const peer = permit.peer.type === 'cidr' ? permit.peer.cidr : permit.peer.atom;
    const state = stateOf(side, direction, permit, other, alone);
    const via = list !== null && permit.peer.type === 'cidr' ? { via: list } : {};
    return {
      row: { ...base, peer, ...via, state },
      range,
      block: permit.peer.type === 'cidr' ? (parseCidr(permit.peer.cidr)?.block ?? null) : null,
    };
  });
}

function stateOf(
  side: SideName,
  direction: Row['direction'],
  permit: Permit,
  other: Other,
  alone: boolean,
): Row['state'] {
  const own = side === 'source' ? 'source-only' : 'target-only';
  const traffic = trafficOf([permit]);
  const opens =
    side === 'target' &&
    direction === 'ingress' &&
    !isEmpty(newlyOpenToWorld(traffic, alone ? NOTHING : other.admitted));
  if (alone) return opens ? 'open-to-world' : own;
  if (other.exact.has(permitText(permit))) return 'same';
  if (isEmpty(difference(traffic, other.admitted))) return 'covered';
  // A difference that something unread could undo is not proven.
  if (isEmpty(intersection(traffic, other.only))) return 'unknown';
  return opens ? 'open-to-world' : own;
}

function permitText({ protocol, range, peer }: Permit): string {
  const ports = range === 'all' ? 'all' : `${range.first}-${range.last}`;
  return `${protocol} ${ports} ${peer.type === 'cidr' ? peer.cidr : peer.atom}`;
}

function listNames(context: Context, side: SideName): Map<string, string> {
  const { prefixLists } = context[side];
  return new Map(
    prefixLists.status === 'complete' ? prefixLists.items.map((list) => [list.id, list.name]) : [],
  );
}

/** By protocol, ports and address as numbers; what is no address comes last. */
function byNumber(a: Placed, b: Placed): number {
  const first = ({ range }: Placed) => (range === 'all' ? -1 : range.first);
  const last = ({ range }: Placed) => (range === 'all' ? -1 : range.last);
  return firstOf(
    compareText(a.row.protocol, b.row.protocol),
    first(a) - first(b),
    last(a) - last(b),
    byBlock(a, b),
    compareText(a.row.peer, b.row.peer),
    compareText(a.row.side, b.row.side),
    compareText(a.row.via ?? '', b.row.via ?? ''),
  );
}

function byBlock({ block: a }: Placed, { block: b }: Placed): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  if (typeof a.start !== typeof b.start) return typeof a.start === 'number' ? -1 : 1;
  return a.start < b.start ? -1 : a.start > b.start ? 1 : a.length - b.length;
}
