import { Unable } from '../inventory/unable.ts';

/** The budget where none is given: a few images read wholly cost about $0.12 of requests, and what AWS charges for the transfer. */
export const BUDGET_GIB = 20;

/** What was asked of the content of images. */
export interface VerifyContent {
  /** Blocks per pair of volumes. */
  readonly blocks: number | 'all';
  readonly budgetGiB: number;
  /** Who asked, for messages. */
  readonly by: string;
}

/** For the library too, whose callers may have written anything. @throws Unable */
export function checkedVerification({
  blocks,
  budgetGiB = BUDGET_GIB,
  by,
}: {
  readonly blocks: number | 'all';
  readonly budgetGiB?: number | undefined;
  readonly by: string;
}): VerifyContent {
  if (blocks !== 'all' && !(Number.isSafeInteger(blocks) && blocks > 0)) throw noCount(by, String(blocks));
  if (!(Number.isFinite(budgetGiB) && budgetGiB > 0))
    throw noBudget(`The budget of ${by}`, String(budgetGiB));
  return { blocks, budgetGiB, by };
}

export function noCount(by: string, value: string): Unable {
  return new Unable(
    `${by} cannot be "${value}".`,
    'It takes a number of blocks of at least 1, or all: so many blocks of each volume are compared.',
  );
}

export function noBudget(by: string, value: string): Unable {
  return new Unable(
    `${by} cannot be "${value}".`,
    'It takes a number of GiB above 0, for example 20 or 0.5.',
  );
}
