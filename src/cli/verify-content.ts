import { Unable } from '../inventory/unable.ts';
import type { Arguments, Given } from './arguments.ts';
import { BUDGET_GIB } from './options.ts';

/** What was asked of the content of images. */
export interface VerifyContent {
  /** Blocks per pair of volumes. */
  readonly blocks: number | 'all';
  readonly budgetGiB: number;
  /** Who asked, for messages. */
  readonly by: string;
}

/** `--verify-content` and `--verify-budget`. @throws Unable naming the flag or the variable. */
export function verifyContentFrom(args: Arguments): VerifyContent | undefined {
  const asked = args.text('verify-content');
  const budget = args.text('verify-budget');
  if (!asked) {
    if (budget?.from !== 'flag') return undefined;
    throw new Unable(
      `${budget.by} is given, but no content is to be verified.`,
      `Add --verify-content N or --verify-content all, or leave ${budget.by} away.`,
    );
  }
  const blocks = asked.value === 'all' ? 'all' : wholeNumber(asked);
  return checkedVerification({ blocks, budgetGiB: budget && gib(budget), by: asked.by });
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

function wholeNumber({ value, by }: Given<string>): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0) throw noCount(by, value);
  return Number(value);
}

function gib({ value, by }: Given<string>): number {
  const number = /^\d{1,9}(\.\d{1,6})?$/.test(value) ? Number(value) : 0;
  if (number === 0) throw noBudget(by, value);
  return number;
}

function noCount(by: string, value: string): Unable {
  return new Unable(
    `${by} cannot be "${value}".`,
    'It takes a number of blocks from 1 on, or all: so many blocks of each volume are compared.',
  );
}

function noBudget(by: string, value: string): Unable {
  return new Unable(
    `${by} cannot be "${value}".`,
    'It takes a number of GiB above 0, for example 20 or 0.5.',
  );
}
