import { type Collected, complete } from '../inventory/collected.ts';
import type { Image } from '../inventory/image.ts';
import type { KeyPair } from '../inventory/key-pair.ts';
import type { SecurityGroup } from '../inventory/security-group.ts';
import type { DetailGap, Snapshot } from '../inventory/snapshot.ts';
import { count } from '../text/counts.ts';
import { printable } from '../text/printable.ts';
import { listingGaps, notListed } from './gaps.ts';
import { GroupReader } from './read-groups.ts';
import { ImageReader, KeyPairReader } from './read-others.ts';
import { isHeader, type Listed, recordsOf } from './records.ts';

export interface ReadListingOptions {
  readonly region: string;
  /** Default: the owner that most of what is listed has. */
  readonly account?: string | null;
  /** What messages call the file. */
  readonly name?: string;
}

/** The parts of a snapshot that a listing makes. */
export interface ReadListing
  extends Pick<Snapshot, 'account' | 'vpcs' | 'keyPairs' | 'prefixLists' | 'securityGroups' | 'images'> {
  /** What no listing can hold; it makes a run incomplete. */
  readonly gaps: DetailGap[];
  /** What was ignored, one line each, for stderr. */
  readonly notes: readonly string[];
}

/**
 * A listing of the classic EC2 tools, of any generation, or of euca2ools, as one side. Kinds that it does not list are
 * stated as such, and so is what it cannot hold.
 *
 * One case is ambiguous: tcp and udp on all ports and ICMP 0/0 from one group, which the EC2 tools print as a
 * single `all` line.
 * @throws Unable naming file and line, for a line that cannot be read.
 */
export function readListing(text: string, options: ReadListingOptions): ReadListing {
  const name = printable(options.name ?? 'the listing', 400);
  const found = readRecords(recordsOf(text, name), name);
  const { groups, keyPairs, images } = found;
  const { region } = options;
  return {
    account: options.account ?? accountOf([...(groups ?? []), ...(images ?? [])]),
    vpcs: notListed(name, 'vpcs', region),
    keyPairs: orNotListed<KeyPair>(keyPairs, () => notListed(name, 'keyPairs', region)),
    prefixLists: notListed(name, 'prefixLists', region),
    securityGroups: orNotListed<SecurityGroup>(groups, () => notListed(name, 'securityGroups', region)),
    images: orNotListed<Image>(images, () => notListed(name, 'images', region)),
    gaps: listingGaps(name, region, { groups: groups !== null, images: images !== null }),
    notes: found.notes,
  };
}

function orNotListed<Item>(items: Item[] | null, otherwise: () => Collected<Item>): Collected<Item> {
  return items === null ? otherwise() : complete(items);
}

interface Records {
  /** Null where neither a header nor a line says that they were listed. */
  readonly groups: SecurityGroup[] | null;
  readonly keyPairs: KeyPair[] | null;
  readonly images: Image[] | null;
  readonly notes: readonly string[];
}

function readRecords(records: readonly Listed[], name: string): Records {
  const readers = { groups: new GroupReader(), keyPairs: new KeyPairReader(), images: new ImageReader() };
  const seen = { groups: false, keyPairs: false, images: false };
  const others = new Map<string, number>();
  const take = (kind: keyof typeof readers, read: () => void) => {
    seen[kind] = true;
    read();
  };
  for (const listed of records) {
    const [word = '', second = ''] = listed.columns;
    if (isHeader(listed.columns)) seen[HEADED[word] ?? 'groups'] = true;
    else if (word === 'GROUP') take('groups', () => readers.groups.group(listed));
    else if (word === 'PERMISSION') take('groups', () => readers.groups.permission(listed));
    else if (word === 'KEYPAIR') take('keyPairs', () => readers.keyPairs.keyPair(listed));
    else if (word === 'IMAGE') take('images', () => readers.images.image(listed));
    else if (word === 'BLOCKDEVICEMAPPING' && seen.images) readers.images.device(listed);
    else if (word === 'TAG' && isGroupTag(second)) readers.groups.tag(listed);
    else if (word === 'TAG' && second === 'image') readers.images.tag(listed);
    else others.set(word, (others.get(word) ?? 0) + 1);
  }
  const keyPairs = seen.keyPairs ? readers.keyPairs.finish() : null;
  return {
    groups: seen.groups ? readers.groups.finish() : null,
    keyPairs,
    images: seen.images ? readers.images.finish() : null,
    notes: [
      ...[...others].map(([word, n]) => `${name}: ignored ${count(n, 'line')} of ${word}`),
      ...(keyPairs?.length
        ? [
            `${name}: a listing has no public keys, so key pairs are compared by fingerprint, which is weaker evidence`,
          ]
        : []),
    ],
  };
}

const HEADED: Readonly<Record<string, 'groups' | 'keyPairs' | 'images'>> = {
  GROUP: 'groups',
  KeyPair: 'keyPairs',
  Type: 'images',
};

/** euca2ools says "security-group" where the EC2 tools say "GROUP". */
function isGroupTag(word: string): boolean {
  return word === 'GROUP' || word === 'security-group';
}

/** The owner of more than half; null rather than a guess. */
function accountOf(items: readonly { readonly ownerId: string | null }[]): string | null {
  const owners = items.flatMap(({ ownerId }) => (ownerId && /^\d{12}$/.test(ownerId) ? [ownerId] : []));
  const votes = new Map<string, number>();
  for (const owner of owners) votes.set(owner, (votes.get(owner) ?? 0) + 1);
  return [...votes].find(([, count]) => count > owners.length / 2)?.[0] ?? null;
}
