import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Image, KeyPairInfo, SecurityGroup, Vpc } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type CollectOptions, type LiveSide, openSide } from '../../src/collectors/live.ts';
import type { Collected, Failure } from '../../src/inventory/collected.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { type Endpoint, type EndpointModel, type RegionModel, startEndpoint } from '../endpoint/endpoint.ts';

export const HERE = 'eu-west-1';
export const ACCOUNT = '111122223333';
export const NOON = () => new Date('2026-03-01T12:00:00Z');

/** Everything of AWS's environment, as it is on a machine where nothing is configured but keys. */
export function withKeys(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env))
      if (/^(AWS_|(https?|no)_proxy$)/i.test(name)) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
}

const open: Endpoint[] = [];
/** Endpoints that are closed after the test. */
export async function endpoint(
  regions: Record<string, RegionModel>,
  more: Omit<EndpointModel, 'regions'> = {},
): Promise<Endpoint> {
  const started = await startEndpoint({ regions, ...more });
  open.push(started);
  return started;
}
export function closingEndpoints(): void {
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
}

/** An AWS config file with these lines, in force until the test ends. */
export function configFile(text: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'ec2-parity-config-')), 'config');
  writeFileSync(file, text);
  vi.stubEnv('AWS_CONFIG_FILE', file);
}

/** What a promise was refused with, which has to be an Unable. */
export async function unable(promise: Promise<unknown>): Promise<Unable> {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(Unable);
  return error as Unable;
}

/** One region's snapshot over the wire: two attempts per call, with no wait between them. */
export async function snapshotOf(
  ec2: Endpoint,
  { region = HERE, ...side }: Partial<LiveSide> = {},
  options: Partial<CollectOptions> = {},
): Promise<Snapshot> {
  const opened = await openSide({ endpointUrl: ec2.url, ...side, region }, { maxAttempts: 2 });
  try {
    return await opened.collect({
      scopes: ['key-pairs', 'security-groups', 'images'],
      now: NOON,
      maxAttempts: 2,
      requestTimeoutMs: 10_000,
      pause: () => 0,
      ...options,
    });
  } finally {
    opened.close();
  }
}

export function itemsIn<Item>(collected: Collected<Item>): Item[] {
  if (collected.status === 'failed') throw new Error(`not read: ${collected.failure.message}`);
  return collected.items;
}

export function failureIn(collected: Collected<unknown>): Failure {
  if (collected.status === 'complete') throw new Error(`was read: ${collected.items.length} items`);
  return collected.failure;
}

export function groups(count: number, vpcId = 'vpc-1'): SecurityGroup[] {
  return Array.from({ length: count }, (_, i) => ({
    GroupId: `sg-${String(i).padStart(4, '0')}`,
    GroupName: `group-${i}`,
    Description: 'made for a test',
    VpcId: vpcId,
    OwnerId: ACCOUNT,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  }));
}

export const vpc: Vpc = {
  VpcId: 'vpc-1',
  IsDefault: true,
  OwnerId: ACCOUNT,
  CidrBlock: '10.0.0.0/16',
  Tags: [{ Key: 'Name', Value: 'main' }],
};

export const keyPair: KeyPairInfo = {
  KeyPairId: 'key-1',
  KeyName: 'deploy',
  KeyType: 'ed25519',
  KeyFingerprint: 'R42hTBr+kfu5p3E++hE9JZPK51MylaNDlRaunwla3ro=',
  PublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCsmL2Am788PfJodSvi9qUOlX72Si3efN+kXyKSfy6O deploy\n',
  CreateTime: new Date('2025-01-02T03:04:05.678Z'),
  Tags: [{ Key: 'team', Value: 'a & b <c>' }],
};

export function image(id: string, more: Partial<Image> = {}): Image {
  return {
    ImageId: id,
    Name: `image ${id}`,
    OwnerId: ACCOUNT,
    State: 'available',
    Architecture: 'x86_64',
    ...more,
  };
}

/** A region with something of every kind. */
export const busyRegion: RegionModel = {
  account: ACCOUNT,
  vpcs: [vpc],
  keyPairs: [keyPair],
  prefixLists: [
    {
      PrefixListId: 'pl-1',
      PrefixListName: 'offices',
      OwnerId: ACCOUNT,
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '192.0.2.0/24', Description: 'Lyon' }],
    },
    {
      PrefixListId: 'pl-2',
      PrefixListName: 'com.amazonaws.eu-west-1.s3',
      OwnerId: 'AWS',
      AddressFamily: 'IPv4',
    },
  ],
  securityGroups: groups(2),
  images: [
    {
      ...image('ami-1', {
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
        SourceImageId: 'ami-0',
        SourceImageRegion: 'ap-south-1',
      }),
      LaunchPermissions: [{ UserId: '444455556666' }],
    },
  ],
  ancestries: {
    'ami-1': [
      { ImageId: 'ami-1', SourceImageId: 'ami-0', SourceImageRegion: 'ap-south-1' },
      { ImageId: 'ami-0', CreationDate: new Date('2025-01-02T03:04:05Z') },
    ],
  },
  snapshots: [
    { SnapshotId: 'snap-1', Description: 'Copied for …', FullSnapshotSizeInBytes: 4096, KmsKeyId: 'arn:kms' },
  ],
  allowedImages: { State: 'audit-mode' },
  encryptionByDefault: true,
};
