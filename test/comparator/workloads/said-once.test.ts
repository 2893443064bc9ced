import { describe, expect, it } from 'vitest';
import { audit, type Estate, found, group, VPC } from '../../kit/estate.ts';
import { copyOf, image } from '../images/kit.ts';

const launches = (launch: {
  KeyName?: string;
  InstanceType?: string;
  SecurityGroupIds?: string[];
}): Estate => ({
  vpcs: [VPC],
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'app',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData: launch }],
    },
  ],
});
const prod = { keyPairs: [{ KeyName: 'prod', KeyPairId: 'key-1', KeyFingerprint: 'aa' }] };
const web = (GroupId: string) => ({ securityGroups: [group('web', [], { GroupId })] });

describe('one thing that is wrong is one finding', () => {
  it.each<[string, Estate, Estate, string[]]>([
    [
      'a missing key that both templates name',
      { ...launches({ KeyName: 'prod' }), ...prod },
      launches({ KeyName: 'prod' }),
      ['key-pair/missing critical', 'reference/dangling high'],
    ],
    [
      'a key that neither side has and both templates name',
      launches({ KeyName: 'gone' }),
      launches({ KeyName: 'gone' }),
      ['reference/dangling high'],
    ],
    [
      'a missing group, of which the template of the target names none',
      { ...launches({ SecurityGroupIds: ['sg-1'] }), ...web('sg-1') },
      launches({}),
      ['security-group/missing critical', 'workload/differs high'],
    ],
    [
      'a missing template does not also differ',
      launches({ InstanceType: 'm5.large' }),
      { vpcs: [VPC] },
      ['workload/missing medium'],
    ],
    [
      'a group whose counterpart the template of the target names',
      { ...launches({ SecurityGroupIds: ['sg-1'] }), ...web('sg-1') },
      { ...launches({ SecurityGroupIds: ['sg-2'] }), ...web('sg-2') },
      [],
    ],
    [
      'superseded builds that nothing uses',
      {
        images: [1, 2, 3].map((n) =>
          image(`app-2026-0${n}-01`, `ami-${n}`, { CreationDate: `2026-0${n}-01T00:00:00.000Z` }),
        ),
      },
      {},
      ['image/missing-copy medium'],
    ],
    [
      'builds of which the newest has its copy',
      {
        images: [1, 2].map((n) =>
          image(`app-2026-0${n}-01`, `ami-${n}`, { CreationDate: `2026-0${n}-01T00:00:00.000Z` }),
        ),
      },
      { images: [image('app-2026-02-01', 'ami-9', copyOf('ami-2'))] },
      ['image/missing-copy info'],
    ],
  ])('%s', (_, source, target, expected) => {
    expect(found(audit(source, target))).toEqual(expected);
  });
});
