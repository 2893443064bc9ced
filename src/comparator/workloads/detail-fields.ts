import type { LaunchDetails } from '../../inventory/launch-details.ts';
import { type Field, joined, notCompared, present, valueField } from './field.ts';

/** What else the launch names. Ids of a region are not compared: the counterpart has its own. */
export function detailFields(s: LaunchDetails | null, t: LaunchDetails | null): Field[] {
  const value = (name: string, of: (d: LaunchDetails) => string | null) =>
    present(valueField(name, s && of(s), t && of(t)));
  const local = (name: string, of: (d: LaunchDetails) => string | null) =>
    present(notCompared({ name, source: s && of(s), target: t && of(t) }));
  const devices = [...new Set([s, t].flatMap((d) => d?.devices.map(({ device }) => device) ?? []))];
  const device = (d: LaunchDetails, name: string) => d.devices.find((one) => one.device === name);
  return [
    ...(s?.requirements || t?.requirements
      ? local('instance type', typeText)
      : value('instance type', typeText)),
    ...value('instance profile', ({ profile }) => profile?.split('/').at(-1) ?? null),
    ...value('HttpTokens', ({ httpTokens }) => httpTokens),
    ...value('tenancy', ({ tenancy }) => (tenancy === 'default' ? null : tenancy)),
    ...value('market', ({ spot }) => (spot ? 'spot' : null)),
    ...value('placement group', ({ placementGroup }) => placementGroup).map((field) =>
      [field.source, field.target].some((text) => text?.startsWith('pg-')) ? notCompared(field) : field,
    ),
    ...local('subnets', ({ interfaces }) =>
      joined(interfaces.flatMap(({ subnetId }) => (subnetId === null ? [] : [subnetId]))),
    ),
    ...local('zone', ({ zone, zoneId }) => zone ?? zoneId),
    ...local('host', ({ hostId, hostResourceGroup }) => hostId ?? hostResourceGroup),
    ...local('reservation', ({ reservation }) => reservation),
    ...devices.flatMap((name) => [
      ...value(`volume ${name}`, (d) => volumeText(device(d, name))),
      ...local(`volume ${name} snapshot`, (d) => device(d, name)?.snapshotId ?? null),
      ...local(`volume ${name} KMS key`, (d) => device(d, name)?.kmsKeyId ?? null),
    ]),
  ];
}

function typeText({ instanceType, requirements }: LaunchDetails): string | null {
  return instanceType ?? (requirements ? 'by attributes' : null);
}

function volumeText(device: LaunchDetails['devices'][number] | undefined): string | null {
  if (!device) return null;
  const { sizeGiB, encrypted } = device;
  const size = sizeGiB === null ? 'size of the snapshot' : `${sizeGiB} GiB`;
  return `${size}${encrypted === null ? '' : encrypted ? ', encrypted' : ', not encrypted'}`;
}
