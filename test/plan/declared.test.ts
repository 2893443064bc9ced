import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudFormationFiles } from '../../src/plan/cloudformation/index.ts';
import type { Declared } from '../../src/plan/declared.ts';
import type { Plan } from '../../src/plan/model.ts';
import { terraformFiles } from '../../src/plan/terraform/index.ts';
import type { Backend } from './deploy/backend.ts';
import { deployTemplates } from './deploy/cloudformation.ts';
import { Memory } from './deploy/memory.ts';
import { doSteps } from './deploy/steps.ts';
import { applyTerraform } from './deploy/terraform.ts';
import { defaultEgressOf, planArbitrary, TARGET } from './plan-arbitrary.ts';
import { mistakes } from './terraform/provider.ts';

const lists = new Map([
  ['pl-0', { maxEntries: 5, entries: [{ cidr: '192.0.2.0/24', description: null }] }],
  ['pl-1', { maxEntries: 5, entries: [] }],
]);
const LOCALHOST = 'cidr 127.0.0.1/32';

/** What the steps do that a format does not leave to the script. */
async function byScript({ steps }: Plan, { left }: Declared): Promise<string[]> {
  const memory = new Memory(defaultEgressOf);
  const out = new Set(
    left.filter((l) => l.step.operation.type !== 'create-security-group').map((l) => l.step.id),
  );
  const refused = left.filter((l) => !l.because.includes('127.0.0.1')).map((l) => l.step.id);
  await doSteps(
    steps.filter((s) => !out.has(s.id) && !refused.includes(s.id)),
    memory,
    lists,
  );
  return memory.done();
}
async function byFiles(declared: Declared, deploy: (files: Declared['files'], to: Backend) => Promise<void>) {
  const memory = new Memory(defaultEgressOf);
  await deploy(declared.files, memory);
  return memory.done().filter((line) => !line.includes(LOCALHOST));
}
const composed = (lines: string[]) => lines.map((l) => l.normalize('NFC')).sort();

describe('what Terraform and CloudFormation make of a plan is what its steps make', () => {
  it('Terraform, in the layout of terraform fmt', async () => {
    await fc.assert(
      fc.asyncProperty(planArbitrary, async (plan) => {
        const declared = terraformFiles(plan, { source: TARGET, target: TARGET });
        for (const { text } of declared.files) {
          expect(await format(text)).toBe(text);
          expect(mistakes(await parse('main.tf', text))).toEqual([]);
        }
        expect(composed(await byFiles(declared, applyTerraform))).toEqual(
          composed(await byScript(plan, declared)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('CloudFormation', async () => {
    await fc.assert(
      fc.asyncProperty(planArbitrary, async (plan) => {
        const declared = cloudFormationFiles(plan, TARGET);
        expect(await byFiles(declared, deployTemplates)).toEqual(await byScript(plan, declared));
      }),
      { numRuns: 40 },
    );
  });
});
