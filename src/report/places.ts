/** Where a side is. */
export interface Place {
  readonly region: string;
  readonly account: string | null;
}

/**
 * What sentences call the two sides: the region of each. Where both sides are of one region and of two accounts, the
 * region tells nothing apart, and each is named with its account.
 */
export function placesOf(source: Place, target: Place): { readonly source: string; readonly target: string } {
  const byAccount = isTwoAccountsOfOneRegion(source, target);
  const label = ({ region, account }: Place) => (byAccount ? `${region} of account ${account}` : region);
  return { source: label(source), target: label(target) };
}

/** False too where one of the accounts is not known. */
export function isTwoAccountsOfOneRegion(source: Place, target: Place): boolean {
  return (
    source.region === target.region &&
    source.account !== null &&
    target.account !== null &&
    source.account !== target.account
  );
}
