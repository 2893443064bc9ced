import { type Comparison, comparedSides } from '../comparator/compare.ts';
import { type Asked, type Context, contextOf } from '../comparator/context.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Finding, Report } from '../report/model.ts';
import { type Kind, SCOPES } from '../report/vocabulary.ts';
import type { Draft, PlanOptions } from './model.ts';

/** The input of a plan: a report, the two sides that it was made from, and what the user said about them. */
export interface PlanInput {
  readonly report: Report;
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly asked: Asked;
  readonly options: PlanOptions;
  /** The profiles of the AWS CLI that live sides were read with. */
  readonly profiles?: Profiles | undefined;
  /** What the report was made with, where that is at hand: made again, it costs as much as half of a comparison. */
  readonly context?: Context | undefined;
}

export interface Profiles {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
}

/** What the steps of one plan are drafted with. */
export interface Planning {
  readonly context: Context;
  readonly options: PlanOptions;
  /** Whether the plan is to resolve the finding. */
  readonly isWanted: (finding: Finding) => boolean;
  /** The findings about an object, by its id on one side. */
  readonly about: (kind: Kind, id: string | null) => readonly Finding[];
  readonly drafts: Drafts;
}

/** What the two sides of a plan are compared with. */
export function contextFor({ source, target, asked, context }: PlanInput): Context {
  if (context) return context;
  const sides = comparedSides({ source, target, config: asked.config });
  return contextOf(sides.source, sides.target, asked);
}

/**
 * @param all The findings that steps may be drafted for.
 */
export function planningOf(context: Context, all: readonly Finding[], options: PlanOptions): Planning {
  const byObject = new Map<string, Finding[]>();
  for (const finding of all) {
    const { sourceId, targetId } = finding.subject;
    for (const id of new Set([sourceId, targetId])) {
      if (id === null) continue;
      const key = `${finding.kind} ${id}`;
      const known = byObject.get(key);
      if (known) known.push(finding);
      else byObject.set(key, [finding]);
    }
  }
  const { findings } = options;
  return {
    context,
    options,
    isWanted: ({ fingerprint }) => findings === null || findings.has(fingerprint),
    about: (kind, id) => (id === null ? [] : (byObject.get(`${kind} ${id}`) ?? [])),
    drafts: new Drafts(),
  };
}

/**
 * What compares the two sides again, as the report of the plan did: without its baseline, which changes no finding, and of all
 * kinds, because a step about one kind may make a finding about another.
 */
export function comparisonOf({ report, source, target, asked }: PlanInput): Comparison {
  const { startedAt, finishedAt, tool } = report;
  return { ...asked, scopes: SCOPES, source, target, startedAt, finishedAt, tool };
}

/** The steps that were drafted, each once, in the order in which they were added. */
export class Drafts {
  readonly #byId = new Map<string, Draft>();

  /** A step that several findings need is one step, which is for all of them. */
  add(draft: Draft): string {
    const known = this.#byId.get(draft.id);
    const aims = [...new Set([...(known?.aims ?? []), ...draft.aims])];
    this.#byId.set(draft.id, { ...(known ?? draft), aims });
    return draft.id;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  all(): readonly Draft[] {
    return [...this.#byId.values()];
  }
}
