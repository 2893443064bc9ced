import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherDataFrom } from '../../src/inventory/launch-data.ts';
import { type AwsLaunchTemplateVersion, launchTemplateFrom } from '../../src/inventory/launch-template.ts';

const DATA = {
  ImageId: 'ami-1',
  InstanceType: 't3.micro',
  KeyName: 'ops',
  UserData: 'c2VjcmV0',
  Monitoring: { Enabled: false },
  SecurityGroupIds: ['sg-2', 'sg-1'],
  BlockDeviceMappings: [
    { DeviceName: '/dev/sdb', NoDevice: '' },
    { DeviceName: '/dev/sda1', Ebs: { Iops: 3000 } },
  ],
};

describe('the rest of the data of a launch template', () => {
  it('is what the launch does not have, without user data, in one order', () => {
    expect(otherDataFrom(DATA)).toEqual({
      BlockDeviceMappings: [
        { DeviceName: '/dev/sda1', Ebs: { Iops: 3000 } },
        { DeviceName: '/dev/sdb', NoDevice: '' },
      ],
      Monitoring: { Enabled: false },
      SecurityGroupIds: ['sg-1', 'sg-2'],
    });
  });

  it('is in no version of a template that holds the text of user data', () => {
    const template = launchTemplateFrom(
      { LaunchTemplateId: 'lt-1', DefaultVersionNumber: 1, LatestVersionNumber: 1 },
      [{ VersionNumber: 1, LaunchTemplateData: DATA as AwsLaunchTemplateVersion['LaunchTemplateData'] }],
      new Set(),
    );
    expect(JSON.stringify(template)).not.toContain(DATA.UserData);
  });

  it('is the same whether it comes from the API, from the AWS CLI or from a snapshot', () => {
    const options = (ValidUntil: unknown) => ({ InstanceMarketOptions: { SpotOptions: { ValidUntil } } });
    const time = '2027-01-01T00:00:00.000Z';
    const live = otherDataFrom({ ...options(new Date(time)), SecurityGroups: [], Placement: undefined });
    expect(live).toEqual(options(time));
    expect(otherDataFrom(options('2027-01-01T00:00:00+00:00'))).toEqual(live);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const once = otherDataFrom(JSON.parse(JSON.stringify(data)));
        expect(otherDataFrom(JSON.parse(JSON.stringify(once)))).toEqual(once);
      }),
    );
  });

  it('is the same whatever the order of a list', () => {
    const reversed = {
      ...DATA,
      SecurityGroupIds: ['sg-1', 'sg-2'],
      BlockDeviceMappings: [...DATA.BlockDeviceMappings].reverse(),
    };
    expect(otherDataFrom(reversed)).toEqual(otherDataFrom(DATA));
  });
});
