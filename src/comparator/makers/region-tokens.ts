import { compareText } from '../../inventory/order.ts';

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
    region.replaceAll('-', '_'),
    `${flat}${direction}${number}`,
    `${flat}-${direction}${number}`,
    `${flat}${short}${number}`,
    `${flat}-${short}${number}`,
  ];
  return [...new Set([...forms, ...(CITIES[region] ?? [])])].sort(
    (a, b) => b.length - a.length || compareText(a, b),
  );
}

/** How a spelling of one region in a name becomes a spelling of another: an expression for the config and its replacement. */
export interface TokenChange {
  readonly from: string;
  readonly to: string;
  /** An anchored expression as a key of the config, and its value. */
  readonly key: string;
  readonly value: string;
  readonly apply: (name: string) => string | null;
}

/**
 * The token as a separate word: "use1" in "web-use1-a" and "web_use1_a", not in "house1". The name of a region may carry
 * the letter of a zone. Spellings in capitals change into capitals.
 */
export function tokenChanges(source: string, target: string): readonly TokenChange[] {
  if (source === target) return [];
  const forms = [
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1),
  ];
  const changes = regionTokens(source).flatMap((f) =>
    regionTokens(target).flatMap((t) =>
      forms.map((form) => tokenChange(form(f), form(t), f === source && t === target)),
    ),
  );
  return [...new Map(changes.filter((c) => c.from !== c.to).map((c) => [`${c.from} ${c.to}`, c])).values()];
}

function tokenChange(from: string, to: string, zones: boolean): TokenChange {
  const token = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const key = `((?:.*[^A-Za-z0-9])?)${token}(${zones ? '[A-Za-z]?' : ''}(?:[^A-Za-z0-9].*)?)`;
  const [value, pattern] = [`$1${to}$2`, new RegExp(`^(?:${key})$`, 'u')];
  return {
    from,
    to,
    key,
    value,
    apply: (name) => (pattern.test(name) ? name.replace(pattern, value) : null),
  };
}

/** What a name of the source may be called on the target where it spells the region. */
export function regionalNames(changes: readonly TokenChange[], name: string): ReadonlySet<string> {
  return new Set(changes.flatMap((c) => c.apply(name) ?? []));
}
