/** How instances are bought: each way counts against a separate quota. */
export type Market = 'on-demand' | 'spot';

/**
 * vCPU quotas by the letters that the families of instance types begin with (Service Quotas, service code "ec2"). Of some
 * families there are no Spot Instances.
 */
const CLASSES = [
  {
    'on-demand': 'L-1216C47A',
    spot: 'L-34B43A08',
    classes: 'Standard (A, C, D, H, I, M, R, T, Z)',
    families: ['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z'],
  },
  { 'on-demand': 'L-DB2E81BA', spot: 'L-3819A6DF', classes: 'G and VT', families: ['g', 'gr', 'vt'] },
  { 'on-demand': 'L-417A185B', spot: 'L-7212CCBC', classes: 'P', families: ['p'] },
  { 'on-demand': 'L-74FC7D96', spot: 'L-88CF9481', classes: 'F', families: ['f'] },
  { 'on-demand': 'L-7295265B', spot: 'L-E3A00192', classes: 'X', families: ['x'] },
  { 'on-demand': 'L-1945791B', spot: 'L-B5D1601B', classes: 'Inf', families: ['inf'] },
  { 'on-demand': 'L-2C3B7624', spot: 'L-6B0D517C', classes: 'Trn', families: ['trn'] },
  { 'on-demand': 'L-6E869C2A', spot: 'L-85EED4F7', classes: 'DL', families: ['dl'] },
  { 'on-demand': 'L-F7808C92', spot: null, classes: 'HPC', families: ['hpc'] },
  { 'on-demand': 'L-43DA4232', spot: null, classes: 'High Memory', families: ['u'] },
] as const;

export interface VcpuQuota {
  readonly code: string;
  /** As Service Quotas calls it. */
  readonly name: string;
}

/** The quota that a type counts against; null for a type of no known family, and where there is none. */
export function vcpuQuotaOf(type: string, market: Market): VcpuQuota | null {
  const family = /^([a-z]+)[-\d]/.exec(type)?.[1];
  const found = CLASSES.find(
    ({ families }) => family !== undefined && (families as readonly string[]).includes(family),
  );
  return found ? quotaOf(found, market) : null;
}

export function allVcpuQuotas(market: Market): VcpuQuota[] {
  return CLASSES.flatMap((one) => quotaOf(one, market) ?? []);
}

function quotaOf(one: (typeof CLASSES)[number], market: Market): VcpuQuota | null {
  const code = one[market];
  const name =
    market === 'spot'
      ? `All ${one.classes} Spot Instance Requests`
      : `Running On-Demand ${one.classes} instances`;
  return code === null ? null : { code, name };
}
