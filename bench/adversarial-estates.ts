import { complete } from '../src/inventory/collected.ts';
import { prefixListFrom } from '../src/inventory/prefix-list.ts';
import { securityGroupFrom } from '../src/inventory/security-group.ts';
import type { Snapshot } from '../src/inventory/snapshot.ts';
import { region } from './estate.ts';
import { type Sizes, withLaunchers } from './launchers.ts';

/** Two regions that cost more than their size, where work is done for each pair of objects instead of for each object. */
export interface Adversary {
  readonly title: string;
  /** The size at which it is measured; its half is measured too. */
  readonly size: number;
  readonly sides: (size: number) => readonly [source: Snapshot, target: Snapshot];
}

type Mark = 'a' | 'b';
const MARKS = ['a', 'b'] as const;
const REGIONS = { a: 'us-east-1', b: 'eu-west-1' } as const;
const ACCOUNT = '111122223333';

const some = <Item>(count: number, item: (n: number) => Item): Item[] =>
  Array.from({ length: count }, (_, n) => item(n));
const idOf = (kind: string, mark: Mark, n: number) => `${kind}-0${mark}${n.toString(16).padStart(15, '0')}`;
const tcp = (port: number, CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp }],
});

type AwsGroup = Parameters<typeof securityGroupFrom>[0];
const vpc = (
  id: string,
  name: string | null,
  cidr: string,
): Extract<Snapshot['vpcs'], { items: unknown }>['items'][number] => ({
  id,
  name,
  isDefault: false,
  ownerId: ACCOUNT,
  cidrs: [cidr],
  tags: name === null ? {} : { Name: name },
});

/** A region of one VPC "prod" with these groups. */
function withGroups(mark: Mark, groups: readonly AwsGroup[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    ...region(REGIONS[mark], 0, 0, mark === 'b'),
    securityGroups: complete(
      groups.map((group) =>
        securityGroupFrom({ OwnerId: ACCOUNT, VpcId: `vpc-${mark}`, Description: 'bench', ...group }),
      ),
    ),
    ...more,
  };
}

const both = (side: (mark: Mark) => Snapshot) => MARKS.map(side) as [Snapshot, Snapshot];

/** Every group has another name on the target, and the same rules. */
const renamed = (size: number) =>
  both((mark) =>
    withGroups(
      mark,
      some(size, (n) => ({
        GroupId: idOf('sg', mark, n),
        GroupName: mark === 'a' ? `old${n}x` : `new${n}y`,
        IpPermissions: [tcp(443, '10.0.0.0/8'), tcp(5432, `10.${n % 256}.0.0/16`)],
      })),
    ),
  );

/** One name in so many VPCs, which nothing distinguishes: each group could be each of the other side. */
const oneName = (name: string | null) => (size: number) =>
  both((mark) =>
    withGroups(
      mark,
      some(size, (n) => ({
        GroupId: idOf('sg', mark, n),
        GroupName: 'web',
        VpcId: idOf('vpc', mark, n),
        IpPermissions: [tcp(443, '10.0.0.0/8')],
      })),
      { vpcs: complete(some(size, (n) => vpc(idOf('vpc', mark, n), name, '10.0.0.0/16'))) },
    ),
  );

/** VPCs that pair by their names, with a group each. */
const namedVpcs = (size: number) =>
  both((mark) =>
    withGroups(
      mark,
      some(size, (n) => ({
        GroupId: idOf('sg', mark, n),
        GroupName: 'web',
        VpcId: idOf('vpc', mark, n),
        IpPermissions: [tcp(443, '10.0.0.0/8')],
      })),
      { vpcs: complete(some(size, (n) => vpc(idOf('vpc', mark, n), `vpc${n}`, '10.0.0.0/16'))) },
    ),
  );

/** A clique: each group admits each group, so that the rules are the square of the size: a million a side at 1,000. The target lacks one reference of each. */
const clique = (size: number) =>
  both((mark) =>
    withGroups(
      mark,
      some(size, (n) => ({
        GroupId: idOf('sg', mark, n),
        GroupName: `member${n}`,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 80,
            ToPort: 80,
            UserIdGroupPairs: some(size, (m) => m)
              .filter((m) => mark === 'a' || m !== (n + 1) % size)
              .map((m) => ({ GroupId: idOf('sg', mark, m), UserId: ACCOUNT })),
          },
        ],
      })),
    ),
  );

/** One group with so many rules against one whose rules are all others and overlap. */
const rules = (size: number) =>
  both((mark) =>
    withGroups(mark, [
      {
        GroupId: idOf('sg', mark, 1),
        GroupName: 'wide',
        IpPermissions: some(size, (n) => ({
          IpProtocol: n % 3 === 0 ? 'udp' : 'tcp',
          FromPort: 1000 + (n % 97) * 5,
          ToPort: 1000 + (n % 97) * 5 + (mark === 'a' ? n % 50 : n % 43),
          IpRanges: [{ CidrIp: `10.${n % 250}.${(n * 7) % 256}.0/${mark === 'a' ? 24 : 23}` }],
        })),
      },
    ]),
  );

/** A list of 1,000 entries that each of so many groups refers to; an entry differs on the target. */
const prefixLists = (size: number) =>
  both((mark) =>
    withGroups(
      mark,
      some(size, (n) => ({
        GroupId: idOf('sg', mark, n),
        GroupName: `group${n}`,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: `pl-0${mark}` }] },
        ],
      })),
      {
        prefixLists: complete([
          prefixListFrom(
            {
              PrefixListId: `pl-0${mark}`,
              PrefixListName: 'offices',
              OwnerId: ACCOUNT,
              AddressFamily: 'IPv4',
              MaxEntries: 1000,
            },
            some(1000, (n) => ({
              Cidr: `10.${Math.floor(n / 250)}.${n % 250}.${mark === 'b' && n === 500 ? 4 : 0}/30`,
            })),
          ),
        ]),
      },
    ),
  );

const NOTHING: Sizes = { groups: 100, images: 20, templates: 0, scaling: 0, instances: 0, stacks: 0 };
const launchers = (sizes: (size: number) => Partial<Sizes>) => (size: number) =>
  both((mark) => {
    const all = { ...NOTHING, ...sizes(size) };
    return withLaunchers(region(REGIONS[mark], all.groups, 5, mark === 'b'), all, mark === 'b');
  });

export const ADVERSARIES = {
  renamed: { title: 'every group renamed', size: 10_000, sides: renamed },
  unnamed: { title: 'one group name in unnamed VPCs', size: 5000, sides: oneName(null) },
  'one-name': { title: 'one group name in VPCs of one name', size: 5000, sides: oneName('prod') },
  vpcs: { title: 'VPCs that pair by name', size: 5000, sides: namedVpcs },
  clique: { title: 'groups that all refer to each other', size: 1000, sides: clique },
  rules: { title: 'rules of one group, all different', size: 1000, sides: rules },
  'prefix-lists': { title: 'groups with a prefix list of 1,000 entries', size: 1000, sides: prefixLists },
  images: { title: 'images', size: 50_000, sides: launchers((n) => ({ images: n })) },
  launches: {
    title: 'launch templates and instances',
    size: 20_000,
    sides: launchers((n) => ({ groups: 1000, images: 1000, templates: n, instances: n })),
  },
  stacks: {
    title: 'stacks',
    size: 2000,
    sides: launchers((n) => ({ groups: 1000, images: 1000, stacks: n })),
  },
} satisfies Record<string, Adversary>;
