import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { convertedGroup, EARLY_GROUPS } from '../../src/collectors/early-groups.ts';
import type { EarlyRows } from '../../src/collectors/wire/one-pass.ts';
import { xmlReplies } from '../../src/collectors/wire/replies.ts';
import { outputOf, replyTo } from './wire/kit.ts';

beforeAll(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** The groups of a reply, each converted, or what is wrong with it. */
async function converted(body: string, early?: EarlyRows): Promise<unknown[]> {
  const client = new EC2Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async () => ({
        response: { statusCode: 200, headers: {}, body: new TextEncoder().encode(body) } as never,
      }),
    },
  });
  const { SecurityGroups = [] } = await xmlReplies(client, early).send(new DescribeSecurityGroupsCommand({}));
  return SecurityGroups.map((row) => {
    try {
      return [row.GroupId, row.GroupName, convertedGroup(row)];
    } catch (error) {
      return [row.GroupId, row.GroupName, String(error)];
    }
  });
}

const group = (rules: string) =>
  `<item><groupId>sg-1</groupId><groupName>web</groupName><vpcId>vpc-1</vpcId>${rules}</item>`;
const reply = (...items: readonly string[]) =>
  `<DescribeSecurityGroupsResponse><securityGroupInfo>${items.join('')}</securityGroupInfo></DescribeSecurityGroupsResponse>`;

describe('groups that are converted while their page is read', () => {
  it('are the same as those that are converted afterwards, and so is what is wrong with one', async () => {
    const output = outputOf('ec2', 'DescribeSecurityGroups');
    await fc.assert(
      fc.asyncProperty(output, async (value) => {
        const body = replyTo('ec2', 'DescribeSecurityGroups', value);
        expect(await converted(body, EARLY_GROUPS)).toStrictEqual(await converted(body));
      }),
      { numRuns: 50 * Number(process.env.FUZZ ?? 1) },
    );
  });

  it.each([
    [
      'a rule',
      group(
        '<ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><ipRanges><item><cidrIp>10.1.2.3/8</cidrIp></item></ipRanges></item></ipPermissions><ipPermissionsEgress/>',
      ),
      [
        expect.objectContaining({
          id: 'sg-1',
          rules: [expect.objectContaining({ peer: { type: 'cidr', cidr: '10.0.0.0/8' } })],
        }),
      ],
    ],
    [
      'no list of rules',
      group('<ipPermissionsEgress/>'),
      ['MalformedValue: has no IpPermissions, not even an empty list'],
    ],
    [
      'an address that is none',
      group(
        '<ipPermissions><item><ipProtocol>tcp</ipProtocol><ipRanges><item><cidrIp>all</cidrIp></item></ipRanges></item></ipPermissions><ipPermissionsEgress/>',
      ),
      ['MalformedValue: "all" is not an IPv4 or IPv6 address range'],
    ],
  ])('with %s', async (_, item, expected) => {
    const both = [await converted(reply(item), EARLY_GROUPS), await converted(reply(item))];
    for (const rows of both) expect(rows).toEqual([['sg-1', 'web', ...expected]]);
  });

  it('of a reply that the SDK reads are converted afterwards', async () => {
    const [item] = [group('<ipPermissions/><ipPermissionsEgress/>')];
    const body = reply(item, item).replace('<vpcId>', '<!-- note --><vpcId>');
    expect(await converted(body, EARLY_GROUPS)).toStrictEqual(await converted(reply(item, item)));
  });
});
