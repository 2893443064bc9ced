import fc from 'fast-check';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { ruleKey } from '../../src/plan/group-changes.ts';
import type { Operation, Plan, PlannedEntry, PlannedRule, Ref, Step } from '../../src/plan/model.ts';
import { ACCOUNT, snapshotOf } from '../kit/estate.ts';
import { HOSTILE } from '../kit/hostile.ts';

/** What somebody may write into a name, a description or a tag. */
export const awkward = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 10 }),
  fc.constantFrom(...Object.values(HOSTILE)),
  fc.constantFrom(
    'web',
    'web',
    'WEB',
    'a b',
    'a-b',
    '-x',
    '$(id)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: HCL would replace it.
    '${x}',
    '%{ if true }',
    '{"Ref": "x"}',
    "it's",
    '*',
    '1',
  ),
);

const VPCS = ['vpc-1', 'vpc-2'];
/** The second VPC has IPv6. */
export const defaultEgressOf = (vpcId: string): string[] =>
  vpcId === 'vpc-2' ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
const everywhere = (cidr: string): PlannedRule => ({
  protocol: '-1',
  from: null,
  to: null,
  peer: { type: 'cidr', cidr },
  description: null,
});

/** The side that the plans are for. */
export const TARGET: Snapshot = snapshotOf('eu-west-1', {
  vpcs: VPCS.map((VpcId) => ({ VpcId, CidrBlock: '10.0.0.0/16' })),
  securityGroups: ['default', 'web', 'q"uote\n'].map((GroupName, i) => ({
    GroupId: `sg-${i}`,
    GroupName,
    Description: `of ${GroupName}`,
    VpcId: 'vpc-1',
    OwnerId: ACCOUNT,
    Tags: [{ Key: 'aws:cloudformation:stack-id', Value: 'x' }],
  })),
  prefixLists: ['office', 'unread'].map((PrefixListName, i) => ({
    PrefixListId: `pl-${i}`,
    PrefixListName,
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entries: PrefixListName === 'unread' ? null : ['192.0.2.0/24'],
  })),
  parameters: { '/exists': 'ami-0' },
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 2,
      Versions: [1, 2].map((VersionNumber) => ({ VersionNumber, LaunchTemplateData: { ImageId: 'ami-0' } })),
    },
  ],
});

const entry = fc.record({
  cidr: fc.integer({ min: 0, max: 9 }).map((n) => `10.${n}.0.0/16`),
  description: fc.option(awkward, { nil: null }),
});
const entries = fc.uniqueArray(entry, { selector: (e: PlannedEntry) => e.cidr, maxLength: 4 });
const tags = fc.dictionary(awkward, awkward, { maxKeys: 3, noNullPrototype: true });

type Build = (made: { readonly groups: readonly Ref[]; readonly lists: readonly Ref[] }) => PlannedRule;
const peer = fc.nat(99).chain((pick) =>
  fc
    .constantFrom('cidr', 'cidr6', 'list', 'group', 'foreign')
    .map((type): ((made: Parameters<Build>[0]) => PlannedRule['peer']) => ({ groups, lists }) => {
      if (type === 'list') return { type: 'prefix-list', list: lists[pick % lists.length] as Ref };
      if (type === 'group')
        return { type: 'group', group: groups[pick % groups.length] as Ref, ownerId: null };
      if (type === 'foreign')
        return { type: 'group', group: { id: `sg-other${pick}` }, ownerId: '999988887777' };
      return { type: 'cidr', cidr: type === 'cidr6' ? `2001:db8:${pick}::/48` : `10.${pick}.0.0/16` };
    }),
);
const service = fc.constantFrom<readonly [string, number | null, number | null]>(
  ['tcp', 443, 443],
  ['udp', 0, 65535],
  ['icmp', 8, -1],
  ['icmpv6', -1, -1],
  ['50', null, null],
  ['-1', null, null],
);
const rule = fc.tuple(service, peer, fc.option(awkward, { nil: null })).map(
  ([[protocol, from, to], of, description]): Build =>
    (made) => ({
      protocol,
      from,
      to,
      peer: of(made),
      description,
    }),
);
const rules = fc.array(rule, { maxLength: 4 });

const newGroup = fc.record({
  vpcId: fc.constantFrom(...VPCS),
  name: awkward,
  description: awkward,
  tags,
  ingress: rules,
  egress: rules,
  /** Whether the egress that EC2 gives to it stays. */
  keeps: fc.constantFrom('all', 'none', 'v4'),
});
const newList = fc.record({ name: awkward, entries, more: entries, tags });

/** Steps as the plan writes them: what a step refers to is made before, rules after all groups. */
export const planArbitrary = fc
  .record({
    groups: fc.array(newGroup, { maxLength: 5 }),
    lists: fc.array(newList, { maxLength: 2 }),
    existing: fc.array(fc.record({ id: fc.constantFrom('sg-0', 'sg-1', 'sg-2', 'sg-unread'), rules, tags }), {
      maxLength: 3,
    }),
    keys: fc.array(fc.record({ name: awkward, tags }), { maxLength: 2 }),
    images: fc.array(
      fc.record({
        name: awkward,
        tags,
        shared: fc.boolean(),
        encrypted: fc.boolean(),
        chosenKey: fc.boolean(),
      }),
      {
        maxLength: 2,
      },
    ),
    resize: fc.constantFrom('pl-0', 'pl-1', null),
    parameter: fc.constantFrom('/new', '/exists', null),
    template: fc.option(
      fc.record({
        base: fc.constantFrom(1, 2),
        image: fc.boolean(),
        type: fc.boolean(),
        key: fc.option(awkward, { nil: undefined }),
        groups: fc.boolean(),
        isDefault: fc.boolean(),
      }),
      { nil: null },
    ),
  })
  .map((parts): Plan => planOf(parts));

function planOf(parts: {
  readonly groups: readonly {
    vpcId: string;
    name: string;
    description: string;
    tags: Record<string, string>;
    ingress: Build[];
    egress: Build[];
    keeps: string;
  }[];
  readonly lists: readonly {
    name: string;
    entries: PlannedEntry[];
    more: PlannedEntry[];
    tags: Record<string, string>;
  }[];
  readonly existing: readonly { id: string; rules: Build[]; tags: Record<string, string> }[];
  readonly keys: readonly { name: string; tags: Record<string, string> }[];
  readonly images: readonly {
    name: string;
    tags: Record<string, string>;
    shared: boolean;
    encrypted: boolean;
    chosenKey: boolean;
  }[];
  readonly resize: string | null;
  readonly parameter: string | null;
  readonly template: {
    readonly base: number;
    readonly image: boolean;
    readonly type: boolean;
    readonly key: string | undefined;
    readonly groups: boolean;
    readonly isDefault: boolean;
  } | null;
}): Plan {
  const steps: Step[] = [];
  const add = (id: string, operation: Operation, needs: readonly string[] = []) => {
    const side = operation.type.startsWith('share-') ? 'source' : 'target';
    steps.push({ id, does: `Do ${id}`, side, needs, resolves: [], serves: [], commands: [], operation });
    return { madeBy: id };
  };
  const once = <T>(all: readonly T[], key: (one: T) => string): T[] => [
    ...new Map(all.map((o) => [key(o), o])).values(),
  ];
  const groups = once(parts.groups, (g) => `${g.vpcId}/${g.name}`);
  const lists = once(parts.lists, (l) => l.name);
  const made = {
    lists: [...lists.map((_, i) => ({ madeBy: `list-${i}` })), { id: 'pl-0' }],
    groups: [...groups.map((_, i) => ({ madeBy: `group-${i}` })), { id: 'sg-1' }],
  };
  for (const [i, { name, entries, more, tags }] of lists.entries()) {
    const list = add(`list-${i}`, {
      type: 'create-prefix-list',
      name,
      family: 'IPv4',
      maxEntries: 9,
      entries,
      tags,
    });
    if (more.length > 0)
      add(`more-${i}`, { type: 'change-prefix-list', list, name, add: more, remove: [] }, [list.madeBy]);
  }
  if (parts.resize !== null) {
    const list = { id: parts.resize };
    add('resize', { type: 'resize-prefix-list', list, name: 'office', maxEntries: 8 });
    add(
      'change',
      {
        type: 'change-prefix-list',
        list,
        name: 'office',
        add: [{ cidr: '10.9.0.0/16', description: 'new' }],
        remove: ['192.0.2.0/24'],
      },
      ['resize'],
    );
    add('tag-list', {
      type: 'set-tags',
      resource: list,
      of: 'prefix-list',
      name: 'office',
      tags: { a: '1' },
    });
  }
  for (const [i, { vpcId, name, description, tags }] of groups.entries()) {
    const defaultEgress = defaultEgressOf(vpcId).map(everywhere);
    add(`group-${i}`, { type: 'create-security-group', vpcId, name, description, tags, defaultEgress });
  }
  const needsOf = (all: readonly PlannedRule[]) =>
    all.flatMap((r) => {
      const ref = r.peer.type === 'group' ? r.peer.group : r.peer.type === 'prefix-list' ? r.peer.list : null;
      return ref && 'madeBy' in ref ? [ref.madeBy] : [];
    });
  const authorize = (
    id: string,
    group: Ref,
    name: string,
    direction: 'ingress' | 'egress',
    builds: Build[],
    taken: readonly string[] = [],
  ) => {
    const all = once(
      builds.map((b) => b(made)),
      ruleKey,
    ).filter((r) => !taken.includes(ruleKey(r)));
    if (all.length === 0) return;
    add(id, { type: 'authorize-rules', group, name, direction, rules: all }, [
      ...('madeBy' in group ? [group.madeBy] : []),
      ...needsOf(all),
    ]);
  };
  for (const [i, { vpcId, name, ingress, egress, keeps }] of groups.entries()) {
    const group = { madeBy: `group-${i}` };
    const given = defaultEgressOf(vpcId).map(everywhere);
    authorize(`in-${i}`, group, name, 'ingress', ingress);
    authorize(`out-${i}`, group, name, 'egress', egress, given.map(ruleKey));
    const gone = given.filter((_, at) => keeps === 'none' || (keeps === 'v4' && at > 0));
    if (gone.length > 0)
      add(`gone-${i}`, { type: 'revoke-rules', group, name, direction: 'egress', rules: gone }, [
        group.madeBy,
      ]);
  }
  const seen = new Set<string>();
  for (const [i, { id, rules, tags }] of parts.existing.entries()) {
    if (seen.has(id)) continue;
    seen.add(id);
    authorize(`ex-${i}`, { id }, 'web', 'ingress', rules);
    add(`tag-${i}`, { type: 'set-tags', resource: { id }, of: 'security-group', name: 'web', tags });
    add(`describe-${i}`, {
      type: 'describe-rules',
      group: { id },
      name: 'web',
      direction: 'ingress',
      rules: [{ ...everywhere('192.0.2.1/32'), description: 'x' }],
    });
  }
  for (const [i, { name, tags }] of once(parts.keys, (k) => k.name).entries())
    add(`key-${i}`, { type: 'import-key-pair', name, publicKey: `ssh-ed25519 AAAA${i}`, tags });
  for (const [i, { name, tags, shared, encrypted, chosenKey }] of once(
    parts.images,
    (k) => k.name,
  ).entries()) {
    if (shared) {
      add(`share-${i}`, { type: 'share-image', imageId: `ami-${i}`, account: ACCOUNT });
      add(`share-snap-${i}`, {
        type: 'share-snapshot',
        imageId: `ami-${i}`,
        snapshotId: `snap-${i}`,
        account: ACCOUNT,
      });
    }
    const isGranted = shared && encrypted;
    if (isGranted)
      add(`key-of-${i}`, {
        type: 'grant-key',
        keyId: `arn:aws:kms:us-east-1:999988887777:key/${i}`,
        account: ACCOUNT,
        principal: `arn:aws:iam::${ACCOUNT}:root`,
      });
    const needs = [
      ...(isGranted ? [`key-of-${i}`] : []),
      ...(shared ? [`share-${i}`, `share-snap-${i}`] : []),
    ];
    const image = add(
      `copy-${i}`,
      {
        type: 'copy-image',
        imageId: `ami-${i}`,
        sourceRegion: 'us-east-1',
        name,
        description: name,
        tags,
        copyTags: true,
        encrypted: encrypted || chosenKey,
        chosenKey,
      },
      needs,
    );
    add(`wait-${i}`, { type: 'wait-for-image', image, name }, [image.madeBy]);
    const organizations = [
      'arn:aws:organizations::1:organization/o-1',
      'arn:aws:organizations::1:ou/o-1/ou-1',
    ];
    add(
      `grant-${i}`,
      {
        type: 'grant-launch',
        image,
        name,
        grants: { everyone: i > 0, accounts: ['222233334444'], organizations },
      },
      [`wait-${i}`],
    );
    if (i > 0)
      add(`old-${i}`, { type: 'deprecate-image', image, name, at: '2027-01-01T00:00:00.000Z' }, [
        `wait-${i}`,
      ]);
    if (i === 0 && parts.parameter)
      add(
        'parameter',
        { type: 'put-parameter', name: parts.parameter, image, overwrite: parts.parameter === '/exists' },
        [`wait-${i}`],
      );
  }
  if (parts.parameter)
    add('known', {
      type: 'put-parameter',
      name: `${parts.parameter}/known`,
      image: { id: 'ami-9' },
      overwrite: false,
    });
  if (parts.template) {
    const { base, image, type, key, groups: withGroups, isDefault } = parts.template;
    const copied = steps.find((s) => s.operation.type === 'copy-image');
    const changes = {
      ...(image ? { image: copied ? { madeBy: copied.id } : { id: 'ami-7' } } : {}),
      ...(type ? { instanceType: 't3.micro' } : {}),
      ...(key === undefined ? {} : { keyName: key }),
      ...(withGroups ? { groups: made.groups } : {}),
    };
    const version = add(
      'version',
      {
        type: 'create-template-version',
        templateId: 'lt-1',
        name: 'web',
        baseVersion: base,
        changes,
        marker: 'm',
      },
      [...(image && copied ? [copied.id] : []), ...(withGroups ? groups.map((_, i) => `group-${i}`) : [])],
    );
    if (isDefault)
      add('default', { type: 'set-default-version', template: { id: 'lt-1' }, name: 'web', version }, [
        'version',
      ]);
  }
  return {
    source: { account: ACCOUNT, region: 'us-east-1' },
    target: { account: ACCOUNT, region: 'eu-west-1' },
    steps,
    resolves: [],
    left: [],
    simulated: { resolved: 0, new: 0, notes: [], notLookedAt: [] },
    findings: 0,
  };
}
