import type { Command } from '../../report/command.ts';
import type { Json, RuleText } from '../../report/model.ts';
import type { Phase, Severity } from '../../report/vocabulary.ts';
import type { ComparedKind, Context, ItemOf } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';

export type Facts = { readonly [key: string]: Json };

/** One thing that a rule found on one pair. */
export interface Found<F extends Facts> {
  readonly facts: F;
  /** What tells it from another finding of the same rule on the same pair, in words that mean the same in every region. */
  readonly discriminator?: Json;
  /** Where it weighs otherwise than the rule says for the phase. */
  readonly severity?: Severity;
  /** What to type for the remedy, in order, in one shell. */
  readonly commands?: readonly Command[];
  readonly usedBy?: readonly { kind: string; name: string; id: string; side: 'source' | 'target' }[];
}

/** A rule says what it finds as typed facts; the one sentence about them stands beside it. Docs, SARIF rules and `rules` come from here. */
export interface Rule<K extends ComparedKind, F extends Facts> {
  readonly id: `${K | 'workload' | 'reference'}/${string}`;
  /** What it looks at; a rule that looks at several kinds stands in the registry under each. */
  readonly kind: K;
  readonly title: string;
  readonly severity: Readonly<Record<Phase, Severity>>;
  /** What it weighs when a workload of the source depends on the object; a severity of the finding itself comes first. */
  readonly whenUsed?: Severity;
  /** When a finding weighs otherwise than `severity` says. */
  readonly severityNote?: string;
  readonly compares: string;
  readonly why: string;
  readonly remedy: string;
  readonly links: readonly string[];
  /** `undetermined`: it does not say that the pair differs, but that nobody can tell. */
  readonly outcome?: 'difference' | 'undetermined';
  find(pair: Counterpart<ItemOf[K]>, context: Context): Iterable<Found<F>>;
  message(facts: F, names: Names): string;
  /** What to do about these very facts; the general `remedy` where it is not given. */
  remedyFor?(facts: F, names: Names): string;
}

/** What a sentence calls things. */
export interface Names {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

/** A rule of a kind whatever its facts are: what the registry holds. */
export interface AnyRule<K extends ComparedKind>
  extends Omit<Rule<K, Facts>, 'id' | 'kind' | 'find' | 'message' | 'remedyFor'> {
  readonly id: string;
  apply(pair: Counterpart<ItemOf[K]>, context: Context, names: Names): Applied[];
}
export interface Applied {
  readonly found: Found<Facts>;
  readonly message: string;
  readonly remedy: string;
}

/** Ties facts and sentence together, so that the compiler holds one against the other and the registry need not. */
export function rule<K extends ComparedKind, F extends Facts>(definition: Rule<K, F>): AnyRule<K> {
  const { find, message, remedyFor, kind: _kind, ...texts } = definition;
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

export function ruleText(r: Omit<AnyRule<ComparedKind>, 'apply'>): RuleText {
  const { id, title, severity, whenUsed, compares, why, remedy, links } = r;
  const used = whenUsed ? `${whenUsed} when a workload of the source uses it` : undefined;
  const weighs = [used, r.severityNote].filter((text) => text !== undefined).join('; ');
  return {
    id,
    title,
    severity: { ...severity },
    ...(weighs ? { weighs } : {}),
    compares,
    why,
    remedy,
    links: [...links],
  };
}

/** One severity for every phase. */
export function always(severity: Severity): Record<Phase, Severity> {
  return { readiness: severity, verification: severity, drift: severity };
}

/** `info` before a migration, `medium` after it and in drift: by then nobody should be adding things over there. */
export const EXTRA: Record<Phase, Severity> = { readiness: 'info', verification: 'medium', drift: 'medium' };

/** "a, b and c", at most `most` of them. */
export function listed(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
