import type * as z from 'zod';
import { type Collected, complete, failed } from '../../inventory/collected.ts';
import {
  exportFrom,
  instanceProfileFrom,
  kmsKeyFrom,
  metadataDefaultsFrom,
  newestLaunches,
  quotaFrom,
} from '../../inventory/launch-facts/account.ts';
import { classicLoadBalancerFrom, targetGroupFrom } from '../../inventory/launch-facts/attachments.ts';
import {
  capacityReservationFrom,
  offeringsFrom,
  placementGroupFrom,
  volumeSnapshotFrom,
} from '../../inventory/launch-facts/compute.ts';
import { type FactOf, type LaunchFacts, sortedFacts } from '../../inventory/launch-facts/index.ts';
import { instanceTypeFrom } from '../../inventory/launch-facts/instance-type.ts';
import { FACT_KINDS, FACTS, type FactKind } from '../../inventory/launch-facts/kinds.ts';
import {
  groupVpcFrom,
  internetGatewayFrom,
  natGatewayFrom,
  networkAclFrom,
  networkInterfaceFrom,
  routeTableFrom,
  subnetFrom,
} from '../../inventory/launch-facts/network.ts';
import { BadDump, type Dump, failureOf, rowsOf, throwForBrokenFiles } from './answers.ts';
import * as rows from './fact-rows.ts';
import { isObject } from './folder.ts';
import { isAnswerKey, saving } from './kinds.ts';
import { lifecycleHooks } from './lifecycle-hooks.ts';

/** How the items of each kind come out of the values under its keys. */
const READ: { readonly [K in FactKind]: (values: readonly Value[], dump: Dump) => FactOf[K][] } = {
  subnets: each(rows.subnetRow, subnetFrom),
  instanceTypeOfferings: (values) =>
    offeringsFrom(values.flatMap((value) => listRows(value, rows.offeringRow))),
  instanceTypes: each(rows.instanceTypeRow, instanceTypeFrom),
  routeTables: each(rows.routeTableRow, routeTableFrom),
  networkAcls: each(rows.networkAclRow, networkAclFrom),
  internetGateways: each(rows.internetGatewayRow, internetGatewayFrom),
  natGateways: each(rows.natGatewayRow, natGatewayFrom),
  networkInterfaces: each(rows.networkInterfaceRow, networkInterfaceFrom),
  volumeSnapshots: each(rows.volumeSnapshotRow, volumeSnapshotFrom),
  instanceProfiles: each(rows.instanceProfileRow, instanceProfileFrom),
  placementGroups: each(rows.placementGroupRow, placementGroupFrom),
  capacityReservations: each(rows.capacityReservationRow, capacityReservationFrom),
  quotas: (values) =>
    values
      .flatMap((value) => listRows(value, rows.quotaRow))
      // Other services number their quotas alike.
      .filter(
        ({ ServiceCode }) => ServiceCode === undefined || ServiceCode === 'ec2' || ServiceCode === 'vpc',
      )
      .map(quotaFrom),
  groupVpcs: each(rows.groupVpcRow, groupVpcFrom),
  metadataDefaults: each(rows.metadataDefaultsRow, metadataDefaultsFrom),
  ebsDefaultKey: (values) =>
    values.flatMap(({ answer: { value } }) => (typeof value === 'string' && value ? [{ id: value }] : [])),
  kmsKeys: each(rows.kmsKeyRow, kmsKeyFrom),
  targetGroups: each(rows.targetGroupRow, targetGroupFrom),
  classicLoadBalancers: each(rows.classicLoadBalancerRow, classicLoadBalancerFrom),
  lifecycleHooks: (values, dump) =>
    lifecycleHooks(
      values.map(({ answer }) => answer),
      dump,
    ),
  activities: (values) => newestLaunches(values.flatMap((value) => listRows(value, rows.activityRow))),
  exports: each(rows.exportRow, exportFrom),
};

interface Value {
  readonly answer: Dump['answers'][number];
}

/** The rows of a list, or the one object of an answer such as get-instance-profile's. */
function listRows<Row>({ answer }: Value, schema: z.ZodType<Row>): Row[] {
  const one = isObject(answer.value) ? { ...answer, value: [answer.value] } : answer;
  return rowsOf(one, schema).map(({ row }) => row);
}

function each<Row, Item>(schema: z.ZodType<Row>, from: (row: Row) => Item) {
  return (values: readonly Value[]): Item[] => values.flatMap((value) => listRows(value, schema)).map(from);
}

/** What a folder holds of what launches need. A kind with no file is no gap by itself: it is said to be not looked at. */
export function collectFacts(dump: Dump): LaunchFacts {
  const facts = FACT_KINDS.map((kind) => [kind, collectFact(dump, kind)] as const);
  return sortedFacts(Object.fromEntries(facts) as unknown as LaunchFacts);
}

function collectFact<K extends FactKind>(dump: Dump, kind: K): Collected<FactOf[K]> {
  const { answers: keys, call, service, many } = FACTS[kind];
  const save = saving(dump, `${keys[0]}.json`, call, service);
  try {
    for (const key of keys) if (isAnswerKey(key)) throwForBrokenFiles(dump, key);
    const values = dump.answers
      .filter(({ key }) => (keys as readonly string[]).includes(key))
      .map((answer) => ({ answer }));
    if (values.length === 0)
      return failed({
        code: 'not-in-dump',
        message: `The folder of ${dump.region} contains no ${many} ("${keys[0]}").`,
        hint: 'Save them there.',
        commands: [save],
      });
    // Files are oldest first: of an id that is in several files the newest counts.
    return complete([...new Map(READ[kind](values, dump).map((item) => [item.id, item])).values()]);
  } catch (error) {
    if (!(error instanceof BadDump)) throw error;
    return failed(failureOf(error, [save]));
  }
}
