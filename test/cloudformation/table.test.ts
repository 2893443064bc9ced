import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { PLACES, type PropertyPlace } from '../../src/cloudformation/places.ts';
import { STARTING } from '../../src/cloudformation/starting.ts';
import { compare } from '../../src/comparator/compare.ts';
import { noOtherImage } from '../../src/inventory/other-image.ts';
import { snapshotOf, VPC } from '../kit/estate.ts';
import { completed } from './completed.ts';
import { propertiesAt } from './kit.ts';

/** A name or id of each kind that the target lacks. */
const MISSING = {
  'key-pair': 'gone',
  image: 'ami-0cccccccccccccccc',
  'security-group': 'sg-0cccccccccccccccc',
  'prefix-list': 'pl-0cccccccccccccccc',
  'launch-template': 'lt-0cccccccccccccccc',
  'launch-configuration': 'gone',
} as const;

function missing({ to, by }: PropertyPlace): string {
  if (by === 'name' && to !== 'key-pair') return 'gone';
  return MISSING[to];
}

const cases = [...PLACES].flatMap(([type, places]) =>
  places.map((place) => [type, place.path.join('.'), place] as const),
);

describe('the table of properties', () => {
  it('holds what it held when it was made, and more', () => {
    expect(cases.length).toBeGreaterThan(250);
  });

  it.each(cases)('%s %s that the target lacks is found', (type, _, place) => {
    const text = JSON.stringify({
      Resources: { R: { Type: type, Properties: completed(type, propertiesAt(place.path, missing(place))) } },
    });
    const report = compare({
      source: snapshotOf('us-east-1', { vpcs: [VPC] }),
      target: snapshotOf('eu-west-1', { vpcs: [VPC], otherImages: [noOtherImage(MISSING.image)] }),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [{ file: 'table.json', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
    expect(report.findings.map((f) => f.kind)).toEqual(['stack']);
    expect(report.verdict).toBe('differences');
    expect(report.workloads.map((w) => w.verdict)).toEqual(['blocked']);
    expect(STARTING.has(type)).toBe(place.launches);
  });
});
