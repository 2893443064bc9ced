import { describe, expect, it } from 'vitest';
import { noOtherImage } from '../../src/inventory/other-image.ts';
import { startsInstances } from '../../src/terraform/starts.ts';
import { type AttributePlace, PLACES } from '../../src/terraform/types.ts';
import { attributesAt, audited, plan, verdicts } from './kit.ts';

/** A name or id of each kind that the target lacks. */
const MISSING = {
  'key-pair': 'gone',
  image: 'ami-0cccccccccccccccc',
  'security-group': 'sg-0cccccccccccccccc',
  'prefix-list': 'pl-0cccccccccccccccc',
  'launch-template': 'lt-0cccccccccccccccc',
  'launch-configuration': 'gone',
} as const;
const missing = ({ to, by }: AttributePlace) => (by === 'name' && to !== 'key-pair' ? 'gone' : MISSING[to]);

const cases = [...PLACES].flatMap(([type, places]) =>
  places.map((place) => [type, place.path.join('.'), place] as const),
);

describe('the attributes of Terraform that name something', () => {
  it('are those of when the table was made, and more', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  it.each(cases)('%s %s that the target lacks is found', (type, _, place) => {
    const values = attributesAt(place.path, missing(place));
    const report = audited(plan({ resources: [{ type, values, written: values }] }), {
      otherImages: [noOtherImage(MISSING.image)],
    });
    expect(report.findings.filter(({ kind }) => kind === 'stack')).toHaveLength(1);
    expect(report.verdict).toBe('differences');
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it.each([...PLACES.keys()])('%s starts instances, or does not', (type) => {
    const report = audited(plan({ resources: [{ type, values: {}, written: {} }] }));
    const shown = { type, values: {}, unknown: {}, sensitive: {} } as Parameters<typeof startsInstances>[0];
    expect(report.workloads.length > 0).toBe(startsInstances(shown));
  });
});
