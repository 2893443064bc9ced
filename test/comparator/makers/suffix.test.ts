import { expect, it } from 'vitest';
import { generatedName } from '../../../src/comparator/makers/suffix.ts';

it.each([
  ['web-20240101123456789000000001', 'web', 'Terraform'],
  ['app-202305121011223344550000000001', 'app', 'Terraform'],
  ['example20181022054634731400000003', 'example', 'Terraform'],
  ['web_20240101123456789000000001', 'web', 'Terraform'],
  ['terraform-20240101123456789000000001', '', 'Terraform'],
  ['20240101123456789000000001', '', 'Terraform'],
  ['shop-WebSG-1ABCDEFGH2IJK', 'shop-WebSG', 'CloudFormation'],
  ['shop-WebSG-8Gz2kL0xYwQp', 'shop-WebSG', 'CloudFormation'],
  ['WebLT_aBcDeFgHiJ2L', 'WebLT', 'CloudFormation'],
  ['workers-asg-0f3c1d2e-1111-4222-8333-0123456789ab', 'workers-asg', 'a generator'],
  ['shop-web-v012-20240101123456', 'shop-web', 'a generator'],
  ['web-sg-1a2b3c4', 'web-sg', 'a generator'],
  ['shop-WebLC-aBcDeFgHiJkL', 'shop-WebLC', 'CloudFormation'],
  ['shop-prod-v003', 'shop-prod', 'a generator'],
])('%s is %s, completed by %s', (name, stem, maker) => {
  expect(generatedName(name)).toEqual({ stem, maker });
});

it.each([
  'web',
  'web-2024',
  'web-20240101',
  'shop-PRODUCTION123'.toLowerCase(),
  'web-LaunchConfig',
  'web-WebAppServer',
  'web-v3',
  'web-v2024',
  'shop-APPLICATIONS',
  'web-applications',
  'web_productions1',
  'node-1234567',
  'web-abcdefa',
  'web-20249999999999',
])('%s may have been written by a person', (name) => {
  expect(generatedName(name)).toBeNull();
});
