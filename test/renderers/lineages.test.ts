import { describe, expect, it } from 'vitest';
import type { Lineage } from '../../src/report/lineage.ts';
import { lineageViews } from '../../src/report/view/lineages.ts';
import { sampleReport } from '../kit/report.ts';
import { SAMPLE_LINEAGES } from '../kit/sample-lineages.ts';

const views = (lineages: Lineage[]) => lineageViews({ ...sampleReport(), lineages });
const [upToDate, behind, doubtful] = SAMPLE_LINEAGES as [Lineage, Lineage, Lineage];
const named = (family: string, over: Partial<Lineage> = {}): Lineage => ({ ...upToDate, family, ...over });

describe('image families in the view', () => {
  it('stand with the farthest behind first, then those without any copy, then the others as the report has them', () => {
    const lacking = (versions: number, days: number | null) => ({ behind: { versions, days } });
    const uncopied = named('uncopied', { versions: upToDate.versions.map((v) => ({ ...v, copy: null })) });
    const order = views([
      named('a'),
      uncopied,
      named('one', lacking(1, 90)),
      named('two', lacking(2, 10)),
      named('two-older', lacking(2, 40)),
      named('b'),
    ]).map((v) => v.family);
    expect(order).toEqual(['two-older', 'two', 'one', 'uncopied', 'a', 'b']);
  });

  it('say in a few words how far the target is behind', () => {
    expect(views(SAMPLE_LINEAGES).map((v) => [v.family, v.sentence])).toEqual([
      ['web-golden', '2 versions and 47 days behind'],
      ['base', 'the newest version has its copy'],
      ['worker', 'the newest version: same name, not proven a copy'],
    ]);
    const [unknownDays] = views([named('a', { behind: { versions: 1, days: null } })]);
    expect(unknownDays?.sentence).toBe('1 version behind');
    const [gone] = views([named('a', { versions: [], extraCopies: doubtful.extraCopies })]);
    expect(gone?.sentence).toBe('no version on the source');
  });

  it('are open while they are few, and where they are behind; the others wait', () => {
    expect(views(SAMPLE_LINEAGES).map((v) => v.open)).toEqual([true, true, true]);
    const many = [behind, ...Array.from({ length: 9 }, (_, i) => named(String(i)))];
    expect(
      views(many)
        .filter((v) => v.open)
        .map((v) => v.family),
    ).toEqual(['web-golden']);
  });

  it('have a row per version and per image that stands for none, and count what is left out', () => {
    const [first, , third] = views(SAMPLE_LINEAGES);
    expect(first?.rows.map((r) => [r.name, r.lacking, r.copyId, r.said])).toEqual([
      ['web-golden-2026-11-18', true, '', 'no copy'],
      ['web-golden-2026-11-02', true, '', 'no copy'],
      ['web-golden-2026-10-02', false, 'ami-0cc2', 'copy, by lineage (strong)'],
      ['web-golden-2026-09-01', false, '', 'no copy'],
      ['web-golden-2026-08-01', false, 'ami-0c0ffee0000000005', 'copy, by lineage (strong)'],
    ]);
    expect(first?.leftOut).toBe('and 7 more versions');
    expect(third?.rows.at(-1)).toMatchObject({ id: '', copyId: 'ami-0bbe' });
    expect(third?.leftOut).toBe('and 2 more images of the target');
  });

  it('are drawn with a mark per version and per place over there, told apart by shape', () => {
    const marks = (lineage: Lineage) => views([lineage])[0]?.picture.marks.map((m) => m.class);
    expect(marks(behind)).toEqual([
      'version behind',
      'absent behind',
      'version behind',
      'absent behind',
      'version',
      'copy',
      'version',
      'absent',
      'version',
      'copy',
    ]);
    const below = marks(doubtful)?.filter((m) => !m.startsWith('version'));
    expect(below).toEqual(['namesake', 'former', 'other', 'extra']);
    const shapes = views([doubtful])[0]?.picture.marks.map((m) => m.d.replace(/[\d.-]+/g, ''));
    // Circle, square, diamond, cross: no two meanings of one shape but the filled and the hollow one.
    expect(new Set(shapes).size).toBe(4);
  });

  it('are drawn where a family has no version at all', () => {
    const [view] = views([named('a', { versions: [], extraCopies: doubtful.extraCopies })]);
    expect(view?.picture.marks).toHaveLength(1);
    expect(view?.picture.lines).toEqual([]);
  });
});
