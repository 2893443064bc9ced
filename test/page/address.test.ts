import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Address,
  FACETS,
  formatAddress,
  parseAddress,
  START,
  startOf,
  toggled,
  toView,
  VIEWS,
} from '../../page/address.ts';

const none = () => false;

describe('the address where the page begins', () => {
  it.each([
    ['readiness', ['new', 'persisting'], START],
    ['verification', ['new', 'resolved'], START],
    [
      'drift',
      ['new', 'persisting', 'persisting'],
      { ...START, view: 'findings', facets: { status: ['new'] } },
    ],
    [
      'drift',
      ['persisting', 'resolved', 'worsened', 'waived'],
      { ...START, view: 'findings', facets: { status: ['worsened', 'resolved'] } },
    ],
    ['drift', ['persisting', 'unchecked'], { ...START, view: 'findings' }],
  ] as const)('in phase %s with %j', (phase, statuses, expected) => {
    expect(startOf(phase, statuses)).toEqual(expected);
    // Any address that names a view is that view, wherever the page begins.
    expect(parseAddress('#/fixes', none, expected)).toEqual(START);
    expect(parseAddress('', none, expected)).toEqual(expected);
  });
});

describe('the address of a view', () => {
  it('holds all of it, whatever the texts: it is read back as it was written', () => {
    // Lone surrogates have no UTF-8, and a search is trimmed before it is written.
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((t) => !/[\ud800-\udfff]/.test(t.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')));
    const address: fc.Arbitrary<Address> = fc.record({
      view: fc.constantFrom(...VIEWS),
      id: text,
      q: text,
      facets: fc
        .dictionary(
          fc.constantFrom(...FACETS),
          fc.array(
            text.filter((t) => t !== ''),
            { minLength: 1, maxLength: 3 },
          ),
        )
        .map((d) => ({ ...d })),
      sort: fc.constantFrom('', 'severity', '-used'),
      info: fc.boolean(),
    });
    fc.assert(
      fc.property(address, (a) => {
        expect(parseAddress(formatAddress(a), none)).toEqual(a);
      }),
    );
  });

  it.each([
    ['', START],
    ['#', START],
    ['#/nowhere/x?q=y', START],
    [
      '#/findings?severity=critical,high&sort=-used&info=1',
      { ...START, view: 'findings', facets: { severity: ['critical', 'high'] }, sort: '-used', info: true },
    ],
    ['#/objects/security-group:prod/web', { ...START, view: 'objects', id: 'security-group:prod/web' }],
    ['#/findings?q=tcp+22', { ...START, view: 'findings', q: 'tcp 22' }],
    ['#/findings?q=%E0%A4%A', { ...START, view: 'findings', q: '%E0%A4%A' }],
    ['#/findings?sort=constructor()', { ...START, view: 'findings' }],
  ])('%s', (hash, expected) => {
    expect(parseAddress(hash, none)).toEqual(expected);
  });

  it('of a fingerprint alone is that finding', () => {
    expect(parseAddress('#cc78d7ea13de644f', (t) => t === 'cc78d7ea13de644f')).toEqual({
      ...START,
      view: 'findings',
      id: 'cc78d7ea13de644f',
    });
  });

  it('of another view keeps the search, and drops filter, order and what is open', () => {
    const from: Address = {
      view: 'findings',
      id: 'x',
      q: 'web',
      facets: { kind: ['image'] },
      sort: 'used',
      info: true,
    };
    expect(toView(from, 'objects')).toEqual({ ...START, view: 'objects', q: 'web' });
    expect(toView(from, 'findings')).toEqual({ ...from, id: '' });
  });

  it('takes a value into a facet and out again', () => {
    const once = toggled(START, 'severity', 'high');
    expect(once.facets).toEqual({ severity: ['high'] });
    expect(toggled(toggled(once, 'severity', 'low'), 'severity', 'high').facets).toEqual({
      severity: ['low'],
    });
  });
});
