import { describe, expect, it } from 'vitest';
import { headingPlaces, placesOf } from '../../src/report/places.ts';
import { demoReport } from '../kit/demo.ts';

const REGION = 'xx-test-1';

describe('what sentences call the two sides', () => {
  it.each([
    ['two regions', ['us-east-1', '1'], ['eu-west-1', '1'], 'us-east-1', 'eu-west-1'],
    [
      'two accounts of one region',
      ['us-east-1', '1'],
      ['us-east-1', '2'],
      'us-east-1 of account 1',
      'us-east-1 of account 2',
    ],
    [
      'one region at two times',
      ['us-east-1', '1'],
      ['us-east-1', '1'],
      'us-east-1 of the source',
      'us-east-1 of the target',
    ],
    [
      'one region, of an account that is not known',
      ['us-east-1', '1'],
      ['us-east-1', null],
      'us-east-1 of the source',
      'us-east-1 of the target',
    ],
  ] as const)('%s', (_case, [region, account], [other, otherAccount], source, target) => {
    expect(placesOf({ region, account }, { region: other, account: otherAccount })).toEqual({
      source,
      target,
    });
  });

  it('a heading names the account only where the region does not tell the sides apart', () => {
    const place = (region: string, account: string) => ({ region, account });
    expect(headingPlaces(place('us-east-1', '1'), place('us-east-1', '2'))).toEqual({
      source: 'us-east-1 (1)',
      target: 'us-east-1 (2)',
    });
    expect(headingPlaces(place('us-east-1', '1'), place('eu-west-1', '2'))).toEqual({
      source: 'us-east-1',
      target: 'eu-west-1',
    });
  });

  it('every sentence about two accounts of one region names the account with the region', async () => {
    const report = await demoReport({
      source: { region: REGION, account: '111122223333' },
      target: { region: REGION, account: '444455556666' },
    });
    const sentences = [
      ...report.findings.flatMap((f) => [f.message, f.remedy, ...(f.commands ?? []).map((c) => c.does)]),
      ...(report.causes ?? []).flatMap((c) => [c.title, c.remedy]),
      ...report.workloads.flatMap((w) => (w.chains ?? []).flatMap((c) => c.steps)),
      ...report.notLookedAt.map((n) => n.because),
    ];
    // The row of a mapping is named by the region alone.
    const naming = sentences.filter((text) => text.includes(REGION));
    expect(naming.length).toBeGreaterThan(30);
    expect(naming.filter((text) => /(?<!row ["f](or )?)xx-test-1(?! of account \d{12})/.test(text))).toEqual(
      [],
    );
  });
});
