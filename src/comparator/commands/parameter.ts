import { itemsOf } from '../../inventory/collected.ts';
import type { Context } from '../context.ts';
import { bothEnds } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';
import { awsCommand } from './aws.ts';
import type { Offer } from './offer.ts';

/** The image of the target for each image of the source, by id. */
const counterpartsById = perAudit(
  ({ counterparts }): ReadonlyMap<string, string> =>
    new Map(
      counterparts.image.flatMap((c) => {
        const ends = bothEnds(c);
        return ends ? [[ends.source.id, ends.target.id] as const] : [];
      }),
    ),
);

/**
 * Puts into a parameter of the target the counterpart of the image that it gives on the source. Nothing for one that
 * AWS or another account publishes, and where the image has no counterpart.
 * @param known The image to put into it, where that is known otherwise.
 */
export function putParameter(
  reference: string,
  exists: boolean,
  context: Context,
  known?: string,
): readonly Offer[] {
  const { source, target } = context;
  const [, name = reference] = /^(.+):([^:/]+)$/.exec(reference) ?? [];
  if (reference.startsWith('arn:') || name.startsWith('/aws/')) return [];
  const parameter = itemsOf(source.parameters).find((p) => p.name === reference);
  const image = known ?? counterpartsById(context).get(parameter?.value ?? '');
  if (image === undefined) return [];
  return [
    {
      shell: awsCommand('ssm put-parameter', target.region, {
        '--name': name,
        ...(exists ? { '--overwrite': null } : { '--type': 'String', '--data-type': 'aws:ec2:image' }),
        '--value': image,
      }),
      side: 'target',
      does: `Put ${image} into the parameter "${name}"`,
    },
  ];
}

/** Lists what AWS publishes beside one of its parameters. */
export function publishedBeside(reference: string, { target, places }: Context): readonly Offer[] {
  if (!reference.startsWith('/aws/')) return [];
  const path = reference.slice(0, Math.max(reference.lastIndexOf('/'), 1));
  return [
    {
      shell: awsCommand('ssm get-parameters-by-path', target.region, { '--path': path }),
      side: 'target',
      does: `List the parameters that AWS publishes in ${places.target} under ${path}`,
    },
  ];
}
