/**
 * Attribute-based instance type selection: the attributes of a block `instance_requirements` (Terraform Registry, hashicorp/aws)
 * as the properties of CloudFormation, by which they are judged. Prices decide nothing here.
 */
const ATTRIBUTES: Readonly<
  Record<string, { readonly property: string; readonly form: 'range' | 'list' | 'value' }>
> = {
  vcpu_count: { property: 'VCpuCount', form: 'range' },
  memory_mib: { property: 'MemoryMiB', form: 'range' },
  memory_gib_per_vcpu: { property: 'MemoryGiBPerVCpu', form: 'range' },
  allowed_instance_types: { property: 'AllowedInstanceTypes', form: 'list' },
  excluded_instance_types: { property: 'ExcludedInstanceTypes', form: 'list' },
  cpu_manufacturers: { property: 'CpuManufacturers', form: 'list' },
  instance_generations: { property: 'InstanceGenerations', form: 'list' },
  bare_metal: { property: 'BareMetal', form: 'value' },
  burstable_performance: { property: 'BurstablePerformance', form: 'value' },
  require_hibernate_support: { property: 'RequireHibernateSupport', form: 'value' },
  network_interface_count: { property: 'NetworkInterfaceCount', form: 'range' },
  network_bandwidth_gbps: { property: 'NetworkBandwidthGbps', form: 'range' },
  local_storage: { property: 'LocalStorage', form: 'value' },
  local_storage_types: { property: 'LocalStorageTypes', form: 'list' },
  total_local_storage_gb: { property: 'TotalLocalStorageGB', form: 'range' },
  baseline_ebs_bandwidth_mbps: { property: 'BaselineEbsBandwidthMbps', form: 'range' },
  accelerator_count: { property: 'AcceleratorCount', form: 'range' },
  accelerator_types: { property: 'AcceleratorTypes', form: 'list' },
  accelerator_manufacturers: { property: 'AcceleratorManufacturers', form: 'list' },
  accelerator_names: { property: 'AcceleratorNames', form: 'list' },
  accelerator_total_memory_mib: { property: 'AcceleratorTotalMemoryMiB', form: 'range' },
};

const BLOCK = 'instance_requirements';

/** The places of the attributes of such a block, as the table of launches writes them. */
export function requirementPlaces(above = ''): string[] {
  return Object.entries(ATTRIBUTES).flatMap(([name, { form }]) => {
    const path = `requirement ${above}${BLOCK}.*.${name}`;
    if (form === 'range') return [`${path}.*.min`, `${path}.*.max`];
    return [form === 'list' ? `${path}.*` : path];
  });
}

/** The path of an attribute as CloudFormation would have it: "…override.0.InstanceRequirements.VCpuCount.Min". */
export function requirementPath(path: readonly string[]): string {
  const at = path.indexOf(BLOCK);
  const [, , name = '', ...rest] = path.slice(at);
  const { property, form } = ATTRIBUTES[name] ?? { property: name, form: 'value' };
  const below = form === 'range' ? rest.slice(1).map((end) => (end === 'min' ? 'Min' : 'Max')) : rest;
  return [...path.slice(0, at), 'InstanceRequirements', property, ...below].join('.');
}
