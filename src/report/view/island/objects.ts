import { capital } from '../../../text/capital.ts';
import { visible } from '../../../text/printable.ts';
import type { Finding, Pair } from '../../model.ts';
import { SEVERITIES, type Severity } from '../../vocabulary.ts';
import { keyTruth } from '../keys.ts';
import { pairingSentence } from '../pairing.ts';
import { scopeText } from '../text.ts';
import { comparisonOf } from './comparison.ts';
import type { Positions } from './positions.ts';
import type { Comparison, IslandObject } from './types.ts';

/** How two objects were paired, in words; any other word of the report is shown as it is. */
const PAIRED_BY: ReadonlyMap<string, string> = new Map([
  ['vpc-and-name', 'VPC and name'],
  ['public-key', 'public key'],
  ['lineage', "AWS's record of the copy"],
  ['config', 'the config'],
]);

export function objectsOf(positions: Positions): {
  readonly objects: readonly IslandObject[];
  readonly unlisted: number;
} {
  const { pairs, unlistedPairs, findingAt, listed } = positions;
  const objects = pairs.map((pair): IslandObject => {
    const findings = pair.findings.flatMap((f) => findingAt.get(f) ?? []);
    const severities = new Set(findings.flatMap((i) => listed[i]?.finding.severity ?? []));
    const worst: Severity | undefined = SEVERITIES.find((s) => severities.has(s));
    return {
      kind: pair.kind,
      name: visible(pair.name),
      scope: visible(scopeText(pair) ?? ''),
      state: pair.state,
      source: endOf(pair.source, pair.name),
      target: endOf(pair.target, pair.name),
      pairedBy: visible(PAIRED_BY.get(pair.matchedBy ?? '') ?? pair.matchedBy ?? ''),
      strength: pair.matchStrength ?? '',
      basis: pairingSentence(pair),
      note: noteOf(pair, findingsAbout(pair, positions)),
      findings,
      worst: worst ?? '',
    };
  });
  return { objects, unlisted: unlistedPairs };
}

function endOf(end: Pair['source'], name: string): IslandObject['source'] {
  return end === null ? null : { id: visible(end.id), alias: end.name === name ? '' : visible(end.name) };
}

/** Both sides of the objects that have something to compare, by their position. */
export function comparisonsOf(positions: Positions): Readonly<Record<number, Comparison>> {
  const entries = positions.pairs.flatMap((pair, i): [number, Comparison][] => {
    const comparison = comparisonOf(pair, findingsAbout(pair, positions));
    return comparison === null ? [] : [[i, comparison]];
  });
  return Object.fromEntries(entries);
}

function findingsAbout(pair: Pair, { findingAt, listed }: Positions): Finding[] {
  return pair.findings.flatMap((f) => {
    const at = findingAt.get(f);
    return at === undefined ? [] : (listed[at]?.finding ?? []);
  });
}

/** A name pairs two key pairs, and says nothing of their keys. */
function noteOf(pair: Pair, findings: readonly Finding[]): string {
  if (pair.kind !== 'key-pair' || pair.source === null || pair.target === null) return '';
  const { verdict, by } = keyTruth(pair, findings);
  const said = capital(verdict);
  return by === '' || by === 'name' ? `${said}.` : `${said}, by ${by}.`;
}
