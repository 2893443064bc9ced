import type { Command } from '../../report/command.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { awsCommand, type Options } from './aws.ts';

/** How many values EC2 takes in a filter, and SSM in a call. */
const MOST_IMAGES = 200;
const MOST_PARAMETERS = 10;

/** Prints the images of these ids and of these names, `owner/name`. */
export function describeImages(names: readonly string[], region: string, side: SideName): Command[] {
  const isId = (name: string) => name.startsWith('ami-');
  const ids = names.filter(isId).slice(0, MOST_IMAGES);
  const named = names.filter((n) => !isId(n)).slice(0, MOST_IMAGES);
  const owners = [...new Set(named.map((n) => n.slice(0, n.indexOf('/'))))];
  // In a filter, these are wildcards.
  const values = named.map((n) => n.slice(n.indexOf('/') + 1).replace(/[\\*?]/g, '\\$&'));
  const ask = (options: Options, filter: string, of: readonly string[]): Command => ({
    shell: awsCommand('ec2 describe-images', region, {
      '--include-deprecated': null,
      '--include-disabled': null,
      ...options,
      '--filters': { json: [{ Name: filter, Values: of }] },
      '--output': 'json',
    }),
    side,
    does: `Fingerprint the images of ${region} that are named`,
  });
  return [
    ...(ids.length > 0 ? [ask({}, 'image-id', ids)] : []),
    ...(named.length > 0 ? [ask({ '--owners': owners }, 'name', values)] : []),
  ];
}

/** Prints SSM parameters of these names. */
export function getParameters(names: readonly string[], region: string, side: SideName): Command[] {
  return [
    {
      shell: awsCommand('ssm get-parameters', region, {
        '--names': names.slice(0, MOST_PARAMETERS),
        '--output': 'json',
      }),
      side,
      does: `Fingerprint the SSM parameters of ${region} that are named`,
    },
  ];
}
