import { kindsOfScope } from '../../inventory/kinds.ts';
import { count, thousands } from '../../text/counts.ts';
import type { Report } from '../model.ts';
import type { Said } from './said.ts';

/**
 * Nothing was found on either side, or only the default groups and AWS's own prefix lists, which every account has. What
 * could not be read is no emptiness, and what an earlier run found was something.
 */
export function isEmpty({
  pairs,
  complete,
  workloads,
  findings,
  resolved,
  unchecked,
  waived,
}: Report): boolean {
  const found = [workloads, findings, resolved, unchecked, waived].some((all) => all.length > 0);
  return complete && !found && pairs.every((pair) => pair.state === 'same' && isMadeByAws(pair));
}

function isMadeByAws({ kind, name }: Report['pairs'][number]): boolean {
  return (
    (kind === 'security-group' && name === 'default') ||
    (kind === 'prefix-list' && name.startsWith('com.amazonaws.'))
  );
}

export function nothingToCompare({ pairs }: Report): Said {
  const holds = pairs.length === 0 ? 'are empty' : 'have only what AWS creates in every account';
  return {
    state: 'nothing to compare',
    sentence: `nothing to compare: both sides ${holds}; check account and region`,
    clear: false,
  };
}

const LAUNCHING: readonly string[] = kindsOfScope('workloads');

/** No workload is in the report: because there is none, because they are not reported (`--only`), or because they were not read. */
export function noWorkloads({ pairs, complete, warnings, gaps, only }: Report): Said {
  const same = pairs.filter((p) => p.state === 'same').length;
  const pairsText = `${thousands(same)} of ${count(pairs.length, 'pair')} ${same === 1 ? 'is' : 'are'} the same`;
  const clear = same === pairs.length && warnings.length === 0;
  const incomplete = complete ? '' : ', incomplete';
  if (only && !only.includes('workloads'))
    return { state: `workloads not reported${incomplete}`, sentence: pairsText, clear };
  if (gaps.some(({ kind, blocking }) => blocking && LAUNCHING.includes(kind)))
    return { state: 'unknown', sentence: 'unknown: not all workloads could be read', clear: false };
  return {
    state: `no workloads${incomplete}`,
    sentence: `no workloads to launch; ${pairs.length === 0 ? 'no pairs' : pairsText}`,
    clear,
  };
}
