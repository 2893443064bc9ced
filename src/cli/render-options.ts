import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Arguments } from './arguments.ts';
import type { RenderOptions } from './output.ts';
import { colourFor, widthOf } from './streams.ts';

/**
 * How what goes to stdout may options.
 * @param configPath The config that governs the run, if one does.
 */
export function renderOptionsOf(
  args: Arguments,
  env: NodeJS.ProcessEnv,
  configPath: string | null = null,
): RenderOptions {
  return {
    ...(configPath === null ? {} : { artifact: inRepository(configPath, env) }),
    columns: widthOf(process.stdout, env),
    colour: colourFor(process.stdout, env, args.flag('no-color')),
    verbose: args.flag('verbose'),
  };
}

/** A path from the root of the checkout, which GitHub and GitLab name and which is else the current folder. */
function inRepository(path: string, env: NodeJS.ProcessEnv): string {
  const root = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || '.';
  const inside = relative(resolve(root), resolve(path));
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) return pathToFileURL(path).href;
  return inside.split(sep).join('/');
}
