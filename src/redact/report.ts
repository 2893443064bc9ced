import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import type { Finding, Report } from '../report/model.ts';
import { KINDS } from '../report/vocabulary.ts';
import { redactedCommands } from './commands.ts';
import { RedactedFindings } from './findings.ts';
import { redactedPair } from './pairs.ts';
import { redactedPlan } from './plan.ts';
import { Redactor } from './redactor.ts';
import { redactedContent, redactedLineage, redactedMapping } from './sections.ts';
import { redactedCause, redactedWorkload } from './workloads.ts';

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
  readonly #findings: RedactedFindings;
  readonly #rules: ReadonlySet<string>;

  constructor(redactor: Redactor, { rules }: Report) {
    this.#r = redactor;
    for (const { id } of rules) redactor.names.leave(id);
    this.#rules = new Set(rules.map(({ id }) => id));
    this.#findings = new RedactedFindings(redactor, rules);
  }

  report(report: Report): Report {
    const [r, own] = [this.#r, this.#findings];
    const side = (of: Report['source']) => ({
      ...of,
      account: of.account === null ? null : r.data(of.account),
      region: r.names.region(of.region),
      origin: /^[a-z-]{1,20}$/.test(of.origin) ? of.origin : r.free(of.origin),
    });
    const { rules, mapping, content, lineages, causes, waivers, baseline, history, plan, ...rest } = report;
    r.begin();
    const [source, target] = [side(report.source), side(report.target)];
    const findings = (all: readonly Finding[]) => all.map((finding) => own.finding(finding));
    const named = {
      pairs: report.pairs.map((pair) => redactedPair(pair, r)),
      findings: findings(report.findings),
      resolved: findings(report.resolved),
      unchecked: findings(report.unchecked),
      waived: report.waived.map((finding) => own.waived(finding)),
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
        ...redactedCommands(gap.commands, r),
      })),
      unreadParts: report.unreadParts.map((part) => unreadPart(part, r)),
      ...(mapping ? { mapping: redactedMapping(mapping, r) } : {}),
      ...(content ? { content: redactedContent(content, r) } : {}),
      ...(lineages ? { lineages: lineages.map((l) => redactedLineage(l, r)) } : {}),
      ...named,
      workloads: report.workloads.map((w) => redactedWorkload(w, r, own)),
      ...(causes ? { causes: causes.map((c) => redactedCause(c, r, own)) } : {}),
      ...(plan ? { plan: redactedPlan(plan, r, own) } : {}),
      notes: [
        NOTE,
        ...report.notes.map((note) => ({
          ...note,
          at:
            /^[a-z]+(?:\[\d+\])?$/.test(note.at) || this.#rules.has(note.at.replace(/^rules\./, ''))
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
