/**
 * Every kind of object that a snapshot holds, each once: its words, the `--only` word that reports it, the answer of the
 * AWS CLI that holds it, the section of the config that maps its names. Code that needs a word or a list of kinds takes it
 * from here; code that needs more of a kind is a record over these types, so that a new kind does not compile until each
 * such record has an entry for it.
 */

/** What `--only` takes. */
export const SCOPES = ['key-pairs', 'security-groups', 'images', 'workloads'] as const;
/** The groups of kinds that `--only` and the option `only` select. */
export type Scope = (typeof SCOPES)[number];

/** The services whose answers are read, as the AWS CLI calls them. */
export type CliService = 'ec2' | 'autoscaling' | 'cloudformation' | 'ssm';

interface KindRow {
  /** The report's word for it, in `pairs`, `findings` and `gaps`. */
  readonly kind: string;
  /** The words of a sentence. */
  readonly one: string;
  readonly many: string;
  /** As a part of a path: "sg/prod/web". */
  readonly short: string;
  /** Where the report lists it; null for what is read as evidence only and is never paired. */
  readonly order: number | null;
  /** The word of `--only` that reports it; null as for `order`. */
  readonly scope: Scope | null;
  /** The words of `--only` that need it. "workloads" needs every kind, so it is not named here. */
  readonly readFor: readonly Exclude<Scope, 'workloads'>[];
  /** Whether it can start instances. */
  readonly launches: boolean;
  /** Whether only objects that something refers to are read. Then a side without the kind lacks nothing by itself. */
  readonly lookUp: boolean;
  /** Whether the config maps its names: the section is `names.` and the key of this table. */
  readonly named: boolean;
  /** The top-level key of the answer of the AWS CLI that holds it. */
  readonly answer: string;
  /** The call that makes that answer. */
  readonly service: CliService;
  readonly call: string;
}

export type KindWords = Pick<KindRow, 'one' | 'many' | 'short'>;

const compared = { launches: false, lookUp: false, named: true, service: 'ec2' } as const;
const launching = {
  scope: 'workloads',
  readFor: [],
  launches: true,
  lookUp: false,
  named: true,
} as const;
const evidence = { order: null, scope: null, launches: false, named: false } as const;

/** By the key in a snapshot, in the order in which a snapshot is written. */
export const INVENTORY = {
  vpcs: {
    ...evidence,
    kind: 'vpc',
    one: 'VPC',
    many: 'VPCs',
    short: 'vpc',
    readFor: ['security-groups'],
    lookUp: false,
    answer: 'Vpcs',
    service: 'ec2',
    call: 'describe-vpcs',
  },
  keyPairs: {
    ...compared,
    kind: 'key-pair',
    one: 'key pair',
    many: 'key pairs',
    short: 'key',
    order: 1,
    scope: 'key-pairs',
    readFor: ['key-pairs'],
    answer: 'KeyPairs',
    call: 'describe-key-pairs --include-public-key',
  },
  prefixLists: {
    ...compared,
    kind: 'prefix-list',
    one: 'prefix list',
    many: 'prefix lists',
    short: 'pl',
    order: 3,
    scope: 'security-groups',
    readFor: ['security-groups'],
    answer: 'PrefixLists',
    call: 'describe-managed-prefix-lists',
  },
  securityGroups: {
    ...compared,
    kind: 'security-group',
    one: 'security group',
    many: 'security groups',
    short: 'sg',
    order: 2,
    scope: 'security-groups',
    readFor: ['security-groups'],
    answer: 'SecurityGroups',
    call: 'describe-security-groups',
  },
  images: {
    ...compared,
    kind: 'image',
    one: 'image',
    many: 'images',
    short: 'ami',
    order: 4,
    scope: 'images',
    readFor: ['images'],
    answer: 'Images',
    call: 'describe-images --owners self --include-deprecated --include-disabled',
  },
  instances: {
    ...launching,
    kind: 'instance',
    one: 'instance',
    many: 'instances',
    short: 'instance',
    order: 5,
    answer: 'Reservations',
    service: 'ec2',
    call: 'describe-instances',
  },
  launchTemplates: {
    ...launching,
    kind: 'launch-template',
    one: 'launch template',
    many: 'launch templates',
    short: 'lt',
    order: 6,
    answer: 'LaunchTemplates',
    service: 'ec2',
    call: 'describe-launch-templates',
  },
  launchConfigurations: {
    ...launching,
    kind: 'launch-configuration',
    one: 'launch configuration',
    many: 'launch configurations',
    short: 'lc',
    order: 7,
    answer: 'LaunchConfigurations',
    service: 'autoscaling',
    call: 'describe-launch-configurations',
  },
  autoScalingGroups: {
    ...launching,
    kind: 'auto-scaling-group',
    one: 'Auto Scaling group',
    many: 'Auto Scaling groups',
    short: 'asg',
    order: 8,
    answer: 'AutoScalingGroups',
    service: 'autoscaling',
    call: 'describe-auto-scaling-groups',
  },
  stacks: {
    ...launching,
    kind: 'stack',
    one: 'stack',
    many: 'stacks',
    short: 'stack',
    order: 9,
    answer: 'Stacks',
    service: 'cloudformation',
    call: 'describe-stacks',
  },
  parameters: {
    ...evidence,
    kind: 'parameter',
    one: 'SSM parameter',
    many: 'SSM parameters',
    short: 'parameter',
    readFor: [],
    lookUp: true,
    answer: 'Parameters',
    service: 'ssm',
    call: 'get-parameters --names NAME',
  },
  otherImages: {
    ...evidence,
    kind: 'image',
    one: 'image of another owner',
    many: 'images of other owners',
    short: 'ami',
    readFor: [],
    lookUp: true,
    answer: 'Images',
    service: 'ec2',
    call: 'describe-images --include-deprecated --include-disabled --image-ids ami-…',
  },
} as const satisfies Readonly<Record<string, KindRow>>;

type Inventory = typeof INVENTORY;
export type SnapshotKind = keyof Inventory;
/** The keys of those rows that have this. */
type KeysWith<Part> = {
  [K in SnapshotKind]: Inventory[K] extends Part ? K : never;
}[SnapshotKind];
export type Launcher = KeysWith<{ readonly launches: true }>;
export type NamedKind = KeysWith<{ readonly named: true }>;
type PairedKind = KeysWith<{ readonly scope: Scope }>;
/** What the report pairs and has findings about. */
export type Kind = Inventory[PairedKind]['kind'];
/** The top-level keys of the answers that hold a kind. */
export type SnapshotAnswer = Inventory[SnapshotKind]['answer'];

const ROWS = Object.entries(INVENTORY) as readonly (readonly [SnapshotKind, KindRow])[];
const keysWhere = <K extends SnapshotKind>(has: (row: KindRow) => boolean) =>
  ROWS.filter(([, row]) => has(row)).map(([key]) => key as K);
const PAIRED = keysWhere<PairedKind>(({ scope }) => scope !== null).sort(
  (a, b) => INVENTORY[a].order - INVENTORY[b].order,
);

/** In the order in which a snapshot is written. */
export const SNAPSHOT_KINDS: readonly SnapshotKind[] = ROWS.map(([key]) => key);
/** The kinds that start instances. */
export const LAUNCHERS: readonly Launcher[] = keysWhere<Launcher>(({ launches }) => launches);
/** The kinds whose names the config maps, in the order of a report. */
export const NAMED_KINDS: readonly NamedKind[] = PAIRED.filter(
  (key): key is NamedKind => INVENTORY[key].named,
);
/** In the order in which a report lists them. */
export const KINDS: readonly Kind[] = PAIRED.map((key) => INVENTORY[key].kind);

/** The row of what the report calls so; null for a word of another version of the tool. */
function pairedRow(kind: string): KindRow | null {
  const key = PAIRED.find((k) => INVENTORY[k].kind === kind);
  return key === undefined ? null : INVENTORY[key];
}

/** "key pair", "security groups": for the middle of a sentence. Null for a kind that this version does not know. */
export function wordsOf(kind: Kind): KindWords;
export function wordsOf(kind: string): KindWords | null;
export function wordsOf(kind: string): KindWords | null {
  return pairedRow(kind);
}

/** The kinds that a word of `--only` reports. */
export function kindsOfScope(scope: Scope): readonly Kind[] {
  return PAIRED.filter((key) => INVENTORY[key].scope === scope).map((key) => INVENTORY[key].kind);
}

/** The parts of a snapshot that a word of `--only` needs. Whether something would start depends on everything else. */
export function neededFor(scope: Scope): readonly SnapshotKind[] {
  return scope === 'workloads' ? SNAPSHOT_KINDS : keysWhere(({ readFor }) => readFor.includes(scope));
}

export function isLauncher(kind: string): kind is Launcher {
  return (LAUNCHERS as readonly string[]).includes(kind);
}

export function isLookUp(kind: SnapshotKind): boolean {
  return INVENTORY[kind].lookUp;
}
