import { compareAll } from '../../src/comparator/compare.ts';
import type { Config } from '../../src/comparator/config.ts';
import { type Baseline, baselineOf } from '../../src/drift/baseline.ts';
import { type AwsAutoScalingGroup, autoScalingGroupFrom } from '../../src/inventory/auto-scaling-group.ts';
import type { AwsSnapshot } from '../../src/inventory/block-device.ts';
import { type Collected, complete, failed } from '../../src/inventory/collected.ts';
import { type AwsImage, type AwsLaunchPermission, imageFrom } from '../../src/inventory/image.ts';
import type { AwsAncestor } from '../../src/inventory/image-origin.ts';
import { type ImageSettings, UNKNOWN_SETTINGS } from '../../src/inventory/image-settings.ts';
import { type AwsInstance, instanceFrom } from '../../src/inventory/instance.ts';
import { type AwsKeyPair, keyPairFrom } from '../../src/inventory/key-pair.ts';
import {
  type AwsLaunchConfiguration,
  launchConfigurationFrom,
} from '../../src/inventory/launch-configuration.ts';
import { type LaunchFacts, UNREAD_FACTS } from '../../src/inventory/launch-facts/index.ts';
import {
  type AwsLaunchTemplate,
  type AwsLaunchTemplateVersion,
  launchTemplateFrom,
  pinnedVersions,
} from '../../src/inventory/launch-template.ts';
import type { OtherImage } from '../../src/inventory/other-image.ts';
import { missingParameter, parameterFrom } from '../../src/inventory/parameter.ts';
import { type AwsPrefixList, prefixListFrom } from '../../src/inventory/prefix-list.ts';
import type { PublicKeyInFile } from '../../src/inventory/public-key.ts';
import {
  type AwsPermission,
  type AwsSecurityGroup,
  securityGroupFrom,
} from '../../src/inventory/security-group.ts';
import type { DetailGap, Snapshot, SnapshotKind } from '../../src/inventory/snapshot.ts';
import type { Stack } from '../../src/inventory/stack.ts';
import { type AwsVpc, vpcFrom } from '../../src/inventory/vpc.ts';
import { withFixes } from '../../src/plan/fixes.ts';
import { type Finding, isOf, type Pair, type Report } from '../../src/report/model.ts';
import type { RuleId } from '../../src/report/rules/index.ts';
import type { Phase, Scope } from '../../src/report/vocabulary.ts';

export const ACCOUNT = '111122223333';

/** A region in AWS's own shapes; what is left out is read and empty. */
export interface Estate {
  readonly account?: string | null;
  readonly takenAt?: string;
  readonly vpcs?: readonly AwsVpc[];
  readonly keyPairs?: readonly AwsKeyPair[];
  readonly securityGroups?: readonly AwsSecurityGroup[];
  /** `Entries` null: the entries could not be read. */
  readonly prefixLists?: readonly (AwsPrefixList & { Entries?: readonly string[] | null })[];
  readonly images?: readonly (AwsImage & {
    LaunchPermissions?: readonly AwsLaunchPermission[];
    Ancestry?: readonly AwsAncestor[];
  })[];
  readonly snapshots?: readonly AwsSnapshot[];
  readonly imageSettings?: Partial<ImageSettings>;
  /** Details that could not be read, and nothing but details. */
  readonly gaps?: readonly DetailGap[];
  readonly instances?: readonly AwsInstance[];
  /** `Versions` null: they could not be read. */
  readonly launchTemplates?: readonly (AwsLaunchTemplate & {
    Versions?: readonly AwsLaunchTemplateVersion[] | null;
  })[];
  readonly launchConfigurations?: readonly AwsLaunchConfiguration[];
  readonly autoScalingGroups?: readonly AwsAutoScalingGroup[];
  readonly stacks?: readonly Stack[];
  /** Value by name; null for one that was asked for and does not exist. */
  readonly parameters?: Readonly<Record<string, string | null>>;
  readonly otherImages?: readonly OtherImage[];
  /** Null or absent: the Recycle Bin was not read. */
  readonly staleReferences?: Snapshot['staleReferences'];
  readonly recycledImages?: Snapshot['recycledImages'];
  /** Launch permissions were left out by choice: a stated limit. */
  readonly permissionsUnread?: boolean;
  /** What the region and account offer to launches; what is left out was not read. */
  readonly launchFacts?: Partial<LaunchFacts>;
  /** Kinds that nobody asked for. */
  readonly leftOut?: readonly SnapshotKind[];
  /** Kinds that could not be read. */
  readonly unread?: readonly SnapshotKind[];
}

export function snapshotOf(region: string, estate: Estate): Snapshot {
  const unread = new Set(estate.unread);
  const snapshots = new Map((estate.snapshots ?? []).map((s) => [s.SnapshotId ?? '', s]));
  const kind = <Item>(name: SnapshotKind, items: Item[]): Collected<Item> =>
    estate.leftOut?.includes(name)
      ? failed({ code: 'not-read', message: `${name} not asked for`, hint: 'ask for it' })
      : unread.has(name)
        ? failed({ code: 'access-denied', message: `${name} denied`, hint: 'allow it' })
        : complete(items);
  return {
    schemaVersion: 1,
    region,
    account: estate.account === undefined ? ACCOUNT : estate.account,
    takenAt: estate.takenAt ?? '2026-11-15T06:00:00.000Z',
    origin: 'dumps',
    launchFacts: { ...UNREAD_FACTS, ...estate.launchFacts },
    vpcs: kind('vpcs', (estate.vpcs ?? []).map(vpcFrom)),
    keyPairs: kind('keyPairs', (estate.keyPairs ?? []).map(keyPairFrom)),
    prefixLists: kind(
      'prefixLists',
      (estate.prefixLists ?? []).map((l) =>
        prefixListFrom(l, l.Entries === null ? null : (l.Entries ?? []).map((Cidr) => ({ Cidr }))),
      ),
    ),
    securityGroups: kind('securityGroups', (estate.securityGroups ?? []).map(securityGroupFrom)),
    images: kind(
      'images',
      (estate.images ?? []).map((i) =>
        imageFrom(i, estate.permissionsUnread ? null : (i.LaunchPermissions ?? []), {
          ancestry: i.Ancestry,
          snapshots,
        }),
      ),
    ),
    ...workloadKinds(estate, kind),
    staleReferences: estate.staleReferences ?? null,
    recycledImages: estate.recycledImages ?? null,
    imageSettings: { ...UNKNOWN_SETTINGS, ...estate.imageSettings },
    gaps: [
      ...(estate.gaps ?? []),
      ...(estate.permissionsUnread
        ? [
            {
              kind: 'image',
              code: 'not-read' as const,
              message: 'launch permissions left out',
              hint: 'save them',
            },
          ]
        : []),
    ],
  };
}

function workloadKinds(estate: Estate, kind: <Item>(name: SnapshotKind, items: Item[]) => Collected<Item>) {
  const instances = (estate.instances ?? []).map(instanceFrom);
  const autoScalingGroups = (estate.autoScalingGroups ?? []).map(autoScalingGroupFrom);
  const choices = [
    ...instances.flatMap((i) => i.launchTemplate ?? []),
    ...autoScalingGroups.flatMap((g) => [...g.launches.map((l) => l.template), ...g.pinnedByInstances]),
  ];
  const templates = (estate.launchTemplates ?? []).map((t) => ({
    id: t.LaunchTemplateId ?? '',
    name: t.LaunchTemplateName ?? '',
  }));
  const pinned = pinnedVersions(choices, templates);
  return {
    instances: kind('instances', instances),
    launchTemplates: kind(
      'launchTemplates',
      (estate.launchTemplates ?? []).map((t) =>
        launchTemplateFrom(
          t,
          t.Versions === undefined ? [] : t.Versions,
          pinned.get(t.LaunchTemplateId ?? '') ?? new Set(),
        ),
      ),
    ),
    launchConfigurations: kind(
      'launchConfigurations',
      (estate.launchConfigurations ?? []).map(launchConfigurationFrom),
    ),
    autoScalingGroups: kind('autoScalingGroups', autoScalingGroups),
    stacks: kind('stacks', [...(estate.stacks ?? [])]),
    parameters: kind(
      'parameters',
      Object.entries(estate.parameters ?? {}).map(([Name, Value]) =>
        Value === null ? missingParameter(Name) : parameterFrom({ Name, Value, Type: 'String' }),
      ),
    ),
    otherImages: kind('otherImages', [...(estate.otherImages ?? [])]),
  };
}

export interface AuditOptions {
  readonly config?: Config;
  readonly phase?: Phase;
  readonly scopes?: readonly Scope[];
  readonly baseline?: Report | Baseline;
  readonly regions?: readonly [string, string];
  readonly publicKeys?: readonly PublicKeyInFile[];
}

export function audit(source: Estate, target: Estate, options: AuditOptions = {}): Report {
  const [from, to] = options.regions ?? ['us-east-1', 'eu-west-1'];
  return withFixes(
    compareAll({
      source: snapshotOf(from, source),
      target: snapshotOf(to, target),
      config: options.config ?? {},
      phase: options.phase ?? 'readiness',
      scopes: options.scopes ?? ['key-pairs', 'security-groups', 'images', 'workloads'],
      baseline:
        options.baseline && ('form' in options.baseline ? options.baseline : baselineOf(options.baseline)),
      publicKeys: options.publicKeys,
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    }),
  );
}

/** "rule severity" of every finding, in the order of the report. */
export function found(report: Report): string[] {
  return report.findings.map((f) => `${f.rule} ${f.severity}`);
}

export function finding<Id extends RuleId>(report: Report, rule: Id): Extract<Finding, { rule: Id }> {
  const [first, ...others] = report.findings.filter((f) => isOf(f, rule));
  if (!first || others.length > 0)
    throw new Error(`expected one ${rule}, found: ${found(report).join(', ') || 'nothing'}`);
  return first;
}

/** The lines that a finding gives to type. */
export function linesOf({ commands }: Pick<Finding, 'commands'>): string[] {
  return (commands ?? []).map((c) => c.shell);
}

/** The state of the pair of that name. */
export function stateOf(report: Report, kind: string, name: string): string {
  const pairs = report.pairs.filter((p) => p.kind === kind && p.name === name);
  return pairs.map((p) => p.state).join(', ');
}

export function pairOf(report: Report, kind: string, name: string): Pair {
  const pair = report.pairs.find((p) => p.kind === kind && p.name === name);
  if (!pair)
    throw new Error(`no ${kind} "${name}" in ${report.pairs.map((p) => `${p.kind} ${p.name}`).join(', ')}`);
  return pair;
}

/** The one VPC of a region in which VPCs are not the point. */
export const VPC: AwsVpc = { VpcId: 'vpc-1', IsDefault: true, CidrBlock: '172.31.0.0/16', OwnerId: ACCOUNT };

/** A group of that VPC with ingress only, unless said otherwise. */
export function group(
  name: string,
  ingress: readonly AwsPermission[],
  more: AwsSecurityGroup = {},
): AwsSecurityGroup {
  return {
    GroupId: `sg-${name}`,
    GroupName: name,
    Description: name,
    VpcId: 'vpc-1',
    OwnerId: ACCOUNT,
    IpPermissions: [...ingress],
    IpPermissionsEgress: [],
    ...more,
  };
}

/** `allow('tcp', 80, 443, '10.0.0.0/8', 'pl-1', 'sg-web')`: the shape of the peer tells its kind. */
export function allow(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
  ...peers: string[]
): AwsPermission {
  return {
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    IpRanges: peers.filter((p) => /^[\d.]+(\/|$)/.test(p)).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: peers.filter((p) => p.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: peers.filter((p) => p.startsWith('pl-')).map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: peers
      .filter((p) => p.startsWith('sg-'))
      .map((GroupId) => ({ GroupId, UserId: ACCOUNT })),
  };
}

/** Both sides hold one VPC and these groups. */
export function auditGroups(
  source: readonly AwsSecurityGroup[],
  target: readonly AwsSecurityGroup[],
  options: AuditOptions & { source?: Estate; target?: Estate } = {},
): Report {
  return audit(
    { vpcs: [VPC], securityGroups: source, ...options.source },
    { vpcs: [VPC], securityGroups: target, ...options.target },
    { scopes: ['security-groups'], ...options },
  );
}
