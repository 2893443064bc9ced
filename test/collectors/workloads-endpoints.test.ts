import { describe, expect, it, vi } from 'vitest';
import { Unable } from '../../src/inventory/unable.ts';
import { closingEndpoints, endpoint, failureIn, HERE, itemsIn, snapshotOf, withKeys } from './kit.ts';
import { runningRegion, workloadsOf } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const fromEnvironment = () =>
  snapshotOf({ url: '' } as never, { endpointUrl: undefined as never }, { scopes: ['workloads'] });
const servicesAt = (one: { received: readonly { service: string }[] }) =>
  [...new Set(one.received.map(({ service }) => service))].sort();

describe('where the services beside EC2 are asked', () => {
  it('is wherever EC2 was sent, when that is no AWS', async () => {
    const emulator = await endpoint({ [HERE]: runningRegion });
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', emulator.url);
    expect(itemsIn((await fromEnvironment()).stacks)).toHaveLength(1);
    expect(servicesAt(emulator)).toEqual(['autoscaling', 'cloudformation', 'ec2', 'sts']);
  });

  it('is AWS_ENDPOINT_URL for all of them', async () => {
    const emulator = await endpoint({ [HERE]: runningRegion });
    vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
    expect(itemsIn((await fromEnvironment()).autoScalingGroups)).toHaveLength(1);
    expect(servicesAt(emulator)).toEqual(['autoscaling', 'cloudformation', 'ec2', 'sts']);
  });

  it('is the setting of the service itself before anything else', async () => {
    const [emulator, other] = await Promise.all([
      endpoint({ [HERE]: runningRegion }),
      endpoint({ [HERE]: runningRegion }),
    ]);
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', emulator.url);
    vi.stubEnv('AWS_ENDPOINT_URL_AUTO_SCALING', other.url);
    await fromEnvironment();
    expect(servicesAt(emulator)).toEqual(['cloudformation', 'ec2', 'sts']);
    expect(servicesAt(other)).toEqual(['autoscaling']);
  });

  it('is the endpoint of the flag, whatever the environment says', async () => {
    const emulator = await endpoint({ [HERE]: runningRegion });
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', 'http://127.0.0.1:1');
    expect((await workloadsOf(emulator)).stacks.status).toBe('complete');
  });

  it('has to be a URL, and a slip is an error of its own', async () => {
    const emulator = await endpoint({ [HERE]: runningRegion });
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', emulator.url);
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', 'localhost:4566');
    await expect(fromEnvironment()).rejects.toThrow(/The endpoint "localhost:4566"/);
  });
});

describe('what lies behind failures', () => {
  it('is bad credentials where EC2 refuses them everywhere, whatever the other services are', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, '*', { authFailure: true });
    for (const action of ['DescribeAutoScalingGroups', 'DescribeLaunchConfigurations', 'DescribeStacks'])
      ec2.misbehave(HERE, action, { unsupported: true });
    ec2.misbehave(HERE, 'GetCallerIdentity', {});
    await expect(workloadsOf(ec2)).rejects.toThrow(Unable);
  });

  it('are not the credentials when another service of the same place took them', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, '*', { authFailure: true });
    for (const action of ['DescribeAutoScalingGroups', 'GetCallerIdentity']) ec2.misbehave(HERE, action, {});
    const snapshot = await workloadsOf(ec2);
    expect(failureIn(snapshot.keyPairs).code).toBe('auth-failure');
    expect(itemsIn(snapshot.autoScalingGroups)).toHaveLength(1);
  });

  it('is a region that is not enabled for every service in it', async () => {
    const ec2 = await endpoint({ 'ap-east-1': { ...runningRegion, optIn: 'not-opted-in' } });
    const snapshot = await snapshotOf(ec2, { region: 'ap-east-1' }, { scopes: ['workloads'] });
    for (const kind of ['keyPairs', 'instances', 'autoScalingGroups', 'stacks'] as const)
      expect(failureIn(snapshot[kind])).toMatchObject({
        code: 'region-not-enabled',
        hint: expect.stringContaining('enable-region --region-name ap-east-1'),
      });
  });

  it('a region without one of the services loses the kinds of that service alone', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    for (const action of ['DescribeAutoScalingGroups', 'DescribeLaunchConfigurations'])
      ec2.misbehave(HERE, action, { html: 404 });
    const snapshot = await workloadsOf(ec2);
    expect(failureIn(snapshot.autoScalingGroups).code).toBe('unsupported');
    expect(failureIn(snapshot.launchConfigurations).code).toBe('unsupported');
    expect(itemsIn(snapshot.launchTemplates)).toHaveLength(1);
    expect(itemsIn(snapshot.instances)).toHaveLength(1);
  });
});
