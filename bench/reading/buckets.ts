import { openSide } from '../../src/collectors/live.ts';
import { type RegionModel, startEndpoint } from '../../test/endpoint/endpoint.ts';

/** As EC2 throttles reads (its API reference, "Request throttling"). */
const BUCKET = { capacity: 100, perSecond: 20 };
const REGIONS = ['us-east-1', 'eu-west-1'] as const;

export interface PacedReading {
  readonly seconds: number;
  /** The least that so many calls take. */
  readonly floorSeconds: number;
  /** How many calls were refused. */
  readonly refused: number;
}

/** Two regions of so many images, whose launch permissions take a call each, from an endpoint that throttles as EC2 does. */
export async function readUnderBuckets(images: number): Promise<PacedReading> {
  const region: RegionModel = {
    images: Array.from({ length: images }, (_, n) => ({
      ImageId: `ami-0${n.toString(16).padStart(16, '0')}`,
      Name: `image-${n}`,
      OwnerId: '111122223333',
      State: 'available',
    })),
    faults: { DescribeImageAttribute: { bucket: BUCKET } },
  };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' });
  const ec2 = await startEndpoint({ regions: Object.fromEntries(REGIONS.map((name) => [name, region])) });
  const began = performance.now();
  await Promise.all(
    REGIONS.map(async (name) => {
      const side = await openSide({ region: name, endpointUrl: ec2.url });
      const { gaps } = await side.collect({ scopes: ['images'], now: () => new Date() });
      if (gaps.length > 0) throw new Error(gaps[0]?.message);
      side.close();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const refused = ec2.calls('DescribeImageAttribute').length - images * REGIONS.length;
  await ec2.close();
  return { seconds, floorSeconds: Math.max(0, images - BUCKET.capacity) / BUCKET.perSecond, refused };
}
