/** Where a side is. */
export interface Place {
  readonly region: string;
  readonly account: string | null;
}

/** One text for each side. */
interface Labels {
  readonly source: string;
  readonly target: string;
}

/**
 * What sentences call the two sides: the region of each. Where both sides are of one region, its name does not distinguish them:
 * two accounts are then named, and one region compared with itself, or an account that is not known, is named by
 * its side.
 */
export function placesOf(source: Place, target: Place): Labels {
  if (source.region !== target.region) return { source: source.region, target: target.region };
  if (isTwoAccountsOfOneRegion(source, target))
    return {
      source: `${source.region} of account ${source.account}`,
      target: `${target.region} of account ${target.account}`,
    };
  return { source: `${source.region} of the source`, target: `${target.region} of the target` };
}

/** The same for headings, which say which of the two is the source: short, and with the account where that is needed. */
export function headingPlaces(source: Place, target: Place): Labels {
  const label = ({ region, account }: Place) =>
    isTwoAccountsOfOneRegion(source, target) ? `${region} (${account})` : region;
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
