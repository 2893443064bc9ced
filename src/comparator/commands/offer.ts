import type { Command } from '../../report/command.ts';

/** A command as a rule offers it; which finding gets it is settled when all of the audit are known. */
export interface Offer extends Command {
  /** Offers of one key do the same: one finding gets it. By default the side and the line. */
  readonly key?: string;
}

export interface Assigned {
  readonly commands: readonly Command[];
  /** Where in the order the finding is that has the commands instead; null where this one has its own, or none. */
  readonly with: number | null;
}

/** Gives each command to one finding: the first, in the order of the report, that offers it. */
export function assigned(offerings: readonly (readonly Offer[])[]): Assigned[] {
  const given = new Map<string, number>();
  return offerings.map((offers, place) => {
    const own = offers.filter((offer) => !given.has(keyOf(offer)));
    for (const offer of own) given.set(keyOf(offer), place);
    const elsewhere = offers.map((offer) => given.get(keyOf(offer)) ?? place).find((at) => at !== place);
    return {
      commands: own.map(({ shell, side, does }) => ({ shell, side, does })),
      with: own.length === 0 ? (elsewhere ?? null) : null,
    };
  });
}

function keyOf({ key, side, shell }: Offer): string {
  return key ?? JSON.stringify([side, shell]);
}
