import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Unable } from '../inventory/unable.ts';
import type { Context } from './command.ts';
import { type Destination, pathsOf } from './output.ts';

/** What opens a file as a double click does, as a program and its arguments: no shell reads the path. */
export function opener(
  platform: NodeJS.Platform,
  path: string,
): readonly [program: string, ...args: string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', path];
    case 'win32':
      // `start` is a command of cmd.exe, which would read "&" in a path.
      return ['rundll32.exe', 'url.dll,FileProtocolHandler', path];
    default:
      return ['xdg-open', path];
  }
}

/** Why nothing is opened; null where it is. */
export function notOpened({
  env,
  stderr,
  stdout,
}: Pick<Context, 'env' | 'stderr' | 'stdout'>): string | null {
  if (env.CI) return 'CI is set';
  return stdout.isTTY === true || stderr.isTTY === true ? null : 'there is no terminal';
}

/** The HTML report among the destinations. @throws Unable where none is written. */
export function htmlPath(destinations: readonly Destination[]): string {
  const [path] = pathsOf(destinations.filter(({ format }) => format === 'html'));
  if (path !== undefined) return resolve(path);
  throw new Unable(
    '--open opens the HTML report, and none is written.',
    'Add -o html=report.html, or leave out -o: then report.html is written by default.',
  );
}

/** Opens it, and does not wait: the run ends while the browser stays. What cannot be opened is no failure of the run. */
export async function openFile(path: string, context: Context): Promise<void> {
  const why = notOpened(context);
  if (why !== null) {
    context.note(`note: ${path} is not opened: ${why}`);
    return;
  }
  const [program, ...args] = opener(process.platform, path);
  const child = spawn(program, args, { detached: true, stdio: 'ignore', env: context.env });
  await new Promise<void>((done) => {
    child.once('spawn', done);
    child.once('error', (error) => {
      context.note(`note: ${path} is not opened: ${error.message}`);
      done();
    });
  });
  child.unref();
}
