import type { LaunchDevice } from '../../inventory/launch-details.ts';
import { all, type Checked, type RefuseLaunch } from './judging.ts';
import type { Start } from './starts.ts';

type Range = readonly [least: number, most: number];

interface Limits {
  /** In GiB. */
  readonly size: Range;
  /** Null: the type takes no IOPS. */
  readonly iops: Range | null;
  /** The most IOPS for each GiB. */
  readonly perGiB: number | null;
  /** Whether the IOPS have to be given. */
  readonly required: boolean;
  /** In MiB per second; null: the type takes no throughput. */
  readonly throughput: Range | null;
}

const PLAIN = { iops: null, perGiB: null, required: false, throughput: null } as const;

/** By type: EC2 API, EbsBlockDevice; the IOPS for each GiB: EBS User Guide, volume types. A type that is not listed is not judged. */
const LIMITS: Readonly<Record<string, Limits>> = {
  gp2: { ...PLAIN, size: [1, 16_384] },
  gp3: { size: [1, 65_536], iops: [3_000, 80_000], perGiB: 500, required: false, throughput: [125, 2_000] },
  io1: { ...PLAIN, size: [4, 16_384], iops: [100, 64_000], perGiB: 50, required: true },
  io2: { ...PLAIN, size: [4, 65_536], iops: [100, 256_000], perGiB: 1_000, required: true },
  st1: { ...PLAIN, size: [125, 16_384] },
  sc1: { ...PLAIN, size: [125, 16_384] },
  standard: { ...PLAIN, size: [1, 1_024] },
};

/** Volumes that EBS creates in no region: their size, IOPS or throughput is not one that their type takes. */
export function volumeLimitChecks({ details, image }: Start, refuse: RefuseLaunch): Checked {
  const ofImage = ({ device }: LaunchDevice) =>
    image?.blockDevices.find((d) => d.device === (device || image.rootDeviceName))?.ebs ?? null;
  const sizeOf = (device: LaunchDevice): number | null =>
    device.sizeGiB ?? (device.snapshotId === null ? (ofImage(device)?.sizeGiB ?? null) : null);
  return all(
    details.devices.flatMap((device) =>
      faultsOf(device, sizeOf(device), ofImage(device) !== null).map(([which, fault]) => {
        const name = device.device || (image?.rootDeviceName ?? 'of the root device');
        const what = `volume ${name} of type ${device.volumeType} ${fault}`;
        return refuse(
          'volume-limits',
          [`volume ${name}`, `is of type ${device.volumeType}, ${fault}`],
          what,
          null,
          `${name} ${which}`,
        );
      }),
    ),
  );
}

function faultsOf(
  { volumeType, iops: written, throughputMiB: writtenThroughput }: LaunchDevice,
  sizeGiB: number | null,
  /** Then the image may give what the launch does not. */
  isOfImage: boolean,
): (readonly [which: string, fault: string])[] {
  const limits = volumeType !== null && Object.hasOwn(LIMITS, volumeType) ? LIMITS[volumeType] : undefined;
  if (limits === undefined) return [];
  const { size, perGiB, required, throughput } = limits;
  // The state of Terraform has 0 where the type takes none.
  const [iops, throughputMiB] = [written || null, writtenThroughput || null];
  const range = ([least, most]: Range, unit: string) => `${least} to ${most} ${unit}`;
  const faults: (readonly [string, string])[] = [];
  if (sizeGiB !== null && isOutside(sizeGiB, size))
    faults.push(['size', `with ${sizeGiB} GiB, and the type takes ${range(size, 'GiB')}`]);
  if (iops === null && required && !isOfImage) faults.push(['iops', 'without IOPS, which the type requires']);
  if (iops !== null && limits.iops === null && volumeType !== 'gp2')
    faults.push(['iops', `with ${iops} IOPS, and the type takes none`]);
  if (iops !== null && limits.iops !== null && isOutside(iops, limits.iops))
    faults.push(['iops', `with ${iops} IOPS, and the type takes ${range(limits.iops, 'IOPS')}`]);
  else if (
    iops !== null &&
    sizeGiB !== null &&
    perGiB !== null &&
    iops > Math.max(sizeGiB * perGiB, limits.iops?.[0] ?? 0)
  )
    faults.push(['iops', `with ${iops} IOPS for ${sizeGiB} GiB, and the type takes ${perGiB} for each GiB`]);
  if (throughputMiB !== null && throughput !== null && isOutside(throughputMiB, throughput))
    faults.push([
      'throughput',
      `with ${throughputMiB} MiB/s, and the type takes ${range(throughput, 'MiB/s')}`,
    ]);
  return faults;
}

function isOutside(value: number, [least, most]: Range): boolean {
  return value < least || value > most;
}
