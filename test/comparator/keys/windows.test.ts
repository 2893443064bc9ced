import { describe, expect, it } from 'vitest';
import { otherImageFrom } from '../../../src/inventory/other-image.ts';
import { audit, type Estate, found } from '../../kit/estate.ts';
import { copyOf, image } from '../images/kit.ts';

const key = (KeyType: string): Estate => ({
  keyPairs: [
    {
      KeyName: 'ops',
      KeyPairId: 'key-1',
      KeyType,
      KeyFingerprint: 'x1mSLnLSvXSTfPHnAm1R8BFMr9VQzWc0qYyOIxkR3Jg=',
    },
  ],
});
const template = (ImageId: string): Estate => ({
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'app',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId, KeyName: 'ops' } }],
    },
  ],
});
const own = (says: object): Estate => ({ images: [image('app', 'ami-1', says)] });
const amazon = (says: object): Estate => ({
  otherImages: [
    otherImageFrom({ ...image('vendor', 'ami-7', says), OwnerId: '801119661308', ImageOwnerAlias: 'amazon' }),
  ],
});
const configuration: Estate = {
  launchConfigurations: [{ LaunchConfigurationName: 'app', ImageId: 'ami-1', KeyName: 'ops' }],
};
const override: Estate = {
  ...template('ami-2'),
  autoScalingGroups: [
    {
      AutoScalingGroupName: 'app-group',
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'app', Version: '1' },
          Overrides: [{ InstanceType: 'm5.large', ImageId: 'ami-1' }],
        },
      },
    },
  ],
};
const WINDOWS = { Platform: 'windows' };
const SQL = { PlatformDetails: 'Windows with SQL Server Standard' };
const LINUX = { PlatformDetails: 'Linux/UNIX' };
const both = (says: object, ...more: Estate[]): Estate =>
  Object.assign({}, ...more, { images: [image('app', 'ami-1', says), image('linux', 'ami-2')] });

describe('EC2 launches no Windows with an ED25519 key', () => {
  it.each<[string, string, Estate, boolean]>([
    ['of a template whose own image is Windows', 'ed25519', { ...template('ami-1'), ...own(WINDOWS) }, true],
    [
      'of a template whose image has Windows with a licence',
      'ed25519',
      { ...template('ami-1'), ...own(SQL) },
      true,
    ],
    ['of a template whose image is of AWS', 'ed25519', { ...template('ami-7'), ...amazon(WINDOWS) }, true],
    [
      'of a template that takes its image from a parameter of AWS',
      'ed25519',
      {
        ...template('resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base'),
        parameters: { '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base': 'ami-9' },
      },
      true,
    ],
    ['of a launch configuration', 'ed25519', { ...configuration, ...own(WINDOWS) }, true],
    ['of an override with another image than its template', 'ed25519', both(WINDOWS, override), true],
    ['where the image is Linux', 'ed25519', { ...template('ami-1'), ...own(LINUX) }, false],
    ['where the image of AWS is Linux', 'ed25519', { ...template('ami-7'), ...amazon(LINUX) }, false],
    ['where the override is Linux', 'ed25519', both(LINUX, override), false],
    ['where the key is RSA', 'rsa', { ...template('ami-1'), ...own(WINDOWS) }, false],
  ])('%s (%s)', (_, type, launch, refused) => {
    const source: Estate = { ...key(type), ...launch };
    const images = source.images?.map((i) => ({
      ...i,
      ...copyOf(i.ImageId ?? ''),
      ImageId: `${i.ImageId}0`,
    }));
    const report = audit(source, { ...key(type), ...(images ? { images } : {}) });
    expect(found(report).includes('key-pair/unusable-for-windows critical')).toBe(refused);
    const steps = report.workloads.flatMap((w) => (w.chains ?? []).flatMap((c) => c.steps));
    expect(steps.includes('EC2 does not launch Windows with an ED25519 key')).toBe(refused);
    if (refused) expect(report.workloads.map((w) => w.verdict)).toContain('blocked');
  });
});
