import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { AwsLaunchDevice } from '../../../src/inventory/launch-details.ts';
import type { Report } from '../../../src/report/model.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { audited, plan } from '../../terraform/kit.ts';
import { idOf, judged, SOURCE, side, TARGET } from './kit.ts';

type Ebs = NonNullable<AwsLaunchDevice['Ebs']>;

const refusals = (report: Report) =>
  report.findings.flatMap((f) => (f.rule === 'workload/refused' ? [f.message] : []));

function with_(Ebs: Ebs, DeviceName = '/dev/sdf') {
  const launch = { BlockDeviceMappings: [{ DeviceName, Ebs }] };
  const { report } = judged({ launch }, { launch });
  return { said: refusals(report), verdicts: [...new Set(report.workloads.map((w) => w.verdict))] };
}

describe('a volume of a launch', () => {
  it.each<[Ebs, string]>([
    [
      { VolumeType: 'gp3', VolumeSize: 4, Iops: 9_000 },
      'with 9000 IOPS for 4 GiB, and the type takes 500 for each GiB',
    ],
    [
      { VolumeType: 'gp3', VolumeSize: 200, Iops: 2_000 },
      'with 2000 IOPS, and the type takes 3000 to 80000 IOPS',
    ],
    [
      { VolumeType: 'gp3', VolumeSize: 9_000, Iops: 90_000 },
      'with 90000 IOPS, and the type takes 3000 to 80000 IOPS',
    ],
    [
      { VolumeType: 'gp3', VolumeSize: 10, Throughput: 100 },
      'with 100 MiB/s, and the type takes 125 to 2000 MiB/s',
    ],
    [
      { VolumeType: 'io1', VolumeSize: 10, Iops: 501 },
      'with 501 IOPS for 10 GiB, and the type takes 50 for each GiB',
    ],
    [
      { VolumeType: 'io2', VolumeSize: 10, Iops: 10_001 },
      'with 10001 IOPS for 10 GiB, and the type takes 1000 for each GiB',
    ],
    [{ VolumeType: 'io1', VolumeSize: 10 }, 'without IOPS, which the type requires'],
    [{ VolumeType: 'st1', VolumeSize: 124 }, 'with 124 GiB, and the type takes 125 to 16384 GiB'],
    [{ VolumeType: 'sc1', VolumeSize: 500, Iops: 100 }, 'with 100 IOPS, and the type takes none'],
    [{ VolumeType: 'standard', VolumeSize: 1_025 }, 'with 1025 GiB, and the type takes 1 to 1024 GiB'],
    [{ VolumeType: 'gp2', VolumeSize: 16_385 }, 'with 16385 GiB, and the type takes 1 to 16384 GiB'],
  ])('%o is refused', (ebs, fault) => {
    const { said, verdicts } = with_(ebs);
    expect(said).toEqual([
      `In eu-west-1 "web" requests volume /dev/sdf of type ${ebs.VolumeType} ${fault} ($Default, $Latest).`,
    ]);
    expect(verdicts).toEqual(['blocked']);
  });

  it.each<[Ebs]>([
    [{ VolumeType: 'gp3', VolumeSize: 1, Iops: 3_000 }],
    [{ VolumeType: 'gp3', VolumeSize: 32, Iops: 16_000, Throughput: 1_000 }],
    [{ VolumeType: 'io1', VolumeSize: 10, Iops: 500 }],
    [{ VolumeType: 'io2', VolumeSize: 10, Iops: 10_000 }],
    [{ VolumeType: 'st1', VolumeSize: 125 }],
    [{ VolumeType: 'gp2', VolumeSize: 100, Iops: 300 }],
    [{ VolumeType: 'gp9', VolumeSize: 1, Iops: 1 }],
    [{ VolumeSize: 1, Iops: 1 }],
    [{ VolumeType: 'st1', VolumeSize: 125, Iops: 0, Throughput: 0 }],
    [{ VolumeType: 'gp3', VolumeSize: 125, Iops: 0, Throughput: 0 }],
  ])('%o is taken', (ebs) => {
    expect(with_(ebs)).toEqual({ said: [], verdicts: ['launchable'] });
  });

  it('has the size of the volume of the image where it gives none', () => {
    expect(with_({ VolumeType: 'io1', Iops: 1_001 }, '/dev/xvda').said.join()).toContain(
      '1001 IOPS for 20 GiB',
    );
    expect(with_({ VolumeType: 'io1', Iops: 1_000 }, '/dev/xvda').said).toEqual([]);
  });
});

describe('where it is written', () => {
  const target = side(TARGET, { made: false });
  const place = { image: idOf('ami', TARGET), subnet: idOf('subnet', TARGET, 1) };

  it('in a CloudFormation template', () => {
    const text = JSON.stringify({
      Resources: {
        I: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            ImageId: place.image,
            InstanceType: 'm5.large',
            SubnetId: place.subnet,
            BlockDeviceMappings: [
              { DeviceName: '/dev/sdf', Ebs: { VolumeType: 'io1', VolumeSize: 10, Iops: 5000 } },
            ],
          },
        },
      },
    });
    const report = compare({
      source: snapshotOf(SOURCE, side(SOURCE, { made: false })),
      target: snapshotOf(TARGET, target),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [{ file: 't.json', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
    expect(refusals(report).join()).toContain('of type io1 with 5000 IOPS for 10 GiB');
  });

  it('in a Terraform plan, of the root volume', () => {
    const values = {
      ami: place.image,
      instance_type: 'm5.large',
      subnet_id: place.subnet,
      root_block_device: [{ volume_type: 'gp3', volume_size: 20, throughput: 3000 }],
    };
    const report = audited(
      plan({ resources: [{ type: 'aws_instance', values, written: values }] }),
      target,
      side(SOURCE, { made: false }),
    );
    expect(refusals(report).join()).toContain('volume /dev/xvda of type gp3 with 3000 MiB/s');
  });
});
