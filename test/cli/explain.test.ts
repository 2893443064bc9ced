import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/comparator/config.ts';
import { renderJson } from '../../src/renderers/index.ts';
import { renderExplanation } from '../../src/renderers/terminal/explain/index.ts';
import type { Report } from '../../src/report/model.ts';
import { trafficView } from '../../src/report/view/traffic.ts';
import { visible } from '../../src/text/printable.ts';
import { demoReport } from '../kit/demo.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import { emptyReport, finding } from '../kit/report.ts';
import { run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const LOOK = { columns: 80, color: false };

function explained(report: Report, rule: string, name?: string, columns = 80): string {
  const found = report.findings.find(
    (f) => f.rule === rule && (name === undefined || f.subject.name === name),
  );
  if (!found) throw new Error(`no finding ${rule}`);
  return renderExplanation(report, found, 'report.json', { ...LOOK, columns });
}

describe('the explanation of a finding', () => {
  it('has both objects, how they were paired, their rules, the traffic, the users and the commands in order', async () => {
    const text = explained(await demoReport(), 'security-group/allows-more', 'bastion', 120);
    const order = [
      'critical  security-group/allows-more  security group bastion (VPC prod)',
      'WHY IT MATTERS',
      'OBJECTS',
      'us-east-1 (source)',
      'sg-3e2f425b55412692f',
      'vpc-ec1a045fe5204a33b',
      'PAIRED BY VPC AND NAME',
      'AS READ, ingress',
      'target only, open to any address',
      'TRAFFIC, ingress, that only eu-west-1 (target) admits',
      'tcp 22 (ssh) from 0.0.0.0/0 except 203.0.113.0/24',
      'USED BY',
      'It degrades instance bastion, together with fix',
      'NOT WAIVED',
      'FIX ',
      'aws ec2 authorize-security-group-ingress ',
      'aws ec2 revoke-security-group-ingress ',
      'MORE',
      'ec2-parity rules security-group/allows-more',
    ];
    let at = 0;
    for (const part of order) {
      const next = text.indexOf(part, at);
      expect([part, next >= at]).toEqual([part, true]);
      at = next;
    }
  });

  it('says of an object of one side that it was not paired', async () => {
    const text = explained(await demoReport(), 'key-pair/missing');
    expect(text).toContain('NOT PAIRED');
    expect(text).toMatch(/^ {2}id +key-\S+ +none$/m);
  });

  it('has something for every finding of the demo, within the width but for what is never broken', async () => {
    const report = await demoReport();
    for (const found of report.findings) {
      const lines = renderExplanation(report, found, 'report.json', LOOK).trimEnd().split('\n');
      expect(lines[0]).toContain(found.rule);
      const long = lines.filter((line) => line.length > 80 && line.trimStart().includes(' '));
      expect(long.filter((line) => !/^ {4}\S/.test(line) && line.length > 160)).toEqual([]);
    }
  });

  describe('has each part for every rule of the demo, or says why not', async () => {
    const phases = ['readiness', 'verification', 'drift'] as const;
    const reports = await Promise.all(phases.map((phase) => demoReport({}, undefined, phase)));
    const first = new Map<string, { readonly report: Report; readonly found: Report['findings'][number] }>();
    for (const report of reports)
      for (const found of report.findings)
        if (!first.has(found.rule)) first.set(found.rule, { report, found });

    it.each([...first.values()].map(({ report, found }) => [found.rule, report, found] as const))(
      '%s',
      (_rule, report, found) => {
        const text = renderExplanation(report, found, 'report.json', { ...LOOK, columns: 200 });
        const section = (title: RegExp) => text.split('\n\n').find((block) => title.test(block)) ?? '';
        const pair = report.pairs.find((p) => p.findings.includes(found.fingerprint));
        expect(text.replace(/\s+/g, ' ')).toContain(visible(found.message).replace(/\s+/g, ' '));
        for (const id of [found.subject.sourceId, found.subject.targetId])
          if (id !== null) expect(section(/^OBJECTS/)).toContain(id);
        expect(section(/^WHY IT MATTERS/)).not.toBe('');
        const both = pair?.source && pair.target;
        expect(section(both ? /^PAIRED BY .*\n {2}\S/ : /^NOT PAIRED\n {2}\S/)).not.toBe('');
        expect(section(/^AS READ(, .*)?\n {2}/)).not.toBe('');
        expect(section(/^TRAFFIC/) !== '').toBe(trafficView(found) !== null);
        expect(section(/^USED BY\n {2}\S/)).not.toBe('');
        expect(section(/^NOT WAIVED\n {2}Waivers tried: none, the config has none\./)).toContain(
          `ec2-parity waive ${found.fingerprint}`,
        );
        const cause = report.causes?.find((c) => c.findings.includes(found.fingerprint));
        const commands = found.commands?.length ? found.commands : (cause?.commands ?? []);
        const fix = section(cause ? /^FIX \d+/ : /^WHAT TO DO/);
        for (const { shell } of commands) expect(fix).toContain(`\n    ${shell}`);
        expect(fix.includes('No command does this.')).toBe(commands.length === 0);
        expect(section(/^MORE/)).toContain(`ec2-parity rules ${found.rule}`);
      },
    );
    it('of which there are most', () => expect(first.size).toBeGreaterThan(55));
  });

  it('says which waivers were tried, and why none of them applies', async () => {
    const report = await demoReport();
    const own = report.findings.find((f) => f.rule === 'key-pair/missing');
    if (!own) throw new Error('no finding');
    const waiver = (at: string, because: 'expired' | 'exceeded' | 'too-broad' | null) => ({
      at,
      about: 'key-pair/* "ci-*"',
      until: '2026-10-31',
      waived: 0,
      refused: because === null ? [] : [{ fingerprint: own.fingerprint, because }],
    });
    const all = [
      waiver('waivers[0]', null),
      waiver('waivers[1]', 'expired'),
      waiver('waivers[2]', 'exceeded'),
      waiver('waivers[3]', 'too-broad'),
    ];
    const text = renderExplanation({ ...report, waivers: all }, own, 'report.json', {
      ...LOOK,
      columns: 200,
    });
    expect(text).toContain('Tried: waivers[1], for key-pair/* "ci-*": it expired on 2026-10-31.');
    expect(text).toContain('Tried: waivers[2], for key-pair/* "ci-*": it is pinned,');
    expect(text).toContain('Tried: waivers[3], for key-pair/* "ci-*": what is missing');
    expect(text).toContain('1 other waiver of the config does not select it.');
  });

  it('names who waived it, until when, and why', () => {
    const own = finding({ rule: 'image/missing-copy' });
    const waived = [
      { ...own, waiver: { reason: 'moves in January', owner: 'platform', until: '2026-12-31' } },
    ];
    const [only] = waived;
    if (!only) throw new Error('no finding');
    const text = renderExplanation({ ...emptyReport(), waived }, only, 'report.json', LOOK);
    expect(text).toMatch(/WAIVED\n {2}moves in January by platform\. Expires in \d+ days, on 2026-12-31/);
    expect(text).toContain(' · waived · ');
  });

  it('lets no control character through', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const report = reportSaying(data);
        for (const found of report.findings)
          expect(renderExplanation(report, found, 'r.json', LOOK).replaceAll('\n', '')).not.toMatch(
            /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
          );
      }),
      { numRuns: 30 },
    );
  });
});

test('explain prints it from a saved report, and names what a wrong fingerprint may have meant', async () => {
  const report = await demoReport();
  const path = join(folder, 'report.json');
  writeFileSync(path, renderJson(report));
  const own = report.findings.find((f) => f.subject.name === 'crawler');
  const { code, stdout, stderr } = await run(['explain', own?.fingerprint ?? '', path]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(own?.rule);
  // What it suggests can be run: the waiver holds for this finding, as it is now.
  const [, ...waive] = /^ {4}ec2-parity (waive) (.+)$/m.exec(stdout)?.slice(1).join(' ').split(' ') ?? [];
  const config = join(folder, 'ec2-parity.config.yaml');
  const waived = await run(['waive', ...waive, '--config', config]);
  expect(waived.code).toBe(0);
  const { waivers = [] } = configSchema.parse(parse(readFileSync(config, 'utf8')));
  expect(waivers).toEqual([
    expect.objectContaining({ rule: own?.rule, subject: 'crawler', pin: own?.content, until: '2027-02-13' }),
  ]);
  const wrong = await run(['explain', 'bastion', path]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/no finding has the fingerprint "bastion"/);
  expect(wrong.stderr).toMatch(/2 findings are about "bastion": [0-9a-f]{16} \(/);
});
