import type { FactsOf } from '../../../report/rules/index.ts';
import type { LaunchAt } from '../../../report/rules/launches.ts';
import type { Json } from '../../../report/rules/shared.ts';
import type { Context } from '../../context.ts';
import { askedEnd, issuesAbout } from '../../launches/index.ts';
import type { LaunchRuleId } from '../../launches/issue.ts';
import { type Found, type Names, targetObject } from '../rule.ts';

/** The findings of one rule about the end of a pair that is asked about: what the verdicts say too, from one place. */
export function* aboutLaunch<Id extends LaunchRuleId>(
  id: Id,
  pair: { readonly source: object | null; readonly target: object | null },
  context: Context,
): Generator<Found<FactsOf<Id>>> {
  const item = askedEnd(pair, context);
  if (!item) return;
  for (const { issue, of } of issuesAbout(item, context)) {
    if (issue.rule !== id) continue;
    const facts = issue.facts as FactsOf<Id>;
    yield {
      facts,
      discriminator: issue.place,
      content: CONTENTS[id](facts),
      origin: { references: of },
      ...(issue.severity ? { severity: issue.severity } : {}),
    };
  }
}

/**
 * What was found, of each rule: when it changes, the finding has worsened. Ids of a region are no part of it, nor what rises
 * and falls with every launch, such as free addresses and running instances.
 */
const CONTENTS: { readonly [Id in LaunchRuleId]: (facts: FactsOf<Id>) => Json } = {
  'workload/type-not-offered': ({ type, lacking, someLeft }) => ({ type, lacking, someLeft }),
  'workload/type-unfit-for-image': ({ type, typeHas, imageHas }) => ({ type, typeHas, imageHas }),
  // Its place says which subnet, VPC or group.
  'workload/no-subnet': () => null,
  'workload/missing-profile': ({ profile }) => profile,
  'workload/missing-kms-key': ({ state }) => state,
  // How much is left of a reservation changes with every launch.
  'workload/missing-placement': ({ state }) =>
    state?.replace(/^(?:used up|available for).*$/, 'short') ?? null,
  'workload/volume-too-small': ({ sizeGiB, snapshotGiB }) => ({ sizeGiB, snapshotGiB }),
  'workload/refused': ({ limit }) => limit,
  'workload/over-quota': ({ type, for: which }) => ({ type, for: which }),
  'workload/launch-failed': ({ sentence }) => sentence.replace(/\b[a-z]+-[0-9a-f]{8,}\b/g, 'id'),
  'workload/unreachable': ({ because, traffic }) => ({ because, traffic }),
  // The names may be ids.
  'workload/user-data-names-source': ({ names }) => names.length,
  'reference/of-another-region': ({ region }) => region,
  'reference/of-another-account': ({ account }) => account,
};

/** The launch that a sentence is about, where there are several. */
export function place({ at, file = null, line = null }: LaunchAt & Partial<Written>): string {
  const where = [file === null ? '' : `${file}${line === null ? '' : `:${line}`}`, at].filter(
    (t) => t !== '',
  );
  return where.length === 0 ? '' : ` (${where.join(', ')})`;
}

interface Written {
  readonly file: string | null;
  readonly line: number | null;
}

/** Whose values a sentence is about: an object of the target, or one of the source that is yet to be made there. */
export function subject({ judged }: LaunchAt, { name, onTarget, target }: Omit<Names, 'source'>): string {
  return judged === 'target'
    ? `In ${target} ${targetObject({ name, onTarget })}`
    : `"${name}", made in ${target} as it is,`;
}

export const TROUBLESHOOTING =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html';
export const ERRORS = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';
export const SCALING_ERRORS =
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html';
