import { type AwsStaleGroup, type StaleVpc, staleVpcFrom } from '../../inventory/stale-groups.ts';
import { groupBy } from '../../text/groups.ts';
import { BadDump, type Dump, rowsOf } from './answers.ts';
import { staleGroupRow } from './rows.ts';

/**
 * What describe-stale-security-groups answers hold. One is of one VPC, and names it only in its rows, so of a VPC
 * without rows nothing is known. A broken answer is said in a note, and counts as not read.
 */
export function collectStaleReferences(dump: Dump): StaleVpc[] | null {
  const rows: (AwsStaleGroup & { readonly VpcId: string })[] = [];
  for (const answer of dump.answers.filter(({ key }) => key === 'StaleSecurityGroupSet')) {
    try {
      rows.push(...rowsOf(answer, staleGroupRow).map(({ row }) => row));
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      dump.notes.push(`${error.message}; the stale references that it lists are not used`);
      return null;
    }
  }
  const byVpc = [...groupBy(rows, (row) => row.VpcId)];
  return byVpc.length === 0 ? null : byVpc.map(([vpcId, own]) => staleVpcFrom(vpcId, own));
}
