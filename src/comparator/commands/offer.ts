import type { Command } from '../../report/command.ts';

/** A command as a rule offers it; which finding gets it is settled when all of the audit are known. */
export interface Offer extends Command {
  /** Keys of objects that the target does not have and that have to be made first. */
  readonly needs?: readonly string[];
  /** Offers of one key do the same: one finding gets it. By default the side and the line. */
  readonly key?: string;
  /** By key of what it needs: sets the shell variable of that object, for a list of commands that does not make it. */
  readonly lookups?: Readonly<Record<string, Command>>;
}

/** What a finding offers, in the order of the report. */
export interface Offering {
  readonly offers: readonly Offer[];
  /** The key of what its own commands make. */
  readonly makes: string | null;
}

export interface Assigned {
  readonly commands: readonly Command[];
  /** Where in the order the finding is that has the commands instead; null where this one has its own, or none. */
  readonly with: number | null;
}

/**
 * Gives each command to one finding. What needs several missing objects goes to the last of the findings that make them,
 * so that commands pasted in the order of the report find what they need.
 */
export function assigned(offerings: readonly Offering[]): Assigned[] {
  const made = new Set<string>();
  const given = new Map<string, number>();
  return offerings.map(({ offers, makes }, place) => {
    if (makes !== null) made.add(makes);
    const ready = offers.filter(({ needs = [] }) => needs.every((key) => made.has(key)));
    const own = ready.filter((offer) => !given.has(keyOf(offer)));
    for (const offer of own) given.set(keyOf(offer), place);
    const elsewhere = ready.map((offer) => given.get(keyOf(offer)) ?? place).find((at) => at !== place);
    const lookups = own.flatMap(({ needs = [], lookups: all = {} }) =>
      needs.flatMap((key) => (key === makes ? [] : (all[key] ?? []))),
    );
    return {
      commands: [...once(lookups), ...own].map(({ shell, side, does }) => ({ shell, side, does })),
      with: own.length === 0 ? (elsewhere ?? null) : null,
    };
  });
}

function keyOf({ key, side, shell }: Offer): string {
  return key ?? JSON.stringify([side, shell]);
}

function once(commands: readonly Command[]): Command[] {
  return [...new Map(commands.map((c) => [c.shell, c])).values()];
}
