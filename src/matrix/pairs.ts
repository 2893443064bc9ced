import { isRegion } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import type { FailOn, Phase } from '../report/vocabulary.ts';
import { atMost } from '../text/lists.ts';
import { matches } from '../waivers/glob.ts';
import { type Account, accountNamed } from './accounts.ts';
import type { PairConfig, SideConfig } from './pairs-config.ts';

/** One side of a pair, ready to be read. */
export interface PairSide {
  /** As the command line takes it. */
  readonly text: string;
  /** As the config has it: what the roll-up calls it. */
  readonly label: string;
  readonly roleArn: string | null;
  readonly externalId: string | null;
  /** Of dumps that do not name it. */
  readonly region: string | null;
  /** The account that the accounts file says it is; null where it says nothing. */
  readonly account: string | null;
}

/** One audit of the matrix. */
export interface PlannedPair {
  readonly name: string;
  /** The name as a folder: no two pairs have the same, on file systems without case too. */
  readonly folder: string;
  readonly source: PairSide;
  readonly target: PairSide;
  readonly config: string | null;
  readonly baseline: string | null;
  readonly phase: Phase | null;
  readonly failOn: FailOn | null;
}

/**
 * The audits that the `pairs` of a config describe, in its order: one for each target, and for each account.
 * @throws Unable for an account that the file does not have, and for two pairs of one name.
 */
export function plannedPairs(pairs: readonly PairConfig[], accounts: readonly Account[]): PlannedPair[] {
  const planned = pairs.flatMap((pair, at) =>
    pair.accounts === undefined
      ? ofTargets(pair, [pair.target ?? []].flat(), [], (side) => sideOf(side, accounts))
      : ofAccounts(pair, pair.accounts, `pairs[${at}]`, accounts),
  );
  const folders = new Map<string, PlannedPair>();
  for (const pair of planned) {
    const other = folders.get(pair.folder.toLowerCase());
    if (other)
      throw new Unable(
        `The pairs "${other.name}" and "${pair.name}" would be written to one folder, ${pair.folder}.`,
        'Give each pair another name.',
      );
    folders.set(pair.folder.toLowerCase(), pair);
  }
  return planned;
}

/** A pair for each account that is selected, both sides in that account. */
function ofAccounts(
  pair: PairConfig,
  wanted: readonly string[],
  at: string,
  accounts: readonly Account[],
): PlannedPair[] {
  return selected(wanted, pair.tags ?? [], accounts, at).flatMap((account) => {
    const source = labelOf(pair.source);
    const targets = pair.target ?? account.regions.filter((region) => region !== source);
    if (Array.isArray(targets) && targets.length === 0)
      throw new Unable(
        `${at}: the accounts file lists no other region of the account "${account.name}".`,
        'List its regions there, or give the pair a target.',
      );
    return ofTargets(pair, [targets].flat(), [account.name], (side) => inAccount(side, account, at));
  });
}

/** A pair for each target, with the name that the config gives and what distinguishes it from the others of the same entry. */
function ofTargets(
  pair: PairConfig,
  targets: readonly SideConfig[],
  words: readonly string[],
  sideFrom: (side: SideConfig) => PairSide,
): PlannedPair[] {
  const source = sideFrom(pair.source);
  refuseSharedBaseline(pair, words.length > 0 || targets.length > 1);
  return targets.map((side) => {
    const target = sideFrom(side);
    const apart = [...words, ...(targets.length > 1 ? [labelOf(side)] : [])];
    const name =
      pair.name === undefined ? `${source.label}..${target.label}` : [pair.name, ...apart].join(' ');
    return {
      name,
      folder: folderName(name),
      source,
      target,
      config: pair.config ?? null,
      baseline: pair.baseline ?? null,
      phase: pair.phase ?? null,
      failOn: pair.failOn ?? null,
    };
  });
}

/** A baseline is of one pair of sides. */
function refuseSharedBaseline({ name, source, baseline }: PairConfig, several: boolean): void {
  if (baseline === undefined || !several) return;
  throw new Unable(
    `The entry "${name ?? labelOf(source)}" of pairs is several pairs, and has one baseline, ${baseline}.`,
    'Give --baseline DIR, a folder with a baseline for each pair, or write an entry for each.',
  );
}

function selected(
  wanted: readonly string[],
  tags: readonly string[],
  accounts: readonly Account[],
  at: string,
): Account[] {
  for (const text of wanted) {
    if (accounts.some(isCalled(text))) continue;
    throw new Unable(
      `${at}: the accounts file has no account "${text}".`,
      accounts.length === 0
        ? 'Name the file with --accounts, or with the setting accounts of the config.'
        : `It has ${atMost(
            accounts.map(({ name }) => name),
            10,
          )}.`,
    );
  }
  const chosen = accounts.filter(
    (account) =>
      wanted.some((text) => isCalled(text)(account)) && tags.every((tag) => account.tags.includes(tag)),
  );
  if (chosen.length > 0) return chosen;
  throw new Unable(
    `${at}: no account has the tags ${tags.join(', ')}.`,
    'See the tags in the accounts file.',
  );
}

const isCalled =
  (text: string) =>
  ({ name, id }: Account): boolean =>
    matches(text, name) || matches(text, id);

/** A side as it is written; the name after the `@` is an account of the accounts file where it has one, else a profile. */
function sideOf(side: SideConfig, accounts: readonly Account[]): PairSide {
  const label = labelOf(side);
  const own = typeof side === 'string' ? null : side;
  const [region = '', name = ''] = label.split(/@(.*)/s);
  const account = isRegion(region) ? accountNamed(accounts, name) : undefined;
  return {
    text: account ? liveText(region, account) : label,
    label,
    roleArn: own?.roleArn ?? account?.roleArn ?? null,
    externalId: own?.externalId ?? account?.externalId ?? null,
    region: own?.region ?? null,
    account: account?.id ?? null,
  };
}

/** A region in an account. @throws Unable for a side that is not a region alone. */
function inAccount(side: SideConfig, account: Account, at: string): PairSide {
  const region = labelOf(side);
  if (typeof side !== 'string' || !isRegion(region))
    throw new Unable(
      `${at}: "${region}" cannot be of the account "${account.name}".`,
      'A pair with "accounts" has regions as sides, such as us-east-1.',
    );
  return sideOf(`${region}@${account.name}`, [account]);
}

function liveText(region: string, { profile }: Account): string {
  return profile === null ? region : `${region}@${profile}`;
}

function labelOf(side: SideConfig): string {
  return typeof side === 'string' ? side : side.side;
}

/** A name that every file system takes, with nothing in it that leaves the folder. */
export function folderName(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9._@-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .slice(0, 100) || 'pair'
  );
}
