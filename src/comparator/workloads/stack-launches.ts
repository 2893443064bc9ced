import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { LaunchField, Template, TemplateLaunch } from '../../inventory/template.ts';
import { groupBy } from '../../text/groups.ts';
import { composedLaunches, usesDefaultVpc } from './launch-sources.ts';
import { areOfInterfaces, detailsOf, interfaceIn, isSpot, type LaunchValue } from './launch-values.ts';

/** One launch of a template as it would be in a place: one per instance type, and one more per value that is not certain. */
export interface StackLaunch {
  readonly resource: string;
  readonly details: LaunchDetails;
  /** "ami-…"; null where there is none, or none that is known. */
  readonly image: string | null;
  readonly groups: readonly string[];
  /** The same by network interface. */
  readonly interfaces: readonly (readonly string[])[];
  readonly targetGroups: readonly string[];
  /** Names of Classic Load Balancers. */
  readonly loadBalancers: readonly string[];
  readonly serviceLinkedRole: string | null;
  /** Whether it counts only under conditions that nothing decides. */
  readonly open: boolean;
  /** Whether the resource starts instances; else what it names only has to exist. */
  readonly starts: boolean;
  /** What any other launch of the resource with the same text can take the place of; null: nothing can. */
  readonly oneOf: string | null;
  /** Whether each of its subnets has to exist: not where the service chooses among them when it starts instances. */
  readonly needsEachSubnet: boolean;
  /** Whether it names no subnet, so that EC2 takes a default subnet of its zone or region. */
  readonly inDefaultVpc: boolean;
  /** How many instances it starts; null where that is not known. */
  readonly count: number | null;
  /** Where its values are written. */
  readonly values: readonly LaunchValue[];
}

/** A launch that takes values of a launch template of the same stack, which is judged by itself too. */
export interface ComposedStackLaunch extends StackLaunch {
  readonly joinsImageAndType: boolean;
  readonly joinsGroupsAndSubnets: boolean;
  readonly joinsTypeAndPlaces: boolean;
}

export interface StackLaunches {
  readonly launches: readonly StackLaunch[];
  readonly composed: readonly ComposedStackLaunch[];
  /** What a launch names without a known value. */
  readonly unresolved: readonly { readonly resource: string; readonly what: string; readonly why: string }[];
}

/** Values of one region only: a new deployment of the stack is given others. */
const OF_ONE_REGION: ReadonlySet<LaunchField> = new Set([
  'subnet',
  'interface',
  'zone',
  'private-address',
  'host',
  'host-resource-group',
  'reservation',
  'licence',
  'target-group',
  'load-balancer',
  'snapshot',
  'kms-key',
]);

/** What a launch cannot be judged without; null where it can, or where a reference says so already. */
const WORDS: Readonly<Record<LaunchField, string | null>> = {
  type: 'instance type',
  requirement: null,
  market: null,
  'spot-price': null,
  'on-demand-base': null,
  'on-demand-percent': null,
  subnet: 'subnet',
  interface: 'network interface',
  zone: 'Availability Zone',
  profile: 'instance profile',
  'placement-group': 'placement group',
  'private-address': null,
  host: 'dedicated host',
  'host-resource-group': 'host resource group',
  reservation: 'capacity reservation',
  licence: 'licence configuration',
  'target-group': 'target group',
  // Those without a known name are listed as not looked at.
  'load-balancer': null,
  platform: null,
  'service-linked-role': null,
  snapshot: 'snapshot',
  'kms-key': 'KMS key',
  'http-tokens': null,
  device: null,
  size: null,
  encrypted: null,
  image: null,
  group: null,
  count: null,
};

/**
 * Which values that mean one region are left out: those that were given to the template, since a new deployment of it is
 * given others (`given`); all, since it shows what exists on the source, however that was chosen (`all`); none, since it is
 * the template of a stack of the target (`none`).
 */
export type LeftOut = 'given' | 'all' | 'none';

export function stackLaunches(template: Template, place: Place, leftOut: LeftOut): StackLaunches {
  const found = template.launches.map((launch) => launchesOf(launch, template, place, leftOut));
  return {
    launches: found.flatMap(({ launches }) => launches),
    composed: composedLaunches(template, place).flatMap(({ launch, ...joins }) =>
      launchesOf(launch, template, place, leftOut).launches.map((one) => ({ ...one, ...joins })),
    ),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
}

function launchesOf(
  launch: TemplateLaunch,
  template: Template,
  place: Place,
  leftOut: LeftOut,
): Omit<StackLaunches, 'composed'> {
  const { resource, type, starts, fields } = launch;
  const certain: LaunchValue[] = [];
  const open: LaunchValue[] = [];
  const unresolved: { resource: string; what: string; why: string }[] = [];
  const made = new Set(
    template.creates.flatMap(({ to, name }) =>
      to === 'instance-profile'
        ? evaluate(name, template, place).flatMap((o) => (o.is === 'value' ? [o.value] : []))
        : [],
    ),
  );
  for (const { field, path, line, file, value } of fields) {
    // It is listed as not looked at.
    if (field === 'platform') continue;
    for (const outcome of evaluate(value, template, place)) {
      const word = WORDS[field];
      // Any zone that it gives is one of the region.
      if (starts && outcome.is === 'unresolved' && word !== null && outcome.what !== 'Fn::GetAZs')
        unresolved.push({ resource, what: word, why: outcome.what });
      if (OF_ONE_REGION.has(field) && isLeftOut(outcome, template, leftOut)) continue;
      const at = outcome.line === null ? { line, file } : { line: outcome.line, file: outcome.file };
      for (const [i, text] of textsOf(outcome, field, place).entries())
        if (field !== 'profile' || !made.has(text))
          (outcome.when.length > 0 ? open : certain).push({
            field,
            // Each snapshot that one text names is of another volume.
            path: field === 'snapshot' && i > 0 ? `${path}.${i}.` : path,
            text,
            ...at,
          });
    }
  }
  const shared = { resource, starts, inDefaultVpc: usesDefaultVpc(launch, template, place) };
  return {
    launches: [
      ...(certain.length === 0 && (shared.inDefaultVpc || launch.userData)
        ? launchesOfPart([], resource, type, false)
        : startsOf(certain, resource, type)),
      ...open.flatMap((value) => startsOf([value], resource, type, true)),
    ].map((one) => ({ ...shared, ...one, details: { ...one.details, userData: launch.userData } })),
    unresolved,
  };
}

function isLeftOut(outcome: Outcome, template: Template, leftOut: LeftOut): boolean {
  return leftOut === 'all' || (leftOut === 'given' && isGiven(outcome, template));
}

/** Fields of which one text may hold several. */
const LISTS: ReadonlySet<LaunchField> = new Set(['subnet', 'zone', 'load-balancer']);

function textsOf(outcome: Outcome, field: LaunchField, place: Place): string[] {
  const text =
    outcome.is === 'ssm' ? place.parameter?.(outcome.name) : outcome.is === 'value' ? outcome.value : null;
  // Block devices of Elastic Beanstalk: "/dev/sdj=:100,/dev/sdh=snap-51eef269".
  if (field === 'snapshot' && text?.includes('='))
    return text
      .split(/[,=:]/)
      .filter((part) => /^\s*snap-/.test(part))
      .map((part) => part.trim());
  const texts = LISTS.has(field) ? (text ?? '').split(',') : [text ?? ''];
  return texts.map((one) => one.trim()).filter((one) => one !== '' && isOf(field, one));
}

/** Instance types of EC2: not a family, "optimal", "m5.*", or a type of another service such as "db.t3.micro". */
const TYPE =
  /^(?!(?:db|cache|ml|dc|dw|ds|ra|mq|kafka|express|dax|stream|standard|bc|rds|search|node)\d*\.)[a-z][a-z\d]*-?[a-z\d-]*\.[a-z\d-]+$/;

/** Whether it is a value that can be looked up. A zone may be "all" or "Multiple", where a service decides. */
function isOf(field: LaunchField, text: string): boolean {
  if (field === 'type') return TYPE.test(text);
  if (field === 'zone') return /^[a-z]{2,}.*\d/.test(text);
  return true;
}

/** Whether it was given to a deployed stack from outside. */
export function isGiven({ via }: Outcome, { parameters }: Template): boolean {
  return via.some(
    (v) =>
      v.is === 'parameter' &&
      v.from === 'value' &&
      parameters.some((p) => p.name === v.name && p.value !== null && p.value !== p.default),
  );
}

/** Parts of a resource that are separate launches, such as the specifications of a Spot Fleet. */
const PART =
  /^.*?\.(?:LaunchSpecifications|Overrides|Hosts|InstanceTypeConfigs|launch_specification|override)\.\d+(?=\.)/;
/** Properties that list parts, or types, of which the service starts what it can. */
const CHOICE =
  /(?:Types|Overrides|Specifications|Configs|Definitions|instance_types?|override|specification)$/;

/** What the values of a resource say of a launch, without what is the resource's. */
type Written = Omit<StackLaunch, 'resource' | 'starts' | 'inDefaultVpc'>;

/** One launch per part that names its own type, with what all of them share, and one per type. */
function startsOf(values: readonly LaunchValue[], resource: string, type: string, open = false): Written[] {
  if (values.length === 0) return [];
  const partOf = (path: string) => PART.exec(path)?.[0] ?? typeParents.find((p) => path.startsWith(`${p}.`));
  const typeParents = [
    ...new Set(values.flatMap(({ field, path }) => (field === 'type' ? parentOf(path) : []))),
  ];
  const parts = [...new Set(values.map(({ path }) => partOf(path) ?? null))];
  const shared = values.filter(({ path }) => partOf(path) === undefined);
  const named = parts.filter((part) => part !== null);
  const launches = named.length === 0 ? [null] : named;
  return launches.flatMap((part) => {
    const own = part === null ? [] : values.filter(({ path }) => partOf(path) === part);
    return launchesOfPart([...shared, ...own], resource, type, open);
  });
}

function launchesOfPart(
  values: readonly LaunchValue[],
  resource: string,
  type: string,
  open: boolean,
): Written[] {
  const of = (field: LaunchField) => values.filter((v) => v.field === field);
  const types = [...new Map(of('type').map((value) => [value.text, value])).values()];
  const [first, ...further] = of('zone');
  const rest = values.filter(({ field }) => field !== 'type' && field !== 'zone');
  const base = {
    image: of('image')[0]?.text ?? null,
    groups: of('group').map(({ text }) => text),
    interfaces: [...groupBy(of('group'), ({ path }) => interfaceIn(path) ?? '').values()].map((own) =>
      own.map(({ text }) => text),
    ),
    targetGroups: of('target-group').flatMap(({ text }) => (text.includes(':targetgroup/') ? [text] : [])),
    loadBalancers: of('load-balancer').map(({ text }) => text),
    serviceLinkedRole: of('service-linked-role')[0]?.text ?? null,
    open,
    // Of a group that mixes Spot and On-Demand Instances only a part counts against each quota.
    count: of('on-demand-percent').length > 0 ? null : countOf(of('count'), type),
    needsEachSubnet: !isFleet(type) || areOfInterfaces(of('subnet')),
  };
  const own: readonly (LaunchValue | null)[] = types.length > 0 ? types : [null];
  return [
    ...own.map((value) => {
      const all = [...rest, ...(first ? [first] : []), ...(value ? [value] : [])];
      return {
        ...base,
        details: { ...detailsOf(all, resource), spot: isSpot(all, type) },
        values: all,
        oneOf: value ? choiceOf(value, types) : choiceOfAttributes(values),
      };
    }),
    // Each further zone of a group by itself.
    ...further.map((zone) => ({
      ...base,
      targetGroups: [],
      loadBalancers: [],
      serviceLinkedRole: null,
      details: detailsOf([zone], resource),
      values: [zone],
      // A service that chooses the zone when it starts instances can do without one of them.
      oneOf: isFleet(type) ? 'zones' : null,
    })),
  ];
}

const STARTS_ONE: ReadonlySet<string> = new Set([
  'AWS::EC2::Instance',
  'AWS::Cloud9::EnvironmentEC2',
  'aws_instance',
  'aws_spot_instance_request',
  'aws_cloud9_environment_ec2',
]);

function countOf(values: readonly LaunchValue[], type: string): number | null {
  const counts = values.flatMap(({ text }) => (/^\d{1,6}$/.test(text) ? [Number(text)] : []));
  if (counts.length > 0) return Math.max(...counts);
  return STARTS_ONE.has(type) ? 1 : null;
}

/** The list that the type is one of, where the service can do without it. */
function choiceOf({ path }: LaunchValue, types: readonly LaunchValue[]): string | null {
  const list = /^(.*)\.\d+(?:\.\w+)?$/.exec(path)?.[1];
  if (list !== undefined && CHOICE.test(list)) return list;
  return types.filter((other) => other.path === path).length > 1 ? path : null;
}

/** The list of overrides that attributes are one of. */
function choiceOfAttributes(values: readonly LaunchValue[]): string | null {
  const [first] = values.filter(({ field }) => field === 'requirement');
  const list = first && /^(.*)\.\d+\.InstanceRequirements\./.exec(first.path)?.[1];
  return list !== undefined && CHOICE.test(list) ? list : null;
}

/** A fleet starts what it can; other resources are refused for one subnet or zone that does not exist. */
function isFleet(type: string): boolean {
  return /Fleet|fleet/.test(type);
}

function parentOf(path: string): string {
  return path.replace(/\.\d+$/, '').replace(/\.[^.]+$/, '');
}
