import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
const { packages } = read('package-lock.json') as { packages: Record<string, { version?: string }> };
const ofAws = Object.entries(dependencies).filter(([name]) => /^@(aws-sdk|smithy)\//.test(name));

describe('the packages of the AWS SDK', () => {
  it('are pinned to one version each, and it is the installed one', () => {
    expect(ofAws.length).toBeGreaterThan(10);
    for (const [name, version] of ofAws) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('are of one release: none is newer than the client of EC2, which is in each', () => {
    const release = (version: string) => Number(version.split('.')[1]);
    const ec2 = release(dependencies['@aws-sdk/client-ec2'] ?? '');
    for (const [name, version] of ofAws.filter(([name]) => name.startsWith('@aws-sdk/')))
      expect(release(version), name).toBeLessThanOrEqual(ec2);
  });

  it('rest on one copy of what they share', () => {
    for (const shared of ['@aws-sdk/core', '@smithy/core', '@smithy/node-http-handler']) {
      const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${shared}`));
      expect(copies, shared).toEqual([`node_modules/${shared}`]);
    }
  });
});
