import { describe, expect, it } from 'vitest';
import { CALLER, type Files, gapsOf, group, image, ME, namesOf, notesOf, read, refusal } from './kit.ts';

const VPCS = { 'v.json': { Vpcs: [] } };
const arn = (region: string): Files => ({
  'g.json': {
    SecurityGroups: [group('sg-1', { SecurityGroupArn: `arn:aws:ec2:${region}:${ME}:security-group/sg-1` })],
  },
});
const region = async (files: Files, options: { name?: string; region?: string }) =>
  (await read(files, options)).snapshot.region;

describe('the region of a dump', () => {
  it.each([
    ['us-east-1', 'us-east-1'],
    ['prod-us-east-1', 'us-east-1'],
    ['us-east-1-2026-11-01', 'us-east-1'],
    ['2026-11-01.EU-WEST-1', 'eu-west-1'],
    ['aws_ap-northeast-3_dump', 'ap-northeast-3'],
    ['us-gov-west-1', 'us-gov-west-1'],
    ['us-isob-east-1', 'us-isob-east-1'],
    ['eusc-de-east-1', 'eusc-de-east-1'],
  ])('is in the name of the folder %s', async (name, expected) => {
    expect(await region(VPCS, { name })).toBe(expected);
  });

  it.each(['dumps', 'us-east', 'us-east-1a', 'campus-east-1', 'us-east-1-to-eu-west-1', 'east-1'])(
    'is not in the name %s',
    async (name) => {
      expect(await refusal(VPCS, { name })).toBe(
        "The region of DIR is not known: neither the folder's name nor an ARN in its files contains it. Give --source-region, for example --source-region us-east-1.",
      );
    },
  );

  it.each<[string, Files]>([
    ['an ARN', arn('ap-south-1')],
    [
      'the names of AWS’s prefix lists',
      {
        'p.json': {
          PrefixLists: [
            { PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.global.groundstation' },
            { PrefixListId: 'pl-2', PrefixListName: 'com.amazonaws.ap-south-1.s3' },
          ],
        },
      },
    ],
    [
      'the zones of instances',
      { 'r.json': { Reservations: [{ Instances: [{ Placement: { AvailabilityZone: 'ap-south-1b' } }] }] } },
    ],
  ])('is told by %s', async (_, files) => {
    expect(await region(files, { name: 'dumps' })).toBe('ap-south-1');
  });

  it('is not guessed from a local zone, nor from an ARN that somebody wrote into a tag', async () => {
    const files = {
      'r.json': { Reservations: [{ Instances: [{ Placement: { AvailabilityZone: 'us-west-2-lax-1a' } }] }] },
      'g.json': {
        SecurityGroups: [
          group('sg-1', {
            Description: 'arn:aws:ec2:eu-west-1:1:vpc/v',
            Tags: [{ Key: 'arn', Value: 'arn:aws:ec2:eu-west-1:1:vpc/v' }],
          }),
        ],
      },
    };
    expect(await refusal(files, { name: 'dumps' })).toContain('The region of DIR is not known');
  });

  it('is what the option says, over the name of the folder', async () => {
    expect(await region(VPCS, { name: 'us-east-1', region: 'eu-west-1' })).toBe('eu-west-1');
  });

  it('cannot be two', async () => {
    const two = {
      ...arn('us-east-1'),
      'h.json': {
        SecurityGroups: [
          group('sg-2', { SecurityGroupArn: `arn:aws:ec2:eu-west-1:${ME}:security-group/sg-2` }),
        ],
      },
    };
    expect(await refusal(two)).toBe(
      'The answers in DIR are of several regions: eu-west-1, us-east-1. Put the answers of each region into a separate folder.',
    );
  });

  it('cannot be another than the answers show, whoever says so', async () => {
    expect(await refusal(arn('eu-west-1'))).toBe(
      "The answers in DIR are from eu-west-1, but the folder's name says us-east-1. Rename the folder, or give --source-region eu-west-1.",
    );
    expect(await refusal(arn('eu-west-1'), { region: 'us-west-2' })).toContain(
      'are from eu-west-1, but --source-region says us-west-2.',
    );
    expect(await region(arn('eu-west-1'), { region: 'eu-west-1' })).toBe('eu-west-1');
  });
});

describe('the account of a dump', () => {
  const account = async (files: Files) => (await read(files)).snapshot.account;
  const other = { OwnerId: '999988887777' };

  it('is the caller’s', async () => {
    const groups = [group('sg-1', other), group('sg-2', other), group('sg-3')];
    expect(await account({ 'c.json': CALLER, 'g.json': { SecurityGroups: groups } })).toBe(ME);
  });

  it('is the owner of the instances where the caller identity is another profile’s, which is said', async () => {
    const found = await read({
      'caller.json': { ...CALLER, Account: '999988887777' },
      'instances.json': { Reservations: [{ OwnerId: ME, Instances: [] }] },
      'images.json': { Images: [image('ami-1')] },
    });
    expect(found.snapshot.account).toBe(ME);
    expect(namesOf(found, 'images')).toEqual(['ami-1']);
    expect(notesOf(found)).toContain(
      'DIR: the caller identity is of account 999988887777, but the instances, security groups and VPCs read with it belong to account 111122223333; the account of what was read is used',
    );
    expect(gapsOf(found).filter((gap) => gap.startsWith('account'))).toEqual([]);
  });

  it('is a gap where some answers are the caller’s and some another account’s', async () => {
    const found = await read({
      'caller.json': CALLER,
      'instances.json': { Reservations: [{ ...other, Instances: [] }] },
      'images.json': { Images: [image('ami-1')] },
    });
    expect(gapsOf(found)).toContainEqual(
      expect.stringMatching(/^account malformed: DIR: .* two accounts are mixed\./),
    );
  });

  it('is the owner of most VPCs and groups', async () => {
    expect(
      await account({ 'g.json': { SecurityGroups: [group('sg-1'), group('sg-2'), group('sg-3', other)] } }),
    ).toBe(ME);
  });

  it('is the owner of most private images, not of the public ones that everybody sees', async () => {
    const amazon = { OwnerId: '137112412989', Public: true };
    const images = [
      image('ami-1'),
      image('ami-2', amazon),
      image('ami-3', amazon),
      image('ami-4', { OwnerId: '801119661308', ImageOwnerAlias: 'amazon' }),
    ];
    expect(await account({ 'i.json': { Images: images } })).toBe(ME);
  });

  it('is not known rather than guessed', async () => {
    expect(await account(VPCS)).toBeNull();
    expect(await account({ 'g.json': { SecurityGroups: [group('sg-1'), group('sg-2', other)] } })).toBeNull();
  });

  it('cannot be two', async () => {
    const second = { ...CALLER, Account: '999988887777' };
    expect(await refusal({ 'a.json': CALLER, 'b.json': second })).toContain(
      'are of several accounts: 111122223333, 999988887777.',
    );
  });
});
