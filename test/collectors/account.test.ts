import { describe, expect, it } from 'vitest';
import { accountFrom, contradictionGap, type Owners } from '../../src/collectors/account.ts';

const ME = '111122223333';
const OTHER = '999988887777';
const THIRD = '555566667777';

const nothing: Owners = { caller: null, reservations: [], groups: [], vpcs: [], images: [] };
const group = (ownerId: string | null, name = 'web') => ({ ownerId, name });
const vpc = (ownerId: string, isDefault = false) => ({ ownerId, isDefault });

describe('the account of a side', () => {
  it.each<[string, Partial<Owners>, string | null]>([
    ['is the caller where nothing else was read', { caller: ME }, ME],
    ['is the caller of an account that only uses a shared VPC', { caller: ME, vpcs: [vpc(OTHER)] }, ME],
    [
      'is the caller where most groups are shared by another account',
      { caller: ME, groups: [group(OTHER), group(OTHER), group(ME)] },
      ME,
    ],
    [
      'is the caller where its images are its own and its groups are all shared',
      { caller: ME, groups: [group(OTHER)], vpcs: [vpc(OTHER)], images: [ME] },
      ME,
    ],
    ['is the owner of most groups, VPCs and instances', { groups: [group(ME), group(ME), group(OTHER)] }, ME],
    ['is the owner of the instances alone', { reservations: [ME] }, ME],
    ['is the owner of most private images where there is nothing else', { images: [ME, ME, OTHER] }, ME],
    ['is not guessed between two', { groups: [group(ME), group(OTHER)] }, null],
    ['is not guessed from nothing', {}, null],
    ['is not guessed from groups without owner', { groups: [group(null)] }, null],
  ])('%s', (_, owners, id) => {
    expect(accountFrom({ ...nothing, ...owners })).toEqual({ id, contradiction: null });
  });

  it.each<[string, Partial<Owners>, { id: string | null; mixed: boolean }]>([
    ['by an instance', { reservations: [OTHER] }, { id: OTHER, mixed: false }],
    ['by a default security group', { groups: [group(OTHER, 'default')] }, { id: OTHER, mixed: false }],
    ['by a default VPC', { vpcs: [vpc(OTHER, true)] }, { id: OTHER, mixed: false }],
    [
      'by everything together, though each of it could be shared',
      { groups: [group(OTHER)], vpcs: [vpc(OTHER)], images: [OTHER] },
      { id: OTHER, mixed: false },
    ],
    [
      'and the images are the caller’s all the same: the answers of two accounts are mixed',
      { reservations: [OTHER], images: [ME] },
      { id: OTHER, mixed: true },
    ],
    ['by two other accounts', { reservations: [OTHER, THIRD] }, { id: null, mixed: false }],
  ])('is not the caller, who is disproved %s', (_, owners, { id, mixed }) => {
    expect(accountFrom({ ...nothing, caller: ME, ...owners })).toEqual({
      id,
      contradiction: { caller: ME, owner: id, mixed },
    });
  });

  it('is what the gap about a mixture names', () => {
    expect(contradictionGap({ caller: ME, owner: OTHER, mixed: true }, 'DIR')).toEqual({
      kind: 'account',
      code: 'malformed',
      message: `DIR: the caller identity is of account ${ME}, but the instances, security groups and VPCs read with it belong to account ${OTHER}, and other answers to ${ME}: the answers of two accounts are mixed.`,
      hint: `Read everything with one profile, that of account ${OTHER}. \`aws sts get-caller-identity\` shows the account of a profile.`,
    });
  });
});
