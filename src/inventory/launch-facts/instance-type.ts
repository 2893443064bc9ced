import * as z from 'zod';
import { distinctTexts as texts } from '../order.ts';

const number = z.number().nullable().default(null);
const flag = z.boolean().nullable().default(null);

const acceleratorSchema = z.strictObject({
  kind: z.enum(['gpu', 'fpga', 'inference', 'media']),
  name: z.string().nullable(),
  manufacturer: z.string().nullable(),
  count: z.number().nullable(),
});

/** What instance types are, the same in every region. Null: not known. */
export const instanceTypeSchema = z.strictObject({
  id: z.string(),
  architectures: z.array(z.string()),
  virtualization: z.array(z.string()),
  rootDevices: z.array(z.string()),
  bootModes: z.array(z.string()),
  vCpus: z.number().nullable(),
  ena: z.string().nullable().describe('"required", "supported" or "unsupported".'),
  tpm: z.string().nullable().describe('NitroTPM: "supported" or "unsupported".'),
  interfaces: z.number().nullable().describe('How many network interfaces it takes.'),
  hypervisor: z.string().nullable(),
  placementStrategies: z
    .array(z.string())
    .default(() => [])
    .describe('The strategies of placement groups that it can be started in; empty: not known.'),
  // What attribute-based selection asks about; null in files of before it was read.
  memoryMiB: number,
  cpuManufacturer: z.string().nullable().default(null),
  currentGeneration: flag,
  bareMetal: flag,
  burstable: flag,
  hibernation: flag,
  usageClasses: z
    .array(z.string())
    .default(() => [])
    .describe('"on-demand", "spot", "capacity-block"; empty: not known.'),
  dedicatedHosts: flag,
  enclaves: flag.describe('Whether it supports Nitro Enclaves.'),
  ebsOptimized: z.string().nullable().default(null).describe('"default", "supported" or "unsupported".'),
  encryptionInTransit: flag,
  networkGbps: number.describe('Baseline bandwidth of all network cards.'),
  localStorage: flag,
  localStorageGB: number,
  localStorageTypes: z.array(z.string()).default(() => []),
  baselineEbsMbps: number,
  accelerators: z.array(acceleratorSchema).nullable().default(null),
  acceleratorMemoryMiB: number.describe('Of its GPUs.'),
});
export type InstanceTypeFacts = z.infer<typeof instanceTypeSchema>;
type Accelerator = z.infer<typeof acceleratorSchema>;

interface AwsAccelerator {
  Name?: string | undefined;
  Manufacturer?: string | undefined;
  Count?: number | undefined;
}
export interface AwsInstanceType {
  InstanceType?: string | undefined;
  CurrentGeneration?: boolean | undefined;
  BareMetal?: boolean | undefined;
  BurstablePerformanceSupported?: boolean | undefined;
  HibernationSupported?: boolean | undefined;
  InstanceStorageSupported?: boolean | undefined;
  MemoryInfo?: { SizeInMiB?: number | undefined } | undefined;
  InstanceStorageInfo?:
    | { TotalSizeInGB?: number | undefined; Disks?: { Type?: string | undefined }[] | undefined }
    | undefined;
  SupportedUsageClasses?: string[] | undefined;
  DedicatedHostsSupported?: boolean | undefined;
  NitroEnclavesSupport?: string | undefined;
  EbsInfo?:
    | {
        EbsOptimizedSupport?: string | undefined;
        EbsOptimizedInfo?: { BaselineBandwidthInMbps?: number | undefined } | undefined;
      }
    | undefined;
  GpuInfo?: { Gpus?: AwsAccelerator[] | undefined; TotalGpuMemoryInMiB?: number | undefined } | undefined;
  FpgaInfo?: { Fpgas?: AwsAccelerator[] | undefined } | undefined;
  InferenceAcceleratorInfo?: { Accelerators?: AwsAccelerator[] | undefined } | undefined;
  MediaAcceleratorInfo?: { Accelerators?: AwsAccelerator[] | undefined } | undefined;
  ProcessorInfo?:
    | { SupportedArchitectures?: string[] | undefined; Manufacturer?: string | undefined }
    | undefined;
  SupportedVirtualizationTypes?: string[] | undefined;
  SupportedRootDeviceTypes?: string[] | undefined;
  SupportedBootModes?: string[] | undefined;
  VCpuInfo?: { DefaultVCpus?: number | undefined } | undefined;
  NetworkInfo?:
    | {
        EnaSupport?: string | undefined;
        MaximumNetworkInterfaces?: number | undefined;
        EncryptionInTransitSupported?: boolean | undefined;
        NetworkCards?: { BaselineBandwidthInGbps?: number | undefined }[] | undefined;
      }
    | undefined;
  NitroTpmSupport?: string | undefined;
  Hypervisor?: string | undefined;
  PlacementGroupInfo?: { SupportedStrategies?: string[] | undefined } | undefined;
}

export function instanceTypeFrom(raw: AwsInstanceType): InstanceTypeFacts {
  const { NetworkInfo: network, InstanceStorageInfo: storage } = raw;
  const cards = (network?.NetworkCards ?? []).flatMap((c) => c.BaselineBandwidthInGbps ?? []);
  return {
    id: raw.InstanceType ?? '',
    architectures: texts(raw.ProcessorInfo?.SupportedArchitectures ?? []),
    virtualization: texts(raw.SupportedVirtualizationTypes ?? []),
    rootDevices: texts(raw.SupportedRootDeviceTypes ?? []),
    bootModes: texts(raw.SupportedBootModes ?? []),
    vCpus: raw.VCpuInfo?.DefaultVCpus ?? null,
    ena: network?.EnaSupport || null,
    tpm: raw.NitroTpmSupport || null,
    interfaces: network?.MaximumNetworkInterfaces ?? null,
    hypervisor: raw.Hypervisor || null,
    placementStrategies: texts(raw.PlacementGroupInfo?.SupportedStrategies ?? []),
    memoryMiB: raw.MemoryInfo?.SizeInMiB ?? null,
    cpuManufacturer: raw.ProcessorInfo?.Manufacturer || null,
    currentGeneration: raw.CurrentGeneration ?? null,
    bareMetal: raw.BareMetal ?? null,
    burstable: raw.BurstablePerformanceSupported ?? null,
    hibernation: raw.HibernationSupported ?? null,
    usageClasses: texts(raw.SupportedUsageClasses ?? []),
    dedicatedHosts: raw.DedicatedHostsSupported ?? null,
    enclaves: raw.NitroEnclavesSupport ? raw.NitroEnclavesSupport === 'supported' : null,
    ebsOptimized: raw.EbsInfo?.EbsOptimizedSupport || null,
    encryptionInTransit: network?.EncryptionInTransitSupported ?? null,
    networkGbps: cards.length > 0 ? cards.reduce((sum, n) => sum + n, 0) : null,
    localStorage: raw.InstanceStorageSupported ?? null,
    localStorageGB: storage?.TotalSizeInGB ?? null,
    localStorageTypes: texts((storage?.Disks ?? []).map((d) => d.Type)),
    baselineEbsMbps: raw.EbsInfo?.EbsOptimizedInfo?.BaselineBandwidthInMbps ?? null,
    accelerators: acceleratorsOf(raw),
    acceleratorMemoryMiB: raw.GpuInfo?.TotalGpuMemoryInMiB ?? null,
  };
}

/** AWS leaves out the parts that a type does not have; a row without memory was shortened when it was saved. */
function acceleratorsOf(raw: AwsInstanceType): Accelerator[] | null {
  const of = (kind: Accelerator['kind'], rows: AwsAccelerator[] | undefined): Accelerator[] =>
    (rows ?? []).map((a) => ({
      kind,
      name: a.Name || null,
      manufacturer: a.Manufacturer || null,
      count: a.Count ?? null,
    }));
  const all = [
    ...of('gpu', raw.GpuInfo?.Gpus),
    ...of('fpga', raw.FpgaInfo?.Fpgas),
    ...of('inference', raw.InferenceAcceleratorInfo?.Accelerators),
    ...of('media', raw.MediaAcceleratorInfo?.Accelerators),
  ];
  return all.length === 0 && raw.MemoryInfo === undefined ? null : all;
}
