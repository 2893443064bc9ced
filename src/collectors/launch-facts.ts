import { type Collected, complete, failed, itemsOf } from '../inventory/collected.ts';
import { metadataDefaultsFrom, quotaFrom } from '../inventory/launch-facts/account.ts';
import type { LaunchFacts } from '../inventory/launch-facts/index.ts';
import { FACT_KINDS, type FactKind } from '../inventory/launch-facts/kinds.ts';
import { type FactWanted, GROUPS_PER_INTERFACE } from '../inventory/launch-needs.ts';
import { CallFailed, sdkError } from './failures.ts';
import { readClassicLoadBalancers, readLifecycleHooks, readTargetGroups } from './launch-facts-attached.ts';
import { kmsKeysNamed, profileNamed } from './launch-facts-by-name.ts';
import { LISTED, readOfferings, readTypes, readVolumeSnapshots } from './launch-facts-listed.ts';
import { optionalFailure } from './optional.ts';
import { malformed } from './paging.ts';
import type { Reader } from './reader.ts';
import { readActivities } from './scaling-activities.ts';

/** How the items of a kind are read, given the names that are wanted. */
type Read = (reader: Reader, names: readonly string[]) => Promise<{ id: string }[]>;

const READ: Readonly<Record<FactKind, { action: string; read: Read }>> = {
  ...LISTED,
  targetGroups: { action: 'DescribeTargetGroups', read: readTargetGroups },
  classicLoadBalancers: { action: 'DescribeLoadBalancers', read: readClassicLoadBalancers },
  lifecycleHooks: { action: 'DescribeLifecycleHooks', read: readLifecycleHooks },
  instanceTypeOfferings: { action: 'DescribeInstanceTypeOfferings', read: readOfferings },
  instanceTypes: { action: 'DescribeInstanceTypes', read: readTypes },
  volumeSnapshots: { action: 'DescribeSnapshots', read: readVolumeSnapshots },
  metadataDefaults: {
    action: 'GetInstanceMetadataDefaults',
    read: async (reader) => {
      const { AccountLevel } = await reader.call('GetInstanceMetadataDefaults', {});
      return [metadataDefaultsFrom(AccountLevel ?? {})];
    },
  },
  ebsDefaultKey: {
    action: 'GetEbsDefaultKmsKeyId',
    read: async (reader) => {
      const { KmsKeyId } = await reader.call('GetEbsDefaultKmsKeyId', {});
      if (!KmsKeyId) throw malformed(reader, 'GetEbsDefaultKmsKeyId', 'the answer names no key');
      return [{ id: KmsKeyId }];
    },
  },
  activities: { action: 'DescribeScalingActivities', read: readActivities },
  instanceProfiles: {
    action: 'GetInstanceProfile',
    read: (reader, names) => Promise.all(names.map((name) => profileNamed(reader, name))),
  },
  kmsKeys: {
    action: 'DescribeKey',
    read: kmsKeysNamed,
  },
  quotas: {
    action: 'GetServiceQuota',
    read: async (reader, names) => (await Promise.all(names.map((code) => quotaNamed(reader, code)))).flat(),
  },
};

/** Service Quotas knows no applied value of some quotas: then nothing is known, which is no failure. */
async function quotaNamed(reader: Reader, QuotaCode: string) {
  const ServiceCode = QuotaCode === GROUPS_PER_INTERFACE.code ? 'vpc' : 'ec2';
  try {
    const { Quota } = await reader.call('GetServiceQuota', { ServiceCode, QuotaCode });
    return Quota ? [quotaFrom({ ...Quota, QuotaCode })] : [];
  } catch (error) {
    if (error instanceof CallFailed && sdkError(error.cause).name === 'NoSuchResourceException')
      return [{ id: QuotaCode, name: null, value: null }];
    throw error;
  }
}

/**
 * What is wanted beside what is known. Each kind by itself: one that may not be read says so, beside the others. A kind that
 * no launch needs is not read.
 */
export async function readFacts(
  reader: Reader,
  wanted: readonly FactWanted[],
  before: LaunchFacts,
): Promise<LaunchFacts> {
  const kinds = FACT_KINDS.filter((kind) => wanted.some((w) => w.kind === kind));
  const namesOf = (kind: FactKind) =>
    wanted.flatMap((w) => (w.kind === kind && w.name !== null ? [w.name] : []));
  // Which key EBS takes by default has to be known before that key can be read.
  const ebsDefaultKey = kinds.includes('ebsDefaultKey')
    ? ((await readFact(reader, 'ebsDefaultKey', [], before.ebsDefaultKey)) as LaunchFacts['ebsDefaultKey'])
    : before.ebsDefaultKey;
  const byDefault = itemsOf(ebsDefaultKey).flatMap(({ id }) => (id.endsWith('alias/aws/ebs') ? [] : [id]));
  const rest = FACT_KINDS.filter(
    (kind) =>
      kind !== 'ebsDefaultKey' && (kinds.includes(kind) || (kind === 'kmsKeys' && byDefault.length > 0)),
  );
  const read = await Promise.all(
    rest.map(async (kind) => {
      const names = kind === 'kmsKeys' ? [...new Set([...namesOf(kind), ...byDefault])] : namesOf(kind);
      return [kind, await readFact(reader, kind, names, before[kind])] as const;
    }),
  );
  return { ...before, ebsDefaultKey, ...(Object.fromEntries(read) as unknown as Partial<LaunchFacts>) };
}

async function readFact(
  reader: Reader,
  kind: FactKind,
  names: readonly string[],
  before: Collected<{ id: string }>,
): Promise<Collected<{ id: string }>> {
  const how = READ[kind];
  try {
    const items = await how.read(reader, names);
    return complete([...new Map([...itemsOf(before), ...items].map((item) => [item.id, item])).values()]);
  } catch (error) {
    if (error instanceof CallFailed) return failed(optionalFailure(reader, how.action, error));
    throw error;
  }
}
