import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import type { Command } from '../report/command.ts';
import type { Finding, Pair, Report, Waived } from '../report/model.ts';
import { plainFacts } from '../report/model.ts';
import { KINDS } from '../report/vocabulary.ts';
import { redactedFacts } from './facts.ts';
import { Redactor } from './redactor.ts';
import { redactedCommand } from './shell.ts';

/**
 * The report with everything replaced that shows whose it is: accounts, addresses, names, ids, keys, descriptions, paths. Counts, verdicts, severities and the
 * relations between objects stay. What AWS or the tool names stays too: regions, rules, ports, instance types, `default`, 0.0.0.0/0.
 *
 * One text has one pseudonym in one report, by its turn of appearance. Two reports have nothing in common by which their
 * pseudonyms could be matched, so a redacted report is no baseline.
 */
export function redactedReport(report: Report): Report {
  if (report.redacted) return report;
  // Names are often said before the field that holds them: the first pass collects, the second one replaces.
  const collected = new Redactor();
  new Redaction(collected, report).report(report);
  return new Redaction(new Redactor(collected), report).report(report);
}

/** What a reader of a redacted report has to know of it. */
const NOTE = {
  code: 'redacted',
  at: '--redact',
  message:
    'names, ids, accounts, addresses, keys and texts are pseudonyms; the same text has the same pseudonym everywhere in this report',
  hint: 'Keep the report without --redact: it is the one to compare with, and its commands can be run.',
} as const satisfies Report['notes'][number];

class Redaction {
  readonly #r: Redactor;
  /** What is said of a finding whose sentence cannot be redacted. */
  readonly #titles: ReadonlyMap<string, string>;
  readonly #remedies: ReadonlyMap<string, string>;
  /** What the sentences of a finding may name, by fingerprint. */
  readonly #ownOf = new Map<string, ReadonlySet<string>>();

  constructor(redactor: Redactor, { rules }: Report) {
    this.#r = redactor;
    for (const { id } of rules) redactor.names.leave(id);
    this.#titles = new Map(rules.map(({ id, title }) => [id, `${title}.`]));
    this.#remedies = new Map(rules.map(({ id, remedy }) => [id, remedy]));
  }

  report(report: Report): Report {
    const r = this.#r;
    const side = (of: Report['source']) => ({
      ...of,
      account: of.account === null ? null : r.data(of.account),
      region: r.names.region(of.region),
      origin: /^[a-z-]{1,20}$/.test(of.origin) ? of.origin : r.free(of.origin),
    });
    const { rules, mapping, content, lineages, causes, waivers, baseline, history, ...rest } = report;
    r.begin();
    const [source, target] = [side(report.source), side(report.target)];
    const findings = (all: readonly Finding[]) => all.map((finding) => this.#finding(finding));
    const named = {
      pairs: report.pairs.map((pair) => this.#pair(pair)),
      findings: findings(report.findings),
      resolved: findings(report.resolved),
      unchecked: findings(report.unchecked),
      waived: report.waived.map((finding) => this.#waived(finding)),
    };
    r.begin();
    return {
      ...rest,
      redacted: true,
      source,
      target,
      ...(baseline
        ? {
            baseline: {
              ...baseline,
              unread: baseline.unread.map((part) => r.remark(part)),
              ...(baseline.lost ? { lost: baseline.lost.map((part) => r.remark(part)) } : {}),
            },
          }
        : {}),
      ...(history ? { history } : {}),
      warnings: report.warnings.map((text) => r.remark(text)),
      notLookedAt: report.notLookedAt.map((n) => ({
        ...n,
        what: r.remark(n.what),
        because: r.remark(n.because),
      })),
      gaps: report.gaps.map((gap) => ({
        ...gap,
        kind: PARTS.has(gap.kind) ? gap.kind : r.data(gap.kind),
        message: r.remark(gap.message),
        hint: r.remark(gap.hint),
        ...this.#commands(gap.commands),
      })),
      unreadParts: report.unreadParts.map((part) => unreadPart(part, r)),
      ...(mapping ? { mapping: this.#mapping(mapping) } : {}),
      ...(content ? { content: this.#content(content) } : {}),
      ...(lineages ? { lineages: lineages.map((l) => this.#lineage(l)) } : {}),
      ...named,
      workloads: report.workloads.map((w) => this.#workload(w)),
      ...(causes ? { causes: causes.map((c) => this.#cause(c)) } : {}),
      notes: [
        NOTE,
        ...report.notes.map((note) => ({
          ...note,
          at:
            /^[a-z]+(?:\[\d+\])?$/.test(note.at) || this.#titles.has(note.at.replace(/^rules\./, ''))
              ? note.at
              : r.remark(note.at),
          message: r.remark(note.message),
          hint: r.remark(note.hint),
        })),
      ],
      ...(waivers
        ? {
            waivers: waivers.map((waiver) => ({
              ...waiver,
              about: r.remark(waiver.about),
              refused: waiver.refused.map((one) => ({ ...one, fingerprint: r.digest(one.fingerprint) })),
            })),
          }
        : {}),
      rules,
    };
  }

  #pair(pair: Pair): Pair {
    const r = this.#r;
    r.begin();
    const end = (of: Pair['source']) =>
      of === null
        ? null
        : {
            id: r.data(of.id),
            name: r.name(of.name),
            ...(of.key === undefined ? {} : { key: of.key === null ? null : r.data(of.key) }),
          };
    const { compared, vpc, ...rest } = pair;
    const name = r.name(pair.name);
    const scope = nullable(pair.scope, (text) => r.name(text));
    const [source, target] = [end(pair.source), end(pair.target)];
    return {
      ...rest,
      name,
      scope,
      ...(vpc === undefined ? {} : { vpc: r.remark(vpc) }),
      source,
      target,
      matchedBy: nullable(pair.matchedBy, (text) => r.sentence(text)),
      findings: pair.findings.map((fingerprint) => r.digest(fingerprint)),
      ...(compared ? { compared: this.#compared(pair.kind, compared) } : {}),
    };
  }

  #compared(
    kind: Pair['kind'],
    { rows, fields }: NonNullable<Pair['compared']>,
  ): NonNullable<Pair['compared']> {
    const r = this.#r;
    // A template names its parameters and resources as its author does.
    const isData = (name: string) =>
      (kind === 'stack' && name !== 'status') || /^(?:tag|tags|parameter)[ .]/.test(name);
    const value = (name: string, text: string) => (isData(name) ? r.data(text) : r.field(name, text));
    return {
      ...(rows
        ? {
            rows: rows.map((row) => ({
              ...row,
              protocol: r.term(row.protocol),
              ports: r.term(row.ports),
              peer: r.peer(row.peer),
              ...(row.via === undefined ? {} : { via: r.data(row.via) }),
            })),
          }
        : {}),
      ...(fields
        ? {
            fields: fields.map((field) => ({
              ...field,
              name: isData(field.name) ? r.free(field.name) : r.label(field.name),
              source: nullable(field.source, (text) => value(field.name, text)),
              target: nullable(field.target, (text) => value(field.name, text)),
            })),
          }
        : {}),
    };
  }

  #finding<F extends Finding>(finding: F): F {
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
      ...this.#commands(finding.commands),
      usedBy,
      ...(blocks ? { blocks } : {}),
      ...(was ? { was: { ...was, content: r.digest(was.content), message: r.remark(was.message) } } : {}),
      ...(moved ? { moved: this.#moved(moved) } : {}),
      ...(bar ? { bar: this.#bar(finding.rule, bar) } : {}),
      ...(insteadOf === undefined ? {} : { insteadOf: r.digest(insteadOf) }),
    };
  }

  #moved(moved: NonNullable<Finding['moved']>): NonNullable<Finding['moved']> {
    const r = this.#r;
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

  #bar(rule: string, bar: NonNullable<Finding['bar']>): NonNullable<Finding['bar']> {
    const r = this.#r;
    return {
      ...bar,
      ...(bar.blocks ? { blocks: bar.blocks.map((b) => ({ ...b, name: r.data(b.name) })) } : {}),
      ...(bar.content === undefined ? {} : { content: r.digest(bar.content) }),
      ...(bar.facts ? { facts: redactedFacts(rule, bar.facts, r) } : {}),
    };
  }

  #waived(finding: Waived): Waived {
    const r = this.#r;
    const { waiver, ...rest } = finding;
    const redacted = this.#finding(rest as Finding);
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

  #commands(commands: readonly Command[] | undefined): { commands?: Command[] } {
    const r = this.#r;
    if (commands === undefined) return {};
    return {
      commands: commands.map(({ shell, side, does }) => ({
        shell: redactedCommand(shell, r),
        side,
        does: r.text(does),
      })),
    };
  }

  #workload(workload: Report['workloads'][number]): Report['workloads'][number] {
    const r = this.#r;
    r.begin();
    for (const fingerprint of workload.because) r.include(this.#ownOf.get(fingerprint));
    const { chains, lookedAt } = workload;
    const parts = Object.entries(lookedAt ?? {}).map(([part, { what, ...state }]) => [
      part,
      { ...state, ...(what ? { what: what.map((text) => r.data(text)) } : {}) },
    ]);
    return {
      ...workload,
      name: r.name(workload.name),
      id: r.data(workload.id),
      because: workload.because.map((fingerprint) => r.digest(fingerprint)),
      ...(chains
        ? {
            chains: chains.map((chain) => ({
              ...chain,
              steps: chain.steps.map((step) => r.step(step)),
              findings: chain.findings.map((fingerprint) => r.digest(fingerprint)),
            })),
          }
        : {}),
      ...(lookedAt ? { lookedAt: Object.fromEntries(parts) } : {}),
    };
  }

  #cause(cause: NonNullable<Report['causes']>[number]): NonNullable<Report['causes']>[number] {
    const r = this.#r;
    r.begin();
    for (const fingerprint of cause.findings) r.include(this.#ownOf.get(fingerprint));
    const workloads = cause.workloads.map((w) => ({ ...w, name: r.data(w.name), id: r.data(w.id) }));
    return {
      ...cause,
      id: r.digest(cause.id),
      title: r.text(cause.title),
      remedy: r.text(cause.remedy),
      ...this.#commands(cause.commands),
      findings: cause.findings.map((fingerprint) => r.digest(fingerprint)),
      workloads,
    };
  }

  #mapping({ vpcs, cidrs, names }: NonNullable<Report['mapping']>): NonNullable<Report['mapping']> {
    const r = this.#r;
    const end = (of: { id: string; name: string | null } | null) =>
      of === null ? null : { id: r.data(of.id), name: nullable(of.name, (text) => r.data(text)) };
    return {
      vpcs: vpcs.map(({ source, target, matchedBy }) => ({
        source: end(source),
        target: end(target),
        matchedBy: nullable(matchedBy, (text) => r.sentence(text)),
      })),
      cidrs: cidrs.map(({ from, to, rules }) => ({ from: r.peer(from), to: r.peer(to), rules })),
      names: names.map(({ kind, from, to }) => ({ kind, from: r.data(from), to: r.data(to) })),
    };
  }

  #content(content: NonNullable<Report['content']>): NonNullable<Report['content']> {
    const r = this.#r;
    const id = (text: string | null) => nullable(text, (value) => r.data(value));
    return {
      ...content,
      images: content.images.map((image) => ({
        ...image,
        name: r.data(image.name),
        source: r.data(image.source),
        target: r.data(image.target),
        devices: image.devices.map((device) => ({
          ...device,
          device: r.data(device.device),
          snapshots: { source: id(device.snapshots.source), target: id(device.snapshots.target) },
          failures: device.failures.map((f) => ({
            ...f,
            message: r.remark(f.message),
            hint: r.remark(f.hint),
          })),
        })),
      })),
    };
  }

  #lineage(lineage: NonNullable<Report['lineages']>[number]): NonNullable<Report['lineages']>[number] {
    const r = this.#r;
    const image = <I extends { id: string; name: string; state: string }>(of: I): I => ({
      ...of,
      id: r.data(of.id),
      name: r.data(of.name),
      state: r.term(of.state),
    });
    return {
      ...lineage,
      family: r.data(lineage.family),
      architecture: nullable(lineage.architecture, (text) => r.term(text)),
      by: r.sentence(lineage.by),
      versions: lineage.versions.map((version) => ({
        ...image(version),
        copy:
          version.copy === null
            ? null
            : {
                ...image(version.copy),
                region: r.names.region(version.copy.region),
                matchedBy: r.sentence(version.copy.matchedBy),
              },
      })),
      extraCopies: lineage.extraCopies.map((copy) => ({
        ...image(copy),
        region: r.names.region(copy.region),
        copyOf: nullable(copy.copyOf, (text) => r.data(text)),
        copyOfRegion: nullable(copy.copyOfRegion, (text) => r.names.region(text)),
      })),
    };
  }
}

/** What can be unread, by the words of the tool: kinds, facts about launches, details of images. */
const PARTS: ReadonlySet<string> = new Set([
  ...KINDS,
  ...FACT_KINDS,
  ...'vpc source target kind fact detail allowedImages encryptionByDefault recycled stale ancestry snapshots settings'.split(
    ' ',
  ),
  ...'permissions content parameter stacks'.split(' '),
]);

/** "target kind:image", "source detail:image:ancestry". */
function unreadPart(part: string, redactor: Redactor): string {
  return part.replace(/[^ :]+/g, (word) => (PARTS.has(word) ? word : redactor.data(word)));
}

function nullable(text: string | null, replace: (text: string) => string): string | null {
  return text === null ? null : replace(text);
}
