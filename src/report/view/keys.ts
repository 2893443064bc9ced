import { visible } from '../../text/printable.ts';
import { type Finding, type Pair, plainFacts } from '../model.ts';
import type { RuleIdOf } from '../rules/index.ts';
import type { Facts, Json } from '../rules/shared.ts';
import { STATE_LABELS } from './labels.ts';

/** What is known of one pair of key pairs: whether it is one key, and by what evidence. */
export interface KeyTruth {
  /** `same key`, `other key`, `same key, other name`. */
  readonly verdict: string;
  /** `ed25519 SHA256:Yv1pj2V1MUpn…`; empty where the report does not say. */
  readonly source: string;
  readonly target: string;
  /** `public keys`, `fingerprints of two schemes`. */
  readonly by: string;
}

interface KeyEvidence {
  readonly source?: Json | undefined;
  readonly target?: Json | undefined;
  /** What proves it, or why nothing does. */
  readonly by?: Json | undefined;
}

/**
 * What each finding about a key pair says of the keys of its two ends, what says most first. Facts are read as plain
 * JSON: those of a report from a file may have another shape.
 */
const EVIDENCE = {
  'key-pair/different-key': ({ source, target, provenBy }) => ({ source, target, by: provenBy }),
  'key-pair/missing': ({ key }) => ({ source: key }),
  'key-pair/extra': ({ key }) => ({ target: key }),
  'key-pair/renamed': ({ by }) => ({ by }),
  'key-pair/undetermined': ({ source, target, because }) => ({
    source: under(source, 'fingerprint'),
    target: under(target, 'fingerprint'),
    by: because,
  }),
  'key-pair/inconsistent-record': ({ side, publicKeyId }) =>
    side === 'source' ? { source: publicKeyId } : { target: publicKeyId },
  'key-pair/undocumented-length': null,
  'key-pair/unusable-for-windows': null,
  'key-pair/tags-differ': null,
} as const satisfies Record<RuleIdOf<'key-pair'>, ((facts: Facts) => KeyEvidence) | null>;

/** The key of each end: as the pair names it, else as its findings do, which is all that older reports have. */
export function keyTruth(pair: Pair, findings: readonly Finding[]): KeyTruth {
  const facts = new Map<string, Facts>(findings.map((f) => [f.rule, plainFacts(f)]));
  const said = Object.entries(EVIDENCE).flatMap(([rule, evidence]): KeyEvidence[] => {
    const found = facts.get(rule);
    return found && evidence ? [evidence(found)] : [];
  });
  return {
    ...verdictOf(pair, {
      other: facts.has('key-pair/different-key'),
      renamed: facts.has('key-pair/renamed'),
      explained: findings.length > 0 && findings.length >= pair.findings.length,
    }),
    source: key([pair.source?.key, ...said.map((e) => e.source)]),
    target: key([pair.target?.key, ...said.map((e) => e.target)]),
    by: text([...said.map((e) => e.by), sameBy(pair), pair.matchedBy]),
  };
}

/** A name makes a pair and never a key: of a pair that is one key, what proves it. Reports of earlier versions do not contain it. */
function sameBy({ state, source, target }: Pair): string | undefined {
  if (source?.key === undefined || target?.key === undefined || state === 'undetermined') return undefined;
  return source.key !== null && source.key === target.key ? 'public keys' : 'fingerprints';
}

/** Of the key alone: a pair may differ in its tags, or in what can use it, and still be one key. */
function verdictOf(
  { state, source, target, name, matchedBy }: Pair,
  { other, renamed, explained }: { other: boolean; renamed: boolean; explained: boolean },
): Pick<KeyTruth, 'verdict'> {
  if (other) return { verdict: 'other key' };
  const same = state === 'same' || (state === 'different' && explained);
  const moved = renamed || (matchedBy === 'public-key' && target?.name !== name);
  if (moved) return { verdict: 'same key, other name' };
  if (same && source && target) return { verdict: 'same key' };
  return { verdict: STATE_LABELS[state] };
}

function under(value: Json | undefined, name: string): Json | undefined {
  const { [name]: inner } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    Json
  >;
  return inner;
}

function text(candidates: readonly (Json | undefined)[]): string {
  return visible((candidates.find((c) => typeof c === 'string' && c !== '') as string) ?? '');
}

/** As OpenSSH writes a key's identity, short enough for a column; the finding holds the whole. */
function key(candidates: readonly (Json | undefined)[]): string {
  const shown = text(candidates);
  const [, type, hash] = /^([a-z0-9-]+):([A-Za-z0-9+/]{43})$/.exec(shown) ?? [];
  return type === undefined || hash === undefined ? shown : `${type} SHA256:${hash.slice(0, 12)}…`;
}
