import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoScalingGroupFrom } from '../../src/inventory/auto-scaling-group.ts';
import { instanceFrom } from '../../src/inventory/instance.ts';
import { launchSchema } from '../../src/inventory/launch.ts';
import { launchConfigurationFrom } from '../../src/inventory/launch-configuration.ts';
import { launchDetailsFrom, sortedDetails } from '../../src/inventory/launch-details.ts';
import { userDataNames } from '../../src/inventory/user-data.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what is packed in user data', () => {
  const inner = '#!/bin/sh\naws s3 cp s3://b/x . --region us-east-1\n';
  const lines = (text: string) => text.replace(/(.{60})/g, '$1\n');

  it.each<[string, string]>([
    [
      'a MIME part in base64',
      `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${lines(base64(inner))}\n--B--\n`,
    ],
    [
      'a file of cloud-config',
      `#cloud-config\nwrite_files:\n  - path: /etc/x\n    encoding: b64\n    content: ${base64(inner)}\n`,
    ],
    [
      'a file of cloud-config, packed',
      `#cloud-config\nwrite_files:\n  - encoding: gz+b64\n    content: ${gzipSync(inner).toString('base64')}\n`,
    ],
    [
      'a command of PowerShell',
      `<powershell>powershell -EncodedCommand ${Buffer.from(inner, 'utf16le').toString('base64')}</powershell>`,
    ],
    ['base64 in base64', `A=${base64(`B=${base64(inner)}`)}`],
  ])('is searched too: %s', (_case, text) => {
    expect(userDataNames(base64(text))).toMatchObject({ regions: ['us-east-1'], readable: true });
  });

  it('is not taken from what is no text', () => {
    const text = `KEY=${Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 7 + 129) % 256)).toString('base64')}\nPATH=/opt/aws/bin/cfn/signal/and/more/of/it/that/is/long\n`;
    expect(userDataNames(base64(text))).toEqual({
      regions: [],
      ids: [],
      arns: [],
      endpoints: [],
      readable: true,
    });
  });

  it('is searched in time that grows with its length', () => {
    const text = 'AAAA'.repeat(200_000);
    const started = performance.now();
    userDataNames(base64(`${text}!${text}`));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('what a launch names', () => {
  it('is read whole from the data of a launch template version', () => {
    expect(
      launchDetailsFrom({
        InstanceType: 'm5.large',
        SecurityGroupIds: ['sg-1'],
        NetworkInterfaces: [
          { DeviceIndex: 1, NetworkInterfaceId: 'eni-1' },
          {
            DeviceIndex: 0,
            SubnetId: 'subnet-1',
            PrivateIpAddress: '10.1.0.10',
            PrivateIpAddresses: [{ PrivateIpAddress: '10.1.0.9' }, { PrivateIpAddress: '10.1.0.10' }],
            AssociatePublicIpAddress: true,
            Groups: ['sg-1', 'sg-2', 'sg-1'],
          },
        ],
        IamInstanceProfile: { Name: 'web-role' },
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sdf',
            Ebs: { SnapshotId: 'snap-1', KmsKeyId: 'mrk-1', VolumeSize: 8, VolumeType: 'gp3', Iops: 3000 },
          },
          { DeviceName: '/dev/sdb' },
        ],
        Placement: { AvailabilityZone: 'us-east-1a', GroupName: 'cg1', Tenancy: 'host', HostId: 'h-1' },
        CapacityReservationSpecification: {
          CapacityReservationPreference: 'capacity-reservations-only',
          CapacityReservationTarget: { CapacityReservationId: 'cr-1' },
        },
        LicenseSpecifications: [{ LicenseConfigurationArn: 'arn:aws:license-manager:us-east-1:1:l' }],
        MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'disabled' },
        HibernationOptions: { Configured: true },
        EnclaveOptions: { Enabled: false },
        EbsOptimized: true,
      }),
    ).toEqual({
      instanceType: 'm5.large',
      requirements: null,
      zone: 'us-east-1a',
      zoneId: null,
      interfaces: [
        {
          device: 0,
          id: null,
          subnetId: 'subnet-1',
          privateAddresses: ['10.1.0.10', '10.1.0.9'],
          publicAddress: true,
          groups: 2,
        },
        { device: 1, id: 'eni-1', subnetId: null, privateAddresses: [], publicAddress: null, groups: 0 },
      ],
      publicAddress: true,
      ipv6Address: null,
      groupsBesideInterfaces: true,
      profile: 'web-role',
      devices: [
        {
          device: '/dev/sdf',
          snapshotId: 'snap-1',
          kmsKeyId: 'mrk-1',
          sizeGiB: 8,
          encrypted: null,
          volumeType: 'gp3',
          iops: 3000,
          throughputMiB: null,
        },
      ],
      placementGroup: 'cg1',
      hostId: 'h-1',
      hostResourceGroup: null,
      tenancy: 'host',
      reservation: 'cr-1',
      reservationPreference: 'capacity-reservations-only',
      licenses: ['arn:aws:license-manager:us-east-1:1:l'],
      httpTokens: 'optional',
      metadataEndpoint: 'disabled',
      options: ['hibernation', 'ebs-optimized'],
      spot: false,
      userData: null,
    });
  });

  it('is the type, profile and public address of a launch configuration, which names no subnet', () => {
    const { launch } = launchConfigurationFrom({
      LaunchConfigurationName: 'portal',
      InstanceType: 't3.small',
      IamInstanceProfile: 'portal-role',
      AssociatePublicIpAddress: false,
      PlacementTenancy: 'dedicated',
    });
    expect(launch.details).toMatchObject({
      instanceType: 't3.small',
      profile: 'portal-role',
      publicAddress: false,
      tenancy: 'dedicated',
      interfaces: [],
    });
  });

  it.each([
    [{ Ipv6AddressCount: 1 }, true],
    [{ Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }] }, true],
    [{ Ipv6PrefixCount: 1 }, true],
    [{ Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8::/80' }] }, true],
    [{ Ipv6AddressCount: 0 }, false],
    [{}, null],
  ])('%j of the first interface asks for an IPv6 address: %s', (asked, expected) => {
    const first = { DeviceIndex: 0, ...asked };
    expect(launchDetailsFrom({ NetworkInterfaces: [first] }).ipv6Address).toBe(expected);
  });

  it.each([
    [{ State: { Name: 'running' }, PublicIpAddress: '198.51.100.1' }, true],
    [{ State: { Name: 'running' } }, false],
    // It gets one when it starts, if its subnet gives any.
    [{ State: { Name: 'stopped' } }, null],
  ])('of an instance %j says that it has a public address: %s', (raw, expected) => {
    expect(instanceFrom({ InstanceId: 'i-1', ...raw }).launch.details?.publicAddress).toBe(expected);
  });

  it('is of an instance what somebody chose, and not the interface and address that EC2 gave it', () => {
    const { launch } = instanceFrom({
      InstanceId: 'i-1',
      InstanceType: 'm5.large',
      SubnetId: 'subnet-1',
      Placement: { AvailabilityZone: 'us-east-1a' },
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web' },
    });
    expect(launch.details).toMatchObject({
      instanceType: 'm5.large',
      zone: 'us-east-1a',
      profile: 'arn:aws:iam::111122223333:instance-profile/web',
      interfaces: [{ device: 0, id: null, subnetId: 'subnet-1', privateAddresses: [] }],
    });
  });

  it('is of an Auto Scaling group where and how many it launches, and each override', () => {
    const { details } = autoScalingGroupFrom({
      AutoScalingGroupName: 'web',
      VPCZoneIdentifier: 'subnet-2, subnet-1',
      AvailabilityZones: ['us-east-1b', 'us-east-1a'],
      MinSize: 1,
      MaxSize: 4,
      TargetGroupARNs: ['arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1'],
      TrafficSources: [{ Identifier: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/2' }],
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
          Overrides: [
            { InstanceType: 'm5.large' },
            { InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 4096 } } },
          ],
        },
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      },
    });
    expect(details).toMatchObject({
      subnets: ['subnet-1', 'subnet-2'],
      zones: ['us-east-1a', 'us-east-1b'],
      min: 1,
      max: 4,
      onDemandPercent: 0,
      overrides: [
        { instanceType: 'm5.large', requirements: null },
        { instanceType: null, requirements: { vCpus: { min: 2, max: null } } },
      ],
      targetGroups: [
        'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/api/2',
        'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1',
      ],
    });
  });

  it('is null in a snapshot of before it was read, not empty', () => {
    expect(launchSchema.parse({ imageId: null, keyName: null, interfaces: [] }).details).toBeNull();
  });

  it('has one order, whatever order AWS lists things in', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
    fc.assert(
      fc.property(texts, texts, (devices, licenses) => {
        const raw = {
          BlockDeviceMappings: devices.map((DeviceName) => ({ DeviceName, Ebs: {} })),
          LicenseSpecifications: licenses.map((LicenseConfigurationArn) => ({ LicenseConfigurationArn })),
        };
        const turned = {
          BlockDeviceMappings: raw.BlockDeviceMappings.toReversed(),
          LicenseSpecifications: raw.LicenseSpecifications.toReversed(),
        };
        const details = launchDetailsFrom(raw);
        expect(launchDetailsFrom(turned)).toEqual(details);
        expect(sortedDetails(details)).toEqual(details);
      }),
    );
  });
});

describe('what user data names', () => {
  const script = `#!/bin/bash
export DB_PASSWORD=hunter2
aws s3 cp s3://bucket/x . --region us-east-1
aws ssm get-parameter --name arn:aws:ssm:us-east-1:111122223333:parameter/secret/token
curl https://user:pw@sqs.us-east-1.amazonaws.com/queue
echo sg-0123456789abcdef0 subnet-12345678 i-am-no-id >> /tmp/x
`;

  it('is regions, ids, the heads of ARNs and endpoints', () => {
    expect(userDataNames(base64(script))).toEqual({
      regions: ['us-east-1'],
      ids: ['sg-0123456789abcdef0', 'subnet-12345678'],
      arns: ['arn:aws:ssm:us-east-1:111122223333'],
      endpoints: ['sqs.us-east-1.amazonaws.com'],
      readable: true,
    });
  });

  it('is the same where cloud-init is given gzip', () => {
    expect(userDataNames(gzipSync(script).toString('base64'))).toEqual(userDataNames(base64(script)));
  });

  it('is never the text: what surrounds a name is dropped', () => {
    const secret = fc.string({ minLength: 4 }).filter((s) => !/^[\s.\w-]*$/.test(s));
    fc.assert(
      fc.property(secret, (text) => {
        const kept = JSON.stringify(userDataNames(base64(`TOKEN=${text} us-east-1 ${text}`)));
        expect(kept).not.toContain(JSON.stringify(text).slice(1, -1));
      }),
    );
    const kept = JSON.stringify(userDataNames(base64(script)));
    for (const word of ['hunter2', 'secret', 'token', 'user', 'pw', 'bucket'])
      expect(kept).not.toContain(word);
  });

  it.each([
    ['a zone names its region', 'us-east-1a', ['us-east-1']],
    ['GovCloud and China', 'us-gov-west-1 cn-north-1', ['cn-north-1', 'us-gov-west-1']],
    ['a name that only resembles a region is none', 'xus-east-1 us-east-15 us-middle-1', []],
  ])('%s', (_, text, regions) => {
    expect(userDataNames(base64(text)).regions).toEqual(regions);
  });

  it('says so where it cannot be searched', () => {
    expect(userDataNames(Buffer.from([0x1f, 0x8b, 1, 2, 3]).toString('base64')).readable).toBe(false);
  });
});
