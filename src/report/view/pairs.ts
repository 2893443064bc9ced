import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { visible } from '../../text/printable.ts';
import type { Pair, Report } from '../model.ts';
import type { Kind } from '../vocabulary.ts';
import type { FindingContext } from './finding.ts';
import { type KeyTruth, keyTruth } from './keys.ts';
import { KIND_LABELS, STATE_LABELS, STATE_MARKS } from './labels.ts';
import type { MatrixRow } from './summary.ts';
import { scopeText } from './text.ts';

export interface PairEndView {
  readonly id: string;
  /** What this side calls it, where that is not the name of the pair. */
  readonly alias: string;
}

export interface PairView {
  readonly name: string;
  readonly scope: string;
  readonly state: Pair['state'];
  readonly stateLabel: string;
  readonly stateMark: string;
  readonly source: PairEndView;
  readonly target: PairEndView;
  readonly matchedBy: string;
  /** Of key pairs: whether it is one key; null of every other kind. */
  readonly key: KeyTruth | null;
  readonly findings: readonly { readonly anchor: string; readonly rule: string }[];
}

export interface PairGroupView {
  readonly kind: Kind;
  readonly label: string;
  readonly countText: string;
  /** Whether the pairs are of keys, whose table is one of identities. */
  readonly keys: boolean;
  /** Whether it is worth its room at once: which key is which is, of an ordinary account. */
  readonly open: boolean;
  readonly pairs: readonly PairView[];
}

const OPEN_KEYS = 25;

export function pairGroups(
  report: Report,
  rows: readonly MatrixRow[],
  context: FindingContext,
): PairGroupView[] {
  const findings = new Map([...report.waived, ...report.findings].map((f) => [f.fingerprint, f]));
  const keyRow = (p: Pair) =>
    keyTruth(
      p,
      p.findings.flatMap((fingerprint) => findings.get(fingerprint) ?? []),
    );
  const end = (e: Pair['source'], name: string) => ({
    id: visible(e?.id ?? ''),
    alias: e === null || e.name === name ? '' : visible(e.name),
  });
  const byKind = groupBy(report.pairs, (p) => p.kind);
  return rows.map(({ kind, total }) => ({
    kind,
    label: KIND_LABELS[kind],
    countText: count(total, 'pair'),
    keys: kind === 'key-pair',
    open: kind === 'key-pair' && total <= OPEN_KEYS,
    pairs: (byKind.get(kind) ?? []).map((p) => ({
      name: visible(p.name),
      scope: visible(scopeText(p) ?? ''),
      state: p.state,
      stateLabel: STATE_LABELS[p.state],
      stateMark: STATE_MARKS[p.state],
      source: end(p.source, p.name),
      target: end(p.target, p.name),
      matchedBy: visible(`${p.matchedBy ?? ''}${p.matchStrength ? ` (${p.matchStrength})` : ''}`),
      key: kind === 'key-pair' ? keyRow(p) : null,
      findings: p.findings.flatMap((fingerprint) => {
        const anchor = context.anchors.get(fingerprint);
        return anchor === undefined ? [] : [{ anchor, rule: visible(findings.get(fingerprint)?.rule ?? '') }];
      }),
    })),
  }));
}
