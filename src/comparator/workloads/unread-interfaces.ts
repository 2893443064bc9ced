import { FACTS } from '../../inventory/launch-facts/kinds.ts';
import { gapOf } from '../../report/gap.ts';
import { type Finding, type Gap, isOf, type NotLookedAt } from '../../report/model.ts';
import { SIDES, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';

/** What the unread network interfaces of a side would have shown, for a line that says that they were not looked at. */
const WHAT = `${FACTS.networkInterfaces.many} (which load balancers, databases, functions and endpoints use a security group)`;
const LEFT_OUT: ReadonlySet<string> = new Set(['not-in-dump', 'not-read', 'unsupported']);

interface Unread {
  readonly gaps: readonly Gap[];
  readonly notLookedAt: readonly NotLookedAt[];
}

/**
 * What it means that the network interfaces of a side were not read. A read that was denied or failed is a gap in any case,
 * and leaves the run incomplete where a finding depends on it. What was not requested is listed where a finding does.
 */
export function unreadInterfaces(context: Context, findings: readonly Finding[]): Unread {
  const gaps: Gap[] = [];
  const notLookedAt: NotLookedAt[] = [];
  for (const side of SIDES) {
    const { launchFacts, region } = context[side];
    const matters = findings.some((f) => dependsOn(side, f));
    const skipped = context.config.launch?.skip?.includes('networkInterfaces') ?? false;
    if (skipped) {
      if (matters) notLookedAt.push({ what: WHAT, side, because: 'Left out by the config (launch.skip).' });
      continue;
    }
    if (launchFacts.networkInterfaces.status === 'complete') continue;
    const { failure } = launchFacts.networkInterfaces;
    if (!LEFT_OUT.has(failure.code)) gaps.push(gapOf(side, 'security-group', failure, matters));
    else if (matters) {
      const because =
        failure.code === 'not-in-dump' ? `The folder of ${region} does not contain them.` : failure.message;
      notLookedAt.push({ what: WHAT, side, because });
    }
  }
  return { gaps, notLookedAt };
}

/** Whether another user of the group, on this side, could make the finding weigh more than it does. */
function dependsOn(side: SideName, finding: Finding): boolean {
  if (isOf(finding, 'security-group/missing'))
    return side === 'source' && finding.severity !== 'critical' && finding.usedBy.length === 0;
  if (isOf(finding, 'security-group/allows-less', 'security-group/allows-more'))
    return finding.facts.cancelledBy !== undefined && finding.facts.explained === null;
  return false;
}
