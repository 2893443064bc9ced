import { count, thousands } from '../../text/counts.ts';
import { andMore, atMost } from '../../text/lists.ts';
import type { Details, Island } from './island/index.ts';
import type { Comparison, ComparisonCell, FindingDetail, IslandCommand, PagePart } from './island/types.ts';
import { SEVERITY_LABELS, WORKLOAD_LABELS } from './labels.ts';
import { type PaperCoverage, paperCoverage } from './paper-coverage.ts';

/** The page without scripts, which is also what is printed: the fix list, the workloads, the findings. */
export interface PaperView {
  readonly fixes: readonly {
    readonly title: string;
    readonly remedy: string;
    readonly commands: readonly PaperCommand[];
    readonly config: string;
    readonly effect: string;
  }[];
  /** Whether there is a fix list at all, and where the rest of it is. */
  readonly hasFixes: boolean;
  readonly moreFixes: string;
  readonly workloads: readonly {
    readonly verdict: string;
    readonly label: string;
    readonly name: string;
    readonly kind: string;
    /** The worst reason, and the others, which are not printed. */
    readonly because: string;
    readonly others: string;
    readonly more: string;
  }[];
  readonly hasWorkloads: boolean;
  readonly moreWorkloads: string;
  /** In phase drift what changed is first. */
  readonly findingsFirst: boolean;
  readonly findingsLast: boolean;
  readonly findingsOrder: string;
  readonly sections: readonly { readonly id: string; readonly label: string }[];
  readonly findings: readonly PaperFinding[];
  /** On paper, in place of the findings of severity info. */
  readonly infoOnScreen: string;
  /** In place of the table where it is empty. */
  readonly noFindings: string;
  readonly moreFindings: string;
  /** What was read and what was not; null where a bound left it out. */
  readonly coverage: PaperCoverage | null;
}

interface PaperCommand {
  readonly does: string;
  readonly shell: string;
  /** On paper, in place of a long command. */
  readonly long: string;
}

interface PaperFinding {
  readonly severity: string;
  readonly label: string;
  /** Whether it is on the screen alone. */
  readonly screen: boolean;
  readonly status: string;
  readonly name: string;
  readonly kind: string;
  readonly scope: string;
  readonly title: string;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
  readonly commands: readonly PaperCommand[];
  readonly config: string;
  readonly usedBy: string;
  readonly notes: string;
  /** Of a waived finding, who accepted it and until when: on paper too. */
  readonly waiver: string;
  /** Lines of both sides, each with the side that has it. */
  readonly lines: readonly { readonly side: string; readonly text: string }[];
  readonly facts: string;
}

/** Beyond these the page without scripts says where the rest is. */
const MOST_FINDINGS = 2_000;
const MOST_WORKLOADS = 2_000;
const MOST_FIXES = 500;
const MOST_LINES = 40;
const MOST_NAMED = 8;
/** Paper names a longer command, and does not print it. */
const LONG_COMMAND = 700;

export function paperView(island: Island, details: Details): PaperView {
  const kind = (of: keyof Island['kinds']) => island.kinds[of].one;
  const left = (part: PagePart) => island.omitted.includes(part);
  const fixes = island.fixes.slice(0, left('paper') ? 0 : MOST_FIXES);
  const workloads = island.workloads.slice(0, left('paper') ? 0 : MOST_WORKLOADS);
  const findings = island.findings.slice(0, left('paper-findings') ? 0 : MOST_FINDINGS);
  const rest = (shown: number, all: number, one: string, many: string) =>
    all > shown
      ? `${count(all - shown, `${shown > 0 ? 'more ' : ''}${one}`, `${shown > 0 ? 'more ' : ''}${many}`)}: in this page with scripts, and in report.json.`
      : '';
  const more = (part: PagePart, title: string, shown: number, all: number, one: string, many: string) =>
    left(part) ? leftOut(title) : rest(shown, all, one, many);
  const isDrift = island.phase === 'drift';
  const sections = [
    { id: 'fixes', label: 'Fix list' },
    { id: 'workloads', label: 'Workloads' },
  ];
  const listed = { id: 'findings', label: 'Findings' };
  return {
    findingsFirst: isDrift,
    findingsLast: !isDrift,
    findingsOrder: isDrift ? 'what changed first' : 'worst first',
    sections: [
      ...(isDrift ? [listed, ...sections] : [...sections, listed]),
      { id: 'coverage', label: 'Coverage' },
    ],
    hasFixes: island.fixes.length > 0 || left('fixes'),
    hasWorkloads: island.workloads.length > 0 || left('workloads'),
    fixes: fixes.map((fix) => ({
      title: fix.title,
      remedy: fix.remedy,
      commands: fix.commands.map((command) => commandOf(command, island)),
      config: fix.config,
      effect: effectOf(fix, island),
    })),
    moreFixes: more('fixes', 'The fix list was', fixes.length, island.fixes.length, 'fix', 'fixes'),
    workloads: workloads.map((w) => ({
      verdict: w.verdict,
      label: WORKLOAD_LABELS[w.verdict],
      name: w.name,
      kind: kind(w.kind),
      because: w.chains[0]?.steps.join(' → ') ?? '',
      others: w.chains
        .slice(1)
        .map((c) => `; ${c.steps.join(' → ')}`)
        .join(''),
      more: w.chains.length > 1 ? andMore(w.chains.length - 1) : '',
    })),
    moreWorkloads: more(
      'workloads',
      'The workloads were',
      workloads.length,
      island.workloads.length,
      'workload',
      'workloads',
    ),
    findings: findings.flatMap((f, i): PaperFinding[] => {
      const detail = details.findings[i];
      const rule = island.rules[f.rule];
      if (!detail) return [];
      return [
        {
          severity: f.severity,
          label: SEVERITY_LABELS[f.severity],
          screen: f.severity === 'info',
          status: f.status === (isDrift ? 'persisting' : 'new') ? '' : f.status,
          name: f.name,
          kind: kind(f.kind),
          scope: f.scope,
          title: rule?.title ?? '',
          rule: rule?.id ?? '',
          message: detail.message,
          remedy: detail.remedy,
          commands: detail.commands.map((command) => commandOf(command, island)),
          config: detail.config,
          usedBy: usersOf(detail),
          notes: f.status === 'waived' ? '' : detail.notes.join(' '),
          waiver: f.status === 'waived' ? detail.notes.join(' ') : '',
          lines: linesOf(details.compared[f.object]),
          facts: detail.facts,
        },
      ];
    }),
    infoOnScreen: infoText(findings.filter((f) => f.severity === 'info').length),
    noFindings:
      island.findings.length + island.unlistedFindings === 0 && !left('findings') ? 'No findings.' : '',
    moreFindings: more(
      'findings',
      'The findings were',
      findings.length,
      island.findings.length + island.unlistedFindings,
      'finding',
      'findings',
    ),
    coverage: left('coverage') ? null : paperCoverage(island),
  };
}

function infoText(n: number): string {
  return n === 0
    ? ''
    : `${count(n, 'info finding is', 'info findings are')} not printed: on a screen, and in report.json.`;
}

function leftOut(what: string): string {
  return `${what} left out of this page, and ${what.endsWith('were') ? 'are' : 'is'} in report.json.`;
}

function commandOf({ does, shell, side }: IslandCommand, island: Island): PaperCommand {
  return {
    does: `${does === '' ? '' : `${does}, `}in ${island[side].region}`,
    shell,
    long:
      shell.length > LONG_COMMAND
        ? `One command of ${thousands(shell.length)} characters: in this page on a screen, and in report.json.`
        : '',
  };
}

const EFFECTS = { blocked: 'Unblocks', degraded: 'Improves', unknown: 'Decides', none: '' } as const;

function effectOf(fix: Island['fixes'][number], island: Island): string {
  const names = fix.workloads.flatMap((at) => {
    const workload = island.workloads[at];
    return workload ? [`${island.kinds[workload.kind].one} ${workload.name}`] : [];
  });
  return names.length === 0
    ? `Resolves ${count(fix.findings.length, 'finding')}`
    : `${EFFECTS[fix.effect]} ${atMost(names, MOST_NAMED)}`;
}

function usersOf({ users, moreUsers }: FindingDetail): string {
  const names = users.map((u) => `${u.kind} ${u.name}${u.side === 'source' ? '' : ` (${u.side})`}`);
  const rest = names.length - MOST_NAMED + moreUsers;
  return `${names.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${thousands(rest)} more` : ''}`;
}

/** What only one side has, row by row. */
function linesOf(comparison: Comparison | undefined): PaperFinding['lines'] {
  const lines = (comparison?.sections ?? []).flatMap((section) =>
    section.rows.flatMap((row) => {
      const line = (side: string, cell: ComparisonCell | null) =>
        cell === null || cell.state === 'same' || cell.state === 'covered' || cell.state === 'unknown'
          ? []
          : [
              {
                side,
                text: [section.title.toLowerCase(), row.name, ...cell.columns].filter(Boolean).join(' '),
              },
            ];
      return [...line('source', row.source), ...line('target', row.target)];
    }),
  );
  return lines.length > MOST_LINES
    ? [
        ...lines.slice(0, MOST_LINES),
        { side: '', text: `and ${count(lines.length - MOST_LINES, 'more row')}, in report.json` },
      ]
    : lines;
}
