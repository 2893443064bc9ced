import type { Finding, Report, Waived } from '../report/model.ts';
import { plainFacts } from '../report/model.ts';
import { redactedCommands } from './commands.ts';
import { redactedFacts } from './facts.ts';
import { nullable } from './nullable.ts';
import type { Redactor } from './redactor.ts';

/** Findings with pseudonyms, and what each of them names: what is said of its workloads and causes names the same. */
export class RedactedFindings {
  readonly #r: Redactor;
  /** What is said of a finding whose sentence cannot be redacted. */
  readonly #titles: ReadonlyMap<string, string>;
  readonly #remedies: ReadonlyMap<string, string>;
  /** What the sentences of a finding may name, by fingerprint. */
  readonly #ownOf = new Map<string, ReadonlySet<string>>();

  constructor(redactor: Redactor, rules: Report['rules']) {
    this.#r = redactor;
    this.#titles = new Map(rules.map(({ id, title }) => [id, `${title}.`]));
    this.#remedies = new Map(rules.map(({ id, remedy }) => [id, remedy]));
  }

  /** From now on, sentences may name what these findings name. */
  include(fingerprints: readonly string[]): void {
    for (const fingerprint of fingerprints) this.#r.include(this.#ownOf.get(fingerprint));
  }

  finding<F extends Finding>(finding: F): F {
    const r = this.#r;
    r.begin();
    this.#ownOf.set(finding.fingerprint, r.own);
    const { subject, moved, was, bar, insteadOf } = finding;
    const facts = redactedFacts(finding.rule, plainFacts(finding), r);
    const named = (one: { kind: string; name: string }) => ({
      ...one,
      kind: r.term(one.kind),
      name: r.name(one.name),
    });
    const usedBy = finding.usedBy.map((user) => ({ ...user, ...named(user), id: r.data(user.id) }));
    const blocks = finding.blocks?.map(named);
    return {
      ...finding,
      fingerprint: r.digest(finding.fingerprint),
      content: r.digest(finding.content),
      subject: {
        name: r.name(subject.name),
        scope: nullable(subject.scope, (text) => r.name(text)),
        ...(subject.vpc === undefined ? {} : { vpc: r.text(subject.vpc) }),
        sourceId: nullable(subject.sourceId, (text) => r.data(text)),
        targetId: nullable(subject.targetId, (text) => r.data(text)),
      },
      facts,
      message: r.text(finding.message, this.#titles.get(finding.rule)),
      remedy: r.text(finding.remedy, this.#remedies.get(finding.rule)),
      ...redactedCommands(finding.commands, r),
      usedBy,
      ...(blocks ? { blocks } : {}),
      ...(was ? { was: { ...was, content: r.digest(was.content), message: r.remark(was.message) } } : {}),
      ...(moved ? { moved: redactedMove(moved, r) } : {}),
      ...(bar ? { bar: redactedBar(finding.rule, bar, r) } : {}),
      ...(insteadOf === undefined ? {} : { insteadOf: r.digest(insteadOf) }),
    };
  }

  waived(finding: Waived): Waived {
    const r = this.#r;
    const { waiver, ...rest } = finding;
    const redacted = this.finding(rest as Finding);
    const { pinned } = waiver;
    return {
      ...redacted,
      waiver: {
        ...waiver,
        reason: r.free(waiver.reason),
        owner: nullable(waiver.owner, (text) => r.data(text)),
        ...(waiver.pin === undefined ? {} : { pin: r.digest(waiver.pin) }),
        ...(pinned
          ? {
              pinned: {
                ...pinned,
                content: r.digest(pinned.content),
                facts: redactedFacts(finding.rule, pinned.facts, r),
                ...(pinned.blocks
                  ? { blocks: pinned.blocks.map((b) => ({ ...b, name: r.data(b.name) })) }
                  : {}),
              },
            }
          : {}),
      },
    } as Waived;
  }
}

function redactedMove(moved: NonNullable<Finding['moved']>, r: Redactor): NonNullable<Finding['moved']> {
  const { changes } = moved;
  if (!changes) return moved;
  const lines = (all: readonly string[]) => all.map((text) => r.changed(text));
  return {
    ...moved,
    changes: changes.map((c) => ({
      ...c,
      id: r.data(c.id),
      before: lines(c.before),
      after: lines(c.after),
    })),
  };
}

function redactedBar(
  rule: string,
  bar: NonNullable<Finding['bar']>,
  r: Redactor,
): NonNullable<Finding['bar']> {
  return {
    ...bar,
    ...(bar.blocks ? { blocks: bar.blocks.map((b) => ({ ...b, name: r.data(b.name) })) } : {}),
    ...(bar.content === undefined ? {} : { content: r.digest(bar.content) }),
    ...(bar.facts ? { facts: redactedFacts(rule, bar.facts, r) } : {}),
  };
}
