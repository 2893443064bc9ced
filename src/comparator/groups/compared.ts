import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
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
import type { MeantRow } from '../pairing/meant-row.ts';
import { perAudit } from '../per-audit.ts';
import { groupDifferences } from './difference.ts';
import { permitTexts, permitted } from './permitted.ts';

type Row = NonNullable<Compared['rows']>[number];

/** What decides the states of one direction: what only one side admits, and what each side admits in all. */
interface Other {
  /** The permits of all rows as texts: those of each list, and those of all other rows together. */
  readonly exact: readonly ReadonlySet<string>[];
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
  const names = listNames(context);
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const of = (side: SideName, group: SecurityGroup | null) =>
      group === null ? [] : context.meanings.rows(side, group).filter((r) => r.direction === direction);
    const rows = { source: of('source', source), target: of('target', target) };
    const differs =
      source && target
        ? groupDifferences(source, target, context).find((d) => d.direction === direction)
        : undefined;
    const against = (all: readonly MeantRow[], only: Traffic | undefined): Other => ({
      exact: textSets(all),
      only: only ?? NOTHING,
      admitted: permitted(all),
    });
    const others = {
      source: against(rows.target, differs?.less),
      target: against(rows.source, differs?.more),
    };
    const alone = source === null || target === null;
    const summed = isSummed([...rows.source, ...rows.target], context);
    const isOver = isOverFull(rows.source.length + rows.target.length, context);
    const placed = (['source', 'target'] as const).flatMap((side) => {
      const isSame = (row: MeantRow) =>
        row.permits.length === 1 && others[side].exact[0]?.has(permitTexts(row.permits)[0] ?? '') === true;
      const same = isOver && !alone ? rows[side].filter(isSame).length : 0;
      const isCounted = same > FEW_ROWS;
      const listed = isCounted ? rows[side].filter((row) => !isSame(row)) : rows[side];
      return [
        ...listed.flatMap((row) => rowsOf(side, row, others[side], { alone, summed }, names[side])),
        ...(isCounted ? [counted(side, direction, same)] : []),
      ];
    });
    listedIn(context).rows += placed.length;
    return placed.sort(byNumber).map(({ row }) => row);
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
  { alone, summed }: { readonly alone: boolean; readonly summed: boolean },
  names: ReadonlyMap<string, string>,
): Placed[] {
  const { direction, service, range, rule, permits } = meant;
  const [protocol = '', ports = 'all'] = service.split(' ');
  const list = rule.peer.type === 'prefix-list' ? (names.get(rule.peer.id) ?? rule.peer.id) : null;
  const base = { side, direction, protocol, ports };
  // What could not be read or resolved admits nothing that is known; a list without entries, or ICMP from IPv6, admits nothing.
  if (permits.length === 0) {
    const known = meant.unresolved === null && !meant.unread;
    const state = !known ? 'unknown' : !alone ? 'covered' : side === 'source' ? 'source-only' : 'target-only';
    const block = parseCidr(meant.peer)?.block ?? null;
    return [{ row: { ...base, peer: meant.peer, state }, range, block }];
  }
  const texts = permitTexts(permits);
  const place = (permit: Permit, state: Row['state']): Placed => {
    const peer = permit.peer.type === 'cidr' ? permit.peer.cidr : permit.peer.atom;
    const via = list !== null && permit.peer.type === 'cidr' ? { via: list } : {};
    return {
      row: { ...base, peer, ...via, state },
      range,
      block: permit.peer.type === 'cidr' ? (parseCidr(permit.peer.cidr)?.block ?? null) : null,
    };
  };
  const states = permits.map((permit, i) => stateOf(side, direction, permit, texts[i] ?? '', other, alone));
  const same = states.filter((state) => state === 'same').length;
  const counts = summed && list !== null && same > LONG_LIST;
  const placed = permits.flatMap((permit, i) => {
    const state = states[i] ?? 'unknown';
    return counts && state === 'same' ? [] : [place(permit, state)];
  });
  if (!counts) return placed;
  const row = { ...base, peer: meant.peer, via: list, entries: same, state: 'same' as const };
  return [...placed, { row, range, block: null }];
}

/**
 * A report lists so many entries of prefix lists as rows of groups. A thousand groups that name a list of a thousand entries
 * would be two million: beyond it, the entries of a long list that are the same on both sides are one row that counts them.
 */
const MOST_ENTRIES = 100_000;
const LONG_LIST = 50;

const listedIn = perAudit(() => ({ entries: 0, rows: 0 }));

/**
 * A report lists so many rows of groups. A thousand groups that all refer to each other have two million: beyond it, the rows
 * of a side that are the same on both sides are one row that counts them.
 */
const MOST_ROWS = 250_000;
const FEW_ROWS = 10;

function isOverFull(more: number, context: Context): boolean {
  return listedIn(context).rows + more > MOST_ROWS;
}

/** In place of so many rows. */
function counted(side: SideName, direction: Row['direction'], entries: number): Placed {
  const words = { protocol: 'various', ports: 'various', peer: 'rules that both sides have' };
  return { row: { side, direction, ...words, entries, state: 'same' }, range: 'all', block: null };
}

/** Whether the entries of this group are more than a report lists. Counts them. */
function isSummed(rows: readonly MeantRow[], context: Context): boolean {
  const listed = listedIn(context);
  const entries = rows.reduce(
    (sum, { permits }) => sum + (permits.length > LONG_LIST ? permits.length : 0),
    0,
  );
  if (listed.entries + entries > MOST_ENTRIES) return true;
  listed.entries += entries;
  return false;
}

function stateOf(
  side: SideName,
  direction: Row['direction'],
  permit: Permit,
  text: string,
  other: Other,
  alone: boolean,
): Row['state'] {
  const own = side === 'source' ? 'source-only' : 'target-only';
  if (!alone && other.exact.some((texts) => texts.has(text))) return 'same';
  const traffic = trafficOf([permit]);
  const opens =
    side === 'target' &&
    direction === 'ingress' &&
    !isEmpty(newlyOpenToWorld(traffic, alone ? NOTHING : other.admitted));
  if (alone) return opens ? 'open-to-world' : own;
  if (isEmpty(difference(traffic, other.admitted))) return 'covered';
  // A difference that something unread could undo is not proven.
  if (isEmpty(intersection(traffic, other.only))) return 'unknown';
  return opens ? 'open-to-world' : own;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function textSets(rows: readonly MeantRow[]): ReadonlySet<string>[] {
  const own = new Set<string>();
  const ofLists = new Set<ReadonlySet<string>>();
  for (const { permits } of rows) {
    const texts = permitTexts(permits);
    if (permits.length > LONG_LIST) ofLists.add(textSet(texts));
    else for (const text of texts) own.add(text);
  }
  return [own, ...ofLists];
}

/** Of a long list, which many groups name. */
function textSet(texts: readonly string[]): ReadonlySet<string> {
  const hit = sets.get(texts) ?? new Set(texts);
  sets.set(texts, hit);
  return hit;
}

const listNames = perAudit((context) => {
  const of = (side: SideName) =>
    new Map(itemsOf(context[side].prefixLists).map((list) => [list.id, list.name] as const));
  return { source: of('source'), target: of('target') };
});

/** By protocol, ports and address as numbers; what is no address comes last. */
function byNumber(a: Placed, b: Placed): number {
  const first = ({ range }: Placed) => (range === 'all' ? -1 : range.first);
  const last = ({ range }: Placed) => (range === 'all' ? -1 : range.last);
  return (
    compareText(a.row.protocol, b.row.protocol) ||
    first(a) - first(b) ||
    last(a) - last(b) ||
    byBlock(a, b) ||
    compareText(a.row.peer, b.row.peer) ||
    compareText(a.row.side, b.row.side) ||
    compareText(a.row.via ?? '', b.row.via ?? '')
  );
}

function byBlock({ block: a }: Placed, { block: b }: Placed): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  if (typeof a.start !== typeof b.start) return typeof a.start === 'number' ? -1 : 1;
  return a.start < b.start ? -1 : a.start > b.start ? 1 : a.length - b.length;
}
