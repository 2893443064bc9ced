export { LISTING_KINDS, type ListingKind } from './columns.ts';
export { type ReadListing, type ReadListingOptions, readListing } from './read.ts';
export { looksLikeListing } from './records.ts';
export { type Listing, type ListingOptions, writeListing } from './write.ts';
