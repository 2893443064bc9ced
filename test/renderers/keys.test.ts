import { describe, expect, it } from 'vitest';
import type { Pair } from '../../src/report/model.ts';
import type { Facts } from '../../src/report/rules/shared.ts';
import { keyTruth } from '../../src/report/view/keys.ts';
import { finding } from '../kit/report.ts';

const KEY = 'ed25519:kMUn6L3eJhMeSBg4cGgfBN6pTGDBHDZoMGZfIyTSvXU';
const OTHER = 'rsa:Xr0yJ5hY0b0x8m0a1mUj7oT1w1i2kq6lQ0v0cFqT9aE';
const SHORT = 'ed25519 SHA256:kMUn6L3eJhMe…';

function pair(state: Pair['state'], over: Partial<Pair> = {}): Pair {
  const end = { id: 'key-1', name: 'web' };
  return {
    kind: 'key-pair',
    name: 'web',
    scope: null,
    state,
    source: end,
    target: end,
    matchedBy: 'name',
    findings: [],
    ...over,
  };
}
const fact = (rule: string, facts: Facts) => finding({ rule: `key-pair/${rule}`, facts });
const alone = { target: null, matchedBy: null };
const strange = { source: null, matchedBy: null };

describe('the truth table of keys', () => {
  it.each([
    ['same key', '', '', 'name', pair('same'), []],
    [
      'same key',
      '',
      '',
      'name',
      pair('different'),
      [fact('tags-differ', {}), fact('unusable-for-windows', { key: KEY })],
    ],
    [
      'other key',
      SHORT,
      'rsa SHA256:Xr0yJ5hY0b0x…',
      'public keys',
      pair('different'),
      [fact('different-key', { source: KEY, target: OTHER, provenBy: 'public keys' })],
    ],
    ['missing', SHORT, '', '', pair('missing-in-target', alone), [fact('missing', { key: KEY })]],
    ['extra', '', SHORT, '', pair('extra-in-target', strange), [fact('extra', { key: KEY })]],
    [
      'same key, other name',
      '',
      '',
      'public keys',
      pair('different', { matchedBy: 'public-key', target: { id: 'key-2', name: 'web-2' } }),
      [fact('renamed', { by: 'public keys' })],
    ],
    [
      'undetermined',
      '43:51',
      '1f:51',
      'fingerprints of two schemes',
      pair('undetermined'),
      [
        fact('undetermined', {
          because: 'fingerprints of two schemes',
          source: { fingerprint: '43:51' },
          target: { fingerprint: '1f:51' },
        }),
      ],
    ],
    [
      'undetermined',
      '',
      SHORT,
      'name',
      pair('undetermined'),
      [fact('inconsistent-record', { side: 'target', publicKeyId: KEY })],
    ],
    // Facts of a shape that this version does not know say nothing, and break nothing.
    ['other key', '', '', 'name', pair('different'), [fact('different-key', { source: [1], target: null })]],
  ] as const)('says %s: %j, %j, by %j', (verdict, source, target, by, of, findings) => {
    expect(keyTruth(of, findings)).toMatchObject({ verdict, source, target, by });
  });

  it('names the key of each end by what the report says of the end, whatever the findings say', () => {
    const end = (key: string | null) => ({ id: 'key-1', name: 'web', key });
    const of = pair('same', { source: end(KEY), target: end(KEY) });
    const proven = { verdict: 'same key', source: SHORT, target: SHORT, by: 'public keys' };
    expect(keyTruth(of, [])).toMatchObject(proven);
    expect(keyTruth(pair('same', { source: end(null), target: end(null) }), [])).toMatchObject({
      verdict: 'same key',
      by: 'fingerprints',
    });
    const renamed = pair('different', {
      matchedBy: 'public-key',
      source: end(KEY),
      target: { ...end(KEY), name: 'web-2' },
    });
    expect(keyTruth(renamed, [fact('renamed', { by: 'public keys' })])).toMatchObject({
      verdict: 'same key, other name',
      source: SHORT,
      target: SHORT,
    });
    const unknown = pair('undetermined', { source: end(KEY), target: end(null) });
    const facts = { because: 'x', source: { fingerprint: '43:51' }, target: { fingerprint: '1f:51' } };
    expect(keyTruth(unknown, [fact('undetermined', facts)])).toMatchObject({
      source: SHORT,
      target: '1f:51',
    });
  });

  it('does not call a key the same where the finding that parts the two is not among those given', () => {
    expect(keyTruth(pair('different', { findings: ['gone'] }), [])).toMatchObject({ verdict: 'different' });
  });
});
