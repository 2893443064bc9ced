import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-ec2';
import { DescribeKeyPairsCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { EC2_ACTIONS, iamName, STS_ACTIONS } from '../../src/collectors/actions.ts';
import { ec2Client, stsClient } from '../../src/collectors/clients.ts';
import { isReadOnly } from '../../src/collectors/guard.ts';
import { iamPolicy } from '../../src/collectors/iam-policy.ts';
import { busyRegion, closingEndpoints, endpoint, HERE, snapshotOf, withKeys } from './kit.ts';

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
      .filter(({ text }) => /new \w*(EC2|STS)Client\(|new (EC2|STS)\(/.test(text))
      .map(({ file }) => file);
    expect(makers).toEqual(['collectors/clients.ts']);
  });

  it('lists nothing that is not a read, and everything it lists is in the SDK', () => {
    for (const action of [...Object.keys(EC2_ACTIONS), ...Object.keys(STS_ACTIONS)])
      expect(isReadOnly(action), action).toBe(true);
    for (const action of Object.keys(EC2_ACTIONS))
      expect(Object.hasOwn(sdk, `${action}Command`), action).toBe(true);
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
        Statement: { Effect: string; Action: string | string[]; Resource: string }[];
      }
    ).Statement;

  it('allows exactly what goes over the wire', async () => {
    // Refused at home, so that the regions are asked for as well.
    const ec2 = await endpoint({ [HERE]: busyRegion, 'ap-east-1': { optIn: 'not-opted-in' } });
    await snapshotOf(ec2);
    await snapshotOf(ec2, { region: 'ap-east-1' });
    const sent = new Set(ec2.received.map((r) => iamName(r.action)));
    const allowed = statements().flatMap((s) => s.Action);
    expect([...allowed].sort()).toEqual([...sent].sort());
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  it('allows reads only, and names resources in the partition that is asked for', () => {
    for (const { Effect, Action } of statements()) {
      expect(Effect).toBe('Allow');
      for (const action of [Action].flat()) expect(action).toMatch(/^(ec2|sts):(Describe|Get|List)[A-Z]/);
    }
    const resources = statements('aws-us-gov').map((s) => s.Resource);
    expect(resources).toContain('arn:aws-us-gov:ec2:*::image/*');
    expect(resources.filter((r) => r.startsWith('arn:aws:'))).toEqual([]);
  });
});
