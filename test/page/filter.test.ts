import { describe, expect, it } from 'vitest';
import { type Filterable, facetCounts, found, nextSort, passes, sorted, wordsOf } from '../../page/filter.ts';
import { scriptOf } from '../../page/script.ts';
import { count, countOf, shortened } from '../../page/words.ts';
import type { IslandFix } from '../../src/report/view/island/types.ts';

const item = (text: string, facets: Filterable['facets'] = {}) => ({ text: () => text, facets, name: text });

const ITEMS = [
  item('tcp 22 bastion', { severity: ['critical'], kind: ['security-group'] }),
  item('image web', { severity: ['high'], kind: ['image'], workload: ['a', 'b'] }),
  item('image db', { severity: ['high'], kind: ['image'] }),
];

describe('the search', () => {
  it.each([
    ['', 3],
    ['IMAGE', 2],
    ['  image   web ', 1],
    ['web image', 1],
    ['image tcp', 0],
  ])('of "%s" finds %i', (q, n) => {
    expect(found(ITEMS, wordsOf(q))).toHaveLength(n);
  });
});

describe('facets', () => {
  it('are "or" within one and "and" between them', () => {
    const passing = (chosen: Parameters<typeof passes>[1]) => ITEMS.filter((i) => passes(i, chosen)).length;
    expect(passing({ severity: ['critical', 'high'] })).toBe(3);
    expect(passing({ severity: ['high'], kind: ['image'] })).toBe(2);
    expect(passing({ severity: ['critical'], kind: ['image'] })).toBe(0);
    expect(passing({ workload: ['b', 'c'] })).toBe(1);
    expect(passing({ severity: [] })).toBe(3);
  });

  it('count what everything but themselves lets through, the most frequent first', () => {
    expect(facetCounts(ITEMS, 'severity', { kind: ['image'] })).toEqual([
      { value: 'high', count: 2, chosen: false },
    ]);
    expect(facetCounts(ITEMS, 'severity', { severity: ['critical'], kind: ['image'] })).toEqual([
      { value: 'high', count: 2, chosen: false },
      { value: 'critical', count: 0, chosen: true },
    ]);
  });
});

describe('sorting', () => {
  it('is stable, descending with a minus, and the order of the report without a column', () => {
    const orders = {
      name: (a: (typeof ITEMS)[number], b: (typeof ITEMS)[number]) => a.name.length - b.name.length,
    };
    expect(sorted(ITEMS, '', orders)).toBe(ITEMS);
    expect(sorted(ITEMS, 'constructor', orders)).toEqual(ITEMS);
    expect(sorted(ITEMS, 'name', orders).map((i) => i.name)).toEqual([
      'image db',
      'image web',
      'tcp 22 bastion',
    ]);
    expect(sorted(ITEMS, '-name', orders).map((i) => i.name)[0]).toBe('tcp 22 bastion');
  });

  it('goes ascending, descending, off; numbers begin with descending', () => {
    expect(nextSort('', 'object', false)).toBe('object');
    expect(nextSort('object', 'object', false)).toBe('-object');
    expect(nextSort('-object', 'object', false)).toBe('');
    expect(nextSort('object', 'used', true)).toBe('-used');
    expect(nextSort('-used', 'used', true)).toBe('used');
  });
});

describe('the script of all commands', () => {
  const fix = (title: string, order: number, ...shells: string[]): IslandFix => ({
    id: title,
    title,
    remedy: '',
    commands: shells.map((shell) => ({ side: 'target', does: '', shell })),
    config: '',
    findings: [],
    workloads: [],
    effect: 'blocked',
    together: [],
    order,
  });

  const side = (heading: string, account = '111122223333') => ({ heading, account });
  const sides = { source: side('us-east-1'), target: side('eu-west-1') };
  const runs = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  it('creates first what others refer to, keeps the numbers of the fixes, and names those without a command', () => {
    const { commands, text } = scriptOf(
      [fix('Group', 1, 'create group', 'authorize'), fix('By hand', 3), fix('List', 0, 'create list')],
      sides,
    );
    expect(commands).toBe(3);
    expect(text.split('\n\n')).toEqual([
      '# Commands of 2 of 3 fixes, us-east-1 to eu-west-1. Read each before you run it.\n# Not in here, because no command does it: fix 2.',
      '# 3. List\ncreate list',
      '# 1. Group\ncreate group\nauthorize',
      '# Then run the same audit again: what is fixed is no longer reported.\n',
    ]);
  });

  it('runs nothing that a title or a region holds, and no command with a value that somebody has to fill in', () => {
    const { text } = scriptOf(
      [
        fix('A\nrm -rf /', 0, 'aws ssm put-parameter --name /golden --value IMAGE-ID'),
        fix('B', 0, 'aws ec2 import-key-pair --key-name ci'),
      ],
      { source: side('us-east-1\nrm -rf /'), target: side('eu-west-1', '4444\nrm -rf /') },
    );
    expect(runs(text)).toEqual(['aws ec2 import-key-pair --key-name ci']);
    expect(text).toContain('# Replace IMAGE-ID first:');
  });

  it('deletes nothing: a fix that deletes is a comment with what is to be decided', () => {
    const { text } = scriptOf(
      [
        {
          ...fix(
            'Key',
            2,
            'aws ec2 delete-key-pair --key-name bastion',
            'aws ec2 import-key-pair --key-name bastion',
          ),
          remedy: 'Find out which key is right.',
        },
        fix('Rule', 1, 'aws ec2 revoke-security-group-ingress --group-id sg-1'),
      ],
      sides,
    );
    expect(runs(text)).toEqual(['aws ec2 revoke-security-group-ingress --group-id sg-1']);
    expect(text).toContain('# This deletes something. Decide first: Find out which key is right.');
    expect(text).toContain('# aws ec2 import-key-pair --key-name bastion');
  });

  it('says between two accounts whose credentials each command needs', () => {
    const share = { side: 'source' as const, does: '', shell: 'share' };
    const copy = { side: 'target' as const, does: '', shell: 'copy' };
    const two = { ...sides, target: side('eu-west-1', '444455556666') };
    const { text } = scriptOf([{ ...fix('Image', 0), commands: [share, share, copy] }], two);
    expect(text).toContain(
      '# With the credentials of account 111122223333:\nshare\nshare\n# With the credentials of account 444455556666:\ncopy',
    );
    expect(scriptOf([{ ...fix('Image', 0), commands: [share, copy] }], sides).text).not.toContain(
      'credentials',
    );
  });
});

describe('words', () => {
  it('name their thing, with a comma from a thousand and the total when filtered', () => {
    expect(count(1, 'fix', 'fixes')).toBe('1 fix');
    expect(countOf(12, 1_061, 'finding')).toBe('12 of 1,061 findings');
    expect(countOf(61, 61, 'finding')).toBe('61 findings');
  });

  it('shorten an ARN to its last part and a long token to both ends', () => {
    expect(shortened('arn:aws:autoscaling:us-east-1:1:autoScalingGroup:x:autoScalingGroupName/web')).toBe(
      '…/web',
    );
    expect(shortened('i-0123456789abcdef0')).toBe('i-0123456789abcdef0');
    expect(shortened('a'.repeat(40))).toBe(`${'a'.repeat(16)}…${'a'.repeat(6)}`);
  });
});
