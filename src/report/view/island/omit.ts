import { thousands } from '../../../text/counts.ts';
import { listed } from '../../../text/lists.ts';
import type { Details, Island, PagePart } from './types.ts';

/** What the page is made from. */
export interface PageData {
  readonly island: Island;
  readonly details: Details;
}

interface Part {
  /** As the line about what was left out names it. */
  readonly name: string;
  /** How much of it this report has. */
  readonly count: (data: PageData) => number;
  readonly without: (data: PageData) => PageData;
}

const onPaper: Pick<Part, 'without'> = { without: (data) => data };

/**
 * The parts of the page that a bound may leave out, in the order in which they go: first what the page shows a second time
 * or only on request, last the fix list. A part goes only after those that refer to it by position.
 */
const PARTS = {
  'paper-findings': {
    name: 'the findings of the printed page',
    count: ({ island }) => island.findings.length,
    ...onPaper,
  },
  facts: {
    name: 'the facts of findings',
    count: ({ details }) => details.findings.filter(({ facts }) => facts !== '').length,
    without: ({ island, details }) => ({
      island,
      details: { ...details, findings: details.findings.map((one) => ({ ...one, facts: '' })) },
    }),
  },
  families: {
    name: 'image families',
    count: ({ island }) => island.families.length,
    without: ({ island, details }) => ({ island: { ...island, families: [] }, details }),
  },
  comparisons: {
    name: 'side-by-side comparisons',
    count: ({ details }) => Object.keys(details.compared).length,
    without: ({ island, details }) => ({ island, details: { ...details, compared: {} } }),
  },
  objects: {
    name: 'objects',
    count: ({ island }) => island.objects.length,
    without: ({ island, details }) => ({
      island: {
        ...island,
        objects: [],
        findings: island.findings.map((finding) => ({ ...finding, object: -1 })),
      },
      details,
    }),
  },
  paper: {
    name: 'the fix list and the workloads of the printed page',
    count: ({ island }) => island.fixes.length + island.workloads.length,
    ...onPaper,
  },
  details: {
    name: 'the messages, remedies and commands of findings',
    count: ({ details }) => details.findings.length,
    without: ({ island, details }) => ({ island, details: { ...details, findings: [] } }),
  },
  coverage: {
    name: 'the coverage',
    count: ({ island: { coverage } }) => coverage.counts.length,
    without: ({ island, details }) => ({
      island: {
        ...island,
        coverage: {
          counts: [],
          gaps: [],
          limits: [],
          notLookedAt: [],
          mapping: [],
          content: { lead: '', rows: [] },
          run: [],
        },
      },
      details,
    }),
  },
  findings: {
    name: 'findings',
    count: ({ island }) => island.findings.length,
    without: ({ island, details }) => ({ island: { ...island, findings: [], rules: [] }, details }),
  },
  workloads: {
    name: 'workloads',
    count: ({ island }) => island.workloads.length,
    without: ({ island, details }) => ({
      island: {
        ...island,
        workloads: [],
        fixes: island.fixes.map((fix) => ({ ...fix, workloads: [] })),
        findings: island.findings.map((finding) => ({ ...finding, workloads: [] })),
      },
      details,
    }),
  },
  fixes: {
    name: 'the fix list',
    count: ({ island }) => island.fixes.length,
    without: ({ island, details }) => ({
      island: {
        ...island,
        fixes: [],
        plan: null,
        workloads: island.workloads.map((workload) => ({ ...workload, fixes: [] })),
        findings: island.findings.map((finding) => ({ ...finding, fix: -1 })),
      },
      details,
    }),
  },
} as const satisfies Readonly<Record<PagePart, Part>>;

const ORDER = Object.keys(PARTS) as readonly PagePart[];

/** The parts of a report that has something of them, in the order in which they go. */
export function omittable(data: PageData): readonly PagePart[] {
  return ORDER.filter((part) => PARTS[part].count(data) > 0);
}

export function withoutParts(data: PageData, parts: readonly PagePart[]): PageData {
  const { island, details } = parts.reduce((rest, part) => PARTS[part].without(rest), data);
  return { island: { ...island, omitted: parts }, details };
}

/** "Left out to keep this page within 500,000 bytes: image families and objects. report.json has them." */
export function omittedSentence(parts: readonly PagePart[], bytes: number): string {
  if (parts.length === 0) return '';
  const names = parts.map((part) => PARTS[part].name);
  return `Left out to keep this page within ${thousands(bytes)} bytes: ${listed(names, names.length)}. report.json has everything.`;
}
