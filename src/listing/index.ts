export type { ListingKind } from './columns.ts';
export { type ReadListing, readListing } from './read.ts';
export { looksLikeListing } from './records.ts';
export { writeListing } from './write.ts';
