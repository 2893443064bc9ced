import { familyOf } from '../../inventory/addresses.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { isListing } from '../../inventory/snapshot.ts';
import {
  difference,
  intersection,
  isEmpty,
  NOTHING,
  type Permit,
  type Traffic,
  trafficOf,
  union,
  unionOfAll,
} from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import type { Direction, MeantRow } from '../pairing/meant-row.ts';
import { perAudit } from '../per-audit.ts';
import { writtenAlike } from './alike.ts';
import { permitTexts, permitted } from './permitted.ts';

/** What two paired groups admit in one direction, held against each other. */
export interface GroupDifference {
  readonly direction: Direction;
  readonly rows: { readonly source: readonly MeantRow[]; readonly target: readonly MeantRow[] };
  readonly source: Traffic;
  readonly target: Traffic;
  /** Admitted by the source only, and by the target only: proven, even if parts were not read. */
  readonly less: Traffic;
  readonly more: Traffic;
  /** True where an unread prefix list could hide or undo a difference. */
  readonly undetermined: boolean;
}

const knownIn = perAudit(() => new Map<SecurityGroup, readonly GroupDifference[]>());

/** One entry per direction. Worked out once per pair and run: several rules ask. */
export function groupDifferences(
  source: SecurityGroup,
  target: SecurityGroup,
  context: Context,
): readonly GroupDifference[] {
  const known = knownIn(context);
  const made =
    known.get(source) ??
    (['ingress', 'egress'] as const).map((direction) =>
      writtenAlike(source, target, context)
        ? noDifference(direction, source, target, context)
        : differ(direction, source, target, context),
    );
  known.set(source, made);
  return made;
}

/** Its rows are made when something reads them. */
function noDifference(
  direction: Direction,
  source: SecurityGroup,
  target: SecurityGroup,
  { meanings }: Context,
): GroupDifference {
  const rows = (side: 'source' | 'target', group: SecurityGroup) =>
    meanings.rows(side, group).filter((r) => r.direction === direction);
  return {
    direction,
    get rows() {
      return { source: rows('source', source), target: rows('target', target) };
    },
    source: NOTHING,
    target: NOTHING,
    less: NOTHING,
    more: NOTHING,
    undetermined: false,
  };
}

function differ(
  direction: Direction,
  source: SecurityGroup,
  target: SecurityGroup,
  context: Context,
): GroupDifference {
  const rows = {
    source: context.meanings.rows('source', source).filter((r) => r.direction === direction),
    target: context.meanings.rows('target', target).filter((r) => r.direction === direction),
  };
  const lossy = { source: isListing(context.source), target: isListing(context.target) };
  const unread = [...rows.source, ...rows.target].some((r) => r.unread) || lossy.source || lossy.target;
  // Most groups are written alike on both sides; the algebra is for the others.
  if (!unread && permitText(rows.source) === permitText(rows.target)) {
    return {
      direction,
      rows,
      source: NOTHING,
      target: NOTHING,
      less: NOTHING,
      more: NOTHING,
      undetermined: false,
    };
  }
  const [s, t] = [permitted(rows.source), permitted(rows.target)];
  const [less, more] = [difference(s, t), difference(t, s)];
  const [doubtfulTarget, doubtfulSource] = [
    union(anything(rows.target, rows.source), lossy.target ? unlisted(rows.source) : NOTHING),
    union(anything(rows.source, rows.target), lossy.source ? unlisted(rows.target) : NOTHING),
  ];
  return {
    direction,
    rows,
    source: s,
    target: t,
    less: difference(less, doubtfulTarget),
    more: difference(more, doubtfulSource),
    undetermined:
      !isEmpty(intersection(less, doubtfulTarget)) ||
      !isEmpty(intersection(more, doubtfulSource)) ||
      !isEmpty(difference(doubtfulSource, t)) ||
      !isEmpty(difference(doubtfulTarget, s)),
  };
}

/** All that the unread rows could admit: their protocol and ports, from any address and any peer the other side names. */
function anything(rows: readonly MeantRow[], others: readonly MeantRow[]): Traffic {
  if (!rows.some((r) => r.unread)) return NOTHING;
  const atoms = others.flatMap((r) => r.permits.map((p) => p.peer)).filter((peer) => peer.type === 'atom');
  const world: Permit['peer'][] = [
    { type: 'cidr', cidr: '0.0.0.0/0' },
    { type: 'cidr', cidr: '::/0' },
    ...atoms,
  ];
  return unionOfAll(
    rows
      .filter((r) => r.unread)
      .map((r) => trafficOf(world.map((peer): Permit => ({ protocol: r.protocol, range: r.range, peer })))),
  );
}

/**
 * What the other side holds and a classic listing cannot: IPv6 ranges and prefix lists vanish from it without a trace
 * (the tool's own output; EC2 API tools 1.6.7.1), so their absence shows nothing.
 */
function unlisted(others: readonly MeantRow[]): Traffic {
  return trafficOf(
    others.flatMap((r) =>
      r.permits.filter(
        ({ peer }) =>
          r.rule.peer.type === 'prefix-list' || (peer.type === 'cidr' && familyOf(peer.cidr) === 6),
      ),
    ),
  );
}

/** The set of what is admitted, as sorted text: equal text is equal traffic; different text may still be equal traffic. */
function permitText(rows: readonly MeantRow[]): string {
  const texts = rows.flatMap((r) => permitTexts(r.permits));
  return [...new Set(texts)].sort().join('\n');
}
