import { compareText, firstOf } from '../../inventory/order.ts';
import type { Command } from '../../report/command.ts';
import type { Cause, Finding, Workload } from '../../report/model.ts';
import { SEVERITIES } from '../../report/vocabulary.ts';
import { count } from '../../text/counts.ts';
import { groupBy, Numbering } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { fingerprint } from '../findings/fingerprint.ts';
import { ruleTexts } from '../rules/registry.ts';
import type { Judged } from '../verdicts/judgements.ts';
import { type Affected, affectedBy } from './affected.ts';
import { cidrRoots, unadaptedRoots } from './cidrs.ts';
import { groupRoots } from './groups.ts';
import { imageRoots } from './images.ts';
import { keyRoots } from './key-pairs.ts';
import { listRoots } from './prefix-lists.ts';
import { referenceRoots } from './references.ts';
import { type Root, remediesOf, wordFor } from './root.ts';

/** What finds shared roots, what explains most first: a finding goes to the first that claims it. */
const FINDERS: readonly ((judged: readonly Judged[], context: Context) => Root[])[] = [
  groupRoots,
  listRoots,
  cidrRoots,
  unadaptedRoots,
  imageRoots,
  keyRoots,
  referenceRoots,
];

/**
 * Findings that one fix resolves. A cause that explains a single finding is worth a line only where a workload depends on
 * it; what is left of the reasons of workloads is grouped by the object that it is about.
 */
export function causesOf(
  context: Context,
  judged: readonly Judged[],
  findings: readonly Finding[],
  workloads: readonly Workload[],
): { readonly causes: Cause[]; readonly fixedBy: ReadonlyMap<string, readonly string[]> } {
  const known = new Map(findings.map((f) => [f.fingerprint, f]));
  const reasons = new Set(workloads.flatMap((w) => w.because));
  const taken = new Set<string>();
  const roots: Root[] = [];
  for (const root of FINDERS.flatMap((find) => find(judged, context))) {
    const own = root.findings.filter((f) => known.has(f) && !taken.has(f));
    if (own.length < 2) continue;
    for (const f of own) taken.add(f);
    roots.push({ ...root, findings: own });
  }
  const left = findings.filter((f) => reasons.has(f.fingerprint) && !taken.has(f.fingerprint));
  const affected = affectedBy(workloads);
  const made = [...roots, ...bySubject(left)].map((root) => ({
    root,
    cause: causeOf(root, known, affected),
  }));
  // As with findings: what no region-independent word distinguishes (two unnamed VPCs of one range) gets a number.
  const ids = new Numbering();
  const weight = byWeight(known);
  const fixedBy = new Map<string, readonly string[]>();
  const causes = made
    .sort((a, b) => weight(a.cause, b.cause))
    .map(({ root, cause }) => {
      const id = ids.unique(cause.id);
      fixedBy.set(id, root.fixedBy ?? cause.findings);
      return { ...cause, id };
    });
  return { causes, fixedBy };
}

/** "web" admits less and more: two findings, one group to correct. */
function bySubject(findings: readonly Finding[]): Root[] {
  const subjects = groupBy(findings, ({ kind, subject }) =>
    JSON.stringify([kind, subject.scope, subject.name, subject.sourceId, subject.targetId]),
  );
  return [...subjects.values()].flatMap((all): Root[] => {
    const [first] = all;
    if (!first) return [];
    return [
      {
        key: ['subject', first.kind, first.subject.scope, first.subject.name],
        title: all.length === 1 ? withKind(first) : severalOf(first, all),
        remedy: remediesOf(all),
        findings: all.map((f) => f.fingerprint),
      },
    ];
  });
}

/** Findings are grouped by kind; a cause has to say what it is about. */
function withKind({ kind, subject, message }: Finding): string {
  if (!message.startsWith(`"${subject.name}"`)) return message;
  const word = wordFor(kind);
  return `${word[0]?.toUpperCase()}${word.slice(1)} ${message}`;
}

/** A sentence of one finding would leave out the others: what they are, each kind of them once. */
function severalOf({ kind, subject }: Finding, all: readonly Finding[]): string {
  const titles = new Map(ruleTexts().map(({ id, title }) => [id, title]));
  const said = [...groupBy(all, (f) => f.rule)].map(([rule, own]) => {
    const title = titles.get(rule) ?? rule;
    return own.length === 1 ? title : `${title} (${own.length} times)`;
  });
  return `The ${wordFor(kind)} "${subject.name}" has ${count(all.length, 'finding')}: ${said.join('; ')}.`;
}

function causeOf(root: Root, known: ReadonlyMap<string, Finding>, affected: Affected): Cause {
  const own = [...new Set(root.findings)];
  const [kind, ...rest] = root.key;
  return {
    id: fingerprint({ rule: 'cause', kind: String(kind), scope: null, name: '', discriminator: rest }),
    title: root.title,
    remedy: root.remedy,
    commands: commandsOf((root.fixedBy ?? own).flatMap((f) => known.get(f) ?? [])),
    findings: own.sort((a, b) => firstOf(severity(known, a) - severity(known, b), compareText(a, b))),
    workloads: affected(own),
  };
}

/** The commands of several findings, each once. */
function commandsOf(findings: readonly Finding[]): Command[] {
  const all = findings.flatMap((f) => f.commands ?? []);
  return [...new Map(all.map((c) => [JSON.stringify([c.side, c.shell]), c])).values()];
}

function severity(known: ReadonlyMap<string, Finding>, fingerprint: string): number {
  return SEVERITIES.indexOf(known.get(fingerprint)?.severity ?? 'info');
}

/** What keeps most workloads from starting first, then what degrades most, then what explains most findings. */
function byWeight(known: ReadonlyMap<string, Finding>): (a: Cause, b: Cause) => number {
  const blocked = (c: Cause) => c.workloads.filter((w) => w.verdict === 'blocked').length;
  const worst = (c: Cause) => severity(known, c.findings[0] ?? '');
  return (a, b) =>
    firstOf(
      blocked(b) - blocked(a),
      b.workloads.length - a.workloads.length,
      worst(a) - worst(b),
      b.findings.length - a.findings.length,
      compareText(a.title, b.title),
      compareText(a.id, b.id),
    );
}
