import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOf } from '../../src/inventory/addresses.ts';
import { type Peer, type Rule, type SecurityGroup, sortedRules } from '../../src/inventory/security-group.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { tagsFrom } from '../../src/inventory/tags.ts';
import { writeListing } from '../../src/listing/index.ts';
import { anySnapshot } from '../inventory/snapshot-arbitrary.ts';
import { GENUINE_GROUPS, groupsIn, read, regionOf } from './kit.ts';

const withGroups = anySnapshot.filter(({ securityGroups }) => securityGroups.status === 'complete');
const groupsOf = (snapshot: Snapshot) =>
  snapshot.securityGroups.status === 'complete' ? snapshot.securityGroups.items : [];
const write = (snapshot: Snapshot) => writeListing(snapshot, { header: true });

const plain = (text: string) =>
  [...text]
    .map((c) => (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(c) ? ' ' : c))
    .join('');

/** The group without what the format cannot hold, and with spaces for control characters. */
function holdable(group: SecurityGroup): SecurityGroup {
  const fits = ({ peer }: Rule) =>
    peer.type === 'group' || (peer.type === 'cidr' && familyOf(peer.cidr) === 4);
  const peer = (peer: Peer): Peer =>
    peer.type === 'group'
      ? {
          ...peer,
          name: peer.name === null ? null : plain(peer.name),
          vpcId: null,
          peeringConnectionId: null,
          peeringStatus: null,
        }
      : peer;
  return {
    ...group,
    name: plain(group.name),
    description: plain(group.description),
    tags: tagsFrom(
      Object.entries(group.tags).map(([Key, Value]) => ({ Key: plain(Key), Value: plain(Value) })),
    ),
    rules: sortedRules(
      group.rules.filter(fits).map((r) => ({ ...r, description: null, peer: peer(r.peer) })),
    ),
  };
}

test('whatever stands in a snapshot, what the format holds is read back from what is written', () => {
  fc.assert(
    fc.property(withGroups, (snapshot) => {
      expect(groupsIn(write(snapshot).text)).toEqual(groupsOf(snapshot).map(holdable));
    }),
  );
});

test('a group comes back as it was, or a line says what of it is lost', () => {
  fc.assert(
    fc.property(withGroups, (snapshot) => {
      const { text, lost } = write(snapshot);
      const again = new Map(groupsIn(text).map((group) => [group.id, group]));
      const changed = groupsOf(snapshot).filter(
        // An empty description and none are one to AWS.
        (group) =>
          JSON.stringify(again.get(group.id)) !==
          JSON.stringify({
            ...group,
            rules: sortedRules(group.rules.map((r) => ({ ...r, description: r.description || null }))),
          }),
      );
      expect(lost.map((line) => line.split(' ')[0])).toEqual(changed.map(({ id }) => id));
    }),
  );
});

test('what was read is written as the same bytes again', () => {
  fc.assert(
    fc.property(withGroups, (snapshot) => {
      const { text } = write(snapshot);
      expect(write({ ...snapshot, securityGroups: read(text).securityGroups })).toEqual({ text, lost: [] });
    }),
  );
});

test('key pairs and images keep what their lines hold', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const text = (['key-pairs', 'images'] as const).map(
        (kind) => writeListing(snapshot, { header: false, kind }).text,
      );
      const keys = (from: Pick<Snapshot, 'keyPairs'>) =>
        from.keyPairs.status === 'complete'
          ? from.keyPairs.items.map(({ name, fingerprint }) => [plain(name), plain(fingerprint ?? '')])
          : [];
      // Two names that control characters alone tell apart cannot be listed apart.
      fc.pre(new Set(keys(snapshot).map(([name]) => name)).size === keys(snapshot).length);
      const names = (from: Pick<Snapshot, 'images'>) =>
        from.images.status === 'complete'
          ? from.images.items.map(({ id, state, public: open }) => [id, state, open])
          : [];
      expect(names(read(text.join('')))).toEqual(names(snapshot));
      expect(keys(read(text.join('')))).toEqual(keys(snapshot));
    }),
  );
});

// What others made of a genuine listing reads as the genuine one does.
const genuine = write(regionOf({ groups: GENUINE_GROUPS })).text;
test.each<[string, (text: string) => string]>([
  ['without the header', (text) => text.slice(text.indexOf('\n') + 1)],
  ['with CRLF line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['with a byte order mark and blank lines', (text) => `\uFEFF\n${text.replaceAll('\n', '\n\n')}`],
  ['without the last line end', (text) => text.trimEnd()],
  ['with the TABs at line ends lost, as an editor leaves it', (text) => text.replaceAll(/\t+$/gm, '')],
  [
    'of euca2ools: names and ids in columns of their own, -1 for all, another word for groups',
    (text) =>
      text
        .replaceAll('\tNAME ', '\tNAME\t')
        .replaceAll('\tID ', '\tID\t')
        .replaceAll('\tall\t', '\t-1\t')
        .replaceAll('\t\tID\t', '\tID\t')
        .replaceAll('TAG\tGROUP\t', 'TAG\tsecurity-group\t'),
  ],
  [
    'of --show-empty-fields',
    (text) => text.replaceAll(/\t(?=\t|\n)/g, '\t(nil)').replaceAll(/\t(FROM|TO)\t/g, '\t$1(nil)\t'),
  ],
])('a listing %s holds the same groups', (_, change) => {
  expect(change(genuine)).not.toBe(genuine);
  expect(groupsIn(change(genuine))).toEqual(groupsIn(genuine));
});
