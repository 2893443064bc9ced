import { describe, expect, it } from 'vitest';
import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, auditGroups, finding, found, group, linesOf } from '../../kit/estate.ts';
import { SHELLS, typed } from '../../kit/shell.ts';
import { copyOf, image } from '../images/kit.ts';

const remedyOf = (report: Report, rule: Parameters<typeof finding>[1]) => finding(report, rule).remedy;
const web = (source: AwsPermission[], target: AwsPermission[], more: AwsSecurityGroup = {}) =>
  auditGroups([group('web', source)], [group('web', target, more)]);
const AUTHORIZE =
  'aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-web --ip-permissions ';
const REVOKE = 'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-web --ip-permissions ';

describe('the remedy of a difference that no rule can express', () => {
  it('is to authorize the rows of the source: all ICMP on the source, ping alone on the target', () => {
    const report = web(
      [allow('icmp', -1, -1, '10.0.0.0/8'), allow('icmpv6', -1, -1, '2001:db8::/32')],
      [allow('icmp', 8, -1, '10.0.0.0/8'), allow('icmpv6', 128, -1, '2001:db8::/32')],
    );
    const less = finding(report, 'security-group/allows-less');
    expect(less.facts).toMatchObject({
      traffic: [
        { protocol: 'icmp', icmp: 'all', exceptIcmp: ['8'], peers: ['10.0.0.0/8'] },
        { protocol: 'icmpv6', icmp: 'all', exceptIcmp: ['128'], peers: ['2001:db8::/32'] },
      ],
    });
    expect(less.remedy).toBe(
      'Authorize on "web" in eu-west-1: ingress icmp from 10.0.0.0/8 and ingress icmpv6 from 2001:db8::/32.',
    );
    expect(linesOf(less)).toEqual([
      `${AUTHORIZE}'[{"IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]},{"IpProtocol":"icmpv6","FromPort":-1,"ToPort":-1,"Ipv6Ranges":[{"CidrIpv6":"2001:db8::/32"}]}]'`,
    ]);
  });

  it('is to authorize first what a wider row covers, then to revoke that row', () => {
    const report = web(
      [allow('tcp', 443, 443, '10.0.0.0/8'), allow('icmp', 8, -1, '10.0.0.0/8')],
      [allow('tcp', 443, 443, '0.0.0.0/0'), allow('icmp', -1, -1, '10.0.0.0/8')],
    );
    const more = finding(report, 'security-group/allows-more');
    expect(more.remedy).toBe(
      'First authorize on "web" in eu-west-1: ingress icmp 8 from 10.0.0.0/8 and ingress tcp 443 from 10.0.0.0/8. Then revoke: ingress icmp from 10.0.0.0/8 and ingress tcp 443 from 0.0.0.0/0.',
    );
    const [authorize, revoke, ...others] = linesOf(more);
    expect(authorize?.startsWith(AUTHORIZE)).toBe(true);
    expect(revoke?.startsWith(REVOKE)).toBe(true);
    expect(others).toEqual([]);
  });

  it.each<[string, AwsPermission[], AwsPermission[]]>([
    [
      'all protocols but one',
      [allow('-1', undefined, undefined, '10.0.0.0/8')],
      [allow('tcp', 0, 65535, '10.0.0.0/8')],
    ],
    [
      'an address range with a hole',
      [allow('tcp', 22, 22, '0.0.0.0/0')],
      [allow('tcp', 22, 22, '10.0.0.0/8')],
    ],
    ['every ICMP type but some', [allow('icmp', 8, -1, '10.0.0.0/8')], [allow('icmp', -1, -1, '10.0.0.0/8')]],
  ])('never says %s', (_, source, target) => {
    for (const report of [web(source, target), web(target, source)])
      for (const { remedy, commands = [] } of report.findings) {
        expect(remedy).not.toMatch(/except|but /);
        expect(commands.length).toBeGreaterThan(0);
      }
  });

  it('keeps the descriptions of the rows that it authorizes, and revokes rows whatever theirs are', () => {
    const described = (row: AwsPermission, Description: string): AwsPermission => ({
      ...row,
      IpRanges: (row.IpRanges ?? []).map((r) => ({ ...r, Description })),
    });
    const report = web(
      [described(allow('tcp', 22, 22, '10.0.0.0/8'), "the office's")],
      [described(allow('tcp', 22, 22, '0.0.0.0/0'), 'for now')],
    );
    const [authorize, revoke] = linesOf(finding(report, 'security-group/allows-more'));
    expect(authorize).toContain(`"Description":"the office'\\''s"`);
    expect(revoke).not.toContain('Description');
  });

  it('asks for a higher quota first where the old and the new rows do not fit beside each other', () => {
    const many = (from: number) =>
      Array.from({ length: 4 }, (_, i) => allow('tcp', from + i, from + i, '10.0.0.0/8'));
    const report = auditGroups(
      [group('web', [...many(1), ...many(11)])],
      [group('web', [allow('tcp', 0, 65535, '0.0.0.0/0')])],
      { config: { quotas: { rulesPerGroup: 5 } } },
    );
    const more = finding(report, 'security-group/allows-more');
    expect(more.remedy).toContain('first request a higher quota');
    expect(linesOf(more)).toEqual([]);
  });

  it('names no row to revoke where a part of the source was not read', () => {
    const report = auditGroups(
      [group('web', [allow('tcp', 22, 22, 'pl-1')])],
      [group('web', [allow('tcp', 80, 80, '0.0.0.0/0')])],
      { source: { prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'corp', Entries: null }] } },
    );
    const more = finding(report, 'security-group/allows-more');
    expect(more.remedy).toContain('Not all rules of both sides could be read');
    expect(linesOf(more)).toEqual([]);
  });
});

/** The id of a group that a command before makes. */
const LB = `"$(aws ec2 describe-security-groups --region eu-west-1 --filters '[{"Name":"vpc-id","Values":["vpc-1"]},{"Name":"group-name","Values":["lb"]}]' --query 'SecurityGroups[?GroupName==\`"lb"\`].[GroupId]' --output text)"`;

describe('a missing group', () => {
  const lb = group('lb', [allow('tcp', 443, 443, '0.0.0.0/0')], {
    IpPermissionsEgress: [allow('-1', undefined, undefined, '0.0.0.0/0')],
    Description: "it's the balancer",
    Tags: [{ Key: 'team', Value: 'net' }],
  });

  it('is created with its rules, and with the rules of the groups that name it', () => {
    const report = auditGroups([lb, group('web', [allow('tcp', 80, 80, 'sg-lb')])], [group('web', [])]);
    expect(found(report)).toEqual(['security-group/allows-less high', 'security-group/missing high']);
    expect(remedyOf(report, 'security-group/allows-less')).toBe(
      'First create security group "lb" in eu-west-1 (security-group/missing): rules of the source name it. The commands are listed with the finding security-group/missing of "lb".',
    );
    expect(linesOf(finding(report, 'security-group/missing'))).toEqual([
      `aws ec2 create-security-group --region eu-west-1 --vpc-id vpc-1 --group-name lb --description 'it'\\''s the balancer' --tag-specifications '[{"ResourceType":"security-group","Tags":[{"Key":"team","Value":"net"}]}]' --query GroupId --output text`,
      `aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id ${LB} --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
      `${AUTHORIZE}'[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"'${LB}'"}]}]'`,
    ]);
  });

  it('loses the egress that EC2 gives a new group where the source does not have it', () => {
    const report = auditGroups([group('lb', [])], []);
    expect(linesOf(finding(report, 'security-group/missing')).at(-1)).toBe(
      `aws ec2 revoke-security-group-egress --region eu-west-1 --group-id ${LB} --ip-permissions '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
    );
  });

  it('refers to itself, and to another missing group, which is looked up by its name', () => {
    const report = auditGroups(
      [
        group('a', [allow('tcp', 1, 1, 'sg-a'), allow('tcp', 2, 2, 'sg-b')]),
        group('b', [allow('tcp', 3, 3, 'sg-a')]),
      ],
      [],
    );
    const [a, b] = report.findings.map(linesOf);
    // Each line can be run once both groups exist.
    expect(a?.join('\n')).not.toContain('authorize');
    expect(b?.[0]).toContain('create-security-group');
    expect(b?.filter((l) => l.includes('authorize'))).toHaveLength(2);
    expect(b?.join('\n')).toMatch(
      /"GroupId":"'"\$\(aws ec2 describe-security-groups .*"group-name","Values":\["a"\]/,
    );
    for (const shell of SHELLS) typed(report.findings.flatMap(linesOf), shell);
  });

  it.each<[string, AwsSecurityGroup, RegExp]>([
    [
      'of a stack is made by the stack',
      {
        Tags: [
          { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
          { Key: 'aws:cloudformation:logical-id', Value: 'Lb' },
        ],
      },
      /stack "shop".*logical id Lb/,
    ],
    [
      'of another account is made by its owner',
      { OwnerId: '999988887777' },
      /^Account 999988887777 owns the group/,
    ],
    [
      'with a generated name is not made under it',
      { GroupName: 'lb-20240512101122334455000001' },
      /Do not create/,
    ],
  ])('%s', (_, more, remedy) => {
    const report = auditGroups([group('lb', [], more)], []);
    const missing = finding(report, 'security-group/missing');
    expect(missing.remedy).toMatch(remedy);
    expect(linesOf(missing)).toEqual([]);
  });
});

describe('a group that a stack made', () => {
  it('is changed in its stack', () => {
    const stack = {
      Tags: [
        { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
        { Key: 'aws:cloudformation:logical-id', Value: 'WebGroup' },
      ],
    };
    const report = auditGroups(
      [group('web', [allow('tcp', 80, 80, '10.0.0.0/8')], stack)],
      [group('web', [], stack)],
    );
    const less = finding(report, 'security-group/allows-less');
    expect(less.remedy).toBe(
      'Change it in the CloudFormation stack "shop" of eu-west-1 (logical id WebGroup), not manually. Authorize on "web" in eu-west-1: ingress tcp 80 from 10.0.0.0/8.',
    );
    expect(linesOf(less)).toEqual([]);
  });
});

describe('a prefix list', () => {
  const list = (PrefixListId: string, Entries: string[], more = {}) => ({
    PrefixListId,
    PrefixListName: 'corp',
    OwnerId: '111122223333',
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entries,
    ...more,
  });

  it('that is missing is created with its entries, and with the rows that name it; the group says nothing else', () => {
    const report = auditGroups([group('web', [allow('tcp', 22, 22, 'pl-1')])], [group('web', [])], {
      source: { prefixLists: [list('pl-1', ['192.0.2.0/24'])] },
    });
    const lines = linesOf(finding(report, 'prefix-list/missing'));
    expect(lines[0]).toContain(
      'aws ec2 create-managed-prefix-list --region eu-west-1 --prefix-list-name corp',
    );
    expect(lines.at(-1)).toBe(
      `${AUTHORIZE}'[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"PrefixListIds":[{"PrefixListId":"'"$(aws ec2 describe-managed-prefix-lists --region eu-west-1 --filters '[{"Name":"prefix-list-name","Values":["corp"]}]' --query 'PrefixLists[?PrefixListName==\`"corp"\` && OwnerId!=\`"AWS"\`].[PrefixListId]' --output text)"'"}]}]'`,
    );
    const less = finding(report, 'security-group/allows-less');
    expect(less.remedy).toBe(
      'First create prefix list "corp" in eu-west-1 (prefix-list/missing): rules of the source name it. The commands are listed with the finding prefix-list/missing of "corp".',
    );
    expect(linesOf(less)).toEqual([]);
  });

  it('that has other entries is brought in line in one change; the group says nothing else', () => {
    const report = auditGroups(
      [group('web', [allow('tcp', 22, 22, 'pl-1')])],
      [group('web', [allow('tcp', 22, 22, 'pl-9')])],
      {
        source: { prefixLists: [list('pl-1', ['192.0.2.0/24', '198.51.100.0/24'])] },
        target: { prefixLists: [list('pl-9', ['192.0.2.0/24', '203.0.113.0/24'])] },
      },
    );
    expect(linesOf(finding(report, 'prefix-list/entries-differ'))).toEqual([
      expect.stringMatching(
        /--add-entries '\[\{"Cidr":"198.51.100.0\/24"\}\]' --remove-entries '\[\{"Cidr":"203.0.113.0\/24"\}\]' --current-version "\$\(aws ec2 describe/,
      ),
    ]);
    for (const rule of ['security-group/allows-less', 'security-group/allows-more'] as const) {
      expect(remedyOf(report, rule)).toBe(
        'Give prefix list "corp" of eu-west-1 the entries of the source first (prefix-list/entries-differ). The commands are listed with the finding prefix-list/entries-differ of "corp".',
      );
      expect(linesOf(finding(report, rule))).toEqual([]);
    }
  });
});

describe('an image', () => {
  const one = { scopes: ['images'] as const };

  it('is stored and restored between partitions', () => {
    const report = audit(
      { images: [image('app', 'ami-1')] },
      {},
      { ...one, regions: ['us-east-1', 'us-gov-west-1'] },
    );
    const missing = finding(report, 'image/missing-copy');
    expect(linesOf(missing).join('\n')).not.toContain('copy-image');
    expect(linesOf(missing).join('\n')).toMatch(/create-store-image-task[\s\S]*create-restore-image-task/);
    expect(missing.commands?.map((c) => c.side)).toEqual(['source', 'source', 'source', 'target', 'target']);
    for (const shell of SHELLS) typed(linesOf(missing), shell);
  });

  it('is shared with its snapshots before another account copies it', () => {
    const report = audit({ images: [image('app', 'ami-1')] }, { account: '444455556666' }, one);
    const missing = finding(report, 'image/missing-copy');
    expect(missing.commands?.map((c) => [c.side, c.shell])).toEqual([
      [
        'source',
        `aws ec2 modify-image-attribute --region us-east-1 --image-id ami-1 --launch-permission '{"Add":[{"UserId":"444455556666"}]}'`,
      ],
      [
        'source',
        `aws ec2 modify-snapshot-attribute --region us-east-1 --snapshot-id snap-ami-1 --create-volume-permission '{"Add":[{"UserId":"444455556666"}]}'`,
      ],
      [
        'target',
        'aws ec2 copy-image --region eu-west-1 --source-image-id ami-1 --source-region us-east-1 --name app --query ImageId --output text',
      ],
    ]);
  });

  it('that is encrypted goes to another account through a key that can be shared', () => {
    const encrypted = image('enc', 'ami-1', {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', Encrypted: true } }],
    });
    const report = audit({ images: [encrypted] }, { account: '444455556666' }, one);
    const missing = finding(report, 'image/missing-copy');
    expect(missing.remedy).toContain('(aws/ebs) cannot be shared');
    expect(linesOf(missing)[0]).toMatch(
      /^shareable=\$\(aws ec2 copy-image --region us-east-1 .*--encrypted --kms-key-id "\$\{KMS_KEY:\?/,
    );
    for (const shell of SHELLS) typed(linesOf(missing), shell);
  });

  it('with product codes is not copied by another account', () => {
    const product = image('mkt', 'ami-1', {
      ProductCodes: [{ ProductCodeId: 'abcd' }],
    });
    const report = audit({ images: [product] }, { account: '444455556666' }, one);
    const missing = finding(report, 'image/missing-copy');
    expect(missing.remedy).toContain('subscribe to the product in account 444455556666');
    expect(linesOf(missing)).toEqual([]);
    expect(linesOf(finding(audit({ images: [product] }, {}, one), 'image/missing-copy'))[0]).toContain(
      'copy-image',
    );
  });

  it('is copied by one finding, to which the others refer', () => {
    const report = audit(
      { images: [image('web', 'ami-1', { Architecture: 'arm64' })] },
      { images: [image('web', 'ami-9', { ...copyOf('ami-1'), State: 'failed' })] },
      one,
    );
    expect(found(report)).toEqual(['image/attributes-differ high', 'image/unusable-copy high']);
    const [first, second] = report.findings;
    expect(first && linesOf(first)).toHaveLength(1);
    expect(second && linesOf(second)).toEqual([]);
    expect(second?.remedy).toMatch(
      /The commands are listed with the finding image\/attributes-differ of "web"\.$/,
    );
  });
});
