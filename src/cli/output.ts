import { join, resolve } from 'node:path';
import { Unable } from '../inventory/unable.ts';
import { writeWholeFile } from '../inventory/write-file.ts';
import type { Report } from '../report/model.ts';
import type { FailOn } from '../report/vocabulary.ts';
import type { Given } from './arguments.ts';
import type { Context } from './command.ts';
import { FORMATS, type Format } from './formats.ts';
import { didYouMean } from './text.ts';

/** One rendering of the report, and where it goes: a file, or stdout where the path is null. */
export interface Destination {
  readonly format: Format;
  readonly path: string | null;
}

/** What `-o FORMAT[=PATH]` asks for. */
export function destinationsFrom(given: readonly Given<string>[]): Destination[] {
  const destinations = given.map(destinationFrom);
  const onStdout = destinations.filter(({ path }) => path === null).map(({ format }) => format);
  if (onStdout.length > 1) {
    throw new Unable(
      `-o sends ${onStdout.join(' and ')} to stdout, which takes one format.`,
      `Give the others a path, for example -o ${onStdout[1]}=FILE.`,
    );
  }
  const seen = new Set<string>();
  for (const { path } of destinations) {
    if (path === null) continue;
    if (seen.has(resolve(path)))
      throw new Unable(`-o writes "${path}" twice.`, 'Give each format a path of its own.');
    seen.add(resolve(path));
  }
  return destinations;
}

function destinationFrom({ value, by }: Given<string>): Destination {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const path = at < 0 ? null : value.slice(at + 1);
  const format = FORMATS.find((known) => known === name);
  const takes = `The formats are ${FORMATS.join(', ')}.`;
  if (format === undefined) {
    const several = name.includes(',') ? 'Repeat -o for each format. ' : didYouMean(name, FORMATS);
    throw new Unable(`${by} names "${name}", which is not a format.`, `${several}${takes}`);
  }
  if (path === '')
    throw new Unable(
      `${by} is "${value}", without a path after the "=".`,
      `Write ${name}=FILE, or ${name} alone for stdout.`,
    );
  return { format, path: path === '-' ? null : path };
}

/** Without any `-o`: the terminal report to stdout, and the three that one keeps into a folder. */
export function defaultDestinations(folder: string): Destination[] {
  return [
    { format: 'terminal', path: null },
    { format: 'html', path: join(folder, 'report.html') },
    { format: 'md', path: join(folder, 'report.md') },
    { format: 'json', path: join(folder, 'report.json') },
  ];
}

/** The folder that the default reports of two sides go to, safe as a name on every file system whatever a file calls its region. */
export function reportFolder(source: string, target: string): string {
  return join('reports', `${folderName(source)}..${folderName(target)}`);
}

function folderName(label: string): string {
  return (
    label
      .replace(/[^A-Za-z0-9._@-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 80) || 'side'
  );
}

/** The files among the destinations. */
export function pathsOf(destinations: readonly Destination[]): string[] {
  return destinations.flatMap(({ path }) => (path === null ? [] : [path]));
}

export interface RenderOptions {
  readonly columns: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  /** The file that SARIF results stand in. */
  readonly artifact?: string;
}

/**
 * Renders everything, then writes the files, then stdout: a renderer that fails leaves nothing behind, and the
 * terminal report names only files that are there.
 */
export async function deliver(
  report: Report,
  to: readonly Destination[],
  failOn: FailOn,
  options: RenderOptions,
  { signal, data }: Context,
): Promise<void> {
  const written = to.flatMap(({ format, path }) => (path === null ? [] : [{ format, path }]));
  const rendered: { path: string | null; text: string }[] = [];
  for (const { format, path } of to) {
    const colour = options.colour && path === null;
    rendered.push({ path, text: await render(report, format, { ...options, colour, failOn, written }) });
  }
  for (const { path, text } of rendered) {
    signal.throwIfAborted();
    if (path !== null) await writeWholeFile(path, text, 'report');
  }
  signal.throwIfAborted();
  for (const { path, text } of rendered) if (path === null) await data(text);
}

/** What a rendering depends on besides the report. */
export interface FormatOptions extends RenderOptions {
  readonly failOn: FailOn;
  readonly written: readonly { format: string; path: string }[];
}

/** One format. Each renderer is loaded where it is asked for: JSON and the terminal need no template engine. */
export async function render(report: Report, format: Format, options: FormatOptions): Promise<string> {
  switch (format) {
    case 'terminal': {
      const { renderTerminal } = await import('../renderers/terminal/index.ts');
      const { columns, colour: color, failOn, written, verbose } = options;
      return renderTerminal(report, { columns, color, failOn, written, verbose });
    }
    case 'html':
      return (await import('../renderers/html.ts')).renderHtml(report);
    case 'md':
      return (await import('../renderers/markdown/index.ts')).renderMarkdown(report);
    case 'json':
      return (await import('../renderers/json.ts')).renderJson(report);
    case 'sarif':
      return (await import('../renderers/sarif/index.ts')).renderSarif(report, options);
    case 'junit':
      return (await import('../renderers/junit/index.ts')).renderJunit(report, options);
  }
}
