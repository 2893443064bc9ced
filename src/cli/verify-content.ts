import { checkedVerification, noBudget, noCount, type VerifyContent } from '../audit/verify-content.ts';
import { Unable } from '../inventory/unable.ts';
import type { Arguments, Given } from './arguments.ts';

/** `--verify-content` and `--verify-budget`. @throws Unable naming the flag or the variable. */
export function verifyContentFrom(args: Arguments): VerifyContent | undefined {
  const asked = args.text('verify-content');
  const budget = args.text('verify-budget');
  if (!asked) {
    if (budget?.from !== 'flag') return undefined;
    throw new Unable(
      `${budget.by} is given, but --verify-content is not.`,
      `Add --verify-content N or --verify-content all, or remove ${budget.by}.`,
    );
  }
  const blocks = asked.value === 'all' ? 'all' : wholeNumber(asked);
  return checkedVerification({ blocks, budgetGiB: budget && gib(budget), by: asked.by });
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
