import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import {
  alwaysOnRegion,
  DOMAIN_PATTERN,
  domainOf,
  isRegion,
  partitionOf,
  REGIONS,
  regionsIn,
} from '../../src/inventory/regions.ts';

interface SdkPartition {
  readonly id: string;
  readonly outputs: { readonly dnsSuffix: string };
  readonly regions: Readonly<Record<string, unknown>>;
}

/** The SDK's own table. It is not among its exports, so it is read from its file. */
const file = join(
  ...[import.meta.dirname, '..', '..', 'node_modules', '@aws-sdk', 'core', 'dist-es', 'submodules', 'client'],
  ...['util-endpoints', 'lib', 'aws', 'partitions.js'],
);
const { partitionsInfo } = (await import(pathToFileURL(file).href)) as {
  partitionsInfo: { partitions: readonly SdkPartition[] };
};

const known = partitionsInfo.partitions.flatMap(({ id, outputs, regions }) =>
  Object.keys(regions)
    // "aws-global" is what services without regions are signed for.
    .filter((region) => !region.endsWith('-global'))
    .map((region) => ({ region, id, domain: outputs.dnsSuffix })),
);

describe('regions and partitions are those of the SDK', () => {
  it('every region, and no other', () => {
    expect(REGIONS).toEqual(known.map(({ region }) => region).sort());
  });

  it.each(known)('$region is of $id, with the domain $domain', ({ region, id, domain }) => {
    expect({ id: partitionOf(region), domain: domainOf(region) }).toEqual({ id, domain });
    expect(partitionOf(alwaysOnRegion(region))).toBe(id);
    expect(isRegion(region)).toBe(true);
    expect(regionsIn(`prod-${region}.txt`)).toEqual([region]);
    expect(`ec2.${region}.${domain}`).toMatch(new RegExp(`\\.(?:${DOMAIN_PATTERN})$`));
  });
});

test.each([
  ['us-east-1a', []],
  ['us-east-1_eu-west-1', ['us-east-1', 'eu-west-1']],
  ['US-EAST-1', ['us-east-1']],
  ['us-east-1-again-us-east-1', ['us-east-1']],
  ['bus-east-1', []],
  ['us-east-100', []],
  ['ap-southeast-9', ['ap-southeast-9']],
])('the name %s holds the regions %j', (name, regions) => {
  expect(regionsIn(name)).toEqual(regions);
});
