import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { convertedGroup, EARLY_GROUPS } from '../../src/collectors/early-groups.ts';
import type { EarlyRows } from '../../src/collectors/wire/one-pass.ts';
import { xmlReplies } from '../../src/collectors/wire/replies.ts';
import type { SecurityGroup } from '../../src/inventory/security-group.ts';
import { outputOf, replyTo } from './wire/kit.ts';

beforeAll(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** The groups of a reply, each converted, or what is wrong with it. */
async function converted(body: string, early?: EarlyRows): Promise<unknown[]> {
  return (await allConverted([body], early))[0] ?? [];
}

/** The same of several replies to one client. */
async function allConverted(bodies: readonly string[], early?: EarlyRows): Promise<unknown[][]> {
  const left = [...bodies];
  const client = new EC2Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async () => ({
        response: { statusCode: 200, headers: {}, body: new TextEncoder().encode(left.shift()) } as never,
      }),
    },
  });
  const ours = xmlReplies(client, early);
  const all: unknown[][] = [];
  for (const _ of bodies) {
    const { SecurityGroups = [] } = await ours.send(new DescribeSecurityGroupsCommand({}));
    all.push(
      SecurityGroups.map((row) => {
        try {
          return [row.GroupId, row.GroupName, convertedGroup(row)];
        } catch (error) {
          return [row.GroupId, row.GroupName, String(error)];
        }
      }),
    );
  }
  return all;
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

  const permission = (port: number, ...ranges: readonly string[]) =>
    `<item><ipProtocol>tcp</ipProtocol><fromPort>${port}</fromPort><toPort>${port}</toPort><ipRanges>${ranges
      .map((cidr) => `<item><cidrIp>${cidr}</cidrIp></item>`)
      .join('')}</ipRanges></item>`;
  const withPermissions = (ingress: readonly string[], egress: readonly string[]) =>
    group(
      `<ipPermissions>${ingress.join('')}</ipPermissions><ipPermissionsEgress>${egress.join('')}</ipPermissionsEgress>`,
    );

  it('have the rules of their own texts, whichever permissions were read before', async () => {
    const some = fc.array(
      fc.constantFrom(
        permission(1, '10.0.0.0/8'),
        permission(1, '10.0.0.0/8', '10.0.0.0/9'),
        permission(12, '10.0.0.0/8'),
        permission(1, '10.0.0.0/16'),
        // Without a peer, and with one that is none: the group is refused, each time.
        permission(1),
        permission(1, 'ten'),
      ),
      { maxLength: 3 },
    );
    const page = fc.array(fc.tuple(some, some), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (pages) => {
        const bodies = pages.map((groups) =>
          reply(...groups.map(([ingress, egress]) => withPermissions(ingress, egress))),
        );
        expect(await allConverted(bodies, EARLY_GROUPS)).toStrictEqual(await allConverted(bodies));
      }),
      { numRuns: 60 * Number(process.env.FUZZ ?? 1) },
    );
  });

  it('share the rules of the permissions that they have in common', async () => {
    const one = withPermissions([permission(1, '10.0.0.0/8'), permission(2, '10.0.0.0/8')], []);
    const other = withPermissions([permission(2, '10.0.0.0/8')], [permission(2, '10.0.0.0/8')]);
    const rows = (await allConverted([reply(one), reply(other)], EARLY_GROUPS)).flat() as [
      string,
      string,
      SecurityGroup,
    ][];
    const [ours = [], theirs = []] = rows.map(([, , { rules }]) => rules);
    const ofPort2 = (rules: SecurityGroup['rules']) =>
      rules.find(({ from, direction }) => from === 2 && direction === 'ingress');
    expect(ofPort2(theirs)).toBeDefined();
    expect(ofPort2(theirs)).toBe(ofPort2(ours));
    expect(theirs.map(({ direction }) => direction)).toEqual(['egress', 'ingress']);
  });
});
