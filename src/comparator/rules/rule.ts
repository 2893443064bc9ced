import type { RuleText } from '../../report/model.ts';
import type { FactsOf, RuleId, SubjectKind } from '../../report/rules/index.ts';
import type { Facts, Json } from '../../report/rules/shared.ts';
import type { Phase, Severity } from '../../report/vocabulary.ts';
import type { Offer } from '../commands/offer.ts';
import type { ComparedKind, Context, ItemOf } from '../context.ts';
import type { GroupDifference } from '../groups/difference.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { MeantRow } from '../pairing/meant-row.ts';

/** The objects that a finding comes from. */
export interface Origin {
  /** The references, template checks and launch issues that it is about. */
  readonly references?: readonly object[];
  /** The difference in traffic that it reports. */
  readonly difference?: GroupDifference;
  /** The rows whose peers it is about. */
  readonly rows?: readonly MeantRow[];
}

/** One difference that a rule found on one pair. */
export interface Found<F extends Facts> {
  readonly facts: F;
  /**
   * What distinguishes it from another finding of the same rule on the same pair: direction, place, attribute. Never what was
   * found, and in words that mean the same in every region.
   */
  readonly discriminator?: Json;
  /**
   * What was found, in words that mean the same in every region: a digest of it is the `content` of the finding, and where it
   * changes the finding has worsened. Null where nothing about the finding can become worse.
   */
  readonly content: Json;
  /** What it was found by, as objects: verdicts and causes follow these, never the words of the finding. */
  readonly origin?: Origin;
  /** Where it weighs otherwise than the rule says for the phase. */
  readonly severity?: Severity;
  /** What to type for the remedy, in order, in one shell: only what no step of a plan does. */
  readonly commands?: readonly Offer[];
  readonly usedBy?: readonly { kind: string; name: string; id: string; side: 'source' | 'target' }[];
}

/** What the catalogue, SARIF and `rules` of a report say of a rule. */
interface RuleTexts<Id extends RuleId> {
  readonly id: Id;
  readonly title: string;
  /** About three words, for tables. */
  readonly short: string;
  readonly severity: Readonly<Record<Phase, Severity>>;
  /** What it weighs when a workload of the source depends on the object; a severity of the finding itself comes first. */
  readonly whenUsed?: Severity;
  /** When a finding weighs otherwise than `severity` says. */
  readonly severityNote?: string;
  readonly compares: string;
  readonly why: string;
  readonly remedy: string;
  readonly links: readonly string[];
  /** `undetermined`: it does not say that the pair differs, but that this is not known. */
  readonly outcome?: 'difference' | 'undetermined';
}

/**
 * A rule says what it finds as the facts that its id has (report/rules), and one sentence about them. A rule that looks
 * at several kinds is in the registry under each.
 */
export interface Rule<Id extends RuleId> extends RuleTexts<Id> {
  find(pair: Counterpart<ItemOf[SubjectKind<Id>]>, context: Context): Iterable<Found<FactsOf<Id>>>;
  message(facts: FactsOf<Id>, names: Names): string;
  /** What to do about these very facts; the general `remedy` where it is not given. */
  remedyFor?(facts: FactsOf<Id>, names: Names): string;
}

/** What a sentence calls the sides and objects. */
export interface Names {
  readonly name: string;
  /** What it is called on the target: names that tools generate differ from side to side. */
  readonly onTarget: string;
  /** The two sides: their regions, with the accounts where both are of one region. */
  readonly source: string;
  readonly target: string;
}

/** An object of the target in a sentence about a pair: by its own name, with that of the source where it is another. */
export function targetObject({ name, onTarget }: Pick<Names, 'name' | 'onTarget'>): string {
  return onTarget === name ? `"${name}"` : `"${onTarget}" (the counterpart of "${name}")`;
}

/** A rule of a kind with any facts: the entries of the registry. */
export interface AnyRule<K extends ComparedKind, Id extends RuleId = RuleId> extends RuleTexts<Id> {
  apply(pair: Counterpart<ItemOf[K]>, context: Context, names: Names): Applied[];
}
export interface Applied {
  readonly found: Found<Facts>;
  readonly message: string;
  readonly remedy: string;
}

/** Ties facts and sentence together, so that the compiler checks one against the other and the registry need not. */
export function rule<Id extends RuleId>(definition: Rule<Id>): AnyRule<SubjectKind<Id>, Id> {
  const { find, message, remedyFor, ...texts } = definition;
  return {
    ...texts,
    apply: (pair, context, names) =>
      [...find(pair, context)].map((found) => ({
        found,
        message: message(found.facts, names),
        remedy: remedyFor?.(found.facts, names) ?? definition.remedy,
      })),
  };
}

export function ruleText(r: RuleTexts<RuleId>): RuleText {
  const { id, title, short, severity, whenUsed, compares, why, remedy, links } = r;
  const used = whenUsed ? `${whenUsed} when a workload of the source uses it` : undefined;
  const weighs = [used, r.severityNote].filter((text) => text !== undefined).join('; ');
  return {
    id,
    title,
    short,
    severity,
    ...(weighs ? { weighs } : {}),
    compares,
    why,
    remedy,
    links,
  };
}

/** One severity for every phase. */
export function always(severity: Severity): Record<Phase, Severity> {
  return { readiness: severity, verification: severity, drift: severity };
}

/** `info` before a migration, `medium` after it and in drift: by then no objects should be added on the target. */
export const EXTRA: Record<Phase, Severity> = { readiness: 'info', verification: 'medium', drift: 'medium' };
