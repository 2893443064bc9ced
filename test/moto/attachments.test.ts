import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type Report } from '../../src/index.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';

let moto: Moto;
const targetGroups: Record<string, string> = {};
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startMoto();
  for (const region of [SOURCE, TARGET]) await seed(region);
}, 180_000);
afterAll(() => moto?.stop());

const clientFor = (region: string) => ({
  endpoint: moto.url,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A group that attaches its instances to a target group and a Classic Load Balancer; the source's has a lifecycle hook. */
async function seed(region: string): Promise<void> {
  const ec2 = clientOf(moto.url, region);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const { SubnetId = '', VpcId = '', AvailabilityZone = '' } = Subnets[0] ?? {};
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { InstanceType: 't3.micro', ImageId: 'ami-12c6146b' },
    }),
  );
  ec2.destroy();
  const v2 = new ElasticLoadBalancingV2Client(clientFor(region));
  const made = await v2.send(
    new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId }),
  );
  v2.destroy();
  const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? '';
  targetGroups[region] = arn;
  const classic = new ElasticLoadBalancingClient(clientFor(region));
  await classic.send(
    new CreateLoadBalancerCommand({
      LoadBalancerName: 'old',
      AvailabilityZones: [AvailabilityZone],
      Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
    }),
  );
  classic.destroy();
  const scaling = new AutoScalingClient(clientFor(region));
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 0,
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Default' },
      VPCZoneIdentifier: SubnetId,
      TargetGroupARNs: [arn],
      LoadBalancerNames: ['old'],
    }),
  );
  if (region === SOURCE)
    await scaling.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName: 'boot',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      }),
    );
  scaling.destroy();
}

async function audited(): Promise<Report> {
  const endpoint = { endpointUrl: moto.url };
  return audit(SOURCE, TARGET, { source: endpoint, target: endpoint });
}
const ofGroup = ({ findings }: Report) =>
  findings.filter((f) => f.kind === 'auto-scaling-group').map((f) => `${f.rule} ${JSON.stringify(f.facts)}`);

describe('what an Auto Scaling group attaches its instances to, on a real API', () => {
  it('exists, and the target lacks the lifecycle hook of the source', async () => {
    const report = await audited();
    expect(ofGroup(report)).toEqual([expect.stringMatching(/^workload\/differs .*lifecycle hooks/)]);
    const listed = report.notLookedAt.map(({ what }) => what).join();
    expect(listed).not.toMatch(/target groups|Classic Load Balancers|lifecycle hooks/);
  });

  it('blocks the group where it was deleted on the target', async () => {
    const v2 = new ElasticLoadBalancingV2Client(clientFor(TARGET));
    await v2.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroups[TARGET] }));
    v2.destroy();
    const classic = new ElasticLoadBalancingClient(clientFor(TARGET));
    await classic.send(new DeleteLoadBalancerCommand({ LoadBalancerName: 'old' }));
    classic.destroy();
    const report = await audited();
    expect(ofGroup(report).filter((one) => one.startsWith('workload/refused'))).toEqual([
      expect.stringContaining('no-such-load-balancer'),
      expect.stringContaining('no-such-target-group'),
    ]);
    expect(report.workloads.find((w) => w.kind === 'auto-scaling-group')?.verdict).toBe('blocked');
  });
});
