import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/model.ts';
import { demoReport } from '../../kit/demo.ts';
import { audit, type Estate, group, linesOf, VPC } from '../../kit/estate.ts';
import { copyOf, image } from '../images/kit.ts';

const template = (name: string, data: object) => ({
  LaunchTemplateId: `lt-${name}`,
  LaunchTemplateName: name,
  DefaultVersionNumber: 1,
  LatestVersionNumber: 1,
  Versions: [{ VersionNumber: 1, LaunchTemplateData: data }],
});
const key = (KeyName: string, PublicKey?: string) => ({
  KeyName,
  KeyPairId: `key-${KeyName}`,
  KeyType: 'ed25519',
  KeyFingerprint: `fp-${KeyName}`,
  ...(PublicKey ? { PublicKey } : {}),
});
const base: Estate = { vpcs: [VPC], securityGroups: [group('web', [])] };
const parameter = { parameters: { '/golden': 'ami-1' } };

/** The commands of each finding that change something; a look-up of an id may be needed by several. */
function changes(report: Report): string[] {
  return report.findings.flatMap(linesOf).filter((line) => !/\$\(aws \S+ (describe|get)-/.test(line));
}

describe('two findings never give the same command', () => {
  it('in the demo estate', async () => {
    const lines = changes(await demoReport());
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
  });

  it.each<[string, Estate, Estate]>([
    [
      'an image that two templates launch',
      {
        ...base,
        images: [image('web', 'ami-1')],
        launchTemplates: [template('a', { ImageId: 'ami-1' }), template('b', { ImageId: 'ami-1' })],
      },
      {
        ...base,
        launchTemplates: [template('a', { ImageId: 'ami-1' }), template('b', { ImageId: 'ami-1' })],
      },
    ],
    [
      'an image that a parameter and a template name',
      {
        ...base,
        ...parameter,
        images: [image('web', 'ami-1')],
        launchTemplates: [
          template('a', { ImageId: 'resolve:ssm:/golden' }),
          template('b', { ImageId: 'ami-1' }),
        ],
      },
      {
        ...base,
        parameters: { '/golden': null },
        launchTemplates: [template('a', { ImageId: 'resolve:ssm:/golden' })],
      },
    ],
    [
      'a copy that is failed, differs and is not shared as the source is',
      {
        ...base,
        images: [
          image('web', 'ami-1', { Architecture: 'arm64', LaunchPermissions: [{ UserId: '444455556666' }] }),
        ],
      },
      { ...base, images: [image('web', 'ami-9', { ...copyOf('ami-1'), State: 'failed' })] },
    ],
    [
      'a key pair that instances and templates name',
      {
        ...base,
        keyPairs: [
          key('deploy', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCsmL2Am788PfJodSvi9qUOlX72Si3efN+kXyKSfy6O'),
        ],
        launchTemplates: [template('a', { KeyName: 'deploy' }), template('b', { KeyName: 'deploy' })],
      },
      {
        ...base,
        launchTemplates: [template('a', { KeyName: 'deploy' }), template('b', { KeyName: 'deploy' })],
      },
    ],
    [
      'two images of one family, neither of which was copied',
      {
        ...base,
        images: [
          image('web-1.0', 'ami-1'),
          image('web-1.1', 'ami-2', { CreationDate: '2026-06-03T00:00:00.000Z' }),
        ],
        launchTemplates: [template('a', { ImageId: 'ami-1' }), template('b', { ImageId: 'ami-2' })],
      },
      base,
    ],
  ])('%s', (_, source, target) => {
    const report = audit(source, target);
    const lines = changes(report);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
  });
});
