import { describe, expect, it } from 'vitest';
import type { Lineage } from '../../../src/report/lineage.ts';
import { reportSchema } from '../../../src/report/model.ts';
import { audit } from '../../kit/estate.ts';
import { copyOf, image, images, type Row } from './kit.ts';

const version = (n: number, more: Partial<Row> = {}): Row =>
  image(`web-1.${n}.0`, `ami-${n}`, {
    CreationDate: new Date(Date.UTC(2026, 0, 1 + n)).toISOString(),
    ...more,
  });
const copied = (n: number, more: Partial<Row> = {}): Row =>
  image(`web-1.${n}.0`, `ami-eu-${n}`, { ...copyOf(`ami-${n}`), ...more });
const lineages = (source: Row[], target: Row[]) => images(source, target).lineages ?? [];
const only = (all: readonly Lineage[]): Lineage => {
  expect(all).toHaveLength(1);
  return all[0] as Lineage;
};
/** "web-1.2.0 > web-1.2.0 !": a version, its copy, the newest copied one; "-" marks what the copies lack. */
const drawn = ({ versions }: Lineage) =>
  versions.map(
    (v) => `${v.name}${v.copy ? ` > ${v.copy.id}` : ''}${v.newestCopied ? ' !' : ''}${v.behind ? ' -' : ''}`,
  );

describe('the lineages of a report', () => {
  it('hold the versions of a family, newest first, with what stands for each and what is behind', () => {
    const lineage = only(
      lineages(
        [version(1), version(2), version(3), version(4)],
        [copied(1), copied(2, { State: 'pending' })],
      ),
    );
    expect(drawn(lineage)).toEqual([
      'web-1.4.0 -',
      'web-1.3.0 -',
      'web-1.2.0 > ami-eu-2 !',
      'web-1.1.0 > ami-eu-1',
    ]);
    expect(lineage).toMatchObject({
      family: 'web-{version}',
      architecture: 'x86_64',
      strength: 'weak',
      orderedBy: 'creation date',
      behind: { versions: 2, days: 2 },
      leftOut: 0,
      extraCopies: [],
    });
    expect(lineage.versions[2]?.copy).toEqual({
      id: 'ami-eu-2',
      name: 'web-1.2.0',
      createdAt: '2026-06-02T00:00:00.000Z',
      state: 'pending',
      region: 'eu-west-1',
      is: 'copy',
      matchedBy: 'lineage',
      strength: 'strong',
    });
  });

  it('list twelve versions at most, the newest copied one always among them', () => {
    const all = Array.from({ length: 30 }, (_, i) => version(i));
    const lineage = only(lineages(all, [copied(3)]));
    expect(lineage.versions).toHaveLength(12);
    expect(lineage.leftOut).toBe(18);
    expect(drawn(lineage).at(0)).toBe('web-1.29.0 -');
    expect(drawn(lineage).at(-1)).toBe('web-1.3.0 > ami-eu-3 !');
    expect(lineage.behind).toEqual({ versions: 26, days: 26 });
  });

  it('put further copies, and copies of what is gone, to the family they belong to', () => {
    const lineage = only(
      lineages(
        [version(1), version(2)],
        [copied(2), image('again', 'ami-eu-8', copyOf('ami-2')), copied(0, copyOf('ami-0'))],
      ),
    );
    expect(lineage.extraCopies.map(({ id, copyOf, copyOfRegion }) => [id, copyOf, copyOfRegion])).toEqual([
      ['ami-eu-0', 'ami-0', 'us-east-1'],
      ['ami-eu-8', 'ami-2', 'us-east-1'],
    ]);
  });

  it('leave out what is one image with a good copy or with none, and keep what a finding is about', () => {
    expect(
      lineages([image('a', 'ami-1'), image('b', 'ami-2')], [image('a', 'ami-9', copyOf('ami-1'))]),
    ).toEqual([]);
    const rebuilt = only(
      lineages(
        [image('api', 'ami-2', { CreationDate: '2026-10-01T00:00:00.000Z' })],
        [image('api', 'ami-9', copyOf('ami-1'))],
      ),
    );
    expect(rebuilt).toMatchObject({
      family: 'api',
      by: 'its name',
      versions: [{ id: 'ami-2', copy: { id: 'ami-9', is: 'copy-of-former', strength: 'weak' } }],
    });
    const gone = only(lineages([], [image('old', 'ami-9', copyOf('ami-1'))]));
    expect(gone).toMatchObject({
      family: 'old',
      versions: [],
      extraCopies: [{ id: 'ami-9', copyOf: 'ami-1' }],
    });
  });

  it('are two where two architectures are', () => {
    const arm = { Architecture: 'arm64' };
    const both = lineages(
      [version(1), version(2), version(3, arm), version(4, arm)],
      [copied(1), copied(3, arm)],
    );
    expect(both.map((l) => [l.architecture, l.behind?.versions])).toEqual([
      ['arm64', 1],
      ['x86_64', 1],
    ]);
  });

  it('do not hang on the order of the listings, and belong to a report of images only', () => {
    const [source, target] = [
      [version(1), version(2), version(3)],
      [copied(1), image('x', 'ami-eu-8', copyOf('ami-1'))],
    ];
    expect(lineages([...source].reverse(), [...target].reverse())).toEqual(lineages(source, target));
    expect(audit({}, {}, { scopes: ['key-pairs'] })).not.toHaveProperty('lineages');
  });

  it('may be absent: a report of before still loads', () => {
    const { lineages: _, ...old } = images([version(1), version(2)], [copied(1)]);
    const pairs = old.pairs.map(({ matchStrength: _, ...pair }) => pair);
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify({ ...old, pairs }))).success).toBe(true);
  });
});
