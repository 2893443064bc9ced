import { join, resolve } from 'node:path';
import {
  defaultFormats,
  FORMATS,
  type Format,
  type FormatOptions,
  renderParts,
  reportFileName,
} from '../audit/formats.ts';
import { Unable } from '../inventory/unable.ts';
import { type WholeFile, writeWholeFiles } from '../inventory/write-file.ts';
import type { Report } from '../report/model.ts';
import type { FailOn } from '../report/vocabulary.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import type { Given } from './arguments.ts';
import type { Context } from './command.ts';

/** One rendering of the report, and where it goes: a file, or stdout where the path is null. */
export interface Destination<F extends string = Format> {
  readonly format: F;
  readonly path: string | null;
}

/** The outputs that `-o FORMAT[=PATH]` requests. */
export function destinationsFrom(given: readonly Given<string>[]): Destination[] {
  return destinationsOf(given, FORMATS, reportFileName);
}

/** The same for files that have other formats than a report. */
export function destinationsOf<F extends string>(
  given: readonly Given<string>[],
  formats: readonly F[],
  fileName: (format: F) => string,
): Destination<F>[] {
  const destinations = given.map((one) => destinationFrom(one, formats));
  const onStdout = destinations.filter(({ path }) => path === null).map(({ format }) => format);
  const second = onStdout[1];
  if (second !== undefined) {
    throw new Unable(
      `-o sends ${onStdout.join(' and ')} to stdout, which takes one format.`,
      `Give the others a path, for example -o ${second}=${fileName(second)}.`,
    );
  }
  const seen = new Set<string>();
  for (const { path } of destinations) {
    if (path === null) continue;
    if (seen.has(resolve(path)))
      throw new Unable(`-o writes "${path}" twice.`, 'Give each format a separate path.');
    seen.add(resolve(path));
  }
  return destinations;
}

function destinationFrom<F extends string>(
  { value, by }: Given<string>,
  formats: readonly F[],
): Destination<F> {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const path = at < 0 ? null : value.slice(at + 1);
  const format = formats.find((known) => known === name);
  const takes = `The formats are ${formats.join(', ')}.`;
  if (format === undefined) {
    const several = name.includes(',') ? 'Repeat -o for each format. ' : didYouMean(name, formats);
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
    ...defaultFormats('stdout').map((format) => ({ format, path: null })),
    ...defaultFormats('file').map((format) => ({ format, path: join(folder, reportFileName(format)) })),
  ];
}

/** The folder that the default reports of two sides go to, safe as a name on every file system even if a file gives an unusual region. */
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
export function pathsOf(destinations: readonly Destination<string>[]): string[] {
  return destinations.flatMap(({ path }) => (path === null ? [] : [path]));
}

/** What the terminal and the options say of a rendering; the rest is known where it is written. */
export type RenderOptions = Omit<FormatOptions, 'failOn' | 'written'>;

/**
 * Renders everything, then writes the files, all or none, then stdout: a renderer that fails leaves nothing behind, and the
 * terminal report names only files that are there.
 * @param besides Files of the same run that are no reports.
 */
export async function deliver(
  report: Report,
  to: readonly Destination[],
  failOn: FailOn,
  options: RenderOptions,
  { signal, data, working }: Context,
  besides: readonly WholeFile[] = [],
): Promise<void> {
  // The names of folders and files are a person's too, so a redacted report says only what an audit would call them.
  const written = to.flatMap(({ format, path }) =>
    path === null ? [] : [{ format, path: report.redacted ? reportFileName(format) : path }],
  );
  const rendered: { path: string | null; parts: Iterable<string> }[] = [];
  for (const { format, path } of to) {
    const color = options.color && path === null;
    const parts = await renderParts(report, format, { ...options, color, failOn, written }, working);
    rendered.push({ path, parts });
  }
  signal.throwIfAborted();
  await writeWholeFiles(
    [...rendered.flatMap(({ path, parts }) => (path === null ? [] : [{ path, data: parts }])), ...besides],
    'report',
  );
  signal.throwIfAborted();
  for (const { path, parts } of rendered) if (path === null) for (const part of parts) await data(part);
}
