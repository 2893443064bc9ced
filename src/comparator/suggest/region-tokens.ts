/**
 * How people write a region into a name. The three-letter codes are those of the airports that AWS itself uses for its
 * edge locations and in billing codes; the short forms ("use1", "euw1") are those of Availability Zone ids.
 */
const CITIES: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['iad', 'virginia', 'nvirginia'],
  'us-east-2': ['cmh', 'ohio'],
  'us-west-1': ['sfo', 'california', 'ncalifornia'],
  'us-west-2': ['pdx', 'oregon'],
  'ca-central-1': ['yul', 'montreal', 'canada'],
  'ca-west-1': ['yyc', 'calgary'],
  'sa-east-1': ['gru', 'saopaulo'],
  'eu-west-1': ['dub', 'ireland', 'dublin'],
  'eu-west-2': ['lhr', 'london'],
  'eu-west-3': ['cdg', 'paris'],
  'eu-central-1': ['fra', 'frankfurt'],
  'eu-central-2': ['zrh', 'zurich'],
  'eu-north-1': ['arn', 'stockholm'],
  'eu-south-1': ['mxp', 'milan'],
  'eu-south-2': ['mad', 'spain'],
  'ap-northeast-1': ['nrt', 'tokyo'],
  'ap-northeast-2': ['icn', 'seoul'],
  'ap-northeast-3': ['kix', 'osaka'],
  'ap-southeast-1': ['sin', 'singapore'],
  'ap-southeast-2': ['syd', 'sydney'],
  'ap-southeast-3': ['cgk', 'jakarta'],
  'ap-southeast-4': ['mel', 'melbourne'],
  'ap-south-1': ['bom', 'mumbai'],
  'ap-south-2': ['hyd', 'hyderabad'],
  'ap-east-1': ['hkg', 'hongkong'],
  'me-south-1': ['bah', 'bahrain'],
  'me-central-1': ['dxb', 'uae'],
  'af-south-1': ['cpt', 'capetown'],
  'il-central-1': ['tlv', 'telaviv'],
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
};

/** "us-east-1", "useast1", "use1", "us-e1", and the city codes; longest first, so that the longest spelling is taken out of a name. */
export function regionTokens(region: string): readonly string[] {
  const [, area = '', direction = '', number = ''] =
    /^([a-z]+(?:-gov|-iso[a-z]?)?)-([a-z]+)-(\d+)$/.exec(region) ?? [];
  if (!area) return [region];
  const flat = area.replace('-', '');
  const short = DIRECTIONS[direction] ?? direction;
  const forms = [
    region,
    `${flat}${direction}${number}`,
    `${flat}-${direction}${number}`,
    `${flat}${short}${number}`,
    `${flat}-${short}${number}`,
  ];
  return [...new Set([...forms, ...(CITIES[region] ?? [])])].sort(
    (a, b) => b.length - a.length || (a < b ? -1 : 1),
  );
}
