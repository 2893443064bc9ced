import { type Failure, failed } from '../inventory/collected.ts';
import { INVENTORY, type SnapshotKind } from '../inventory/kinds.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { shellWord } from '../text/shell.ts';

/** What a listing can hold at all. */
type ListedKind = Extract<SnapshotKind, 'vpcs' | 'keyPairs' | 'prefixLists' | 'securityGroups' | 'images'>;

/** The folder is called by the region, which a folder of dumps is read by. */
function advice(kind: ListedKind, region: string): Pick<Failure, 'hint' | 'commands'> {
  const { answer, call } = INVENTORY[kind];
  const folder = shellWord(region);
  return {
    hint: 'Save the answers of the AWS CLI in a folder, and give the folder in place of the listing.',
    commands: [
      {
        shell: `mkdir -p ${folder} && aws ec2 ${call} --region ${folder} --output json > ${folder}/${answer}.json`,
        does: `Save ${answer}.json`,
      },
    ],
  };
}

/** A kind that the file does not list. */
export function notListed(
  name: string,
  kind: ListedKind,
  region: string,
): { status: 'failed'; failure: Failure } {
  return failed({
    code: 'not-in-dump',
    message: `${name} lists no ${INVENTORY[kind].many}.`,
    ...advice(kind, region),
  });
}

/** What no listing holds, of the kinds that this one lists: a rule for IPv6 alone has no line at all. */
export function listingGaps(
  name: string,
  region: string,
  kinds: { groups: boolean; images: boolean },
): DetailGap[] {
  const gap = (kind: string, of: ListedKind, what: string): DetailGap => ({
    kind,
    code: 'not-in-dump',
    message: `${name} is a listing of the classic EC2 tools, which cannot contain ${what}.`,
    ...advice(of, region),
  });
  return [
    ...(kinds.groups
      ? [
          gap(
            'security-group',
            'securityGroups',
            'rules with IPv6 ranges or prefix lists, nor the descriptions of rules',
          ),
        ]
      : []),
    ...(kinds.images
      ? [
          gap(
            'image',
            'images',
            'what an image is a copy of, its dates, boot mode, ENA, IMDS, encryption and launch permissions',
          ),
        ]
      : []),
  ];
}

/** The classic tools listed instances too, but not what launches them: no listing shows what would start. */
export function noWorkloads(name: string): { status: 'failed'; failure: Failure } {
  return failed({
    code: 'not-in-dump',
    message: `${name} is a listing of the classic EC2 tools, which contains no workloads.`,
    hint: 'To judge its workloads, audit the live region or a folder of answers of the AWS CLI.',
  });
}
