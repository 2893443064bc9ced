import { compareText } from '../../inventory/order.ts';
import type { Gap } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { references } from './asks.ts';
import type { NotAsked } from './reference.ts';
import { parameterProblem, stacksOf } from './stack-checks.ts';
import { workloadsOf } from './workloads.ts';

/** How many names a gap spells out; the count says the rest. */
const NAMED = 5;

/** Look-ups that a verdict hangs on and that nobody made, as stored sides have them: one gap per side and kind. */
export function unaskedGaps(context: Context): Gap[] {
  const wanted = new Map<string, NotAsked>();
  const want = (gap: NotAsked | null) => {
    if (gap) wanted.set(JSON.stringify([gap.side, gap.what, gap.name]), gap);
  };
  const { on, index } = workloadsOf(context);
  const twins = twinsIn(context);
  const judged =
    context.phase === 'verification'
      ? on.target
      : [...on.source, ...on.target.filter((w) => twins.has(w.item))];
  for (const workload of judged) {
    for (const ask of workload.asks) {
      for (const { found, parameter } of references(ask)) {
        if (found.is === 'unread') want(found.gap);
        if (workload.side === 'target') continue;
        const problem = parameter === null ? null : parameterProblem(parameter, index.target);
        if (problem?.is === 'unread') want(problem.gap);
        if (found.is === 'other-image' && !index.target.offers(found.item)) {
          const { ownerAlias, ownerId, name, id } = found.item;
          want({
            side: 'target',
            what: 'image',
            name: name === null ? id : `${ownerAlias ?? ownerId}/${name}`,
          });
        }
      }
    }
  }
  for (const { checks } of stacksOf(context))
    for (const { problem } of checks) if (problem?.is === 'unread') want(problem.gap);
  return merged([...wanted.values()], context);
}

/** What stands on the target for something of the source: the two are held against each other. */
function twinsIn({ counterparts }: Context): ReadonlySet<object> {
  const pairs = [
    ...counterparts.instance,
    ...counterparts['launch-template'],
    ...counterparts['launch-configuration'],
    ...counterparts['auto-scaling-group'],
  ];
  return new Set(pairs.flatMap(({ source, target }) => (source && target ? [target] : [])));
}

function merged(wanted: readonly NotAsked[], context: Context): Gap[] {
  return (['source', 'target'] as const).flatMap((side) =>
    (['image', 'parameter'] as const).flatMap((what): Gap[] => {
      const names = wanted.filter((w) => w.side === side && w.what === what).map((w) => w.name);
      if (names.length === 0) return [];
      const { region } = context[side];
      const shown = names.sort(compareText).slice(0, NAMED).join(', ');
      const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
      const asked =
        what === 'image'
          ? 'Images that workloads refer to were'
          : 'SSM parameters that images come from were';
      return [
        {
          side,
          kind: what,
          code: 'not-read',
          message: `${asked} not looked up in ${region}: ${shown}${more}. Whether what needs them would launch cannot be told.`,
          hint: `Audit the live region, or save the answer beside the others: ${COMMANDS[what](names, region)}`,
          blocking: true,
        },
      ];
    }),
  );
}

const COMMANDS = {
  image: (names: readonly string[], region: string) => {
    const ids = names.filter((n) => n.startsWith('ami-'));
    return ids.length > 0
      ? `aws ec2 describe-images --filters Name=image-id,Values=${ids.slice(0, NAMED).join(',')} --region ${region} --output json`
      : `aws ec2 describe-images --owners OWNER --filters Name=name,Values=NAME --region ${region} --output json`;
  },
  parameter: (names: readonly string[], region: string) =>
    `aws ssm get-parameters --names ${names
      .slice(0, NAMED)
      .map((n) => `'${n.replaceAll("'", "'\\''")}'`)
      .join(' ')} --region ${region} --output json`,
} as const;
