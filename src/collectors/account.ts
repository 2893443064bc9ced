import type { DetailGap } from '../inventory/snapshot.ts';

/** What the answers of one side show of whose they are; account ids, one for each row. */
export interface Owners {
  /** What GetCallerIdentity answered; null where it was not asked or did not answer. */
  readonly caller: string | null;
  /** Of reservations: an account sees its own instances only. */
  readonly reservations: readonly string[];
  readonly groups: readonly { readonly ownerId: string | null; readonly name: string | null }[];
  readonly vpcs: readonly { readonly ownerId: string | null; readonly isDefault: boolean }[];
  /** Of images that are neither public nor AWS's or a vendor's. */
  readonly images: readonly string[];
}

export interface Account {
  /** Null rather than a guess. */
  readonly id: string | null;
  /** Set where the caller identity is of another account than what was read beside it. */
  readonly contradiction: Contradiction | null;
}

interface Contradiction {
  readonly caller: string;
  readonly owner: string | null;
  /** Whether some of what was read belongs to the caller nevertheless: then two accounts are mixed. */
  readonly mixed: boolean;
}

/**
 * The account of a side, by one rule for live regions and dumps: the caller; without one, the owner of more than half of
 * the VPCs, groups and reservations (shared ones have another owner), else of more than half of the private images.
 *
 * A caller identity can be another profile's: a dump is several commands. It is disproved by what no account sees of
 * another one (instances, default security groups, default VPCs: none of them can be shared), or where nothing at all that
 * was read belongs to it. Then what was read says whose it is.
 */
export function accountFrom(owners: Owners): Account {
  const { caller } = owners;
  const seen = [...ids(owners.vpcs), ...ids(owners.groups), ...owners.reservations];
  const owner = majority(seen) ?? majority(owners.images);
  if (caller === null) return { id: owner, contradiction: null };
  const unshared = [
    ...owners.reservations,
    ...ids(owners.groups.filter(({ name }) => name === 'default')),
    ...ids(owners.vpcs.filter(({ isDefault }) => isDefault)),
  ];
  const all = [...seen, ...owners.images];
  const disproved =
    unshared.length > 0 ? !unshared.includes(caller) : ids(owners.groups).length > 0 && !all.includes(caller);
  if (!disproved) return { id: caller, contradiction: null };
  const id = majority(unshared) ?? owner;
  return { id, contradiction: { caller, owner: id, mixed: all.includes(caller) } };
}

/** What the contradiction says, in one sentence without its end. */
export function contradictionText({ caller, owner }: Contradiction): string {
  const whose = owner === null ? 'belong to other accounts' : `belong to account ${owner}`;
  return `the caller identity is of account ${caller}, but the instances, security groups and VPCs read with it ${whose}`;
}

/** @param from Where it was read: "The folder X", "eu-west-1". */
export function contradictionGap(contradiction: Contradiction, from: string): DetailGap {
  const { caller, owner, mixed } = contradiction;
  const also = mixed ? `, and other answers to ${caller}: the answers of two accounts are mixed` : '';
  return {
    kind: 'account',
    code: 'malformed',
    message: `${from}: ${contradictionText(contradiction)}${also}.`,
    hint: `Read everything with one profile, that of account ${owner ?? 'in question'}. \`aws sts get-caller-identity\` shows the account of a profile.`,
  };
}

function ids(rows: readonly { readonly ownerId: string | null }[]): string[] {
  return rows.flatMap(({ ownerId }) => ownerId ?? []);
}

/** The one of more than half. */
function majority(owners: readonly string[]): string | null {
  const votes = new Map<string, number>();
  for (const owner of owners) votes.set(owner, (votes.get(owner) ?? 0) + 1);
  return [...votes].find(([, count]) => count > owners.length / 2)?.[0] ?? null;
}
