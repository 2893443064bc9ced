import { type AwsStaleGroup, type StaleVpc, staleVpcFrom } from '../../inventory/stale-groups.ts';
import { BadDump, type Dump, rowsOf } from './answers.ts';
import { staleGroupRow } from './rows.ts';

/**
 * What describe-stale-security-groups answers hold. One is of one VPC, and names it only in its rows, so of a VPC
 * without rows nothing is known. A broken answer is said in a note, and counts as not read.
 */
export function collectStaleReferences(dump: Dump): StaleVpc[] | null {
  const byVpc = new Map<string, AwsStaleGroup[]>();
  for (const answer of dump.answers.filter(({ key }) => key === 'StaleSecurityGroupSet')) {
    try {
      for (const { row } of rowsOf(answer, staleGroupRow))
        byVpc.set(row.VpcId, [...(byVpc.get(row.VpcId) ?? []), row]);
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      dump.notes.push(`${error.message}; the stale references that it lists are not used`);
      return null;
    }
  }
  return byVpc.size === 0 ? null : [...byVpc].map(([vpcId, rows]) => staleVpcFrom(vpcId, rows));
}
