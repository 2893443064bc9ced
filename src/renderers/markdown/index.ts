import type { Report } from '../../report/model.ts';
import type { FailOn } from '../../report/vocabulary.ts';
import { listed } from '../../text/lists.ts';
import { compiler, lazily, markdownTemplate } from '../templates.ts';
import { placeWithin, type Section, size } from './fit.ts';
import { frame, shortFrame } from './head.ts';
import { sectionsOf } from './sections.ts';

export interface MarkdownOptions {
  /** Of UTF-8. GitHub drops a step summary near 1 MiB without a word, so the default stays clear of it. */
  readonly maxBytes?: number;
  /** The gate that the headline and the exit code go by. */
  readonly failOn?: FailOn;
  /** The files that hold the same report, to name the one to read on in. */
  readonly written?: readonly { readonly format: string; readonly path: string }[];
}

const STEP_SUMMARY_BYTES = 1_000_000;

// Not escaped by Handlebars: `escape.ts` did it for Markdown, and HTML entities inside code spans would be shown as such.
const template = lazily(() => compiler('none')(markdownTemplate()));

/**
 * For a pull-request comment or a CI step summary: headline, fix list and what is blocked, the rest folded away. Where all
 * would not fit, whole sections are left out, with a line that names them.
 */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const { maxBytes = STEP_SUMMARY_BYTES, failOn = 'high', written = [] } = options;
  const json = written.find((w) => w.format === 'json');
  const full = written.find((w) => w.format === 'html') ?? json;
  const sections = sectionsOf(report);
  const page = (head: object, body: string, omitted: string) => template()({ ...head, body, omitted });

  // The longest the frame can get: with every section named as left out.
  const whole = frame(report, failOn, full?.path ?? '', json?.path);
  const longest = (head: object) => size(page(head, '', omission(sections)));
  const head = longest(whole) <= maxBytes ? whole : shortFrame(report, failOn);
  const { body, omitted } = placeWithin(sections, maxBytes - longest(head));
  return page(head, body, omission(omitted));
}

/** `Left out here for length: commands, what was compared. The full report has them.` */
function omission(sections: readonly Section[]): string {
  if (sections.length === 0) return '';
  return `Left out here for length: ${listed(
    sections.map((s) => s.name),
    sections.length,
  )}. The full report has ${sections.length === 1 ? 'it' : 'them'}.`;
}
