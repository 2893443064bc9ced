import type { Island } from './island/index.ts';

/** What the page without scripts and on paper says of what was read. */
export interface PaperCoverage {
  readonly source: string;
  readonly target: string;
  readonly counts: Island['coverage']['counts'];
  readonly read: readonly { readonly label: string; readonly source: string; readonly target: string }[];
  readonly gaps: readonly { readonly what: string; readonly why: string }[];
  readonly notLookedAt: readonly { readonly what: string; readonly why: string }[];
}

export function paperCoverage({ source, target, coverage }: Island): PaperCoverage {
  const heading = { source: source.heading, target: target.heading };
  return {
    ...heading,
    counts: coverage.counts,
    read: [
      { label: 'Account', source: source.account, target: target.account },
      { label: 'Read', source: source.takenAt, target: target.takenAt },
      { label: 'From', source: source.origin, target: target.origin },
    ],
    gaps: [...coverage.gaps, ...coverage.limits].map(({ side, kind, message, hint }) => ({
      what: `${heading[side]}, ${kind}`,
      why: `${message} ${hint}`.trim(),
    })),
    notLookedAt: coverage.notLookedAt.map(({ side, what, because }) => ({
      what: `${heading[side]}: ${what.join(', ')}`,
      why: because,
    })),
  };
}
