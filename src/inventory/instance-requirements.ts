import * as z from 'zod';
import { distinctTexts } from './order.ts';

/** Bounds of one attribute of attribute-based instance type selection. */
const rangeSchema = z.strictObject({ min: z.number().nullable(), max: z.number().nullable() });
const range = rangeSchema.default(() => ({ min: null, max: null }));
const texts = z.array(z.string()).default(() => []);
const choice = z.string().nullable().default(null);
const flag = z.boolean().nullable().default(null);

/** What an instance type has to have (EC2 API, InstanceRequirements). Null and empty: nothing is asked. */
export const requirementsSchema = z.strictObject({
  vCpus: rangeSchema,
  memoryMiB: rangeSchema,
  allowedTypes: z.array(z.string()).describe('Patterns such as "m5.*"; empty: every type.'),
  excludedTypes: z.array(z.string()),
  cpuManufacturers: texts.describe('"intel", "amd", "amazon-web-services", "apple".'),
  memoryGiBPerVCpu: range,
  generations: texts.describe('"current", "previous"; empty: both.'),
  bareMetal: choice.describe('"included", "required" or "excluded"; null: excluded.'),
  burstable: choice.describe('"included", "required" or "excluded"; null: excluded.'),
  hibernation: flag,
  encryptionInTransit: flag,
  networkInterfaces: range,
  networkGbps: range,
  localStorage: choice.describe('"included", "required" or "excluded"; null: included.'),
  localStorageTypes: texts.describe('"hdd", "ssd"; empty: both.'),
  localStorageGB: range,
  baselineEbsMbps: range,
  acceleratorCount: range,
  acceleratorTypes: texts.describe('"gpu", "fpga", "inference", "media".'),
  acceleratorManufacturers: texts,
  acceleratorNames: texts,
  acceleratorMemoryMiB: range,
});
export type InstanceRequirements = z.infer<typeof requirementsSchema>;

interface AwsRange {
  Min?: number | undefined;
  Max?: number | undefined;
}
export interface AwsRequirements {
  VCpuCount?: AwsRange | undefined;
  MemoryMiB?: AwsRange | undefined;
  AllowedInstanceTypes?: string[] | undefined;
  ExcludedInstanceTypes?: string[] | undefined;
  CpuManufacturers?: string[] | undefined;
  MemoryGiBPerVCpu?: AwsRange | undefined;
  InstanceGenerations?: string[] | undefined;
  BareMetal?: string | undefined;
  BurstablePerformance?: string | undefined;
  RequireHibernateSupport?: boolean | undefined;
  RequireEncryptionInTransit?: boolean | undefined;
  NetworkInterfaceCount?: AwsRange | undefined;
  NetworkBandwidthGbps?: AwsRange | undefined;
  LocalStorage?: string | undefined;
  LocalStorageTypes?: string[] | undefined;
  TotalLocalStorageGB?: AwsRange | undefined;
  BaselineEbsBandwidthMbps?: AwsRange | undefined;
  AcceleratorCount?: AwsRange | undefined;
  AcceleratorTypes?: string[] | undefined;
  AcceleratorManufacturers?: string[] | undefined;
  AcceleratorNames?: string[] | undefined;
  AcceleratorTotalMemoryMiB?: AwsRange | undefined;
}

export function requirementsFrom(raw: AwsRequirements): InstanceRequirements {
  const bounds = (r: AwsRange | undefined) => ({ min: r?.Min ?? null, max: r?.Max ?? null });
  return {
    vCpus: bounds(raw.VCpuCount),
    memoryMiB: bounds(raw.MemoryMiB),
    allowedTypes: distinctTexts(raw.AllowedInstanceTypes ?? []),
    excludedTypes: distinctTexts(raw.ExcludedInstanceTypes ?? []),
    cpuManufacturers: distinctTexts(raw.CpuManufacturers ?? []),
    memoryGiBPerVCpu: bounds(raw.MemoryGiBPerVCpu),
    generations: distinctTexts(raw.InstanceGenerations ?? []),
    bareMetal: raw.BareMetal || null,
    burstable: raw.BurstablePerformance || null,
    hibernation: raw.RequireHibernateSupport ?? null,
    encryptionInTransit: raw.RequireEncryptionInTransit ?? null,
    networkInterfaces: bounds(raw.NetworkInterfaceCount),
    networkGbps: bounds(raw.NetworkBandwidthGbps),
    localStorage: raw.LocalStorage || null,
    localStorageTypes: distinctTexts(raw.LocalStorageTypes ?? []),
    localStorageGB: bounds(raw.TotalLocalStorageGB),
    baselineEbsMbps: bounds(raw.BaselineEbsBandwidthMbps),
    acceleratorCount: bounds(raw.AcceleratorCount),
    acceleratorTypes: distinctTexts(raw.AcceleratorTypes ?? []),
    acceleratorManufacturers: distinctTexts(raw.AcceleratorManufacturers ?? []),
    acceleratorNames: distinctTexts(raw.AcceleratorNames ?? []),
    acceleratorMemoryMiB: bounds(raw.AcceleratorTotalMemoryMiB),
  };
}
