import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { LaunchDetails, LaunchDevice } from '../../inventory/launch-details.ts';
import { launchDetailsFrom } from '../../inventory/launch-details.ts';
import type { LaunchField, Template, TemplateLaunch } from '../../inventory/template.ts';

/** One launch of a template as it would be in a place: one per instance type, and one more per value that is not certain. */
export interface StackLaunch {
  readonly resource: string;
  readonly details: LaunchDetails;
  /** "ami-…"; null where there is none, or none that is known. */
  readonly image: string | null;
  readonly groups: readonly string[];
  /** Whether it counts only under conditions that nothing decides. */
  readonly open: boolean;
  /** Whether another instance type, or another subnet, of the same resource can take its place. */
  readonly oneOfSeveral: boolean;
  /** Whether its subnets are those of the network interfaces of one instance, and not a list to choose from. */
  readonly needsEachSubnet: boolean;
}

export interface StackLaunches {
  readonly launches: readonly StackLaunch[];
  /** What a launch names without a known value. */
  readonly unresolved: readonly { readonly resource: string; readonly what: string; readonly why: string }[];
}

/** Values of one region only: a new deployment of the stack is given others. */
const OF_ONE_REGION: ReadonlySet<LaunchField> = new Set([
  'subnet',
  'interface',
  'zone',
  'host',
  'reservation',
  'snapshot',
  'kms-key',
]);

/** What a launch cannot be judged without; null where it can, or where a reference says so already. */
const WORDS: Readonly<Record<LaunchField, string | null>> = {
  type: 'instance type',
  subnet: 'subnet',
  interface: 'network interface',
  zone: 'Availability Zone',
  profile: 'instance profile',
  'placement-group': 'placement group',
  host: 'dedicated host',
  reservation: 'capacity reservation',
  snapshot: 'snapshot',
  'kms-key': 'KMS key',
  'http-tokens': null,
  device: null,
  size: null,
  encrypted: null,
  image: null,
  group: null,
};

/** Types of which any will do: the others are left where one is not offered. */
const ANY_TYPE = /Batch|batch|Nodegroup|node_group|AutoScalingGroup|autoscaling_group|Fleet|fleet|Beanstalk/;

interface Value {
  readonly field: LaunchField;
  readonly path: string;
  readonly text: string;
}

/** @param applied Whether its values are those of what exists, however they were chosen. */
export function stackLaunches(template: Template, place: Place, applied: boolean): StackLaunches {
  const found = template.launches.map((launch) => launchesOf(launch, template, place, applied));
  return {
    launches: found.flatMap(({ launches }) => launches),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
}

function launchesOf(
  { resource, type, fields }: TemplateLaunch,
  template: Template,
  place: Place,
  applied: boolean,
): StackLaunches {
  const certain: Value[] = [];
  const open: Value[] = [];
  const unresolved: { resource: string; what: string; why: string }[] = [];
  const made = new Set(
    template.creates.flatMap(({ to, name }) =>
      to === 'instance-profile'
        ? evaluate(name, template, place).flatMap((o) => (o.is === 'value' ? [o.value] : []))
        : [],
    ),
  );
  for (const { field, path, value } of fields) {
    for (const outcome of evaluate(value, template, place)) {
      const word = WORDS[field];
      // Any zone that it gives is one of the region.
      if (outcome.is === 'unresolved' && word !== null && outcome.what !== 'Fn::GetAZs')
        unresolved.push({ resource, what: word, why: outcome.what });
      const text = textOf(outcome, place);
      if (text === null || (field === 'profile' && made.has(text))) continue;
      if (OF_ONE_REGION.has(field) && (applied || isGiven(outcome, template))) continue;
      (outcome.when.length > 0 ? open : certain).push({ field, path, text });
    }
  }
  const several = ANY_TYPE.test(type);
  return {
    launches: [
      ...startsOf(certain, several),
      ...open.flatMap((value) => startsOf([value], several, true)),
    ].map((launch) => ({ resource, ...launch })),
    unresolved,
  };
}

function textOf(outcome: Outcome, place: Place): string | null {
  if (outcome.is === 'ssm') return place.parameter?.(outcome.name) ?? null;
  const text = outcome.is === 'value' ? outcome.value.trim() : '';
  return text === '' ? null : text;
}

/** Whether it was given to a deployed stack from outside. */
function isGiven({ via }: Outcome, { parameters }: Template): boolean {
  return via.some(
    (v) =>
      v.is === 'parameter' &&
      v.from === 'value' &&
      parameters.some((p) => p.name === v.name && p.value !== null && p.value !== p.default),
  );
}

function startsOf(values: readonly Value[], several: boolean, open = false): Omit<StackLaunch, 'resource'>[] {
  if (values.length === 0) return [];
  const of = (field: LaunchField) => values.flatMap((v) => (v.field === field ? [v.text] : []));
  // Of a family, or "optimal", the service chooses the type.
  const types = [...new Set(of('type').filter((type) => type.includes('.')))];
  const zones = of('zone');
  const details: LaunchDetails = {
    ...launchDetailsFrom({
      NetworkInterfaces: [
        ...of('subnet').map((SubnetId) => ({ SubnetId })),
        ...of('interface').map((NetworkInterfaceId) => ({ NetworkInterfaceId })),
      ],
      IamInstanceProfile: { Name: of('profile')[0] },
      Placement: { GroupName: of('placement-group')[0], HostId: of('host')[0], AvailabilityZone: zones[0] },
      CapacityReservationSpecification: {
        CapacityReservationTarget: { CapacityReservationId: of('reservation')[0] },
      },
      MetadataOptions: { HttpTokens: of('http-tokens')[0] },
    }),
    devices: devicesOf(values),
  };
  const needsEachSubnet = areOfInterfaces(values.filter((v) => v.field === 'subnet'));
  const base = { image: of('image')[0] ?? null, groups: of('group'), open, needsEachSubnet };
  const own = [null, ...types].filter((type, i) => type !== null || i > 0 || types.length === 0);
  return [
    ...own.map((instanceType) => ({
      ...base,
      details: { ...details, instanceType },
      oneOfSeveral: several && types.length > 1,
    })),
    // Each further zone of a group by itself.
    ...zones.slice(1).map((zone) => ({
      ...base,
      details: { ...launchDetailsFrom({ Placement: { AvailabilityZone: zone } }) },
      oneOfSeveral: true,
    })),
  ];
}

/** Several values of one path are alternatives. */
function areOfInterfaces(subnets: readonly Value[]): boolean {
  const paths = new Set(subnets.map(({ path }) => path));
  return (
    paths.size === subnets.length &&
    subnets.every(({ path }) => /NetworkInterfaces|network_interface/.test(path))
  );
}

function devicesOf(values: readonly Value[]): LaunchDevice[] {
  const devices = new Map<string, LaunchDevice>();
  for (const { field, path, text } of values) {
    const at = /^.*?(?:BlockDeviceMappings|block_device_mappings|ebs_block_device)\.\d+/.exec(path)?.[0];
    if (at === undefined) continue;
    const known = devices.get(at) ?? {
      device: '',
      snapshotId: null,
      kmsKeyId: null,
      sizeGiB: null,
      encrypted: null,
    };
    if (field === 'device') devices.set(at, { ...known, device: text });
    if (field === 'snapshot') devices.set(at, { ...known, snapshotId: text });
    if (field === 'kms-key') devices.set(at, { ...known, kmsKeyId: text });
    if (field === 'size' && /^\d+$/.test(text)) devices.set(at, { ...known, sizeGiB: Number(text) });
    if (field === 'encrypted') devices.set(at, { ...known, encrypted: text === 'true' });
  }
  return [...devices.values()];
}
