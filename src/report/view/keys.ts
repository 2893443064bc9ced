import type { Finding, Json, Pair } from '../model.ts';
import type { State } from '../vocabulary.ts';
import { STATE_LABELS, STATE_MARKS } from './labels.ts';
import { visible } from './text.ts';

/** What is known of one pair of key pairs: whether it is one key, and by what evidence. */
export interface KeyTruth {
  /** `same key`, `other key`, `same key, other name`. */
  readonly verdict: string;
  /** Whose colour it has. */
  readonly state: State;
  readonly mark: string;
  /** `ed25519 SHA256:Yv1pj2V1MUpn…`; empty where the report does not say. */
  readonly source: string;
  readonly target: string;
  /** `public keys`, `fingerprints of two schemes`. */
  readonly by: string;
}

/** The key of each end where the report names it; reports of before name it in findings alone. */
export function keyTruth(pair: Pair, findings: readonly Finding[]): KeyTruth {
  const facts = new Map(findings.map((f) => [f.rule, f.facts]));
  const other = facts.get('key-pair/different-key');
  const renamed = facts.get('key-pair/renamed');
  const unproven = facts.get('key-pair/undetermined');
  const record = facts.get('key-pair/inconsistent-record');
  const recorded = (side: string) => (record?.side === side ? record.publicKeyId : undefined);
  const source = [
    pair.source?.key,
    other?.source,
    facts.get('key-pair/missing')?.key,
    under(unproven?.source, 'fingerprint'),
    recorded('source'),
  ];
  const target = [
    pair.target?.key,
    other?.target,
    facts.get('key-pair/extra')?.key,
    under(unproven?.target, 'fingerprint'),
    recorded('target'),
  ];
  return {
    ...verdictOf(pair, {
      other: other !== undefined,
      renamed: renamed !== undefined,
      explained: findings.length > 0 && findings.length >= pair.findings.length,
    }),
    source: key(source),
    target: key(target),
    by: text([other?.provenBy, renamed?.by, unproven?.because, sameBy(pair), pair.matchedBy]),
  };
}

/** A name makes a pair and never a key: of a pair that is one key, what proves it. Reports of before do not tell. */
function sameBy({ state, source, target }: Pair): string | undefined {
  if (source?.key === undefined || target?.key === undefined || state === 'undetermined') return undefined;
  return source.key !== null && source.key === target.key ? 'public keys' : 'fingerprints';
}

/** Of the key alone: a pair may differ in its tags, or in what can use it, and still be one key. */
function verdictOf(
  { state, source, target, name, matchedBy }: Pair,
  { other, renamed, explained }: { other: boolean; renamed: boolean; explained: boolean },
): Pick<KeyTruth, 'verdict' | 'state' | 'mark'> {
  if (other) return { verdict: 'other key', state: 'different', mark: STATE_MARKS.different };
  const same = state === 'same' || (state === 'different' && explained);
  const moved = renamed || (matchedBy === 'public-key' && target?.name !== name);
  if (moved) return { verdict: 'same key, other name', state: 'different', mark: '≈' };
  if (same && source && target) return { verdict: 'same key', state: 'same', mark: STATE_MARKS.same };
  return { verdict: STATE_LABELS[state], state, mark: STATE_MARKS[state] };
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
