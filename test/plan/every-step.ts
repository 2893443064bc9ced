import type { Operation, OperationOf, OperationType, Plan, PlannedRule } from '../../src/plan/model.ts';
import { planOf } from './plan-of.ts';

const rule: PlannedRule = {
  protocol: 'tcp',
  from: 443,
  to: 443,
  peer: { type: 'group', group: { madeBy: 'create-security-group' }, ownerId: null },
  description: 'web',
};
const ofGroup = { group: { madeBy: 'create-security-group' }, name: 'web', rules: [rule] } as const;
const image = { image: { madeBy: 'copy-image' }, name: 'golden' } as const;
const copy = { templateId: 'lt-1', version: 1, replace: [], marker: 'made by a plan' } as const;

/** A step of each type, by its type: those that are made before are made by the step of that type. */
const OPERATIONS: { readonly [T in OperationType]: OperationOf<T> } = {
  'create-prefix-list': {
    type: 'create-prefix-list',
    name: 'office',
    family: 'IPv4',
    maxEntries: 2,
    entries: [{ cidr: '192.0.2.0/24', description: 'office' }],
    tags: { team: 'a' },
  },
  'resize-prefix-list': { type: 'resize-prefix-list', list: { id: 'pl-1' }, name: 'office', maxEntries: 9 },
  'change-prefix-list': {
    type: 'change-prefix-list',
    list: { id: 'pl-1' },
    name: 'office',
    add: [{ cidr: '192.0.2.0/24', description: null }],
    remove: ['198.51.100.0/24'],
  },
  'create-security-group': {
    type: 'create-security-group',
    vpcId: 'vpc-1',
    name: 'web',
    description: 'web',
    tags: { team: 'a' },
    defaultEgress: [],
  },
  'authorize-rules': { type: 'authorize-rules', direction: 'ingress', ...ofGroup },
  'describe-rules': { type: 'describe-rules', direction: 'ingress', ...ofGroup },
  'revoke-rules': { type: 'revoke-rules', direction: 'egress', ...ofGroup },
  'import-key-pair': {
    type: 'import-key-pair',
    name: 'deploy',
    publicKey: 'ssh-ed25519 AAAA',
    tags: { team: 'a' },
  },
  'set-tags': {
    type: 'set-tags',
    resource: { id: 'sg-9' },
    of: 'security-group',
    name: 'web',
    tags: { team: 'a' },
  },
  'grant-key': {
    type: 'grant-key',
    keyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
    account: '222233334444',
    principal: 'arn:aws:iam::222233334444:root',
  },
  'share-image': { type: 'share-image', imageId: 'ami-1', account: '222233334444' },
  'share-snapshot': {
    type: 'share-snapshot',
    snapshotId: 'snap-1',
    imageId: 'ami-1',
    account: '222233334444',
  },
  'copy-image': {
    type: 'copy-image',
    imageId: 'ami-1',
    sourceRegion: 'us-east-1',
    name: 'golden',
    description: 'golden',
    tags: { team: 'a' },
    copyTags: false,
    encrypted: true,
    chosenKey: true,
  },
  'wait-for-image': { type: 'wait-for-image', ...image },
  'grant-launch': {
    type: 'grant-launch',
    ...image,
    grants: { everyone: true, accounts: ['222233334444'], organizations: [] },
  },
  'deprecate-image': { type: 'deprecate-image', ...image, at: '2030-01-01T00:00:00.000Z' },
  'protect-image': { type: 'protect-image', ...image, withCooldown: true },
  'put-parameter': {
    type: 'put-parameter',
    name: '/golden',
    image: { madeBy: 'copy-image' },
    overwrite: false,
  },
  'create-launch-template': { type: 'create-launch-template', name: 'app', tags: { team: 'a' }, copy },
  'copy-template-version': {
    type: 'copy-template-version',
    template: { madeBy: 'create-launch-template' },
    name: 'app',
    copy: { ...copy, version: 2, marker: 'made by a plan too' },
  },
  'create-template-version': {
    type: 'create-template-version',
    templateId: 'lt-2',
    name: 'other',
    baseVersion: 1,
    changes: { image: { madeBy: 'copy-image' }, groups: [{ madeBy: 'create-security-group' }] },
    marker: 'made by a plan',
  },
  'set-default-version': {
    type: 'set-default-version',
    template: { id: 'lt-2' },
    name: 'other',
    version: { madeBy: 'create-template-version' },
  },
};

const ON_SOURCE: ReadonlySet<OperationType> = new Set(['grant-key', 'share-image', 'share-snapshot']);

/** A plan with a step of each type, each side with a profile. */
export function planOfEveryStep(): Plan {
  const plan = planOf(OPERATIONS as Readonly<Record<string, Operation>>);
  return {
    ...plan,
    source: { ...plan.source, profile: 'prod' },
    target: { ...plan.target, profile: 'dr' },
    steps: plan.steps.map((step) => ({
      ...step,
      side: ON_SOURCE.has(step.operation.type) ? 'source' : 'target',
    })),
  };
}
