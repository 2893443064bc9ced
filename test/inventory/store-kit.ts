import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { assembleSnapshot } from '../../src/inventory/assemble.ts';
import { complete } from '../../src/inventory/collected.ts';
import { instanceFrom } from '../../src/inventory/instance.ts';
import { keyPairFrom } from '../../src/inventory/key-pair.ts';
import { otherImageFrom } from '../../src/inventory/other-image.ts';
import { securityGroupFrom } from '../../src/inventory/security-group.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { snapshotText } from '../../src/inventory/snapshot-text.ts';
import { vpcFrom } from '../../src/inventory/vpc.ts';
import { RSA } from './vectors.ts';

export const small: Snapshot = assembleSnapshot({
  region: 'us-east-1',
  account: '111122223333',
  takenAt: '2026-11-01T00:00:00.000Z',
  origin: 'live',
  vpcs: complete([vpcFrom({ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' })]),
  keyPairs: complete([keyPairFrom({ KeyName: 'a', PublicKey: RSA.line }), keyPairFrom({ KeyName: 'b' })]),
  prefixLists: complete([]),
  securityGroups: complete([
    securityGroupFrom({
      GroupId: 'sg-1',
      GroupName: 'web',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    }),
  ]),
  images: complete([]),
  instances: complete([instanceFrom({ InstanceId: 'i-1', ImageId: 'ami-1', State: { Name: 'running' } })]),
  launchTemplates: complete([]),
  launchConfigurations: complete([]),
  autoScalingGroups: complete([]),
  stacks: complete([]),
  parameters: complete([]),
  otherImages: complete([otherImageFrom({ ImageId: 'ami-1', CreationDate: '2026-10-01T12:00:00.000Z' })]),
  gaps: [],
});

/** A folder for the files of one test file, which shares this module with others. */
export function storeFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-store-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  return {
    folder,
    file,
    /** The small snapshot as a file, changed by hand. */
    changed(change: (text: string) => string): Promise<string> {
      const text = change(snapshotText(small));
      expect(text, 'the change must change something').not.toBe(snapshotText(small));
      return file('changed.json', text);
    },
  };
}
