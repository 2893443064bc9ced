import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBundle } from '../../src/plan/bundle.ts';
import { stepsText } from '../../src/plan/markdown/words.ts';
import { ACCOUNT, allow, type Estate, group, snapshotOf, VPC } from '../kit/estate.ts';
import { estates } from '../kit/random-estate.ts';
import { type Planned, planned } from './kit.ts';

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };

function markdownOf({ plan, report }: Planned, target: Estate = {}): string {
  const side = snapshotOf('eu-west-1', target);
  const files = planBundle(plan, report, { source: side, target: side });
  return files.find((f) => f.name === 'plan.md')?.text ?? '';
}

/** The headings of the first two levels, without counts. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,2} (.*?)(?: \(\d+\))?$/gm)].map((m) => m[1] ?? '');
}

/** The text of each step, without its commands. */
function steps(markdown: string): string[] {
  const part = /^## Steps .*?$([\s\S]*?)(?=^## )/m.exec(`${markdown}\n## `)?.[1] ?? '';
  return part
    .split(/^### \d+\. /m)
    .slice(1)
    .map((step) => step.replace(/^(`{3,})sh$[\s\S]*?^\1$/gm, ''));
}

const list = {
  PrefixListId: 'pl-1',
  PrefixListName: 'office',
  AddressFamily: 'IPv4',
  MaxEntries: 3,
  OwnerId: ACCOUNT,
  Entries: ['192.0.2.0/28'],
};
const IMAGE = {
  ImageId: 'ami-1',
  Name: 'golden',
  OwnerId: ACCOUNT,
  State: 'available',
  CreationDate: '2026-01-01T00:00:00.000Z',
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
};

describe('plan.md', () => {
  it('says what the plan does, how to run it, the steps, what is left, the order, and the other formats', () => {
    const made = planned(
      { vpcs: [VPC], securityGroups: [group('web', [allow('tcp', 443, 443, '10.0.0.0/8')])] },
      { vpcs: [VPC], securityGroups: [group('web', []), group('old', [])] },
    );
    expect(headings(markdownOf(made))).toEqual([
      'Remediation plan: us-east-1 to eu-west-1',
      'What this plan does',
      'How to run it',
      'Steps',
      'Left by the plan',
      'Why this order',
      'The plan as Terraform or CloudFormation',
    ]);
  });

  it('names the step that needs a step, and what a step is a part of', () => {
    const made = planned(
      {
        vpcs: [VPC],
        prefixLists: [list],
        securityGroups: [group('web', [allow('tcp', 443, 443, 'pl-1')])],
        images: [IMAGE],
      },
      { vpcs: [VPC], securityGroups: [group('web', [])] },
    );
    const [make = '', authorize = '', copy = '', wait = ''] = steps(markdownOf(made));
    expect(make).toContain('Prefix list "office" (1 entry) does not exist in eu-west-1.');
    expect(make).toContain('Step 2 needs it.');
    expect(authorize).toContain('Runs on the target, after step 1.');
    expect(copy).toMatch(
      /Is part of what resolves:\n\n- .* image\/missing-copy golden `\S+`, resolved once step 4 is done/,
    );
    expect(wait).toMatch(/Resolves:\n\n- .* image\/missing-copy golden/);
  });

  it('says what takes long and costs, and which side each step changes', () => {
    const [quick, long] = [
      planned({ vpcs: [VPC], prefixLists: [list] }, {}),
      planned({ images: [IMAGE] }, { account: '222233334444' }),
    ];
    expect(markdownOf(quick)).toContain('nothing is changed on the source (us-east-1 of account');
    expect(markdownOf(quick)).toContain('No step copies data');
    expect(markdownOf(long)).toContain('Steps 1 and 2 change the source (us-east-1 of account');
    expect(markdownOf(long)).toContain('Copies of images (step 3) take minutes to hours');
    expect(markdownOf(long)).toMatch(/SOURCE_PROFILE .* and TARGET_PROFILE/);
    expect(markdownOf(long)).toContain('at least one profile has to be set');
    expect(markdownOf(quick)).not.toContain('SOURCE_PROFILE');
  });

  it('says at the top that it revokes, only where it does', () => {
    const [source, target] = [
      { vpcs: [VPC], securityGroups: [group('web', [])] },
      { vpcs: [VPC], securityGroups: [group('web', [allow('tcp', 22, 22, '10.0.0.0/8')])] },
    ];
    const text = 'It revokes rules that groups of the target have now, which --allow-revoke allows (step 1).';
    expect(markdownOf(planned(source, target, EVERYTHING))).toContain(text);
    expect(markdownOf(planned(target, source, EVERYTHING))).not.toContain('It revokes');
  });

  it('gives each step of every plan a reason', () => {
    fc.assert(
      fc.property(estates, fc.constantFrom(EVERYTHING, {}), ({ source, target }, options) => {
        const made = planned(source, target, options);
        const texts = steps(markdownOf(made, target));
        expect(texts.length).toBe(made.plan.steps.length);
        for (const text of texts)
          expect(text).toMatch(/^(Resolves:|Is part of what resolves:|What step|Steps? .* needs? it\.)/m);
        for (const { id, resolves, serves } of made.plan.steps) {
          const later = made.plan.steps.slice(made.plan.steps.findIndex((s) => s.id === id) + 1);
          for (const f of serves) expect(later.flatMap((s) => s.resolves)).toContain(f);
          expect(made.plan.resolves).toEqual(expect.arrayContaining([...resolves, ...serves]));
        }
      }),
      { numRuns: 25 },
    );
  });
});

it.each([
  [[3], 'step 3'],
  [[1, 2], 'steps 1 and 2'],
  [[2, 3, 4], 'steps 2 to 4'],
  [[9, 1, 2, 3, 5, 6], 'steps 1 to 3, 5, 6 and 9'],
  [[1, 3, 5, 7, 9, 11, 13, 15, 17], 'steps 1, 3, 5, 7, 9, 11, 13, 15 and more'],
])('the steps %j are "%s"', (numbers, text) => {
  expect(stepsText(numbers)).toBe(text);
});
