import { bothEnds } from '../../pairing/counterpart.ts';
import { sharingOwners } from '../../pairing/owners.ts';
import { always, rule } from '../rule.ts';

const SHARED = 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-sharing.html';

export const securityGroupOwnerDiffers = rule({
  id: 'security-group/owner-differs',
  title: 'Another account owns one of the two groups',
  short: 'shared by another account',
  severity: always('low'),
  compares:
    'The owners of a pair of groups: the account of the side itself, or another account that shares the group with it.',
  why: 'The owner of a shared group can change its rules at any time, and what uses the group depends on the share.',
  remedy:
    'Nothing to do where the group is shared intentionally. Otherwise create a group in your own account.',
  links: [SHARED],
  *find(pair, context) {
    if (!bothEnds(pair)) return;
    const owners = sharingOwners(pair, context);
    if (owners.source === owners.target) return;
    yield { facts: { ...owners }, content: { shared: [owners.source !== null, owners.target !== null] } };
  },
  message: ({ source: from, target: to }, { name, source, target }) => {
    const end = (owner: string | null, place: string) =>
      owner === null ? `owned by the account itself in ${place}` : `shared by account ${owner} in ${place}`;
    return `Security group "${name}" is ${end(from, source)} and ${end(to, target)}.`;
  },
});
