import { describe, expect, it, test } from 'vitest';
import type { AwsCapacityReservation } from '../../../src/inventory/launch-facts/compute.ts';
import { idOf, judged, type SideOf, SOURCE, TARGET } from './kit.ts';

const ID = idOf('cr', TARGET);
const specification = (CapacityReservationSpecification: object) => ({ CapacityReservationSpecification });
const targeting = (region: string) =>
  specification({ CapacityReservationTarget: { CapacityReservationId: idOf('cr', region) } });
const ONLY = specification({ CapacityReservationPreference: 'capacity-reservations-only' });
const FITTING: AwsCapacityReservation = {
  CapacityReservationId: ID,
  State: 'active',
  InstanceType: 'm5.large',
  InstancePlatform: 'Linux/UNIX',
  Tenancy: 'default',
  AvailableInstanceCount: 5,
  InstanceMatchCriteria: 'targeted',
};
const LINUX = { image: { PlatformDetails: 'Linux/UNIX' } };

/** One subnet, so that a reservation of its zone is enough. */
const IN_ONE_ZONE = (region: string) => ({ VPCZoneIdentifier: idOf('subnet', region, 1) });

function outcome(
  reservations: readonly AwsCapacityReservation[],
  group: object | null = null,
  launch: (region: string) => object = targeting,
  more: SideOf = {},
) {
  const of = (region: string): SideOf => ({
    ...LINUX,
    launch: launch(region),
    group: group && { ...IN_ONE_ZONE(region), ...group },
  });
  const there = of(TARGET);
  const {
    report,
    template,
    group: verdict,
    messages,
    rules,
  } = judged(of(SOURCE), {
    ...there,
    ...more,
    offer: { reservations, ...more.offer },
  });
  return { report, template, group: verdict, messages, rules };
}

describe('a launch that targets a capacity reservation', () => {
  test.each<[string, Partial<AwsCapacityReservation>, string, string?]>([
    ['it fits and has capacity', {}, 'launchable'],
    ['it says nothing of itself but its state', BARE(), 'launchable'],
    [
      'it may be available while it is pending',
      { State: 'pending', AvailableInstanceCount: 0 },
      'launchable',
    ],
    ['it is used up', { AvailableInstanceCount: 0 }, 'blocked', 'used up: it has no capacity left'],
    ['it has expired', { State: 'expired' }, 'blocked', 'expired'],
    ['it was cancelled', { State: 'cancelled' }, 'blocked', 'cancelled'],
    ['it starts later', { State: 'scheduled' }, 'blocked', 'scheduled'],
    ['it is for another type', { InstanceType: 'm7g.large' }, 'blocked', 'for m7g.large'],
    [
      'it is for another platform',
      { InstancePlatform: 'Windows' },
      'blocked',
      'for Windows, and the image is of Linux/UNIX',
    ],
    [
      'it is for a platform with a licence',
      { InstancePlatform: 'Red Hat Enterprise Linux' },
      'blocked',
      'for Red Hat Enterprise Linux, and the image is of Linux/UNIX',
    ],
  ])('%s', (_, more, verdict, says) => {
    const found = outcome([{ ...FITTING, ...more }]);
    expect(found.template).toBe(verdict);
    expect(found.messages).toEqual(
      says === undefined
        ? []
        : [
            `In eu-west-1 "web" launches into capacity reservation ${ID} ($Default, $Latest), which is ${says}.`,
          ],
    );
  });

  it('is refused by one of another tenancy', () => {
    const dedicated = (region: string) => ({ ...targeting(region), Placement: { Tenancy: 'dedicated' } });
    expect(outcome([FITTING], null, dedicated).template).toBe('blocked');
    expect(outcome([{ ...FITTING, Tenancy: 'dedicated' }], null, dedicated).template).toBe('launchable');
  });

  it('is refused by one of another zone, by name or by id', () => {
    const inSubnet = (region: string) => ({
      ...targeting(region),
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId: idOf('subnet', region, 1), Groups: [idOf('sg', region)] },
      ],
    });
    const of = (zone: Partial<AwsCapacityReservation>) => outcome([{ ...FITTING, ...zone }], null, inSubnet);
    expect(of({ AvailabilityZone: 'eu-west-1a' }).template).toBe('launchable');
    expect(of({ AvailabilityZone: 'eu-west-1b' }).messages).toEqual([
      `In eu-west-1 "web" launches into capacity reservation ${ID} ($Default, $Latest), which is in eu-west-1b, and the launch in eu-west-1a.`,
    ]);
    expect(of({ AvailabilityZoneId: 'euw1-az2' }).template).toBe('blocked');
    expect(of({ AvailabilityZoneId: 'euw1-az1' }).template).toBe('launchable');
  });

  it('leaves a group degraded that can use the zone of the reservation, and others', () => {
    const zones = { VPCZoneIdentifier: [idOf('subnet', TARGET, 1), idOf('subnet', TARGET, 2)].join(',') };
    const found = outcome([{ ...FITTING, AvailabilityZone: 'eu-west-1a' }], {}, targeting, { group: zones });
    expect(found.group).toBe('degraded');
  });

  it('is judged by what a group has still to start, and not by its launch template too', () => {
    const group = (DesiredCapacity: number, running: number, available: number) =>
      outcome([{ ...FITTING, AvailableInstanceCount: available }], {
        DesiredCapacity,
        Instances: Array.from({ length: running }, () => ({})),
      });
    expect([group(2, 2, 0).group, group(2, 2, 0).template]).toEqual(['launchable', 'launchable']);
    expect([group(2, 0, 0).group, group(2, 0, 0).template]).toEqual(['blocked', 'launchable']);
    expect(group(4, 2, 1).group).toBe('degraded');
    expect(group(4, 2, 1).messages).toEqual([
      `In eu-west-1 "web" launches into capacity reservation ${ID}, which is available for 1 of 2 instances.`,
    ]);
    expect(group(4, 2, 2).group).toBe('launchable');
  });

  it('has an unknown verdict where reservations were denied', () => {
    const found = outcome([], null, targeting, { offer: { denied: ['capacityReservations'] } });
    expect([found.template, found.report.complete]).toEqual(['unknown', false]);
  });
});

function BARE(): AwsCapacityReservation {
  const nothing = Object.fromEntries(Object.keys(FITTING).map((key) => [key, undefined]));
  return { ...nothing, CapacityReservationId: ID, State: 'active' };
}

describe('a preference for capacity reservations', () => {
  const open = (more: Partial<AwsCapacityReservation> = {}) => [
    { ...FITTING, InstanceMatchCriteria: 'open', ...more },
  ];
  const preference = (CapacityReservationPreference: string) => () =>
    specification({ CapacityReservationPreference });

  test.each([
    ['open', [], 'launchable'],
    ['none', [], 'launchable'],
    ['capacity-reservations-only', [], 'blocked'],
    ['capacity-reservations-only', open(), 'launchable'],
    ['capacity-reservations-only', open({ AvailableInstanceCount: 0 }), 'blocked'],
    ['capacity-reservations-only', open({ InstanceType: 'm7g.large' }), 'blocked'],
    ['capacity-reservations-only', open({ InstanceMatchCriteria: 'targeted' }), 'blocked'],
    ['capacity-reservations-only', open({ State: 'expired' }), 'blocked'],
  ])('%s with %j', (word, reservations, verdict) => {
    const found = outcome(reservations, null, preference(word));
    expect(found.template).toBe(verdict);
    if (verdict === 'blocked') expect(found.rules).toEqual(['critical workload/refused launch-template']);
  });

  it('is carried over to a target that has no counterpart yet', () => {
    const side = { ...LINUX, launch: ONLY, group: null };
    const found = judged(side, { ...LINUX, made: false, offer: { reservations: [] } });
    expect(found.template).toBe('blocked');
  });

  describe('of an Auto Scaling group', () => {
    const group = (preferred: string, target: object | undefined, reservations: AwsCapacityReservation[]) =>
      outcome(
        reservations,
        {
          Instances: [],
          CapacityReservationSpecification: {
            CapacityReservationPreference: preferred,
            CapacityReservationTarget: target,
          },
        },
        () => ({}),
      );
    const ids = (...CapacityReservationIds: string[]) => ({ CapacityReservationIds });
    const OTHER = 'cr-0bbbbbbbbbbbbbbb9';
    const usedUp = { ...FITTING, AvailableInstanceCount: 0 };

    test.each<[string, string, object | undefined, AwsCapacityReservation[], string]>([
      ['only those that it targets', 'capacity-reservations-only', ids(ID), [FITTING], 'launchable'],
      ['only those, and used up', 'capacity-reservations-only', ids(ID), [usedUp], 'blocked'],
      ['first those, and used up', 'capacity-reservations-first', ids(ID), [usedUp], 'launchable'],
      ['first those, and none exists', 'capacity-reservations-first', ids(ID), [], 'blocked'],
      ['only open ones, and none', 'capacity-reservations-only', undefined, [], 'blocked'],
      ['none at all', 'none', undefined, [], 'launchable'],
      ['as the launch template says', 'default', undefined, [], 'launchable'],
      [
        'one of two that is used up, and the other has enough',
        'capacity-reservations-only',
        ids(ID, OTHER),
        [FITTING, { ...usedUp, CapacityReservationId: OTHER }],
        'launchable',
      ],
      [
        'two that have too little together',
        'capacity-reservations-only',
        ids(ID, OTHER),
        [
          { ...FITTING, AvailableInstanceCount: 1 },
          { ...usedUp, CapacityReservationId: OTHER },
        ],
        'degraded',
      ],
      ['one of two that does not exist', 'capacity-reservations-only', ids(ID, OTHER), [FITTING], 'degraded'],
      ['two that are used up', 'capacity-reservations-only', ids(ID, OTHER), [usedUp], 'blocked'],
    ])('%s', (_, preferred, target, reservations, verdict) => {
      expect(group(preferred, target, reservations).group).toBe(verdict);
    });

    it('lists resource groups of reservations, which are not read', () => {
      const CapacityReservationResourceGroupArns = [
        `arn:aws:resource-groups:${TARGET}:111122223333:group/cr`,
      ];
      const { report, group: verdict } = group(
        'capacity-reservations-only',
        { CapacityReservationResourceGroupArns },
        [],
      );
      expect(verdict).toBe('launchable');
      expect(report.notLookedAt.map((n) => n.what)).toContain(
        'groups of capacity reservations (whether each exists)',
      );
    });
  });
});

it('lists dedicated hosts where the tenancy needs one, and the launch names none', () => {
  const host = { launch: { Placement: { Tenancy: 'host' } }, group: null };
  for (const made of [true, false]) {
    const { notLookedAt } = judged(host, made ? host : { made: false });
    expect(notLookedAt).toContain('target dedicated hosts');
  }
});
