import { compareText, firstOf } from '../../inventory/order.ts';
import { visible } from '../../text/printable.ts';
import type { Finding, Report, Workload } from '../model.ts';
import { WORKLOAD_VERDICTS, type WorkloadVerdict } from '../vocabulary.ts';
import { kindWord, WORKLOAD_LABELS, WORKLOAD_MARKS } from './labels.ts';
import { type PartView, partsText, partViews } from './looked-at.ts';

/** A finding as a link to it. */
export interface FindingLink {
  readonly anchor: string;
  readonly rule: string;
  readonly name: string;
}

/** The chain of one reason: from what the workload refers to down to the reason. */
export interface ChainView {
  readonly verdict: WorkloadVerdict;
  /** All but the last. */
  readonly steps: readonly string[];
  readonly last: string;
  /** The finding that the last step speaks of; empty where a gap is in the way. */
  readonly anchor: string;
  /** Further findings that say the same. */
  readonly also: readonly FindingLink[];
}

export interface WorkloadView {
  readonly kind: Workload['kind'];
  readonly kindWord: string;
  readonly name: string;
  readonly id: string;
  /** The id, where it says more than the name: an ARN repeats the name, at length. */
  readonly shownId: string;
  /** `source` or `target` where a report speaks of both; else empty. */
  readonly side: string;
  readonly verdict: WorkloadVerdict;
  readonly label: string;
  readonly mark: string;
  readonly chains: readonly ChainView[];
  /** Chains that are not shown: a count, for a workload can have one per row of a security group. */
  readonly moreChains: number;
  /** The parts of the launch, each with what is known of it; empty for reports of versions that did not state them. */
  readonly parts: readonly PartView[];
  /** The same as one text. */
  readonly partsText: string;
}

/** Reasons shown per workload, worst first. */
const MOST_CHAINS = 12;

export type LinkOf = (fingerprint: string) => FindingLink | null;

/** Finds the link to a finding, waived ones included; every finding is made visible once. */
export function findingLinks(
  report: Pick<Report, 'findings' | 'waived'>,
  anchors: ReadonlyMap<string, string>,
): LinkOf {
  const findings = new Map<string, Finding>(
    [...report.waived, ...report.findings].map((f) => [f.fingerprint, f]),
  );
  const links = new Map<string, FindingLink | null>();
  return (fingerprint) => {
    const known = links.get(fingerprint);
    if (known !== undefined) return known;
    const finding = findings.get(fingerprint);
    const link = finding
      ? {
          anchor: anchors.get(fingerprint) ?? '',
          rule: visible(finding.rule),
          name: visible(finding.subject.name),
        }
      : null;
    links.set(fingerprint, link);
    return link;
  };
}

/** What would not start comes first; then by kind, name and id. The order of the views. */
export function workloadsInOrder({ workloads }: Pick<Report, 'workloads'>): Workload[] {
  return WORKLOAD_VERDICTS.flatMap((verdict) =>
    workloads
      .filter((w) => w.verdict === verdict)
      .sort((a, b) =>
        firstOf(compareText(a.kind, b.kind), compareText(a.name, b.name), compareText(a.id, b.id)),
      ),
  );
}

export function workloadViews(report: Report, linkOf: LinkOf): WorkloadView[] {
  const bothSides = new Set(report.workloads.map((w) => w.side)).size > 1;
  return workloadsInOrder(report).map((workload) => workloadView(workload, bothSides, linkOf));
}

function workloadView(workload: Workload, bothSides: boolean, linkOf: LinkOf): WorkloadView {
  const chains = chainsOf(workload, linkOf);
  const { kind, name, id, side, verdict } = workload;
  const parts = partViews(workload);
  return {
    kind,
    kindWord: kindWord(kind),
    name: visible(name),
    id: visible(id),
    shownId: id === name || id.startsWith('arn:') ? '' : visible(id),
    side: bothSides ? (side ?? '') : '',
    verdict,
    label: WORKLOAD_LABELS[verdict],
    mark: WORKLOAD_MARKS[verdict],
    chains: chains.slice(0, MOST_CHAINS),
    moreChains: Math.max(0, chains.length - MOST_CHAINS),
    parts,
    partsText: partsText(parts),
  };
}

/** The chains of the report; a reason without one, as older reports have them, is a chain of one step. */
function chainsOf({ chains = [], because, verdict }: Workload, linkOf: LinkOf): ChainView[] {
  const shown = new Set(chains.flatMap((c) => c.findings));
  const untold = because.flatMap((fingerprint): ChainView[] => {
    const link = shown.has(fingerprint) ? null : linkOf(fingerprint);
    return link
      ? [{ verdict, steps: [], last: `${link.rule} ${link.name}`, anchor: link.anchor, also: [] }]
      : [];
  });
  const given = chains.map((chain): ChainView => {
    const [first, ...also] = chain.findings.flatMap((fingerprint) => linkOf(fingerprint) ?? []);
    return {
      verdict: chain.verdict,
      steps: chain.steps.slice(0, -1).map(visible),
      last: visible(chain.steps.at(-1) ?? ''),
      anchor: first?.anchor ?? '',
      also,
    };
  });
  return [...given, ...untold];
}
