import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAll } from '../../../src/comparator/compare.ts';
import type { Command } from '../../../src/report/command.ts';
import type { RuleId } from '../../../src/report/rules/index.ts';
import { SCOPES } from '../../../src/report/vocabulary.ts';
import { demoSide } from '../../kit/demo.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { estates } from '../../kit/random-estate.ts';
import { mosaics } from '../../plan/reasons/mosaic.ts';

const COPY = [
  'ec2 copy-image',
  'ec2 modify-image-attribute',
  'ec2 modify-snapshot-attribute',
  'kms create-grant',
  'ec2 create-store-image-task',
  'ec2 create-restore-image-task',
];

/**
 * What a person can run that no plan does: it replaces or removes something on the target, or it is a copy that needs a
 * decision. Every other command that changes something is a step of the plan.
 */
const MANUAL: { readonly [Id in RuleId]?: readonly string[] } = {
  // The key pair of the target is deleted first.
  'key-pair/different-key': ['ec2 delete-key-pair', 'ec2 import-key-pair'],
  // A key whose length ImportKeyPair does not document.
  'key-pair/missing': ['ec2 import-key-pair'],
  'key-pair/renamed': ['ec2 import-key-pair'],
  'key-pair/undocumented-length': ['ec2 import-key-pair'],
  // Another copy, under another name.
  'image/attributes-differ': COPY,
  'image/content-differs': COPY,
  'image/encryption-differs': COPY,
  'image/not-a-copy': COPY,
  'image/stale-copy': COPY,
  'image/unusable-copy': [
    ...COPY,
    'ec2 enable-image',
    'ec2 enable-image-deprecation',
    'ec2 disable-image-deprecation',
  ],
  'image/missing-copy': [...COPY, 'ec2 restore-image-from-recycle-bin'],
  // Permissions, dates and protection that only the copy has are taken away.
  'image/launch-permissions-differ': ['ec2 modify-image-attribute'],
  'image/lifecycle-differs': [
    'ec2 enable-image-deprecation',
    'ec2 disable-image-deprecation',
    'ec2 enable-image-deregistration-protection',
  ],
  // On the source, where a plan changes nothing but who may copy.
  'reference/dangling': ['ssm put-parameter'],
};

/** The operations of a line that change something, as the AWS CLI names them. */
function changes({ shell }: Command): string[] {
  const all = [...shell.matchAll(/\baws (s3|ec2|ssm|kms|cloudformation|autoscaling|iam) ([a-z-]+)/g)];
  return all
    .map(([, service, verb]) => `${service} ${verb}`)
    .filter((o) => !/ (describe|get|list|search|wait)/.test(o));
}

const comparison = (sides: Pick<Comparison, 'source' | 'target' | 'config'>): Comparison => ({
  ...sides,
  phase: 'readiness',
  scopes: SCOPES,
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:01.000Z',
  tool: { name: 'ec2-parity', version: '0.0.0' },
});

/** What breaks the rule, in a report without the steps of the plan. */
function wrong(input: Comparison): string[] {
  const { findings, causes = [] } = compareAll(input).report;
  const shells = new Set(findings.flatMap(({ commands = [] }) => commands.map((c) => c.shell)));
  return [
    ...findings.flatMap(({ rule, commands = [] }) =>
      commands
        .flatMap(changes)
        // Commands of S3 carry the image that is stored.
        .filter((o) => !(MANUAL[rule] ?? []).concat('s3 cp').includes(o))
        .map((o) => `${rule}: ${o}`),
    ),
    // A fix has the commands of its findings.
    ...causes.flatMap(({ title, commands = [] }) =>
      commands
        .filter((c) => changes(c).length > 0 && !shells.has(c.shell))
        .map((c) => `${title}: ${c.shell}`),
    ),
  ];
}

describe('a command that changes something', () => {
  it('is a step of the plan, or one of the few that replace, remove or copy again, in the demo estate', async () => {
    const sides = { source: await demoSide('source'), target: await demoSide('target'), config: {} };
    expect(wrong(comparison(sides))).toEqual([]);
  });

  it('is so for random estates', () => {
    fc.assert(
      fc.property(fc.oneof(mosaics, estates), (sides) => {
        const config = 'config' in sides ? sides.config : {};
        const [source, target] = [
          snapshotOf('us-east-1', sides.source),
          snapshotOf('eu-west-1', sides.target),
        ];
        expect(wrong(comparison({ source, target, config }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
