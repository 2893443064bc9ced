import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as autoScalingSdk from '@aws-sdk/client-auto-scaling';
import * as cloudFormationSdk from '@aws-sdk/client-cloudformation';
import * as ebsSdk from '@aws-sdk/client-ebs';
import * as sdk from '@aws-sdk/client-ec2';
import { DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import * as elbSdk from '@aws-sdk/client-elastic-load-balancing';
import * as elbV2Sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iamSdk from '@aws-sdk/client-iam';
import * as kmsSdk from '@aws-sdk/client-kms';
import * as quotasSdk from '@aws-sdk/client-service-quotas';
import * as ssmSdk from '@aws-sdk/client-ssm';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import {
  AUTO_SCALING_ACTIONS,
  CLOUDFORMATION_ACTIONS,
  EBS_ACTIONS,
  EC2_ACTIONS,
  ELB_CLASSIC_ACTIONS,
  ELB_V2_ACTIONS,
  IAM_ACTIONS,
  KMS_ACTIONS,
  READ_ACTIONS,
  rightsFor,
  SERVICE_QUOTAS_ACTIONS,
  SSM_ACTIONS,
  STS_ACTIONS,
} from '../../src/collectors/actions.ts';
import { ebsClient, ec2Client, READ_CLIENTS, stsClient } from '../../src/collectors/clients.ts';
import { isReadOnly } from '../../src/collectors/guard.ts';
import { iamPolicy } from '../../src/collectors/iam-policy.ts';
import { openSide } from '../../src/collectors/live.ts';
import { busyRegion, closingEndpoints, endpoint, HERE, snapshotOf, withKeys } from './kit.ts';
import { EVERY_FACT, lookedUp, runningRegion } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const SRC = join(import.meta.dirname, '../../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));

describe('the tool only reads', () => {
  it('names no command of the SDK, in all of its source, but Describe, Get and List', () => {
    const named = sources.flatMap(({ file, text }) => {
      if (!text.includes('@aws-sdk/')) return [];
      return [...text.matchAll(/\b([A-Z]\w+?)Command(?:Input|Output)?\b/g)].map(
        ([, action]) => `${file}: ${action}`,
      );
    });
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((one) => !/: (Describe|Get|List)[A-Z]\w*$/.test(one))).toEqual([]);
    expect(named.filter((one) => !isReadOnly(one.split(': ')[1] ?? ''))).toEqual([]);
  });

  it('makes clients in one file only, so that none goes without the guard', () => {
    const makers = sources
      .filter(({ text }) => /new [A-Z]\w*Client\(|new (EC2|STS|EBS)\(/.test(text))
      .map(({ file }) => file);
    expect(makers).toEqual(['collectors/clients.ts']);
  });

  it('lists nothing that is not a read, and everything it lists is in the SDK', () => {
    const lists = [...Object.values(READ_ACTIONS), STS_ACTIONS, EBS_ACTIONS];
    for (const action of lists.flatMap((actions) => Object.keys(actions)))
      expect(isReadOnly(action), action).toBe(true);
    const inSdk = [
      [sdk, EC2_ACTIONS],
      [autoScalingSdk, AUTO_SCALING_ACTIONS],
      [cloudFormationSdk, CLOUDFORMATION_ACTIONS],
      [ssmSdk, SSM_ACTIONS],
      [iamSdk, IAM_ACTIONS],
      [kmsSdk, KMS_ACTIONS],
      [quotasSdk, SERVICE_QUOTAS_ACTIONS],
      [elbV2Sdk, ELB_V2_ACTIONS],
      [elbSdk, ELB_CLASSIC_ACTIONS],
    ] as const;
    for (const [client, actions] of inSdk)
      for (const action of Object.keys(actions))
        expect(Object.hasOwn(client, `${action}Command`), action).toBe(true);
  });

  it('refuses before the wire every command of EC2 that is not on the list, reads included', async () => {
    const ec2 = await endpoint({ [HERE]: busyRegion });
    const client = await ec2Client(HERE, { endpoint: ec2.url });
    const commands = Object.entries(sdk).filter(
      ([name, value]) => /^[A-Z]\w+Command$/.test(name) && typeof value === 'function',
    );
    expect(commands.length).toBeGreaterThan(500);
    for (const [name, Command] of commands) {
      const action = name.replace(/Command$/, '');
      if (Object.hasOwn(EC2_ACTIONS, action)) continue;
      // biome-ignore lint/suspicious/noExplicitAny: seven hundred input types
      const sent = client.send(new (Command as any)({}));
      await expect(sent, action).rejects.toThrow(`Refused to send ${action}`);
    }
    expect(ec2.received).toEqual([]);
    await client.send(new DescribeKeyPairsCommand({}));
    await client.send(new DescribeSecurityGroupsCommand({ MaxResults: 5 }));
    expect(ec2.received.map((r) => r.action)).toEqual(['DescribeKeyPairs', 'DescribeSecurityGroups']);
    client.destroy();
  });

  it('refuses before the wire what would write a snapshot, and what it has no use for', async () => {
    const ebs = await endpoint({ [HERE]: {} });
    const client = await ebsClient(HERE, { endpoint: ebs.url });
    const commands = Object.entries(ebsSdk).filter(
      ([name, value]) => /^[A-Z]\w+Command$/.test(name) && typeof value === 'function',
    );
    const refused = commands.filter(([name]) => !Object.hasOwn(EBS_ACTIONS, name.replace(/Command$/, '')));
    expect(refused.map(([name]) => name)).toEqual(
      expect.arrayContaining(['PutSnapshotBlockCommand', 'StartSnapshotCommand', 'CompleteSnapshotCommand']),
    );
    for (const [name, Command] of refused) {
      // biome-ignore lint/suspicious/noExplicitAny: as many input types as commands
      await expect(client.send(new (Command as any)({})), name).rejects.toThrow('Refused to send');
    }
    expect(ebs.received).toEqual([]);
    client.destroy();
  });

  it.each([
    ['autoscaling', autoScalingSdk, 'DeleteAutoScalingGroupCommand', 60],
    ['cloudformation', cloudFormationSdk, 'CreateChangeSetCommand', 60],
    ['ssm', ssmSdk, 'PutParameterCommand', 100],
    ['iam', iamSdk, 'CreateInstanceProfileCommand', 100],
    ['kms', kmsSdk, 'DecryptCommand', 40],
    ['servicequotas', quotasSdk, 'RequestServiceQuotaIncreaseCommand', 20],
    ['elbv2', elbV2Sdk, 'RegisterTargetsCommand', 30],
    ['elb', elbSdk, 'RegisterInstancesWithLoadBalancerCommand', 20],
  ] as const)(
    'refuses before the wire what is not on the list of %s',
    async (service, from, writes, atLeast) => {
      const there = await endpoint({ [HERE]: {} });
      const client = await READ_CLIENTS[service](HERE, { endpoint: there.url });
      const refused = Object.entries(from).filter(
        ([name, value]) =>
          /^[A-Z]\w+Command$/.test(name) &&
          typeof value === 'function' &&
          !Object.hasOwn(READ_ACTIONS[service], name.replace(/Command$/, '')),
      );
      expect(refused.map(([name]) => name)).toContain(writes);
      expect(refused.length).toBeGreaterThan(atLeast);
      for (const [name, Command] of refused) {
        // biome-ignore lint/suspicious/noExplicitAny: as many input types as commands
        const sent = (client as any).send(new (Command as any)({}));
        await expect(sent, name).rejects.toThrow('Refused to send');
      }
      expect(there.received).toEqual([]);
      client.destroy();
    },
  );

  it('refuses AssumeRole on its own STS client: only the SDK’s credential provider sends it', async () => {
    const client = await stsClient(HERE, { endpoint: 'http://127.0.0.1:1' });
    await expect(client.send(new AssumeRoleCommand({ RoleArn: 'r', RoleSessionName: 's' }))).rejects.toThrow(
      'Refused to send AssumeRole',
    );
  });
});

describe('the IAM policy', () => {
  const statements = (partition?: string) =>
    (
      iamPolicy(partition) as {
        Version: string;
        Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
      }
    ).Statement;

  it('allows exactly what goes over the wire', async () => {
    // Refused at home, so that the regions are asked for as well.
    const [group] = runningRegion.securityGroups ?? [];
    // A rule of which only DescribeStaleSecurityGroups tells whether its group exists.
    const inDoubt = {
      ...group,
      GroupId: 'sg-doubt',
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }],
    };
    const region = { ...runningRegion, securityGroups: [...(runningRegion.securityGroups ?? []), inDoubt] };
    const ec2 = await endpoint({ [HERE]: region, 'ap-east-1': { optIn: 'not-opted-in' } });
    await lookedUp(ec2, { parameterNames: ['/golden/image'], facts: EVERY_FACT });
    await snapshotOf(ec2, { region: 'ap-east-1' });
    // Of CloudFormation AWS asks for a right that no call is named after.
    expect(rightsFor('DescribeStacks')).toEqual([
      'cloudformation:DescribeStacks',
      'cloudformation:ListStacks',
    ]);
    const sent = new Set(ec2.received.flatMap((r) => rightsFor(r.action)));
    const allowed = statements().flatMap((s) => s.Action);
    expect([...allowed].sort()).toEqual([...sent].sort());
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  it('allows what reading blocks takes only where that is asked for', async () => {
    const ebs = await endpoint({ [HERE]: { blocks: { 'snap-1': { sizeGiB: 1, blocks: { 0: 'x' } } } } });
    const side = await openSide({ region: HERE, endpointUrl: ebs.url });
    const reader = await side.blocks({});
    const { tokens } = await reader.list('snap-1');
    await reader.digest('snap-1', 0, tokens.get(0) ?? '');
    side.close();
    const sent = ebs.received.filter(({ service }) => service === 'ebs').map((r) => rightsFor(r.action)[0]);
    const actions = (policy: object) =>
      (policy as { Statement: { Action: string | string[] }[] }).Statement.flatMap((s) => s.Action);
    const plain = actions(iamPolicy());
    const more = actions(iamPolicy('aws', { content: true })).filter((action) => !plain.includes(action));
    expect(more.sort()).toEqual([...sent, 'kms:Decrypt'].sort());
    expect(plain.filter((action) => /^ebs:|^kms:Decrypt$/.test(action))).toEqual([]);
  });

  it('allows reads only, and names resources in the partition that is asked for', () => {
    for (const { Effect, Action } of statements()) {
      expect(Effect).toBe('Allow');
      for (const action of [Action].flat())
        expect(action).toMatch(
          /^(ec2|sts|autoscaling|cloudformation|ssm|iam|kms|servicequotas|elasticloadbalancing):(Describe|Get|List)[A-Z]/,
        );
    }
    const resources = statements('aws-us-gov').flatMap((s) => s.Resource);
    expect(resources).toContain('arn:aws-us-gov:ssm:*::parameter/aws/service/*');
    expect(resources).toContain('arn:aws-us-gov:ec2:*::image/*');
    expect(resources.filter((r) => r.startsWith('arn:aws:'))).toEqual([]);
  });
});
