import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Arguments } from './arguments.ts';
import type { Context } from './command.ts';
import { limitsFrom } from './limits.ts';
import type { RenderOptions } from './output.ts';
import { colourFor, widthOf } from './streams.ts';

/**
 * How the text on stdout is to look.
 * @param configPath The config that governs the run, if one does.
 */
export function renderOptionsOf(
  args: Arguments,
  { stdout, env }: Context,
  configPath: string | null = null,
): RenderOptions {
  return {
    ...(configPath === null ? {} : { artifact: inRepository(configPath, env) }),
    columns: widthOf(stdout, env),
    color: colourFor(stdout, env, args.flag('no-color')),
    full: args.flag('full'),
    ascii: asciiFor(env),
    limits: limitsFrom(args.list('limit')),
  };
}

/** Whether the terminal or the locale says that it shows no more than ASCII. A locale that is not set says nothing. */
function asciiFor({ TERM, LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return TERM === 'dumb' || (locale !== '' && !/utf-?8/i.test(locale));
}

/** A path from the root of the checkout, which GitHub and GitLab name and which is else the current folder. */
function inRepository(path: string, env: NodeJS.ProcessEnv): string {
  const root = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || '.';
  const inside = relative(resolve(root), resolve(path));
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) return pathToFileURL(path).href;
  return inside.split(sep).join('/');
}
