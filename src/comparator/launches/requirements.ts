import type { InstanceRequirements } from '../../inventory/instance-requirements.ts';
import type { InstanceTypeFacts } from '../../inventory/launch-facts/instance-type.ts';

/**
 * Whether a type has what attribute-based selection requires. An attribute that is not known of a type counts as matching: then EC2 may
 * choose it, and nothing is proven. Prices, by which EC2 excludes types too, are not read.
 */
export function fits(type: InstanceTypeFacts, r: InstanceRequirements): boolean {
  const perVCpu = type.memoryMiB !== null && type.vCpus ? type.memoryMiB / 1024 / type.vCpus : null;
  return (
    within(type.vCpus, r.vCpus) &&
    within(type.memoryMiB, r.memoryMiB) &&
    within(perVCpu, r.memoryGiBPerVCpu) &&
    within(type.interfaces, r.networkInterfaces) &&
    within(type.networkGbps, r.networkGbps) &&
    within(type.baselineEbsMbps, r.baselineEbsMbps) &&
    (r.allowedTypes.length === 0 || r.allowedTypes.some((p) => matches(type.id, p))) &&
    !r.excludedTypes.some((p) => matches(type.id, p)) &&
    oneOf(type.cpuManufacturer, r.cpuManufacturers) &&
    oneOf(
      type.currentGeneration === null ? null : type.currentGeneration ? 'current' : 'previous',
      r.generations,
    ) &&
    // A list of allowed types that holds burstable or bare metal ones may be all that is meant: no default is taken then.
    allowed(type.bareMetal, r.bareMetal ?? byDefault(r)) &&
    allowed(type.burstable, r.burstable ?? byDefault(r)) &&
    (r.hibernation !== true || type.hibernation !== false) &&
    (r.encryptionInTransit !== true || type.encryptionInTransit !== false) &&
    storageFits(type, r) &&
    acceleratorsFit(type, r)
  );
}

type Range = InstanceRequirements['vCpus'];

function within(value: number | null, { min, max }: Range): boolean {
  return value === null || ((min === null || value >= min) && (max === null || value <= max));
}

/** "m5.*", "*3*": any characters for an asterisk. */
function matches(type: string, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return type === pattern;
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!type.startsWith(first) || !type.endsWith(last) || type.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = type.indexOf(part, at);
    if (found < 0 || found + part.length > type.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function byDefault({ allowedTypes }: InstanceRequirements): string | null {
  return allowedTypes.length > 0 ? null : 'excluded';
}

function allowed(has: boolean | null, wish: string | null): boolean {
  if (has === null) return true;
  return wish === 'required' ? has : wish === 'excluded' ? !has : true;
}

/** AWS writes "Amazon Web Services" of a type and "amazon-web-services" of a wish; of its accelerators "AWS". */
function named(text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain === 'aws' ? 'amazon-web-services' : plain;
}

function oneOf(has: string | null, wished: readonly string[]): boolean {
  return has === null || wished.length === 0 || wished.map(named).includes(named(has));
}

function storageFits(type: InstanceTypeFacts, r: InstanceRequirements): boolean {
  if (!allowed(type.localStorage, r.localStorage)) return false;
  // Kind and size are asked of types that have such storage; without any they do not have the size.
  if (type.localStorage === false) return r.localStorageGB.min === null || r.localStorageGB.min <= 0;
  const kinds = type.localStorageTypes;
  return (
    within(type.localStorageGB, r.localStorageGB) &&
    (kinds.length === 0 ||
      r.localStorageTypes.length === 0 ||
      kinds.some((k) => oneOf(k, r.localStorageTypes)))
  );
}

function acceleratorsFit({ accelerators, acceleratorMemoryMiB }: InstanceTypeFacts, r: InstanceRequirements) {
  if (accelerators === null) return true;
  const counts = accelerators.map((a) => a.count);
  const total = counts.some((n) => n === null) ? null : counts.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  if (!within(total, r.acceleratorCount)) return false;
  const asked = [r.acceleratorTypes, r.acceleratorManufacturers, r.acceleratorNames].some(
    (l) => l.length > 0,
  );
  if (accelerators.length === 0)
    return !asked && (r.acceleratorMemoryMiB.min === null || r.acceleratorMemoryMiB.min <= 0);
  return (
    within(acceleratorMemoryMiB, r.acceleratorMemoryMiB) &&
    accelerators.some(
      (a) =>
        oneOf(a.kind, r.acceleratorTypes) &&
        oneOf(a.manufacturer, r.acceleratorManufacturers) &&
        oneOf(a.name, r.acceleratorNames),
    )
  );
}

/** For a sentence: "2 to 4 vCPUs, memory of at least 2048 MiB, allowed types m5.*". */
export function requirementsText(r: InstanceRequirements): string {
  const bounds = ({ min, max }: Range, unit: string, of = ''): string[] => {
    if (min === null && max === null) return [];
    const amount =
      min !== null && max !== null
        ? min === max
          ? `${min}`
          : `${min} to ${max}`
        : min === null
          ? `at most ${max}`
          : `at least ${min}`;
    return [`${of}${amount} ${unit}`];
  };
  const list = (what: string, texts: readonly string[]) =>
    texts.length > 0 ? [`${what} ${texts.join(', ')}`] : [];
  const choice = (what: string, wish: string | null) => (wish === null ? [] : [`${what} ${wish}`]);
  return [
    ...bounds(r.vCpus, 'vCPUs'),
    ...bounds(r.memoryMiB, 'MiB of memory'),
    ...bounds(r.memoryGiBPerVCpu, 'GiB of memory per vCPU'),
    ...list('allowed types', r.allowedTypes),
    ...list('without', r.excludedTypes),
    ...list('processors of', r.cpuManufacturers),
    ...list('generation', r.generations),
    ...choice('bare metal', r.bareMetal),
    ...choice('burstable', r.burstable),
    ...(r.hibernation ? ['hibernation'] : []),
    ...(r.encryptionInTransit ? ['encryption in transit'] : []),
    ...bounds(r.networkInterfaces, 'network interfaces'),
    ...bounds(r.networkGbps, 'Gbps of network bandwidth'),
    ...choice('local storage', r.localStorage),
    ...list('local storage of', r.localStorageTypes),
    ...bounds(r.localStorageGB, 'GB of local storage'),
    ...bounds(r.baselineEbsMbps, 'Mbps of EBS bandwidth'),
    ...bounds(r.acceleratorCount, 'accelerators'),
    ...list('accelerators', [...r.acceleratorTypes, ...r.acceleratorManufacturers, ...r.acceleratorNames]),
    ...bounds(r.acceleratorMemoryMiB, 'MiB of accelerator memory'),
  ].join('; ');
}
