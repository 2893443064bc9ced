import { bugsUrl, tool } from '../audit/tool.ts';
import { Unable } from '../inventory/unable.ts';
import { visible } from '../text/printable.ts';
import { colourFor, type Streams } from './streams.ts';

/** A fault in the command line itself. An Unable like any other; the command shows the reader which help to read. */
export function usage(message: string, command?: string): Unable {
  return new Unable(message, `See \`ec2-parity ${command ? `${command} ` : ''}--help\`.`);
}

/**
 * Two lines on stderr: what is wrong, and what to do. A stack only where it helps: with --verbose, or for a defect,
 * which is any error other than Unable.
 */
export function reportFailure(
  error: unknown,
  { stderr, env }: Pick<Streams, 'stderr'> & { readonly env: NodeJS.ProcessEnv },
  options: { readonly verbose: boolean; readonly noColor: boolean },
): void {
  const red = colourFor(stderr, env, options.noColor) ? (text: string) => `\x1b[31m${text}\x1b[39m` : String;
  if (error instanceof Unable) {
    const stack = options.verbose ? `${stackOf(error)}\n` : '';
    stderr.write(`${red('error:')} ${visible(error.message)}\nhint: ${visible(error.hint)}\n${stack}`);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(
    `${red('error:')} a defect of ${tool.name} ${tool.version}: ${visible(message)}\n` +
      `hint: Report it${bugsUrl ? ` at ${bugsUrl}` : ''}, with the command line and the lines below; remove names that you do not want to share.\n` +
      `${stackOf(error)}\n`,
  );
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `node ${process.version}`;
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${(error.stack ?? String(error)).split('\n').map(visible).join('\n')}${cause}`;
}
