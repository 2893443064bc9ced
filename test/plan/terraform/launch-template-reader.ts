import { expect } from 'vitest';
import { type Shape, shapeOf } from '../../endpoint/wire.ts';
import { DATA_SHAPE } from '../../kit/leaves.ts';
import { readBack } from './read-back.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the parser gives has any shape, and the test reads it as the provider does.
type Any = any;

/** The arguments of the provider that are not the names of AWS in snake case. */
const OTHERWISE: Readonly<Record<string, string>> = {
  SecurityGroupIds: 'vpc_security_group_ids',
  SecurityGroups: 'security_group_names',
  LicenseSpecifications: 'license_specification',
  'NetworkInterfaces.Groups': 'security_groups',
  'NetworkInterfaces.SecondaryPrivateIpAddressCount': 'ipv4_address_count',
  'InstanceRequirements.VCpuCount': 'vcpu_count',
  'InstanceRequirements.MemoryMiB': 'memory_mib',
  'InstanceRequirements.MemoryGiBPerVCpu': 'memory_gib_per_vcpu',
  'InstanceRequirements.TotalLocalStorageGB': 'total_local_storage_gb',
  'InstanceRequirements.AcceleratorTotalMemoryMiB': 'accelerator_total_memory_mib',
  'PrivateDnsNameOptions.EnableResourceNameDnsARecord': 'enable_resource_name_dns_a_record',
  'PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord': 'enable_resource_name_dns_aaaa_record',
};

function argumentOf(path: string): string {
  const name = path.split('.').at(-1) ?? '';
  return OTHERWISE[path] ?? name.replace(/(?<=[a-z0-9])[A-Z]/g, (c) => `_${c}`).toLowerCase();
}

/** The names of the members that EC2 and the provider take for the same when they are absent. */
const SAME_AS_ABSENT: Readonly<Record<string, unknown>> = {
  DisableApiStop: false,
  DisableApiTermination: false,
  'InstanceRequirements.RequireHibernateSupport': false,
  'NetworkInterfaces.NetworkCardIndex': 0,
};

/**
 * What version 5.100.0 of the provider requests for a resource `aws_launch_template`, as its requests show: empty texts and zeros
 * are not sent, both flags of host names and both indexes of an interface always are.
 * @param resource As `hcl2json` gives it.
 */
export function requestedData(resource: Any): Any {
  return readStructure(DATA_SHAPE, '', resource) ?? {};
}

function readStructure(shape: Shape, at: string, block: Any): Any {
  const entries = (shape.members ?? []).flatMap(([member, schema]) => {
    const path = at === '' ? member : `${at}.${member}`;
    const value = readMember(shapeOf(schema), path, block[argumentOf(path)]);
    return value === undefined ? [] : [[member, value] as const];
  });
  const given: Any = Object.fromEntries(entries);
  if (at === 'NetworkInterfaces') given.DeviceIndex ??= 0;
  if (at === 'PrivateDnsNameOptions') {
    given.EnableResourceNameDnsARecord ??= false;
    given.EnableResourceNameDnsAAAARecord ??= false;
  }
  return given;
}

function readMember(shape: Shape, path: string, value: Any): Any {
  if (value === undefined) return undefined;
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, path, value[0]);
    case 'list': {
      const item = shapeOf(shape.item);
      if (path === 'TagSpecifications.Tags')
        return Object.entries(value).map(([Key, Value]) => ({ Key: readBack(Key), Value: readBack(Value) }));
      if (item.kind !== 'structure') return value.map(readBack);
      const [only, ...more] = item.members ?? [];
      const isText = only && more.length === 0 && typeof value[0] === 'string';
      return value.map((one: Any) =>
        isText ? { [only[0]]: readBack(one) } : readStructure(item, path, one),
      );
    }
    case 'timestamp':
      // Other forms would be a difference at the next apply.
      expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      return new Date(value).toISOString();
    case 'string':
      return value === '' ? undefined : readBack(value);
    case 'number':
      return value === 0 && path !== 'NetworkInterfaces.DeviceIndex' && !path.endsWith('Max')
        ? undefined
        : value;
    default:
      return value === SAME_AS_ABSENT[path] ? undefined : value;
  }
}

/** The same without what says nothing, and with lists in one order: EC2 gives them in any. */
export function meaning(value: Any, at = ''): Any {
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(item, at)).filter((item) => item !== undefined);
    return items.length === 0
      ? undefined
      : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null)
    return at in SAME_AS_ABSENT && value === SAME_AS_ABSENT[at] ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, meaning(inner, at === '' ? key : `${at}.${key}`)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
