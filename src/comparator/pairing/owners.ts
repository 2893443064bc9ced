import type { Kind } from '../../report/vocabulary.ts';
import type { Counterpart } from './counterpart.ts';

/** The accounts that own the two ends of a pair and share them; null for an end that the account of its side owns. */
export interface SharingOwners {
  readonly source: string | null;
  readonly target: string | null;
}

/** Security groups and prefix lists can be shared (AWS RAM): only their owner can change them. */
export function sharingOwners(
  { kind, source, target }: Pick<Counterpart<unknown>, 'kind' | 'source' | 'target'>,
  context: { readonly [S in 'source' | 'target']: { readonly account: string | null } },
): SharingOwners {
  if (kind !== 'security-group' && kind !== 'prefix-list') return { source: null, target: null };
  const owner = (item: unknown, side: 'source' | 'target') => {
    const { ownerId = null } = (item ?? {}) as { readonly ownerId?: string | null };
    const { account } = context[side];
    // AWS's own lists belong to "AWS", which is not an account to ask.
    return ownerId !== null && /^\d{12}$/.test(ownerId) && account !== null && ownerId !== account
      ? ownerId
      : null;
  };
  return { source: owner(source, 'source'), target: owner(target, 'target') };
}

/** What a remedy says first where another account owns what it would change or create; empty where none does. */
export function ownerRemedy(
  kind: Kind,
  { source, target }: SharingOwners,
  missing: boolean,
  places: { readonly source: string; readonly target: string },
): string {
  const word = kind === 'prefix-list' ? 'prefix list' : 'group';
  if (target !== null)
    return `Account ${target} owns the ${word} in ${places.target} and shares it: only that account can change it. `;
  if (source !== null && missing)
    return `Account ${source} owns the ${word} in ${places.source} and shares it: ask that account to create and share one in ${places.target}, or create your own there. `;
  return '';
}
