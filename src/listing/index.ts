export type { ListingKind } from './columns.ts';
export { noWorkloads } from './gaps.ts';
export { type ReadListing, readListing } from './read.ts';
export { looksLikeListing } from './records.ts';
export { writeListing } from './write.ts';
