import { describe, expect, it } from 'vitest';
import { gapsOf, ME, notesOf, read } from './kit.ts';

const LIST = {
  PrefixListId: 'pl-0123456789abcdef0',
  PrefixListName: 'office',
  OwnerId: ME,
  AddressFamily: 'IPv4',
  MaxEntries: 5,
};
const AWS_LIST = {
  PrefixListId: 'pl-63a5400a',
  PrefixListName: 'com.amazonaws.us-east-1.s3',
  Cidrs: ['54.231.0.0/17'],
};

describe('the entries of prefix lists', () => {
  const named = (name: string) => `get-managed-prefix-list-entries-${LIST.PrefixListId}${name}.json`;

  it('belong to the list in the file’s name; pages of one list merge', async () => {
    const found = await read({
      'lists.json': { PrefixLists: [LIST] },
      [named('-1')]: { Entries: [{ Cidr: '10.1.0.0/16' }, { Cidr: '10.0.0.0/16', Description: 'a' }] },
      [named('-2')]: { Entries: [{ Cidr: '10.1.0.0/16' }, { Cidr: '10.2.0.9/16' }] },
    });
    expect(found.snapshot.prefixLists).toMatchObject({
      items: [
        {
          entries: [
            { cidr: '10.0.0.0/16', description: 'a' },
            { cidr: '10.1.0.0/16' },
            { cidr: '10.2.0.0/16' },
          ],
        },
      ],
    });
    expect(gapsOf(found)).toEqual([]);
  });

  it('that have no file are a gap that names the list and the command; AWS’s own lists need none', async () => {
    const found = await read({
      'lists.json': { PrefixLists: [LIST, { ...AWS_LIST, OwnerId: 'AWS', AddressFamily: 'IPv4' }] },
    });
    expect(found.snapshot.prefixLists).toMatchObject({
      status: 'complete',
      items: [{ entries: null }, { entries: null, managedBy: 'aws' }],
    });
    expect(gapsOf(found)).toEqual([
      `prefix-list not-in-dump: DIR contains no entries of ${LIST.PrefixListId} (office). Save them there, one file per list with its id in the file's name. $ aws ec2 get-managed-prefix-list-entries --prefix-list-id ${LIST.PrefixListId} --region us-east-1 --output json > DIR/entries-${LIST.PrefixListId}.json`,
    ]);
  });

  it.each(['entries.json', 'my-pl-entries.json', 'pl-12345678-pl-87654321.json'])(
    'in a file called %s belong to no list',
    async (name) => {
      const found = await read({
        'lists.json': { PrefixLists: [LIST] },
        [name]: { Entries: [{ Cidr: '10.0.0.0/8' }] },
      });
      expect(notesOf(found)).toEqual([
        `DIR/${name}: ignored, the entries of a prefix list whose id (pl-…) is not in the file's name`,
      ]);
      expect(gapsOf(found)).toHaveLength(1);
    },
  );

  it.each([
    [
      'truncated',
      { Entries: [{ Cidr: '10.0.0.0/8' }], NextToken: 'x' },
      /^prefix-list truncated: DIR\/.* ends with a NextToken\. Save it again, without --max-items/,
    ],
    [
      'malformed',
      { Entries: [{ Cidr: '10.0/8' }] },
      /^prefix-list malformed: DIR\/.*Entries\[0\] \(10\.0\/8\): "10\.0\/8" is not/,
    ],
    ['malformed', '{"Entries": [', /^prefix-list malformed: DIR\/.*cannot be read: line 1/],
  ])('that are %s leave the list unread, as a gap', async (_, content, gap) => {
    const found = await read({ 'lists.json': { PrefixLists: [LIST] }, [named('')]: content });
    expect(found.snapshot.prefixLists).toMatchObject({ items: [{ entries: null }] });
    expect(gapsOf(found)).toEqual([expect.stringMatching(gap)]);
  });
});

describe('the answer of describe-prefix-lists', () => {
  it('is read, and a gap says that customer-managed lists are not in it', async () => {
    const found = await read({ 'PrefixLists.json': { PrefixLists: [AWS_LIST] } });
    expect(found.snapshot.prefixLists).toMatchObject({
      items: [{ id: AWS_LIST.PrefixListId, managedBy: 'aws', entries: null }],
    });
    expect(gapsOf(found)).toEqual([
      'prefix-list not-in-dump: DIR/PrefixLists.json: describe-prefix-lists returns AWS-managed lists only; customer-managed prefix lists are not in it. Save them too. $ aws ec2 describe-managed-prefix-lists --region us-east-1 --output json > DIR/ManagedPrefixLists.json',
    ]);
  });

  it('yields to that of describe-managed-prefix-lists, even when it is newer', async () => {
    const found = await read({
      'managed.json': {
        PrefixLists: [
          {
            PrefixListId: AWS_LIST.PrefixListId,
            PrefixListName: AWS_LIST.PrefixListName,
            OwnerId: 'AWS',
            AddressFamily: 'IPv4',
          },
        ],
      },
      'plain.json': { PrefixLists: [AWS_LIST] },
    });
    expect(found.snapshot.prefixLists).toMatchObject({ items: [{ ownerId: 'AWS', family: 'IPv4' }] });
    expect(gapsOf(found)).toEqual([]);
  });
});
