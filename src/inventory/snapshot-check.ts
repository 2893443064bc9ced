import { canonicalCidr, MalformedValue } from './addresses.ts';
import { assembleSnapshot } from './assemble.ts';
import { sortedChoices, sortedGroupDetails, sortedLaunches } from './auto-scaling-group.ts';
import { type Collected, itemsOf } from './collected.ts';
import type { Path } from './issue.ts';
import { isObject } from './json-text.ts';
import { interfacesOf } from './launch.ts';
import { otherDataFrom } from './launch-data.ts';
import { sortedDetails } from './launch-details.ts';
import { compareText, sortedRecord } from './order.ts';
import { plainRules } from './plain-rules.ts';
import { parsePublicKey } from './public-key.ts';
import { canonicalProtocol, canonicalRange, type Rule, sortedRules } from './security-group.ts';
import type { SharedRules } from './shared-rules.ts';
import { SNAPSHOT_KINDS, type Snapshot, snapshotSchema } from './snapshot.ts';
import { faultAt, schemaFault } from './snapshot-fault.ts';
import type { Tags } from './tags.ts';
import { isoTime } from './time.ts';

/**
 * The value as a snapshot: right shape, canonical values, nothing twice, in the one order.
 *
 * What is spelled in another way than this tool spells it is refused, not corrected: EC2 never answers "10.0.0.5/8", so
 * a person typed it, and whether the address or the range was meant is not in the file. Only order is corrected, since
 * another order cannot mean anything else.
 * @param shared Where rules in the value come from that other groups have too.
 * @throws SnapshotFault
 */
export function checkSnapshot(value: unknown, shared?: SharedRules): Snapshot {
  const { rest, rules } = withoutPlainRules(value, shared);
  const parsed = snapshotSchema.safeParse(rest);
  if (!parsed.success) throw schemaFault(parsed.error.issues);
  const snapshot = parsed.data;
  if (snapshot.region.trim() === '')
    throw faultAt(['region'], 'is empty; a region such as "us-east-1" is expected');
  mustBeTime(['takenAt'], snapshot.takenAt);
  restoreTags(snapshot, value as Snapshot);
  checkValues(snapshot);
  for (const kind of SNAPSHOT_KINDS) checkUnique(kind, snapshot);
  for (const [i, group] of itemsOf(snapshot.securityGroups).entries()) {
    const plain = rules.get(i) ?? group.rules;
    group.rules = shared?.sorted(plain) ?? sortedRules(plain);
  }
  sortWorkloads(snapshot);
  return assembleSnapshot(snapshot);
}

/** What the general check has to look at: everything but the rules of groups that have only plain ones. Those by index. */
function withoutPlainRules(
  value: unknown,
  shared: SharedRules | undefined,
): { rest: unknown; rules: ReadonlyMap<number, Rule[]> } {
  const rules = new Map<number, Rule[]>();
  const groups = isObject(value) ? value.securityGroups : undefined;
  if (!isObject(value) || !isObject(groups) || !Array.isArray(groups.items)) return { rest: value, rules };
  const items = groups.items.map((group: unknown, i) => {
    const plain = isObject(group) ? plainRules(group.rules, shared) : null;
    if (plain === null || !isObject(group)) return group;
    rules.set(i, plain);
    return { ...group, rules: [] };
  });
  return { rest: rules.size === 0 ? value : { ...value, securityGroups: { ...groups, items } }, rules };
}

/** zod leaves a key `__proto__` out of the records it returns (an assignment would set the prototype); a tag may be called so. */
function restoreTags(snapshot: Snapshot, original: Snapshot): void {
  for (const kind of SNAPSHOT_KINDS) {
    if (!original[kind]) continue; // a file of before this kind was read
    const originals = itemsOf(original[kind] as Collected<{ tags?: Tags }>);
    for (const [i, item] of itemsOf(snapshot[kind] as Collected<{ tags?: Tags }>).entries()) {
      if (!item.tags) continue;
      const tags: Tags = originals[i]?.tags ?? {};
      const odd = Object.entries(tags).find(([, text]) => typeof text !== 'string');
      if (odd) throw faultAt([kind, 'items', i, 'tags', odd[0]], 'is not a text');
      item.tags = sortedRecord(tags);
    }
  }
}

/** Lists inside an item have one order as well. */
function sortWorkloads(snapshot: Snapshot): void {
  for (const template of itemsOf(snapshot.launchTemplates))
    for (const version of template.versions?.sort((a, b) => a.number - b.number) ?? [])
      version.otherData = version.otherData && otherDataFrom(version.otherData);
  const launches = [
    ...itemsOf(snapshot.instances),
    ...itemsOf(snapshot.launchConfigurations),
    ...itemsOf(snapshot.launchTemplates).flatMap(({ versions }) => versions ?? []),
  ];
  for (const { launch } of launches) {
    launch.interfaces = interfacesOf(launch.interfaces);
    if (launch.details) launch.details = sortedDetails(launch.details);
  }
  for (const group of itemsOf(snapshot.autoScalingGroups)) {
    group.launches = sortedLaunches(group.launches);
    group.pinnedByInstances = sortedChoices(group.pinnedByInstances);
    if (group.details) group.details = sortedGroupDetails(group.details);
  }
}

function checkUnique(kind: (typeof SNAPSHOT_KINDS)[number], snapshot: Snapshot): void {
  const collected: Collected<{ id: string | null; name: string | null }> = snapshot[kind];
  const seen = new Map<string, number>();
  // A key pair's name is its identity within a region; dumps of before 2019 have no ids for them at all.
  const field = kind === 'keyPairs' ? 'name' : 'id';
  for (const [i, item] of itemsOf(collected).entries()) {
    const id = item[field] ?? '';
    const first = seen.get(id);
    const path = [kind, 'items', i, field];
    if (id === '') throw faultAt(path, 'is blank');
    if (first !== undefined) throw faultAt(path, `"${id}" is in items[${first}] already`);
    seen.set(id, i);
  }
}

function checkValues(snapshot: Snapshot): void {
  for (const [i, vpc] of itemsOf(snapshot.vpcs).entries()) {
    for (const [j, cidr] of vpc.cidrs.entries()) mustBeCidr(['vpcs', 'items', i, 'cidrs', j], cidr);
    vpc.cidrs.sort(compareText);
  }
  for (const [i, list] of itemsOf(snapshot.prefixLists).entries()) {
    for (const [j, entry] of (list.entries ?? []).entries()) {
      mustBeCidr(['prefixLists', 'items', i, 'entries', j, 'cidr'], entry.cidr);
    }
    list.entries?.sort((a, b) => compareText(a.cidr, b.cidr));
  }
  for (const [i, group] of itemsOf(snapshot.securityGroups).entries()) {
    for (const [j, rule] of group.rules.entries())
      checkRule(['securityGroups', 'items', i, 'rules', j], rule);
  }
  for (const [i, key] of itemsOf(snapshot.keyPairs).entries()) {
    const path = ['keyPairs', 'items', i];
    const parsed = key.publicKey === null ? null : parsePublicKey(key.publicKey);
    if (parsed) mustBe([...path, 'publicKey'], key.publicKey, `${parsed.algorithm} ${parsed.blob}`);
    mustBeTime([...path, 'createdAt'], key.createdAt);
  }
  for (const [i, image] of itemsOf(snapshot.images).entries()) {
    mustBeTime(['images', 'items', i, 'createdAt'], image.createdAt);
    mustBeTime(['images', 'items', i, 'deprecatedAt'], image.deprecatedAt);
    for (const [j, { sourceCreatedAt }] of image.watermarks.entries())
      mustBeTime(['images', 'items', i, 'watermarks', j, 'sourceCreatedAt'], sourceCreatedAt);
    for (const [j, { createdAt }] of (image.ancestry ?? []).entries())
      mustBeTime(['images', 'items', i, 'ancestry', j, 'createdAt'], createdAt);
  }
  for (const [i, image] of (snapshot.recycledImages ?? []).entries()) {
    mustBeTime(['recycledImages', i, 'enteredAt'], image.enteredAt);
    mustBeTime(['recycledImages', i, 'exitsAt'], image.exitsAt);
  }
  for (const [i, image] of itemsOf(snapshot.otherImages).entries()) {
    mustBeTime(['otherImages', 'items', i, 'createdAt'], image.createdAt);
    mustBeTime(['otherImages', 'items', i, 'deprecatedAt'], image.deprecatedAt);
  }
}

function checkRule(path: Path, rule: Rule): void {
  const peerPath = [...path, 'peer', 'cidr'];
  if (rule.peer.type === 'cidr') mustBeCidr(peerPath, rule.peer.cidr);
  mustBe(
    [...path, 'protocol'],
    rule.protocol,
    named(path, () => canonicalProtocol(rule.protocol)),
  );
  const range = named(path, () =>
    canonicalRange(rule.protocol, rule.from ?? undefined, rule.to ?? undefined),
  );
  mustBe([...path, 'from'], rule.from, range.from);
  mustBe([...path, 'to'], rule.to, range.to);
}

function mustBeCidr(path: Path, text: string): void {
  mustBe(
    path,
    text,
    named(path, () => canonicalCidr(text)),
  );
}

function mustBeTime(path: Path, text: string | null): void {
  if (text === null) return;
  const time = isoTime(text);
  if (time === null) throw faultAt(path, `"${text}" is not a time`);
  mustBe(path, text, time);
}

function mustBe(path: Path, value: string | number | null, canonical: string | number | null): void {
  if (value !== canonical)
    throw faultAt(path, `is ${JSON.stringify(value)}; the canonical form is ${JSON.stringify(canonical)}`);
}

/** Runs one of the readers of AWS values, and says of which field it complains. */
function named<T>(path: Path, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedValue) throw faultAt(path, `: ${error.message}`);
    throw error;
  }
}
