/**
 * AWS's regions and partitions, as the SDK's own table has them (`@aws-sdk/core`, partitions.js; a test compares the two). It is
 * written out here because a snapshot, a report and a template are read without the SDK.
 */

interface Partition {
  /** How the names of its regions begin. */
  readonly start: string;
  /** The domain of its endpoints, `AWS::URLSuffix` of a template. */
  readonly domain: string;
  /** A region that every account has, without opting in. */
  readonly alwaysOn: string;
  readonly regions: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ');

/** Regions of the commercial partition begin in many ways, so it is the last one to be tried. */
const PARTITIONS = {
  'aws-cn': {
    start: 'cn-',
    domain: 'amazonaws.com.cn',
    alwaysOn: 'cn-north-1',
    regions: words('cn-north-1 cn-northwest-1'),
  },
  'aws-us-gov': {
    start: 'us-gov-',
    domain: 'amazonaws.com',
    alwaysOn: 'us-gov-west-1',
    regions: words('us-gov-east-1 us-gov-west-1'),
  },
  'aws-eusc': {
    start: 'eusc-',
    domain: 'amazonaws.eu',
    alwaysOn: 'eusc-de-east-1',
    regions: words('eusc-de-east-1'),
  },
  'aws-iso': {
    start: 'us-iso-',
    domain: 'c2s.ic.gov',
    alwaysOn: 'us-iso-east-1',
    regions: words('us-iso-east-1 us-iso-west-1'),
  },
  'aws-iso-b': {
    start: 'us-isob-',
    domain: 'sc2s.sgov.gov',
    alwaysOn: 'us-isob-east-1',
    regions: words('us-isob-east-1 us-isob-west-1'),
  },
  'aws-iso-e': {
    start: 'eu-isoe-',
    domain: 'cloud.adc-e.uk',
    alwaysOn: 'eu-isoe-west-1',
    regions: words('eu-isoe-west-1'),
  },
  'aws-iso-f': {
    start: 'us-isof-',
    domain: 'csp.hci.ic.gov',
    alwaysOn: 'us-isof-south-1',
    regions: words('us-isof-east-1 us-isof-south-1'),
  },
  aws: {
    start: '',
    domain: 'amazonaws.com',
    alwaysOn: 'us-east-1',
    regions: words(
      'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ' +
        'ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 ' +
        'eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 ' +
        'me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2',
    ),
  },
} as const satisfies Readonly<Record<string, Partition>>;

export type PartitionName = keyof typeof PARTITIONS;

/** As the ARNs of a partition begin, after "arn:". */
export const PARTITION_NAMES = Object.keys(PARTITIONS) as readonly PartitionName[];

/** Every region of every partition, to suggest one for a misspelt name. A new region that is missing here is still read. */
export const REGIONS: readonly string[] = PARTITION_NAMES.flatMap((name) => [
  ...PARTITIONS[name].regions,
]).sort();

/** The partition of a region, known or new: "aws", "aws-cn", "aws-us-gov", … */
export function partitionOf(region: string): PartitionName {
  return PARTITION_NAMES.find((name) => region.startsWith(PARTITIONS[name].start)) ?? 'aws';
}

/** "amazonaws.com", "amazonaws.com.cn", … */
export function domainOf(region: string): string {
  return PARTITIONS[partitionOf(region)].domain;
}

/** A region of the same partition that every account has: the one to ask about the others. */
export function alwaysOnRegion(region: string): string {
  return PARTITIONS[partitionOf(region)].alwaysOn;
}

/** Whether the text has the shape of a region's name, also of one that is newer than the table. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text);
}

const DIRECTION = '(?:north|south|east|west|central|northeast|northwest|southeast|southwest)';

/** Whether the text has the shape of a region's name, but no direction such as "east", which the name of every region has. */
export function lacksDirection(text: string): boolean {
  return isRegion(text) && !new RegExp(`-${DIRECTION}-\\d+$`).test(text);
}

/** A region's name within a text, as the source of a regular expression. */
export const REGION_PATTERN = `(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?-${DIRECTION}-\\d`;

/** The domains of AWS's endpoints, as the source of a regular expression. */
export const DOMAIN_PATTERN = [...new Set(PARTITION_NAMES.map((name) => PARTITIONS[name].domain))]
  .sort((a, b) => b.length - a.length)
  .map((domain) => domain.replaceAll('.', '\\.'))
  .join('|');

const IN_NAME = new RegExp(`(?<![a-z0-9])${REGION_PATTERN}(?![a-z0-9])`, 'g');

/** The regions that the name of a file or folder holds, each once: `prod-us-east-1.txt`. */
export function regionsIn(name: string): string[] {
  return [...new Set(name.toLowerCase().match(IN_NAME))];
}
