import type { Arguments } from './arguments.ts';
import type { Look } from './output.ts';
import { colourFor, widthOf } from './streams.ts';

/** How what goes to stdout may look. */
export function lookOf(args: Arguments, env: NodeJS.ProcessEnv): Look {
  return {
    columns: widthOf(process.stdout, env),
    colour: colourFor(process.stdout, env, args.flag('no-color')),
    verbose: args.flag('verbose'),
  };
}
