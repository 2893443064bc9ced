import { atOnce, type Working } from '../inventory/working.ts';
import type { Report } from '../report/model.ts';
import type { FailOn } from '../report/vocabulary.ts';

/** What a rendering depends on besides the report. */
export interface FormatOptions {
  /** For `terminal`: the width of the lines, in columns. */
  readonly columns: number;
  /** For `terminal`: colour by ANSI escapes. */
  readonly color: boolean;
  /** For `terminal`: every finding in full, with its facts. */
  readonly full: boolean;
  /** For `terminal`: signs that every terminal can show. */
  readonly ascii?: boolean;
  /** The gate, as in `--fail-on`: headlines and exit codes go by it. */
  readonly failOn: FailOn;
  /** For `terminal` and `md`: the files that hold the same report, to name them. */
  readonly written: readonly { readonly format: string; readonly path: string }[];
  /** For `md` and `html`: the most bytes of UTF-8. */
  readonly limits?: { readonly md?: number; readonly html?: number };
  /** For `sarif`: the file of the repository that results are placed in. */
  readonly artifact?: string;
}

/** Report to text. Pure: the same report and options give the same text. */
export type Renderer = (report: Report, options: FormatOptions) => string;

interface FormatEntry {
  /** How the name of a file of this format ends, without the dot. */
  readonly extension: string;
  /** Whether an audit writes it where no `-o` is given. */
  readonly default: 'stdout' | 'file' | 'no';
  /** The renderer. Loaded when it is needed: JSON and the terminal need no template engine. */
  readonly load: () => Promise<Renderer>;
  /** The same text in parts, where it can be too large for one. */
  readonly parts?: () => Promise<(report: Report) => Iterable<string>>;
}

/** Every format, in the order of the help. A new format is one entry here and its renderer. */
const TABLE = {
  terminal: {
    extension: 'txt',
    default: 'stdout',
    load: async () => (await import('../renderers/terminal/index.ts')).renderTerminal,
  },
  html: {
    extension: 'html',
    default: 'file',
    load: async () => {
      const { renderHtml } = await import('../renderers/html.ts');
      return (report, { failOn, limits }) =>
        renderHtml(report, { failOn, ...(limits?.html === undefined ? {} : { maxBytes: limits.html }) });
    },
  },
  md: {
    extension: 'md',
    default: 'file',
    load: async () => {
      const { renderMarkdown } = await import('../renderers/markdown/index.ts');
      return (report, { limits, ...options }) =>
        renderMarkdown(report, { ...options, ...(limits?.md === undefined ? {} : { maxBytes: limits.md }) });
    },
  },
  json: {
    extension: 'json',
    default: 'file',
    load: async () => (await import('../renderers/json.ts')).renderJson,
    parts: async () => (await import('../renderers/json.ts')).jsonParts,
  },
  sarif: {
    extension: 'sarif',
    default: 'no',
    load: async () => (await import('../renderers/sarif/index.ts')).renderSarif,
  },
  junit: {
    extension: 'junit.xml',
    default: 'no',
    load: async () => (await import('../renderers/junit/index.ts')).renderJunit,
  },
  csv: {
    extension: 'csv',
    default: 'no',
    load: async () => (await import('../renderers/csv.ts')).renderCsv,
  },
  slack: {
    extension: 'slack.json',
    default: 'no',
    load: async () => {
      const { renderSlack } = await import('../renderers/slack.ts');
      return (report, { failOn }) => renderSlack(report, failOn);
    },
  },
  asff: {
    extension: 'asff.json',
    default: 'no',
    load: async () => (await import('../renderers/asff.ts')).renderAsff,
  },
} as const satisfies Readonly<Record<string, FormatEntry>>;

/** A format that a report can be rendered to, as `-o` names it. */
export type Format = keyof typeof TABLE;

const entries: Readonly<Record<Format, FormatEntry>> = TABLE;

export const FORMATS = Object.keys(TABLE) as readonly Format[];

/** The name of a report file of this format: "report.html". */
export function reportFileName(format: Format): string {
  return `report.${entries[format].extension}`;
}

/** The formats that an audit without `-o` sends to stdout or writes to files. */
export function defaultFormats(to: 'stdout' | 'file'): Format[] {
  return FORMATS.filter((format) => entries[format].default === to);
}

/** A report in one format. */
export async function renderAs(
  report: Report,
  format: Format,
  options: FormatOptions,
  working: Working = atOnce,
): Promise<string> {
  const render = await entries[format].load();
  return working(() => render(report, options));
}

/** The same in parts, one after the other; those of a large report are made one by one. */
export async function renderParts(
  report: Report,
  format: Format,
  options: FormatOptions,
  working?: Working,
): Promise<Iterable<string>> {
  const parts = await entries[format].parts?.();
  return parts ? parts(report) : [await renderAs(report, format, options, working)];
}
