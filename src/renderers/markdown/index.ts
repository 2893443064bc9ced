import type { Report } from '../../report/model.ts';
import { type FindingView, type ReportView, reportView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { clip } from '../../text/printable.ts';
import { compiler, lazily, templateSource } from '../templates.ts';
import { code, text } from './escape.ts';
import { markdownFinding, markdownItem } from './finding.ts';
import { placeWithin, type Section } from './fit.ts';
import { causeList, workloadsTable } from './readiness.ts';
import {
  contentTable,
  gapLines,
  mappingTable,
  matrixTable,
  resolvedTable,
  ruleHead,
  ruleLinks,
  sidesTable,
  waivedTable,
} from './sections.ts';

export interface MarkdownOptions {
  /** Of UTF-8. GitHub drops a step summary near 1 MiB without a word, so the default stays clear of it. */
  readonly maxBytes?: number;
}

/** GitHub's limit for a comment, 65,536 characters; counted here as bytes, which are never fewer. */
export const PULL_REQUEST_COMMENT_BYTES = 65_536;
const STEP_SUMMARY_BYTES = 1_000_000;

/** A name in the headline; the full one stands below it. */
const MOST_NAME = 64;

const templates = lazily(() => {
  // Not escaped by Handlebars: `escape.ts` did it for Markdown, and HTML entities inside code spans would be shown as such.
  const compile = compiler('none');
  return {
    report: compile(templateSource('report.md.hbs')),
    rule: compile(templateSource('partials/rule.md.hbs')),
    finding: compile(templateSource('partials/finding.md.hbs')),
  };
});

/**
 * For a pull-request comment or a CI step summary: worst first, and whole sections left out, with a line that says which,
 * where all would not fit. The headline and the counts always stand.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const view = reportView(report);
  const maxBytes = options.maxBytes ?? STEP_SUMMARY_BYTES;
  const page = (body: string, omitted: string, gaps: boolean) =>
    templates().report({ ...head(view, gaps), body, omitted });

  // The longest the frame can get: with every section named as left out.
  const sections = [...readinessSections(view), ...findingSections(view), ...tableSections(view)];
  const everythingOmitted = omission(sections);
  const withGaps = bytes(page('', everythingOmitted, true)) <= maxBytes;
  const room = maxBytes - bytes(page('', everythingOmitted, withGaps));
  const { body, omitted } = placeWithin(sections, room);
  return page(body, omission(omitted), withGaps);
}

function bytes(markdown: string): number {
  return Buffer.byteLength(markdown, 'utf8');
}

function head(view: ReportView, withGaps: boolean) {
  const gaps = view.blocking.length + view.limits.length;
  return {
    headline: `${view.verdictLabel}: ${code(clip(view.source.heading, MOST_NAME))} → ${code(clip(view.target.heading, MOST_NAME))}`,
    phase: view.phase,
    readiness: text(view.readiness.sentence),
    findings: text(view.findingsSentence),
    completeness: view.completeness,
    notices: view.notices.map((n) => text(n)),
    complete: view.complete,
    sidesTitle: view.limits.length > 0 ? 'Both sides, and stated limits' : 'Both sides',
    sides: withGaps ? sidesTable(view) : '',
    blocking: withGaps ? gapLines(view.blocking, '> ') : [],
    limits: withGaps ? gapLines(view.limits) : [],
    gapsOmitted:
      withGaps || gaps === 0 ? '' : `${count(gaps, 'gap')} left out here for length; see the full report.`,
    matrix: matrixTable(view),
    tool: text(clip(view.tool, MOST_NAME)),
    finishedAt: text(clip(view.finishedAt, MOST_NAME)),
    schemaVersion: view.schemaVersion,
  };
}

function findingSections(view: ReportView): Section[] {
  const sections: Section[] = [];
  for (const group of view.groups) {
    let severity = `${group.label} (${thousands(group.count)})`;
    for (const r of group.rules) {
      let heading = templates().rule({ severity, rule: ruleHead(r), why: text(r.why), links: ruleLinks(r) });
      severity = '';
      for (const f of r.findings) {
        sections.push({
          what: `${f.severity} finding`,
          size: 1,
          ...forms(f, heading, f === r.findings.at(-1)),
        });
        heading = '';
      }
    }
  }
  return sections;
}

/** A finding with its headings, in full and in brief: the sentence and the remedy without the evidence, better than nothing. */
function forms(finding: FindingView, heading: string, last: boolean): Pick<Section, 'full' | 'brief'> {
  if (finding.minor) {
    // A list ends with a blank line, so that what follows is no part of its last item.
    const item = heading + markdownItem(finding) + (last ? '\n' : '');
    return { full: item, brief: item };
  }
  const placed = markdownFinding(finding);
  const leftOut =
    placed.difference === '' && placed.traffic === '' ? '' : 'The difference is left out here for length.';
  const brief = { ...placed, traffic: '', example: leftOut, difference: '', fold: '' };
  return { full: heading + templates().finding(placed), brief: heading + templates().finding(brief) };
}

/** A section with a heading, or none where it would be empty. */
function section(title: string, what: string, size: number, body: string): Section[] {
  return body === '' ? [] : [{ what, size, full: `## ${title}\n\n${body}\n\n`, brief: '' }];
}

/** Before the findings: what they come to. */
function readinessSections(view: ReportView): Section[] {
  return [
    ...section('Causes', 'cause', view.causes.length, causeList(view)),
    ...section('Workloads', 'workload', view.workloads.length, workloadsTable(view)),
  ];
}

function tableSections(view: ReportView): Section[] {
  return [
    ...section('Content of images', 'content comparison', view.content.rows.length, contentTable(view)),
    ...section('What was taken for what', 'mapping', view.mapping.length, mappingTable(view)),
    ...section('Waived', 'waived finding', view.waived.length, waivedTable(view)),
    ...section('Resolved since the baseline', 'resolved finding', view.resolved.length, resolvedTable(view)),
  ];
}

/** `Left out for length: 12 low findings, 3 workloads.` */
function omission(sections: readonly Section[]): string {
  if (sections.length === 0) return '';
  const sizes = new Map<string, number>();
  for (const { what, size } of sections) sizes.set(what, (sizes.get(what) ?? 0) + size);
  const parts = [...sizes].map(([what, size]) => count(size, what));
  return `Left out here for length: ${parts.join(', ')}. The full report has them.`;
}
