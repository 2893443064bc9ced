import { describe, expect, it } from 'vitest';
import { otherDataFrom } from '../../src/inventory/launch-data.ts';
import { snapshotSchema } from '../../src/inventory/snapshot.ts';
import { DATA_SHAPE, leavesOf } from '../kit/leaves.ts';
import { closingEndpoints, endpoint, failureIn, HERE, itemsIn, withKeys } from './kit.ts';
import { groupBy, runningRegion, template, workloadsOf } from './workloads-kit.ts';

withKeys();
closingEndpoints();

describe('what starts instances', () => {
  it('is read of every kind, in canonical form, and satisfies the schema of snapshots', async () => {
    const snapshot = await workloadsOf(await endpoint({ [HERE]: runningRegion }));
    expect(snapshotSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot.gaps).toEqual([]);
    expect(itemsIn(snapshot.instances)).toMatchObject([
      {
        id: 'i-1',
        name: 'web',
        launch: { imageId: 'ami-1', keyName: 'deploy', interfaces: [[{ id: 'sg-0001', name: 'group-1' }]] },
        launchTemplate: { id: 'lt-1', version: '2' },
      },
    ]);
    expect(itemsIn(snapshot.launchConfigurations)).toMatchObject([
      { name: 'old', launch: { imageId: 'ami-1', interfaces: [[{ id: 'sg-0001', name: null }]] } },
    ]);
    expect(itemsIn(snapshot.autoScalingGroups)).toMatchObject([
      { name: 'web', desired: 2, launches: [{ template: { id: 'lt-1', version: '1' }, imageId: null }] },
    ]);
    expect(itemsIn(snapshot.parameters)).toEqual([]);
    expect(itemsIn(snapshot.otherImages)).toEqual([]);
  });

  it('leaves out instances that are gone', async () => {
    const snapshot = await workloadsOf(await endpoint({ [HERE]: runningRegion }));
    expect(itemsIn(snapshot.instances).map(({ id }) => id)).toEqual(['i-1']);
  });

  it('is asked for in the largest pages, and short and empty ones are followed to the end', async () => {
    const many = {
      ...runningRegion,
      instances: Array.from({ length: 23 }, (_, i) => ({
        InstanceId: `i-${i}`,
        State: { Name: 'running' as const },
      })),
      autoScalingGroups: Array.from({ length: 23 }, (_, i) => groupBy(`g-${i}`, 'lt-1', '$Default')),
      launchConfigurations: Array.from({ length: 23 }, (_, i) => ({ LaunchConfigurationName: `c-${i}` })),
      stacks: Array.from({ length: 23 }, (_, i) => ({
        StackId: `s-${i}`,
        StackName: `s-${i}`,
        StackStatus: 'CREATE_COMPLETE' as const,
        TemplateBody: '{"Resources":{}}',
      })),
    };
    const paged = { pageCap: 7, emptyPages: 1 };
    const actions = [
      'DescribeInstances',
      'DescribeAutoScalingGroups',
      'DescribeLaunchConfigurations',
      'DescribeStacks',
    ];
    const ec2 = await endpoint({
      [HERE]: { ...many, faults: Object.fromEntries(actions.map((action) => [action, paged])) },
    });
    const snapshot = await workloadsOf(ec2);
    for (const kind of ['instances', 'autoScalingGroups', 'launchConfigurations', 'stacks'] as const)
      expect(itemsIn(snapshot[kind] as typeof snapshot.instances), kind).toHaveLength(23);
    expect(actions.map((action) => ec2.calls(action)[0]?.params)).toEqual([
      { MaxResults: 1000 },
      { MaxRecords: 100 },
      { MaxRecords: 100 },
      {},
    ]);
  });

  const KINDS = [
    ['DescribeInstances', 'instances', 'ec2'],
    ['DescribeLaunchTemplates', 'launchTemplates', 'ec2'],
    ['DescribeLaunchConfigurations', 'launchConfigurations', 'autoscaling'],
    ['DescribeAutoScalingGroups', 'autoScalingGroups', 'autoscaling'],
    ['DescribeStacks', 'stacks', 'cloudformation'],
  ] as const;

  it.each(KINDS)(
    'without the right to %s is one gap that names the right, and nothing else is lost',
    async (action, kind, service) => {
      const snapshot = await workloadsOf(
        await endpoint({ [HERE]: { ...runningRegion, faults: { [action]: { deny: true } } } }),
      );
      const failure = failureIn(snapshot[kind]);
      expect(failure.code).toBe('access-denied');
      expect(failure.message).toContain(`${action} in ${HERE}`);
      expect(failure.hint).toContain(`${service}:${action}`);
      for (const [, other] of KINDS)
        if (other !== kind) expect(snapshot[other].status, other).toBe('complete');
      expect(snapshot.gaps).toEqual([]);
    },
  );

  it.each(KINDS)(
    'of %s that break off half-way are a gap, and never a part of the list',
    async (action, kind) => {
      const fault = { pageCap: 1, emptyPages: 1, after: 1, deny: true };
      const snapshot = await workloadsOf(
        await endpoint({ [HERE]: { ...runningRegion, faults: { [action]: fault } } }),
      );
      expect(failureIn(snapshot[kind]).code).toBe('access-denied');
    },
  );

  it.each([
    ['DescribeAutoScalingGroups', 'autoScalingGroups', 'Auto Scaling'],
    ['DescribeStacks', 'stacks', 'CloudFormation'],
  ] as const)('%s is blamed on the service that it belongs to', async (action, kind, name) => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    ec2.misbehave(HERE, action, { throttle: true });
    expect(failureIn((await workloadsOf(ec2))[kind])).toMatchObject({
      code: 'throttled',
      hint: expect.stringContaining(`other tools call ${name} in`),
    });
    for (const fault of [{ html: true }, { body: '' }, { truncate: true }] as const) {
      ec2.misbehave(HERE, action, fault);
      expect(failureIn((await workloadsOf(ec2))[kind])).toMatchObject({
        code: 'malformed',
        hint: expect.stringContaining(name),
      });
    }
    ec2.misbehave(HERE, action, { unsupported: true });
    expect(failureIn((await workloadsOf(ec2))[kind]).code).toBe('unsupported');
  });

  it('is not asked for where it is out of scope, nor are the services that hold it', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    const snapshot = await workloadsOf(ec2, { scopes: ['key-pairs', 'security-groups', 'images'] });
    expect(new Set(ec2.received.map(({ service }) => service))).toEqual(new Set(['ec2', 'sts']));
    for (const kind of ['instances', 'stacks', 'parameters', 'otherImages'] as const)
      expect(failureIn(snapshot[kind]).code).toBe('not-read');
  });
});

describe('launch templates', () => {
  it('have each member of the data of a version as EC2 gives it, but user data', async () => {
    const launchTemplates = leavesOf(DATA_SHAPE).map(({ data }, i) => ({
      LaunchTemplateId: `lt-${i}`,
      LaunchTemplateName: `t${i}`,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ LaunchTemplateId: `lt-${i}`, VersionNumber: 1, LaunchTemplateData: data }],
    }));
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, launchTemplates } });
    const read = new Map(
      itemsIn((await workloadsOf(ec2)).launchTemplates).map((t) => [t.id, t.versions?.[0]]),
    );
    for (const { LaunchTemplateId, Versions } of launchTemplates) {
      const data = Versions[0]?.LaunchTemplateData ?? {};
      expect(read.get(LaunchTemplateId)?.otherData).toEqual(otherDataFrom(data));
    }
  });

  const versionsIn = (snapshot: Awaited<ReturnType<typeof workloadsOf>>) =>
    itemsIn(snapshot.launchTemplates).map(({ versions }) => versions?.map(({ number }) => number) ?? null);

  it('come with their default and latest version and with those that groups and instances pin', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        ...runningRegion,
        launchTemplates: [template('lt-1', { versions: [1, 2, 3, 4, 5], byDefault: 3 })],
      },
    });
    const snapshot = await workloadsOf(ec2);
    expect(versionsIn(snapshot)).toEqual([[1, 2, 3, 5]]);
    expect(itemsIn(snapshot.launchTemplates)[0]?.versions?.[0]?.launch).toMatchObject({
      imageId: 'ami-1',
      keyName: 'deploy',
      interfaces: [[{ id: 'sg-0001', name: null }]],
    });
    expect(ec2.calls('DescribeLaunchTemplateVersions').map(({ params }) => params)).toEqual([
      { Versions: ['$Latest', '$Default'], MaxResults: 200 },
      { LaunchTemplateId: 'lt-1', Versions: ['1', '2'], MaxResults: 200 },
    ]);
  });

  it('lack a pinned version that is gone, which is no failure', async () => {
    const autoScalingGroups = [
      groupBy('a', 'lt-1', '1'),
      groupBy('b', 'lt-1', '9'),
      groupBy('c', 'lt-9', '1'),
    ];
    const snapshot = await workloadsOf(await endpoint({ [HERE]: { ...runningRegion, autoScalingGroups } }));
    expect(versionsIn(snapshot)).toEqual([[1, 2, 3, 4]]);
    expect(snapshot.gaps).toEqual([]);
  });

  it('have no versions, and a gap, where these may not be read', async () => {
    const faults = { DescribeLaunchTemplateVersions: { deny: true } };
    const ec2 = await endpoint({
      [HERE]: { ...runningRegion, launchTemplates: ['lt-1', 'lt-2'].map((id) => template(id)), faults },
    });
    const snapshot = await workloadsOf(ec2);
    expect(versionsIn(snapshot)).toEqual([null, null]);
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'launch-template',
        code: 'access-denied',
        message: expect.stringMatching(
          /^The versions of lt-1 \("name-of-lt-1"\), lt-2 .* could not be read: /,
        ),
        hint: expect.stringContaining('ec2:DescribeLaunchTemplateVersions'),
      },
    ]);
    expect(ec2.calls('DescribeLaunchTemplateVersions')).toHaveLength(1);
  });

  it('whose pinned version could not be read have none: what is absent from a list that was read does not exist', async () => {
    const faults = { DescribeLaunchTemplateVersions: { after: 1, deny: true } };
    const snapshot = await workloadsOf(await endpoint({ [HERE]: { ...runningRegion, faults } }));
    expect(versionsIn(snapshot)).toEqual([null]);
    expect(snapshot.gaps).toMatchObject([{ kind: 'launch-template', code: 'access-denied' }]);
  });

  it.each([
    [
      'answers an error to the sweep',
      { error: { status: 500, code: 'InternalError', message: 'boom' }, times: 2 },
    ],
    ['answers nothing to the sweep', { body: '<R><launchTemplateVersionSet/></R>', times: 1 }],
  ])('are asked for one by one where the region %s', async (_, fault) => {
    const launchTemplates = [template('lt-1', { versions: [1, 2, 3, 4], byDefault: 3 }), template('lt-2')];
    const faults = { DescribeLaunchTemplateVersions: fault };
    const snapshot = await workloadsOf(
      await endpoint({ [HERE]: { ...runningRegion, launchTemplates, faults } }),
    );
    expect(versionsIn(snapshot)).toEqual([[1, 2, 3, 4], [1]]);
    expect(snapshot.gaps).toEqual([]);
  });

  it('that are listed and have not one version are a gap, not templates that launch nothing', async () => {
    const launchTemplates = [template('lt-1', { versions: [] }), template('lt-2')];
    const snapshot = await workloadsOf(await endpoint({ [HERE]: { ...runningRegion, launchTemplates } }));
    expect(versionsIn(snapshot)).toEqual([null, [1]]);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'launch-template', code: 'truncated', message: expect.stringContaining('lt-1') },
    ]);
  });

  it('are read to the last of 250, two pages of templates and two of versions', async () => {
    const launchTemplates = Array.from({ length: 250 }, (_, i) => template(`lt-${i}`));
    const ec2 = await endpoint({
      [HERE]: { ...runningRegion, launchTemplates, autoScalingGroups: [], instances: [] },
    });
    const snapshot = await workloadsOf(ec2);
    expect(versionsIn(snapshot)).toHaveLength(250);
    expect(versionsIn(snapshot).every((versions) => versions?.length === 1)).toBe(true);
    expect(ec2.calls('DescribeLaunchTemplates').map(({ params }) => params.MaxResults)).toEqual([200, 200]);
    expect(ec2.calls('DescribeLaunchTemplateVersions')).toHaveLength(2);
  });

  it('of which there are none cost no further call', async () => {
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, launchTemplates: [] } });
    expect(versionsIn(await workloadsOf(ec2))).toEqual([]);
    expect(ec2.calls('DescribeLaunchTemplateVersions')).toEqual([]);
  });
});
