/** A name that a person chose the beginning of and a machine the end. */
export interface GeneratedName {
  /** What the person chose, in its own spelling, without the separator. Empty where the whole name is generated. */
  readonly stem: string;
  /** Who writes such endings. */
  readonly maker: 'Terraform' | 'CloudFormation' | 'a generator';
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * The endings that tools write, most telling first. Each must look random by itself: "-production12" and "-LaunchConfig"
 * are words of the size that CloudFormation generates.
 */
const ENDINGS: readonly {
  readonly maker: GeneratedName['maker'];
  readonly pattern: RegExp;
  readonly fits?: (random: string) => boolean;
}[] = [
  // Terraform's unique id: a UTC time to a ten-thousandth of a second, then a counter in hexadecimal (helper/id in the plugin SDK).
  { maker: 'Terraform', pattern: /^(.*?)[-_.]?(20\d{12}[0-9a-f]{8,20})$/ },
  { maker: 'a generator', pattern: new RegExp(`^(.*?)[-_.]?(${UUID}|[0-9a-f]{32})$`, 'i') },
  // CloudFormation: <stack>-<logical id>-<12 or 13 characters>; of launch templates <logical id>_<12 characters>.
  { maker: 'CloudFormation', pattern: /^(.+)-([A-Z0-9]{12,13})$/, fits: mixed(/[A-Z]/, /\d/) },
  { maker: 'CloudFormation', pattern: /^(.+)[-_]([A-Za-z0-9]{12})$/, fits: isRandomMixed },
  // The sequence number of a server group, as Spinnaker and Asgard append it.
  { maker: 'a generator', pattern: /^(.+)-(v\d{3})$/ },
  // A build time to the second, as Spinnaker and many scripts append it.
  { maker: 'a generator', pattern: /^(.+)[-_.](20\d\d[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d)$/ },
  // Pulumi's auto-naming, or the short hash of a commit.
  { maker: 'a generator', pattern: /^(.+)-([0-9a-f]{7})$/, fits: mixed(/[a-f]/, /\d/) },
];

function mixed(...classes: readonly RegExp[]): (random: string) => boolean {
  return (random) => classes.every((c) => c.test(random));
}

/**
 * Whether letters of both cases, maybe with digits, are no words: they have a digit, or change their case more often than
 * "WebAppServer" does. One in eight of the endings of 12 characters that CloudFormation generates has no digit.
 */
export function isRandomMixed(text: string): boolean {
  if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return false;
  const changes = text.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return /\d/.test(text) || changes >= MOST_CHANGES_OF_WORDS + 1;
}

const MOST_CHANGES_OF_WORDS = 5;

/** The parts of a name that ends as a tool ends names; null for one that a person may have written whole. */
export function generatedName(name: string): GeneratedName | null {
  for (const { maker, pattern, fits } of ENDINGS) {
    const [, stem, random] = pattern.exec(name) ?? [];
    if (stem === undefined || random === undefined || (fits && !fits(random))) continue;
    if (stem === 'terraform' && maker === 'Terraform') return { stem: '', maker };
    // Spinnaker names the launch configuration of the group "web-v003" "web-v003-20260102030405".
    return { stem: generatedName(stem)?.stem || stem, maker };
  }
  return null;
}

/** The name, or what is left of it without a generated ending. */
export function withoutSuffix(name: string): string {
  return generatedName(name)?.stem || name;
}
