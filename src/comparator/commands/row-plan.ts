import { difference, intersection, isEmpty, type Traffic, unionOfAll } from '../../traffic/index.ts';

/** A row of a group as a set of packets. */
export interface PlannedRow {
  /** Equal text is the same row on both sides, even if the prefix list in it differs. */
  readonly text: string;
  readonly admits: Traffic;
}

export interface RowSides<S extends PlannedRow, T extends PlannedRow> {
  /** The rows of the source that can be written on the target as it is. */
  readonly writable: readonly S[];
  /** The rows of the source that cannot be, because they name something that the target does not have. */
  readonly waiting: readonly S[];
  readonly target: readonly T[];
  /** What the target admits and the source does not. */
  readonly more: Traffic;
  /** Whether a group can hold these rows at one time. */
  readonly fits: (rows: readonly (S | T)[]) => boolean;
}

export type RowStep<S, T> =
  | { readonly does: 'authorize'; readonly rows: readonly S[] }
  | { readonly does: 'revoke'; readonly rows: readonly T[] };

/** Which rows to change, whole rows only: no row is ever written that one side does not have. */
export interface RowPlan<S, T> {
  /** In order; null where the quota leaves no order in which nothing is cut off that both sides admit. */
  readonly steps: readonly RowStep<S, T>[] | null;
  readonly authorize: readonly S[];
  readonly revoke: readonly T[];
  /** Rows that admit more and have to stay until what the waiting rows name exists: they are all that admits its traffic. */
  readonly held: readonly T[];
}

/**
 * What makes the target admit what the source admits: first the rows of the source are authorized that only a wider row
 * covers, then the wider rows are revoked. So at every step the target admits all that both sides admitted, and nothing
 * that neither did.
 */
export function planRows<S extends PlannedRow, T extends PlannedRow>(sides: RowSides<S, T>): RowPlan<S, T> {
  const { waiting, more, fits } = sides;
  // Rows that differ by their description alone are one row to EC2.
  const [writable, target] = [once(sides.writable), once(sides.target)];
  const [here, there] = [texts([...writable, ...waiting]), texts(target)];
  const [beyond, lasting] = isEmpty(more)
    ? [[], target]
    : divided(target, (row) => !isEmpty(intersection(row.admits, more)));
  // What a list admits beyond the source is not there to stay, so it covers nothing.
  const exceeds = beyond.filter((row) => !here.has(row.text));
  const lacking = writable.filter((row) => !there.has(row.text));
  const authorize = lacking.length === 0 ? [] : uncovered(lacking, lasting);
  // Few groups need the unions of all their rows.
  const wanted = () => admittedBy([...writable, ...waiting]);
  const stays = () => [...lasting, ...authorize, ...target.filter((row) => here.has(row.text))];
  const [held, revoke] = exceeds.length === 0 ? [[], []] : heldBack(exceeds, wanted(), admittedBy(stays()));
  return { steps: steps(authorize, revoke, target, wanted, fits), authorize, revoke, held };
}

/** Those that alone admit a part of what is wanted, and the others. */
function heldBack<R extends PlannedRow>(
  rows: readonly R[],
  wanted: Traffic,
  stays: Traffic,
): readonly [R[], R[]] {
  return divided(rows, (row) => !isEmpty(difference(intersection(row.admits, wanted), stays)));
}

/** Those of the rows that others do not admit already. */
function uncovered<R extends PlannedRow>(rows: readonly R[], others: readonly PlannedRow[]): R[] {
  const covered = admittedBy(others);
  return rows.filter((row) => !isEmpty(difference(row.admits, covered)));
}

/** Beyond this many rows, an order for a group that is nearly full is not looked for. */
const MOST_ORDERED = 200;

function steps<S extends PlannedRow, T extends PlannedRow>(
  authorize: readonly S[],
  revoke: readonly T[],
  target: readonly T[],
  wanted: () => Traffic,
  fits: (rows: readonly (S | T)[]) => boolean,
): RowStep<S, T>[] | null {
  const step = <R>(does: 'authorize' | 'revoke', rows: readonly R[]) =>
    rows.length === 0 ? [] : [{ does, rows }];
  if (authorize.length === 0 || fits([...target, ...authorize]))
    return [...step('authorize', authorize), ...step('revoke', revoke)] as RowStep<S, T>[];
  if (target.length + authorize.length > MOST_ORDERED) return null;
  // There is no room for both: row by row, a rule that is no longer needed is revoked before the next one is authorized.
  const done: RowStep<S, T>[] = [];
  const protect = intersection(wanted(), admittedBy(target));
  let now: (S | T)[] = [...target];
  const [coming, going] = [[...authorize], [...revoke]];
  while (coming.length + going.length > 0) {
    const needless = going.find((row) => {
      const rest = admittedBy(now.filter((r) => r !== row));
      return isEmpty(difference(intersection(row.admits, protect), rest));
    });
    const next = needless ? undefined : coming.find((row) => fits([...now, row]));
    if (needless) {
      now = now.filter((r) => r !== needless);
      going.splice(going.indexOf(needless), 1);
      done.push({ does: 'revoke', rows: [needless] });
    } else if (next) {
      now.push(next);
      coming.splice(coming.indexOf(next), 1);
      done.push({ does: 'authorize', rows: [next] });
    } else return null;
  }
  return merged(done);
}

/** Neighbours that do the same are one step. */
function merged<S, T>(all: readonly RowStep<S, T>[]): RowStep<S, T>[] {
  const result: RowStep<S, T>[] = [];
  for (const step of all) {
    const last = result.at(-1);
    if (last?.does === step.does)
      result[result.length - 1] = { does: step.does, rows: [...last.rows, ...step.rows] } as RowStep<S, T>;
    else result.push(step);
  }
  return result;
}

/** Those of which it is true, and the others. */
function divided<R>(rows: readonly R[], is: (row: R) => boolean): readonly [R[], R[]] {
  const [yes, no]: [R[], R[]] = [[], []];
  for (const row of rows) (is(row) ? yes : no).push(row);
  return [yes, no];
}

function once<R extends PlannedRow>(rows: readonly R[]): R[] {
  return [...new Map([...rows].reverse().map((r) => [r.text, r])).values()].reverse();
}

function texts(rows: readonly PlannedRow[]): ReadonlySet<string> {
  return new Set(rows.map((r) => r.text));
}

function admittedBy(rows: readonly PlannedRow[]): Traffic {
  return unionOfAll(rows.map((r) => r.admits));
}
