import { describe, expect, test } from 'vitest';
import { securityGroupFrom } from '../../src/inventory/security-group.ts';
import { looksLikeListing, readListing } from '../../src/listing/index.ts';
import { ACCOUNT, GENUINE, GENUINE_GROUPS, groupsIn, read, refusal, tabbed } from './kit.ts';

const genuine = tabbed(...GENUINE);
const peersOf = (text: string) => groupsIn(text).flatMap(({ rules }) => rules.map(({ peer }) => peer));

describe('the genuine output', () => {
  test('holds the groups as DescribeSecurityGroups answers them', () => {
    expect(groupsIn(genuine)).toEqual(GENUINE_GROUPS.map(securityGroupFrom));
  });

  test('tells the account by who owns most of it, unless the caller knows better', () => {
    expect(read(genuine).account).toBe(ACCOUNT);
    expect(readListing(genuine, { region: 'us-east-1', account: '222233334444' }).account).toBe(
      '222233334444',
    );
    expect(read(tabbed('GROUP→sg-1→admin→a→b→')).account).toBeNull();
  });

  test('states what no listing holds as a gap of security groups, and every kind it does not list as not in it', () => {
    const found = read(genuine);
    expect(found.gaps).toEqual([
      {
        kind: 'security-group',
        code: 'not-in-dump',
        message:
          'groups.txt is a listing of the classic EC2 tools, which cannot contain rules with IPv6 ranges or prefix lists, nor the descriptions of rules.',
        hint: 'Save the answers of the AWS CLI in a folder, and give the folder in place of the listing.',
        commands: [
          {
            shell:
              'mkdir -p us-east-1 && aws ec2 describe-security-groups --region us-east-1 --output json > us-east-1/SecurityGroups.json',
            does: 'Save SecurityGroups.json',
          },
        ],
      },
    ]);
    for (const kind of [found.vpcs, found.keyPairs, found.prefixLists, found.images])
      expect(kind).toMatchObject({ status: 'failed', failure: { code: 'not-in-dump' } });
  });

  test('a header alone says that there are no groups', () => {
    expect(groupsIn(tabbed(GENUINE[0]))).toEqual([]);
  });

  test('a PERMISSION belongs to the GROUP before it, whatever other group has its name', () => {
    const two = tabbed(
      'GROUP→sg-1→111122223333→web→d→vpc-1',
      'PERMISSION→111122223333→web→ALLOWS→tcp→22→22→FROM→CIDR→10.0.0.0/8→ingress',
      'GROUP→sg-2→111122223333→web→d→vpc-2',
      'PERMISSION→111122223333→web→ALLOWS→tcp→80→80→FROM→CIDR→10.0.0.0/8→ingress',
    );
    expect(groupsIn(two).map(({ id, rules }) => [id, rules.map(({ from }) => from)])).toEqual([
      ['sg-1', [22]],
      ['sg-2', [80]],
    ]);
  });

  test('columns are never trimmed: blanks in names and descriptions are part of them', () => {
    const [group] = groupsIn(tabbed('GROUP→sg-1→111122223333→ web →  d→', 'TAG→GROUP→sg-1→ k → v '));
    expect(group).toMatchObject({ name: ' web ', description: '  d', tags: { ' k ': ' v ' } });
  });
});

describe('other generations', () => {
  test('2013, as the Deis documentation shows it: the TAB of the empty VpcID is lost', () => {
    const [group] = groupsIn(
      tabbed(
        'GROUP→sg-33d1045a→693041077886→default→default group',
        'PERMISSION→693041077886→default→ALLOWS→tcp→0→65535→FROM→USER→693041077886→NAME default→ID sg-33d1045a→ingress',
        'PERMISSION→693041077886→default→ALLOWS→udp→0→65535→FROM→USER→693041077886→NAME default→ID sg-33d1045a→ingress',
        'PERMISSION→693041077886→default→ALLOWS→icmp→-1→-1→FROM→USER→693041077886→NAME default→ID sg-33d1045a→ingress',
      ),
    );
    expect(group).toMatchObject({
      id: 'sg-33d1045a',
      name: 'default',
      description: 'default group',
      vpcId: null,
    });
    expect(group?.rules.map(({ protocol }) => protocol)).toEqual(['icmp', 'tcp', 'udp']);
  });

  test('2009: no ids and no directions; a group is known by owner and name, and so are peers', () => {
    const text = tabbed(
      'GROUP→111122223333→web→the web',
      'PERMISSION→111122223333→web→ALLOWS→tcp→22→22→FROM→CIDR→0.0.0.0/0',
      'PERMISSION→111122223333→web→ALLOWS→all→→→FROM→USER→111122223333→GRPNAME web',
      'PERMISSION→111122223333→web→ALLOWS→all→→→FROM→USER→999999999999→GRPNAME→mydmz',
    );
    expect(groupsIn(text)).toMatchObject([
      { id: '111122223333/web', ownerId: ACCOUNT, description: 'the web', vpcId: null },
    ]);
    expect(peersOf(text)).toMatchObject([
      { id: '111122223333/web', name: 'web' },
      { id: '999999999999/mydmz', ownerId: '999999999999' },
      { cidr: '0.0.0.0/0' },
    ]);
    expect(groupsIn(text)[0]?.rules.every(({ direction }) => direction === 'ingress')).toBe(true);
  });

  test('Eucalyptus 2011: the owner is a name', () => {
    const text = tabbed(
      'GROUP→admin→default→default group',
      'PERMISSION→admin→default→ALLOWS→icmp→-1→-1→FROM→CIDR→0.0.0.0/0',
    );
    expect(groupsIn(text)).toMatchObject([
      { id: 'admin/default', ownerId: 'admin', rules: [{ protocol: 'icmp', from: -1, to: -1 }] },
    ]);
  });

  test('euca2ools: names and ids in columns of their own, -1 for all, tags of "security-group"', () => {
    const text = tabbed(
      'GROUP→sg-1→000575948401→web→d→vpc-8',
      'PERMISSION→000575948401→web→ALLOWS→tcp→22→22→FROM→USER→000575948401→NAME→we b→ID→sg-1→ingress',
      'PERMISSION→000575948401→web→ALLOWS→-1→→→TO→CIDR→0.0.0.0/0→egress',
      'TAG→security-group→sg-1→aws:cloudformation:logical-id→Web',
    );
    expect(peersOf(text)).toMatchObject([{ cidr: '0.0.0.0/0' }, { id: 'sg-1', name: 'we b' }]);
    expect(groupsIn(text)).toMatchObject([{ tags: { 'aws:cloudformation:logical-id': 'Web' } }]);
  });

  test('a peer with a name alone is the one group of that owner and name', () => {
    const text = tabbed(
      'GROUP→sg-1→admin→web→d→',
      'PERMISSION→admin→web→ALLOWS→tcp→1→1→FROM→USER→admin→GRPNAME→web→ingress',
    );
    expect(peersOf(text)).toMatchObject([{ id: 'sg-1' }]);
  });

  test('values that AWS would canonicalise are canonicalised', () => {
    const text = tabbed(
      'GROUP→sg-1→111122223333→web→d→',
      'PERMISSION→111122223333→web→ALLOWS→6→22→22→FROM→CIDR→10.1.2.3/8→ingress',
      'PERMISSION→111122223333→web→ALLOWS→51→0→0→FROM→CIDR→1.2.3.4→ingress',
    );
    expect(groupsIn(text)[0]?.rules).toMatchObject([
      { protocol: '51', from: null, peer: { cidr: '1.2.3.4/32' } },
      { protocol: 'tcp', from: 22, peer: { cidr: '10.0.0.0/8' } },
    ]);
  });
});

describe('sister listings', () => {
  const text = tabbed(
    'KeyPair→Fingerprint',
    'KEYPAIR→a b→1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca',
    'Type→ImageID→Name→Owner→State→Accessibility→ProductCodes→Architecture→ImageType→KernelId→RamdiskId→Platform→RootDeviceType→VirtualizationType→Hypervisor',
    'IMAGE→ami-1→111122223333/n/1→111122223333→available→private→[devpay: abc],[marketplace: def]→x86_64→machine→aki-1→→windows→ebs→hvm→xen',
    'BLOCKDEVICEMAPPING→EBS→/dev/xvdb→→→8→false→io1→100',
    'BLOCKDEVICEMAPPING→EPHEMERAL→/dev/xvdc→ephemeral0',
    'TAG→image→ami-1→k→v',
    'IMAGE→ami-2→bucket/x.manifest.xml→111122223333→failed→public→→i386→machine→→→→instance-store→paravirtual→xen',
    'INSTANCE→i-1→ami-1',
    'INSTANCE→i-2→ami-1',
  );

  test('key pairs and images are read where the file lists them', () => {
    const { keyPairs, images, securityGroups } = read(text);
    expect(keyPairs).toMatchObject({
      status: 'complete',
      items: [{ name: 'a b', type: 'rsa', publicKey: null }],
    });
    expect(images).toMatchObject({
      status: 'complete',
      items: [
        {
          id: 'ami-1',
          name: 'n/1',
          platform: 'windows',
          public: false,
          productCodes: ['abc', 'def'],
          launchPermissions: null,
          blockDevices: [
            {
              device: '/dev/xvdb',
              ebs: { snapshotId: null, sizeGiB: 8, deleteOnTermination: false, iops: 100 },
            },
            { device: '/dev/xvdc', virtualName: 'ephemeral0', ebs: null },
          ],
          tags: { k: 'v' },
        },
        { id: 'ami-2', name: null, state: 'failed', public: true },
      ],
    });
    expect(securityGroups).toMatchObject({ status: 'failed', failure: { code: 'not-in-dump' } });
  });

  test('what images cannot say here is a gap, and what was left alone is a note', () => {
    const { gaps, notes } = read(text);
    expect(gaps.map(({ kind, code }) => [kind, code])).toEqual([['image', 'not-in-dump']]);
    expect(notes).toEqual([
      'groups.txt: ignored 2 lines of INSTANCE',
      'groups.txt: a listing has no public keys, so key pairs are compared by fingerprint, which is weaker evidence',
    ]);
  });
});

describe('a line that cannot be read is refused with file and line', () => {
  const group = 'GROUP→sg-1→111122223333→web→d→vpc-1';
  const permission = (rest: string) => [group, `PERMISSION→111122223333→web→${rest}`];
  test.each<[string, readonly string[], string]>([
    [
      'a PERMISSION without a GROUP',
      ['PERMISSION→1→web→ALLOWS→tcp→1→1→FROM→CIDR→1.2.3.4/32→ingress'],
      'line 1: a PERMISSION comes before any GROUP',
    ],
    [
      'a PERMISSION of another group',
      [group, 'PERMISSION→1→db→ALLOWS→tcp→1→1→FROM→CIDR→1.2.3.4/32→ingress'],
      'line 2: the PERMISSION is of "db", but the group before it is "web"',
    ],
    [
      'an address that is none',
      permission('ALLOWS→tcp→1→1→FROM→CIDR→10.0.0.256/8→ingress'),
      'line 2: "10.0.0.256/8" is not an IPv4 or IPv6 address range',
    ],
    [
      'a port that is none',
      permission('ALLOWS→tcp→ssh→22→FROM→CIDR→10.0.0.0/8→ingress'),
      'line 2: "ssh" is neither a port',
    ],
    [
      'a range of ports that runs backwards',
      permission('ALLOWS→tcp→23→22→FROM→CIDR→10.0.0.0/8→ingress'),
      'line 2: "23-22" is not a port range',
    ],
    [
      'a protocol that is none',
      permission('ALLOWS→tpc→1→1→FROM→CIDR→10.0.0.0/8→ingress'),
      'line 2: "tpc" is not a protocol',
    ],
    ['a line cut short', permission('ALLOWS→tcp→1→1→FRO'), 'line 2: a PERMISSION has ALLOWS'],
    [
      'a peer cut short',
      permission('ALLOWS→tcp→1→1→FROM→USER→111122223333'),
      'line 2: USER is followed by neither',
    ],
    [
      'egress cut short',
      permission('ALLOWS→tcp→1→1→TO→CIDR→10.0.0.0/8'),
      'line 2: the line ends before its direction',
    ],
    [
      'two directions',
      permission('ALLOWS→tcp→1→1→FROM→CIDR→10.0.0.0/8→egress'),
      'line 2: FROM contradicts "egress"',
    ],
    [
      'a peer of another kind',
      permission('ALLOWS→tcp→1→1→FROM→LIST→pl-1→ingress'),
      'line 2: the peer is neither',
    ],
    ['a group twice', [group, group], 'line 2: sg-1 is in groups.txt, line 1 already'],
    [
      'a TAB in a description',
      ['GROUP→sg-1→111122223333→web→a→b→vpc-1'],
      'line 1: a GROUP has 6 columns and this one 7',
    ],
    [
      'a line end in a description',
      ['GROUP→sg-1→111122223333→web→first', 'second→vpc-1'],
      'line 2: this is not a line of a listing',
    ],
    ['a tag of a group that is not there', [group, 'TAG→GROUP→sg-2→a→b'], 'line 2: the TAG is of sg-2'],
    ['what ec2-create-group answers', ['GROUP→sg-1→web→the web'], 'line 1: this GROUP line is incomplete'],
    [
      'what ec2-authorize answers',
      ['GROUP→→→web→→', 'PERMISSION→→web→ALLOWS→tcp→22→22→FROM→CIDR→0.0.0.0/0→ingress'],
      'line 1: this GROUP line is incomplete',
    ],
    [
      'spaces for TABs',
      ['GROUP sg-1 111122223333 web d vpc-1'],
      'line 1: there are spaces where TABs are expected',
    ],
    [
      'a key pair twice',
      ['KEYPAIR→a→b', '', 'KEYPAIR→a→c'],
      'line 3: the key pair "a" is in groups.txt, line 1 already',
    ],
  ])('%s', (_, lines, message) => {
    expect(refusal(tabbed(...lines))).toContain(`groups.txt, ${message}`);
  });

  test('the private key that ec2-add-keypair prints is not repeated in a message', () => {
    const said = refusal(tabbed('KEYPAIR→a→b', '-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEAsecret'));
    expect(said).toContain('groups.txt, line 2: this is not a line of a listing');
    expect(said).not.toMatch(/BEGIN|secret/);
  });

  test('a hostile name cannot move the cursor of whoever reads the message', () => {
    expect(refusal(tabbed('GROUP→sg-1→1→w→d→', 'PERMISSION→1→\u001b[2J→ALLOWS'))).not.toContain('\u001b');
  });
});

test.each<[string, boolean]>([
  [tabbed(GENUINE[0]), true],
  [`\n \r\n${tabbed(GENUINE[1])}`, true],
  [`\uFEFF${tabbed('KEYPAIR→a→b')}`, true],
  [tabbed('KeyPair→Fingerprint'), true],
  [tabbed('Type→ImageID→Name'), true],
  [tabbed('IMAGE→ami-1→n'), true],
  ['GROUP sg-1 111122223333 web d', true],
  ['', false],
  ['\n\n', false],
  ['{"SecurityGroups": []}', false],
  ['GROUPS of people\n', false],
  ['GROUP', false],
  ['# GROUP sg-1', false],
])('%j looks like a listing: %s', (text, expected) => {
  expect(looksLikeListing(text)).toBe(expected);
});
