import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DifferenceRow, difference } from '../../src/report/view/difference.ts';
import { reportView } from '../../src/report/view/index.ts';
import { moment } from '../../src/report/view/text.ts';
import { trafficView } from '../../src/report/view/traffic.ts';
import { visible } from '../../src/text/printable.ts';
import { HOSTILE } from '../kit/hostile.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { finding, sampleReport } from '../kit/report.ts';

const line = (parts: DifferenceRow['source']) =>
  parts?.map((p) => (p.changed ? `[${p.text}]` : p.text)).join('') ?? null;
const shown = (source: string[], target: string[]) =>
  difference(source, target).rows.map((r) =>
    r.state === 'note' ? r.note : [line(r.source), line(r.target)],
  );

describe('visible text', () => {
  it('hides nothing: controls, bidi controls, zero-width characters and odd blanks are spelled out', () => {
    expect(visible('a\u202Eb\u200Bc\u001b[0m\u0085\u00a0\u{E0041}\n\t')).toBe(
      'a\\u{202E}b\\u{200B}c\\u{1B}[0m\\u{85}\\u{A0}\\u{E0041}\\n\\t',
    );
    expect(visible('\ud800')).toBe('\\u{D800}');
  });

  it('leaves words in any script and pictographs alone', () => {
    for (const text of ['web-prod', 'größe', '本番 環境', 'مرحبا', '⚠️ careful'])
      expect(visible(text)).toBe(text);
  });

  it('is visible through and through, and stays as it is when made visible twice', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it('writes moments as ISO 8601 in UTC to the second, and shows what is none', () => {
    expect(moment('2026-11-22T09:13:04.118Z')).toBe('2026-11-22 09:13:04Z');
    expect(moment('yesterday\u202E')).toBe('yesterday\\u{202E}');
  });
});

describe('the side-by-side difference', () => {
  it('sets lines beside each other that are mostly alike and marks the words that are not', () => {
    expect(
      shown(
        ['ingress tcp 22 from 10.0.0.0/8', 'ingress udp 53 from ::/0'],
        ['ingress tcp 22 from 0.0.0.0/0'],
      ),
    ).toEqual([
      ['ingress tcp 22 from [10.0.0.0/8]', 'ingress tcp 22 from [0.0.0.0/0]'],
      ['ingress udp 53 from ::/0', null],
    ]);
  });

  it('marks neighbouring words as one', () => {
    expect(shown(['egress all to ::/0'], ['egress tcp 1-2 to ::/0'])).toEqual([
      ['egress [all] to ::/0', 'egress [tcp 1-2] to ::/0'],
    ]);
  });

  it('never sets two keys beside each other, however alike their values', () => {
    expect(shown(['Name = a b c d'], ['Owner = a b c d'])).toEqual([
      ['Name = a b c d', null],
      [null, 'Owner = a b c d'],
    ]);
    expect(shown(['Team = a'], ['Team = b'])).toEqual([['Team = [a]', 'Team = [b]']]);
  });

  it('folds equal lines far from any change and counts them', () => {
    const same = Array.from({ length: 20 }, (_, i) => `row ${i}`);
    expect(shown([...same, 'x'], same).slice(0, 2)).toEqual(['17 equal lines', ['row 17', 'row 17']]);
    expect(shown(same, same)).toHaveLength(20);
  });

  it('loses no line: what is shown and what is folded are the two sides', () => {
    const lines = fc.array(
      fc.oneof(fc.constantFrom('a', 'b c', 'b d', 'k = 1', 'k = 2', 'm: 1 2', 'm: 1 3'), hostileText),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, lines, (source, target) => {
        const { rows } = difference(source, target);
        const text = (parts: DifferenceRow['source']) => (parts ? [parts.map((p) => p.text).join('')] : []);
        const folded = rows.reduce(
          (sum, r) => sum + (r.state === 'note' ? Number.parseInt(r.note, 10) : 0),
          0,
        );
        expect(rows.flatMap((r) => text(r.source)).length + folded).toBe(source.length);
        expect(rows.flatMap((r) => text(r.target)).length + folded).toBe(target.length);
        if (folded === 0) {
          expect(rows.flatMap((r) => text(r.source))).toEqual(source.map(visible));
          expect(rows.flatMap((r) => text(r.target))).toEqual(target.map(visible));
        }
        for (const r of rows) if (r.state === 'same') expect(r.source).toEqual(r.target);
      }),
    );
  });

  it('bounds what it shows of sides that have nothing in common', () => {
    const many = (side: string) => Array.from({ length: 3_000 }, (_, i) => `${side}${i}`);
    const rows = shown(many('a'), many('b'));
    expect(rows).toHaveLength(401);
    expect(rows.at(-1)).toBe('5,600 more lines, in report.json');
  });
});

describe('the traffic of a finding', () => {
  const traffic = (rule: string, facts: Parameters<typeof trafficView>[0]['facts']) =>
    trafficView(finding({ rule, facts }));
  const witness = { protocol: 'tcp', port: 22, peer: '0.0.0.1' };
  const what = (t: Record<string, string | string[]>) =>
    traffic('security-group/allows-less', {
      direction: 'ingress',
      traffic: [{ peers: ['::/0'], protocol: 'tcp', ...t }],
      witness,
    })?.rows[0]?.what;

  it.each([
    [{ ports: '22' }, 'tcp 22 (ssh)'],
    [{ ports: '1024-65535' }, 'tcp 1024-65535'],
    [{ ports: 'all' }, 'tcp, all ports'],
    [{ protocol: 'udp', ports: '443' }, 'udp 443 (quic)'],
    [{ protocol: 'icmp', icmp: '3/4' }, 'icmp 3/4 (fragmentation needed)'],
    [{ protocol: 'icmpv6', icmp: 'all' }, 'icmpv6, every type'],
    [{ protocol: '50' }, 'protocol 50 (esp)'],
    [{ protocol: 'all' }, 'all traffic'],
    [{ protocol: 'all', exceptProtocols: ['tcp', '50'] }, 'all traffic but tcp, protocol 50 (esp)'],
    [{ ports: 'constructor' }, 'tcp constructor'],
  ])('reads %j as %s', (t, said) => {
    expect(what(t)).toBe(said);
  });

  it('names the side that admits it', () => {
    const facts = {
      direction: 'egress',
      traffic: [],
      witness: { protocol: 'icmp', type: 8, code: 0, peer: '10.0.0.1' },
    };
    expect(traffic('security-group/allows-less', facts)).toMatchObject({
      admittedBy: 'source',
      refusedBy: 'target',
      example: 'icmp/8/0 to 10.0.0.1',
    });
    expect(traffic('security-group/allows-more', facts)).toMatchObject({
      admittedBy: 'target',
      refusedBy: 'source',
    });
  });

  it('is left to the plain facts when it has a shape that this version does not know', () => {
    const odd = finding({
      rule: 'security-group/allows-less',
      facts: { direction: 'sideways', traffic: 'much' },
    });
    expect(trafficView(odd)).toBeNull();
    const [view] = reportView({ ...sampleReport(), findings: [odd] }).findings;
    expect(view?.facts).toEqual([
      { key: 'direction', value: 'sideways' },
      { key: 'traffic', value: 'much' },
    ]);
  });
});

describe('the report view', () => {
  it('puts the worst first whatever the order in the file', () => {
    const report = sampleReport();
    const view = reportView({ ...report, findings: [...report.findings].reverse() });
    expect(view.groups.map((g) => g.severity)).toEqual(['critical', 'high', 'medium', 'low', 'info']);
  });

  it('calls findings new only where there was a baseline to be new against', () => {
    expect(reportView(sampleReport()).findings.some((f) => f.age === 'new')).toBe(true);
    const first = {
      ...sampleReport(),
      resolved: [],
      findings: sampleReport().findings.map((f) => ({ ...f, status: 'new' as const })),
    };
    expect(reportView(first).findings.every((f) => f.age === '')).toBe(true);
  });

  it('keeps https links of rules and drops every other', () => {
    const links = [
      'https://docs.aws.amazon.com/a_b',
      'javascript:alert(1)',
      'http://x.example',
      'no address',
    ];
    const report = reportSaying('x');
    const [group] = reportView({ ...report, rules: report.rules.map((r) => ({ ...r, links })) }).groups;
    expect(group?.rules[0]?.links).toEqual([
      { href: 'https://docs.aws.amazon.com/a_b', text: 'docs.aws.amazon.com/a_b' },
    ]);
  });

  it('makes visible every string that it passes on', () => {
    const strings = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(strings);
    const seen = strings(reportView(reportSaying(HOSTILE.bidi + HOSTILE.escape)));
    expect(seen.filter((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))).toEqual([]);
  });
});
