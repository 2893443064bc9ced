import { factsOf } from '../../comparator/launches/facts.ts';
import { arnOf, BOUND_WORDS } from '../../comparator/launches/foreign.ts';
import { toBeReplaced } from '../../comparator/launches/to-be-replaced.ts';
import { bothEnds } from '../../comparator/pairing/counterpart.ts';
import { workloadsOf } from '../../comparator/workloads/workloads.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { GroupReference, Launch } from '../../inventory/launch.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import { isOf } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';
import type { Ref, ReplacedField, Replacement } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason, WhyNotReplaced } from '../reasons/reason.ts';
import { createGroupStep } from './group-rules.ts';
import { waitForImageStep } from './images.ts';
import { addImport, importKeyStep } from './keys.ts';
import { addMissingGroup } from './missing-groups.ts';
import { imageFor } from './parameters.ts';

/** What a template names, and what takes its place; or, in plain English, what has no counterpart on the target. */
export type Replacements =
  | { readonly replace: readonly Replacement[]; readonly needs: readonly string[] }
  | { readonly obstacle: Reason };

type Replaced = readonly [ReplacedField, string, Found];
/** `needs`: the step that makes what is known by its name. */
type Found = { readonly to: Ref; readonly needs?: string } | { readonly obstacle: Reason };

/** What a version of a launch template of the source has to name on the target. */
export function replacementsFor(launch: Launch, planning: Planning): Replacements {
  const { details } = launch;
  if (details === null)
    return {
      obstacle: { type: 'template-details-unread' },
    };
  const [beyond] = details.otherBound ?? [];
  if (beyond !== undefined) return { obstacle: { type: 'template-sets', what: beyond } };
  const own = details.interfaces.flatMap((n) => n.privateAddresses)[0];
  if (own !== undefined) return named(`private address ${own}`, { is: 'private-address' });
  const all: Replaced[] = [
    ...imageOf(launch, planning),
    ...(launch.keyName === null
      ? []
      : ([['key-pair', launch.keyName, keyFor(launch.keyName, planning)]] satisfies Replaced[])),
    ...launch.interfaces.flat().map((group) => groupOf(group, planning)),
    ...boundOf(details, planning),
  ];
  const replace = new Map<string, Replacement>();
  const needs: string[] = [];
  for (const [field, from, found] of all) {
    if ('obstacle' in found) return found;
    const { to } = found;
    if (found.needs !== undefined) needs.push(found.needs);
    if ('madeBy' in to) needs.push(to.madeBy);
    // A template that names a copy which is not available yet launches nothing.
    if ('madeBy' in to && field === 'image') needs.push(waitForImageStep(from));
    // A name can be the same on both sides.
    if ('id' in to && to.id === from) continue;
    replace.set(JSON.stringify([field, from]), { field, from, to });
  }
  return { replace: [...replace.values()], needs: [...new Set(needs)] };
}

const named = (what: string, why: WhyNotReplaced): { readonly obstacle: Reason } => ({
  obstacle: { type: 'template-names', what, why },
});

/** What of the source only a template names besides what is replaced: hosts, reservations, licences, zones. */
export function otherBound(template: LaunchTemplate, { context }: Planning): Reason | null {
  const workload = workloadsOf(context).of(template);
  const left = (workload ? toBeReplaced(workload, context) : []).find(({ to }) => !isReplacedHere(to));
  if (!left || left.to === 'image' || left.to === 'security-group') return null;
  return named(`${BOUND_WORDS[left.to]} ${left.text}`, { is: 'bound' }).obstacle;
}

function isReplacedHere(to: string): boolean {
  return ['image', 'security-group', 'subnet', 'snapshot', 'kms-key', 'instance-profile'].includes(to);
}

function imageOf({ imageId }: Launch, planning: Planning): Replaced[] {
  // A parameter has the same name on both sides, and gives the image of its region.
  if (imageId === null || imageId.startsWith(resolveParameter(''))) return [];
  const to = imageFor(imageId, planning);
  const other = planning.about('image', imageId).find((f) => HAS_OTHER_CONTENT.has(f.rule));
  if (to && other) {
    const why = { is: 'image-content', message: other.message } as const;
    return [['image', imageId, named(`image ${imageId}`, why)]];
  }
  if (to) return [['image', imageId, { to }]];
  const { source, target } = planning.context;
  // In one region an id means the same image to every account that may launch it.
  const shared = itemsOf(target.otherImages).some((i) => i.id === imageId && i.exists);
  if (source.region === target.region && shared) return [];
  const known = itemsOf(source.images).find((i) => i.id === imageId);
  const foreign = itemsOf(source.otherImages).find((i) => i.id === imageId);
  const name = known?.name ?? foreign?.name ?? null;
  const what = `image ${imageId}${name === null ? '' : ` ("${name}")`}`;
  return [['image', imageId, named(what, { is: 'image-without-counterpart' })]];
}

/** Findings about an image whose counterpart is no copy that could take its place. */
const HAS_OTHER_CONTENT: ReadonlySet<RuleId> = new Set<RuleId>([
  'image/not-a-copy',
  'image/stale-copy',
  'image/content-differs',
  'image/unusable-copy',
]);

/** The key pair of the target that takes the place of one of the source. */
export function keyFor(keyName: string, planning: Planning): Found {
  const { context } = planning;
  const pair = context.counterparts['key-pair'].find((c) => c.source?.name === keyName);
  const mapped = context.names.keyPairs(keyName);
  if (itemsOf(context.target.keyPairs).some((k) => k.name === mapped)) return { to: { id: mapped } };
  const isImported = planning
    .about('key-pair', pair?.source?.id ?? pair?.source?.name ?? null)
    .some(
      (f) => (isOf(f, 'key-pair/missing') || isOf(f, 'key-pair/renamed')) && addImport(f, planning) === null,
    );
  if (isImported) return { to: { id: mapped }, needs: importKeyStep(mapped) };
  const renamed = pair && bothEnds(pair);
  if (renamed) return { to: { id: renamed.target.name } };
  const isRead = context.target.keyPairs.status === 'complete';
  const why = { is: isRead ? 'key-not-imported' : 'keys-unread' } as const;
  return named(`key pair "${keyName}"`, why);
}

function groupOf({ id, name }: GroupReference, planning: Planning): Replaced {
  const { context } = planning;
  const { found, text } = workloadsOf(context).index.source.group({ id, name });
  const field = id === null ? 'security-group-name' : 'security-group';
  const obstacle = (why: WhyNotReplaced): Replaced => [field, text, named(`security group ${text}`, why)];
  if (found.is !== 'security-group') return obstacle({ is: 'group-not-found' });
  const group = found.item;
  const pair = context.counterparts['security-group'].find((c) => c.source === group);
  const target = pair?.pairingStatus === 'paired' ? pair.target : null;
  if (target && id !== null) return [field, text, { to: { id: target.id } }];
  // A name means a group of the default VPC.
  if (target && itemsOf(context.target.vpcs).some((v) => v.id === target.vpcId && v.isDefault))
    return [field, text, { to: { id: target.name } }];
  if (id !== null && pair?.pairingStatus === 'alone' && addMissingGroup(group.id, planning) === null)
    return [field, text, { to: { madeBy: createGroupStep(group.id) } }];
  switch (pair?.pairingStatus) {
    case 'unread':
    case 'ambiguous':
    case undefined:
      return obstacle({ is: 'group-unknown', name: group.name });
    case 'paired':
      return obstacle({ is: 'group-not-in-default-vpc', name: group.name });
    case 'alone':
      return obstacle({ is: 'group-not-created', name: group.name });
  }
}

function boundOf(details: LaunchDetails, planning: Planning): Replaced[] {
  const all: Replaced[] = [];
  for (const { subnetId } of details.interfaces)
    if (subnetId !== null) all.push(['subnet', subnetId, subnetFor(subnetId, planning)]);
  for (const { snapshotId, kmsKeyId } of details.devices) {
    if (snapshotId !== null) all.push(['snapshot', snapshotId, snapshotFor(snapshotId, planning)]);
    if (kmsKeyId !== null) all.push(['kms-key', kmsKeyId, kmsKeyFor(kmsKeyId, planning)]);
  }
  if (details.profile !== null)
    all.push(['instance-profile', details.profile, profileFor(details.profile, planning)]);
  return all;
}

/** The one subnet of the corresponding VPC that has its name, or its name with the region of the target in it. */
function subnetFor(id: string, { context }: Planning): Found {
  const facts = factsOf(context);
  if (context.source.region === context.target.region && facts.target.find('subnets', id).is === 'item')
    return { to: { id } };
  const own = facts.source.find('subnets', id);
  const none = (why: WhyNotReplaced): Found => named(`subnet ${id}`, why);
  if (own.is !== 'item') return none({ is: 'subnet-unread' });
  const { name, vpcId, publicAddresses } = own.item;
  const vpc = vpcId === null ? null : context.vpcs.over('source', vpcId);
  if (vpc === null) return none({ is: 'subnet-vpc' });
  if (name === null) return none({ is: 'subnet-unnamed' });
  const names = [name, name.replaceAll(context.source.region, context.target.region)];
  const there = facts.target.all('subnets');
  if (there === null) return none({ is: 'subnets-unread' });
  const same = there.filter((s) => s.vpcId === vpc && s.name !== null && names.includes(s.name));
  const [only, ...others] = same;
  if (!only) return none({ is: 'subnet-missing', vpc, name });
  if (others.length > 0) return none({ is: 'subnets-alike', vpc, n: same.length });
  if (only.publicAddresses !== publicAddresses) return none({ is: 'subnet-addresses', id: only.id });
  return { to: { id: only.id } };
}

/** The snapshot of the same device in the copy of the image that has it. */
function snapshotFor(id: string, { context }: Planning): Found {
  for (const pair of context.counterparts.image) {
    const ends = bothEnds(pair);
    const device = ends?.source.blockDevices.find((d) => d.ebs?.snapshotId === id)?.device;
    const copy = ends?.target.blockDevices.find((d) => d.device === device)?.ebs?.snapshotId;
    if (device !== undefined && copy) return { to: { id: copy } };
  }
  return named(`snapshot ${id}`, { is: 'snapshot' });
}

/** An alias, or a multi-Region key with its replica, that the target is known to have. */
function kmsKeyFor(text: string, { context }: Planning): Found {
  const { source, target } = context;
  const facts = factsOf(context).target;
  const exists = (id: string) => {
    const known = facts.find('kmsKeys', id);
    return known.is === 'item' && known.item.exists && known.item.unread === null;
  };
  const arn = arnOf(text);
  if (arn === null) {
    const isPortable = /^(alias\/|mrk-)/.test(text) || source.region === target.region;
    if (isPortable && exists(text)) return { to: { id: text } };
  } else if (/^(alias\/|key\/mrk-)/.test(arn.resource) && arn.account === (source.account ?? arn.account)) {
    const account = arn.resource.startsWith('alias/') ? (target.account ?? arn.account) : arn.account;
    const there = `arn:${arn.partition}:kms:${target.region}:${account}:${arn.resource}`;
    const id = arn.resource.replace(/^key\//, '');
    if (exists(there) || exists(id)) return { to: { id: there } };
  }
  return named(`KMS key ${text}`, { is: 'kms-key' });
}

/** By name it means the profile of the account; an ARN names the account too. */
function profileFor(text: string, { context }: Planning): Found {
  const { target } = context;
  const arn = arnOf(text);
  if (arn === null || arn.account === target.account) return { to: { id: text } };
  const name = arn.resource.split('/').at(-1) ?? '';
  const known = factsOf(context).target.find('instanceProfiles', name);
  if (known.is === 'item' && known.item.exists && known.item.arn !== null)
    return { to: { id: known.item.arn } };
  return named(`instance profile ${text}`, { is: 'profile-of-other-account' });
}
