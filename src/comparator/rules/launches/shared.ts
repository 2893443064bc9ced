import type { FactsOf } from '../../../report/rules/index.ts';
import type { LaunchAt } from '../../../report/rules/launches.ts';
import type { Context } from '../../context.ts';
import { askedEnd, issuesAbout } from '../../launches/index.ts';
import type { LaunchRuleId } from '../../launches/issue.ts';
import type { Found } from '../rule.ts';

/** The findings of one rule about the end of a pair that is asked about: what the verdicts say too, from one place. */
export function* aboutLaunch<Id extends LaunchRuleId>(
  id: Id,
  pair: { readonly source: object | null; readonly target: object | null },
  context: Context,
): Generator<Found<FactsOf<Id>>> {
  const item = askedEnd(pair, context);
  if (!item) return;
  for (const issue of issuesAbout(item, context)) {
    if (issue.rule !== id) continue;
    yield {
      facts: issue.facts as FactsOf<Id>,
      discriminator: issue.place,
      ...(issue.severity ? { severity: issue.severity } : {}),
    };
  }
}

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
export function subject({ judged }: LaunchAt, name: string, target: string): string {
  return judged === 'target' ? `In ${target} "${name}"` : `"${name}", made in ${target} as it is,`;
}

export const TROUBLESHOOTING =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html';
export const ERRORS = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';
export const SCALING_ERRORS =
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/CHAP_Troubleshooting.html';
