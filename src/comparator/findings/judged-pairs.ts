import { compareMaybe, compareText, firstOf } from '../../inventory/order.ts';
import type { Finding, Pair } from '../../report/model.ts';
import { KINDS } from '../../report/vocabulary.ts';
import { Numbering, numbered } from '../../text/groups.ts';
import type { ComparedKind, Context, ItemOf } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { Origin } from '../rules/rule.ts';
import { withCommands } from './commands.ts';
import { type Draft, judge } from './judge.ts';

/** A pair of the report, the objects that it pairs and the findings about them. */
export interface JudgedPair {
  readonly counterpart: Counterpart<unknown>;
  /** Whether the report lists the pair: a template file has findings, and is not an object of a side. */
  readonly listed: boolean;
  readonly pair: Pair;
  readonly findings: readonly Finding[];
  readonly origins: ReadonlyMap<Finding, Origin>;
}
interface DraftPair extends Draft, Pick<JudgedPair, 'counterpart' | 'listed'> {}

/** Every object of both sides in exactly one pair, in the order of the report, with its findings. */
export function judgedPairs(context: Context, seenAt: string): JudgedPair[] {
  const drafts = KINDS.flatMap((kind) => draftPairs(kind, context, seenAt));
  return distinguished(drafts.sort((a, b) => byPlace(a.pair, b.pair)));
}

function draftPairs(kind: ComparedKind, context: Context, seenAt: string): DraftPair[] {
  const judgeAll = <K extends ComparedKind>(k: K, all: readonly Counterpart<ItemOf[K]>[], listed: boolean) =>
    all.map((c) => ({ counterpart: c, ...judge(k, c, context, seenAt), listed }));
  const listed = judgeAll(kind, context.counterparts[kind] as readonly Counterpart<never>[], true);
  return kind === 'stack' ? [...listed, ...judgeAll(kind, context.templateFiles, false)] : listed;
}

/**
 * Objects that nothing region-independent distinguishes (instances of one name, two unnamed VPCs of one range) are numbered
 * in the total order of the pairs, and so are their findings: what is wrong with one of them renames no other finding.
 */
function distinguished(drafts: readonly DraftPair[]): JudgedPair[] {
  const objects = new Numbering();
  const taken = new Numbering();
  const drafted = drafts.map(({ findings, ...draft }) => {
    const { listed, pair, place } = draft;
    const object = objects.next(JSON.stringify([listed, pair.kind, pair.scope, pair.name, place]));
    // A template file and a stack may have one name, and their findings one fingerprint.
    const unique = (fingerprint: string) => taken.unique(numbered(fingerprint, object));
    return { ...draft, drafts: findings.map((d) => ({ ...d, fingerprint: unique(d.fingerprint) })) };
  });
  const made = withCommands(drafted.flatMap((d) => d.drafts)).values();
  return drafted.map(({ counterpart, listed, pair, drafts: own }) => {
    const named = own.map(({ origin }) => [made.next().value as Finding, origin] as const);
    const findings = named.map(([finding]) => finding);
    return {
      counterpart,
      listed,
      pair: { ...pair, findings: findings.map((f) => f.fingerprint) },
      findings,
      origins: new Map(named),
    };
  });
}

function byPlace(a: Draft['pair'], b: Draft['pair']): number {
  return firstOf(
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    compareMaybe(a.scope, b.scope),
    compareText(a.name, b.name),
    compareMaybe(a.source?.id, b.source?.id),
    compareMaybe(a.target?.id, b.target?.id),
  );
}
