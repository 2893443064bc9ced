import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { compareAll } from '../../src/comparator/compare.ts';
import { compareWithPlan } from '../../src/plan/audited.ts';
import { withFixes } from '../../src/plan/fixes.ts';
import { redactedReport } from '../../src/redact/report.ts';
import { renderMarkdown, renderTerminal } from '../../src/renderers/index.ts';
import type { Report } from '../../src/report/model.ts';
import { islandOf } from '../../src/report/view/island/index.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { demoReport } from '../kit/demo.ts';
import { allow, type Estate, group, linesOf, snapshotOf, VPC } from '../kit/estate.ts';

const comparison = (source: Estate, target: Estate) => ({
  source: snapshotOf('us-east-1', { vpcs: [VPC], ...source }),
  target: snapshotOf('eu-west-1', { vpcs: [VPC], ...target }),
  config: {},
  phase: 'readiness' as const,
  scopes: SCOPES,
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:01.000Z',
  tool: { name: 'ec2-parity', version: '0.0.0' },
});
const LOOK = { columns: 80, color: false, failOn: 'high', written: [] } as const;
const ANY = '0.0.0.0/0';
const shells = (report: Report) => (report.plan?.steps ?? []).flatMap((s) => s.commands.map((c) => c.shell));

describe('the report of an audit', () => {
  it('has the steps of the plan as the commands of its findings, each once, and nothing that contradicts it', async () => {
    const report = await demoReport();
    const listed = report.findings.flatMap(linesOf);
    const steps = shells(report).filter((shell) => !/^for try|^aws ec2 wait/.test(shell));
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter((shell) => !listed.includes(shell))).toEqual([]);
    expect(listed.filter((line, i) => listed.indexOf(line) !== i)).toEqual([]);
    const fixes = (report.causes ?? []).flatMap((c) => c.commands ?? []).map((c) => c.shell);
    expect(fixes.filter((line, i) => fixes.indexOf(line) !== i)).toEqual([]);
  });

  it('says in the terminal, in Markdown and in the page what the plan would resolve', async () => {
    const report = await demoReport();
    const resolved = report.plan?.resolves.length;
    const said = `writes ${report.plan?.steps.length} steps that resolve ${resolved} of ${report.findings.length} findings; ${report.plan?.left.length} are left`;
    for (const text of [renderTerminal(report, LOOK), renderTerminal(report, { ...LOOK, full: true })])
      expect(text.replace(/\s+/g, ' ')).toContain(`ec2-parity plan … -o DIR ${said}`);
    expect([...renderMarkdown(report)].join('')).toContain(`\`ec2-parity plan … -o DIR\` ${said}`);
    expect(islandOf(report).island.planText).toBe(said);
  });

  it('says nothing of a plan that has no step', () => {
    const report = compareWithPlan(
      comparison({ securityGroups: [group('web', [])] }, { securityGroups: [] }),
    );
    expect(report.plan?.steps.length).toBeGreaterThan(0);
    const extra = compareWithPlan(comparison({ securityGroups: [] }, { securityGroups: [group('web', [])] }));
    expect(extra.plan?.steps).toEqual([]);
    expect(renderTerminal(extra, LOOK)).not.toContain('ec2-parity plan');
  });

  it('has no plan where proving one would take long, and the same commands', () => {
    const many = Array.from({ length: 150 }, (_, i) =>
      group(
        `g${i}`,
        Array.from({ length: 70 }, (_unused, j) => allow('tcp', j + 1, j + 1, '10.0.0.0/8')),
      ),
    );
    const large = comparison(
      { securityGroups: [...many, group('web', [allow('tcp', 22, 22, '10.0.0.0/8')])] },
      { securityGroups: [...many, group('web', [])] },
    );
    const report = compareWithPlan(large);
    expect(report.plan).toBeUndefined();
    expect(report.findings.flatMap(linesOf)).toHaveLength(1);
  });

  it('counts what the templates of stacks name among what takes long', () => {
    const disks = Array.from({ length: 26 }, (_, i) => ({
      DeviceName: `/dev/sd${String.fromCharCode(97 + i)}`,
      Ebs: { VolumeSize: 10, Encrypted: true },
    }));
    const launch = {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { BlockDeviceMappings: disks } },
    };
    const stack = (launches: number) => ({
      id: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1',
      name: 'app',
      status: 'CREATE_COMPLETE',
      tags: {},
      template: readTemplate(
        JSON.stringify({
          Resources: Object.fromEntries(Array.from({ length: launches }, (_, i) => [`Launch${i}`, launch])),
        }),
      ),
    });
    const planOf = (launches: number) =>
      compareWithPlan(comparison({ stacks: [stack(launches)] }, { stacks: [stack(launches)] })).plan;
    expect(planOf(10)).toBeDefined();
    expect(planOf(200)).toBeUndefined();
  });

  it('gives what a plan does only when it is allowed as commands too, after those of the plan', () => {
    const rows = [allow('tcp', 22, 22, '10.0.0.0/8'), allow('tcp', 443, 443, ANY)];
    const report = compareWithPlan(
      comparison(
        { securityGroups: [group('web', rows)] },
        { securityGroups: [group('web', [allow('tcp', 22, 23, '10.0.0.0/8')])] },
      ),
    );
    const [less, more] = report.findings.map(linesOf);
    // The plan authorizes nothing by default: the wider rule covers the one, and the other is open to any address.
    expect(report.plan?.steps).toEqual([]);
    expect(less).toEqual([expect.stringContaining('authorize-security-group-ingress')]);
    expect(more).toEqual([expect.stringContaining('revoke-security-group-ingress')]);
  });

  it('authorizes no rule a second time in what is done after the plan', () => {
    const report = compareWithPlan(
      comparison(
        { securityGroups: [group('web', [allow('tcp', 80, 80, '10.0.0.0/8'), allow('tcp', 443, 443, ANY)])] },
        { securityGroups: [group('web', [])] },
      ),
    );
    const [byDefault, allowed, ...others] = report.findings.flatMap(linesOf);
    expect(others).toEqual([]);
    expect(shells(report)).toEqual([]);
    expect(byDefault).toContain('"FromPort":80');
    expect(byDefault).not.toContain('443');
    expect(allowed).toContain('"FromPort":443');
    expect(allowed).not.toContain('"FromPort":80');
  });

  it('gives no commands for findings whose steps would make another finding', () => {
    const compared = compareAll(comparison({ securityGroups: [group('web', [])] }, { securityGroups: [] }));
    const [missing] = compared.report.findings;
    const report = withFixes(compared, new Set([missing?.fingerprint ?? '']));
    expect(report.findings.flatMap(linesOf)).toEqual([]);
  });

  it('says without a name what the plan would resolve where it is redacted', async () => {
    const redacted = redactedReport(await demoReport());
    expect(redacted.plan?.steps.length).toBeGreaterThan(0);
    expect(shells(redacted)).toEqual([]);
    expect(JSON.stringify(redacted.plan)).not.toMatch(/ci-runner|batch-worker|partners|sg-[0-9a-f]{8}/);
  });
});
