import type { LaunchField } from '../../inventory/template.ts';
import { groupBy } from '../../text/groups.ts';
import { areOfInterfaces, detailsOf, interfaceIn, isSpot, type LaunchValue } from './launch-values.ts';
import type { StackLaunch } from './stack-launch.ts';

/** Parts of a resource that are separate launches, such as the specifications of a Spot Fleet. */
const PART =
  /^.*?\.(?:LaunchSpecifications|Overrides|Hosts|InstanceTypeConfigs|launch_specification|overrides?)\.\d+(?=\.)/;
/** Properties that list parts, or types, of which the service starts what it can. */
const CHOICE =
  /(?:Types|Overrides|Specifications|Configs|Definitions|instance_types?|overrides?|specification)$/;

/** What the values of a resource say of a launch, without what is the resource's. */
type Written = Omit<StackLaunch, 'resource' | 'resourceType' | 'starts' | 'inDefaultVpc'>;

/** One launch per part that names its own type, with what all of them share, and one per type. */
export function startsOf(
  values: readonly LaunchValue[],
  resource: string,
  type: string,
  open = false,
): Written[] {
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

/** The launches of values that go together: one per instance type, and one per further zone. */
export function launchesOfPart(
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
    spreads: SPREADS.has(type),
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

const SPREADS: ReadonlySet<string> = new Set(['AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group']);

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
