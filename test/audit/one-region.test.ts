import { expect, it } from 'vitest';
import { refuseOneRegionTwice } from '../../src/audit/one-region.ts';
import { type Estate, snapshotOf } from '../kit/estate.ts';

const VPC = { VpcId: 'vpc-0a1b2c3d4e5f60718' };
const sg = (n: number) => ({ GroupId: `sg-0000000000000000${n}`, GroupName: `g${n}`, VpcId: VPC.VpcId });
const whole: Estate = { vpcs: [VPC], securityGroups: [sg(1), sg(2)] };

const check = (source: Estate, target: Estate, regions: [string, string] = ['us-east-1', 'eu-west-1']) =>
  refuseOneRegionTwice(snapshotOf(regions[0], source), snapshotOf(regions[1], target), ['old/', 'new/']);

it('two sides of "two regions" with the same objects are refused, naming them', () => {
  expect(() => check(whole, whole)).toThrow(
    'old/ (us-east-1) and new/ (eu-west-1) contain the same objects: sg-00000000000000001, sg-00000000000000002, vpc-0a1b2c3d4e5f60718. Ids exist in one region only, so both are of the same region.',
  );
});

it('also where one of them was taken at another time', () => {
  expect(() => check(whole, { vpcs: [VPC], securityGroups: [sg(1), sg(3)] })).toThrow(
    'both are of the same region',
  );
});

it.each<[string, Estate, Estate, [string, string]?]>([
  ['one region at another time', whole, whole, ['us-east-1', 'us-east-1']],
  ['two regions', whole, { vpcs: [{ VpcId: 'vpc-00000000000000009' }], securityGroups: [sg(3)] }],
  ['two empty sides', {}, {}],
  ['ids that somebody wrote by hand', { vpcs: [{ VpcId: 'vpc-1' }] }, { vpcs: [{ VpcId: 'vpc-1' }] }],
  ['one object among others', whole, { securityGroups: [sg(1), sg(3), sg(4), sg(5)] }],
])('%s are compared', (_, source, target, regions) => {
  expect(() => check(source, target, regions)).not.toThrow();
});
