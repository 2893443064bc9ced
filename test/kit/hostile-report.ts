import fc from 'fast-check';
import type { Report } from '../../src/report/model.ts';
import { HOSTILE } from './hostile.ts';
import { finding, sampleReport, summarised } from './report.ts';

/** A report that says `text` wherever data can stand, the rule texts and the sides included: a doctored file may. */
export function reportSaying(text: string): Report {
  const base = sampleReport();
  const subject = { name: text, scope: text, sourceId: text, targetId: text };
  const usedBy = [{ kind: text, name: text, id: text, side: 'source' as const }];
  const commands = [{ shell: text, side: 'source' as const, does: text }];
  const said = { subject, usedBy, message: text, remedy: text, commands, firstSeen: text };
  const witness = { protocol: text, port: text, peer: text };
  const traffic = [
    { protocol: 'tcp', ports: text, peers: [text, text], except: [text] },
    { protocol: text, peers: [text] },
  ];
  const rows = {
    source: ['same', `Name = ${text}`, text],
    target: ['same', 'Name = other', `${text} ${text}`],
  };
  const findings = [
    finding({
      ...said,
      rule: 'security-group/allows-more',
      fingerprint: text,
      severity: 'critical',
      facts: { direction: 'ingress', traffic, witness, rows },
    }),
    finding({
      ...said,
      rule: 'security-group/ambiguous',
      fingerprint: `${text}2`,
      severity: 'medium',
      facts: { config: text, [`tag ${text}`]: text },
    }),
    finding({
      ...said,
      rule: text,
      fingerprint: `${text}3`,
      status: 'persisting',
      severity: 'low',
      facts: { list: [text], deep: { [text]: text } },
    }),
    finding({
      ...said,
      rule: 'security-group/tags-differ',
      fingerprint: `${text}4`,
      severity: 'info',
      facts: { rows },
    }),
  ];
  const side = { account: text, region: text, takenAt: text, origin: text };
  const end = { id: text, name: text };
  const image = { id: `${text}#`, name: text, createdAt: text, state: text };
  const stands = { region: text, is: 'namesake', matchedBy: text, strength: 'weak' } as const;
  return summarised({
    ...base,
    tool: { name: text, version: text },
    startedAt: text,
    finishedAt: text,
    source: side,
    target: side,
    gaps: base.gaps.map((g) => ({ ...g, kind: text, message: text, hint: text, commands })),
    pairs: [
      {
        kind: 'image',
        name: text,
        scope: text,
        state: 'different',
        source: end,
        target: { id: text, name: `${text}!` },
        matchedBy: text,
        findings: [text, 'unknown'],
      },
    ],
    findings,
    workloads: [
      { kind: 'stack', name: text, id: text, verdict: 'blocked', because: [text] },
      {
        kind: 'launch-template',
        name: text,
        id: `${text}!`,
        verdict: 'degraded',
        because: [`${text}2`],
        side: 'target',
        chains: [
          { verdict: 'degraded', steps: [text, text, text], findings: [`${text}2`, `${text}3`, 'unknown'] },
          { verdict: 'unknown', steps: [text], findings: [] },
        ],
      },
    ],
    lineages: [
      {
        family: text,
        architecture: text,
        by: text,
        strength: 'weak',
        orderedBy: 'version',
        versions: [
          { ...image, side: 'source', copy: null, newestCopied: false, behind: true },
          { ...image, side: 'source', copy: { ...image, ...stands }, newestCopied: true, behind: false },
        ],
        leftOut: 1,
        extraCopies: [{ ...image, region: text, copyOf: text, copyOfRegion: text }],
        extraLeftOut: 1,
        behind: { versions: 1, days: 2 },
      },
    ],
    causes: [
      {
        id: text,
        title: text,
        remedy: text,
        commands,
        findings: [text, `${text}2`, 'unknown'],
        workloads: [{ kind: 'stack', name: text, id: text, verdict: 'blocked' }],
      },
    ],
    waived: [{ ...finding({ ...said, rule: text }), waiver: { reason: text, owner: text, until: text } }],
    resolved: [finding({ ...said, rule: text })],
    rules: [
      {
        id: text,
        title: text,
        short: text,
        severity: base.rules[0]?.severity ?? {},
        compares: text,
        why: text,
        remedy: text,
        links: [text, `https://x.example/${encodeURI(text.replace(/\p{Cs}/gu, ''))}`],
      } as Report['rules'][number],
      ...base.rules,
    ],
  });
}

/** Strings that mean harm, pieces of them put together, and whatever else Unicode holds. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...Object.values(HOSTILE)),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '"',
          "'",
          '`',
          '```',
          '|',
          '\\',
          '\\|',
          '@a',
          '#1',
          '[x](y)',
          '-->',
          '{{',
          '}}',
          '\n',
          '\r\n',
          '- ',
          '# ',
          '\u001b[0m',
          '\u202e',
          '\u2066',
          '\u200b',
          '&lt;',
          '&#124;',
          '$',
          '*',
          '_',
          '~~',
          'www.',
          'http://',
          '漢',
          '👩‍👩‍👧',
          'e\u0301',
          '\ud800',
          ' ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
