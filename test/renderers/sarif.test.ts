import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSarif } from '../../src/renderers/index.ts';
import type { Finding, Report } from '../../src/report/model.ts';
import { demoReport } from '../kit/demo.ts';
import { HOSTILE } from '../kit/hostile.ts';
import { hostileText, reportSaying } from '../kit/hostile-report.ts';
import type { LooseFinding } from '../kit/loose-finding.ts';
import { emptyReport, finding, sampleReport } from '../kit/report.ts';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: string; uriBaseId?: string };
        region: { startLine: number };
      };
      logicalLocations: { name: string; fullyQualifiedName: string }[];
    },
  ];
  partialFingerprints: { primaryLocationLineHash: string };
  baselineState?: string;
  suppressions?: { justification: string }[];
  properties: { severity: string; facts: object; factsLeftOut?: string[] };
}
interface Descriptor {
  id: string;
  name?: string;
  helpUri?: string;
  shortDescription?: { text: string };
  fullDescription?: { text: string };
  help?: { text: string; markdown?: string };
}
interface Run {
  tool: {
    driver: {
      informationUri: string;
      rules: (Descriptor & { properties: Record<string, unknown> })[];
      notifications: Descriptor[];
    };
  };
  automationDetails: { id: string };
  invocations: [
    {
      executionSuccessful: boolean;
      startTimeUtc?: string;
      toolExecutionNotifications: { level: string; message: { text: string } }[];
    },
  ];
  results: Result[];
}

const runOf = (report: Report, artifact?: string): Run =>
  JSON.parse(renderSarif(report, artifact === undefined ? {} : { artifact })).runs[0];
const withFindings = (findings: Finding[]): Report => ({ ...emptyReport(), findings });

/** The sample without its hostile half, so that a person can read the golden. */
function legible(): Report {
  const report = sampleReport();
  const kind = (f: Finding) => !f.fingerprint.startsWith('hostile');
  return { ...report, findings: report.findings.filter(kind) };
}

describe('a finding about a template file', () => {
  const at = (file: string, line: number | null) => {
    const facts = { reference: 'ami-1', file, line };
    const [result] = runOf(
      withFindings([finding({ rule: 'reference/hard-coded-image', kind: 'stack', facts })]),
    ).results;
    return result?.locations[0].physicalLocation;
  };

  it('stands on its line of that file', () => {
    expect(at('./infra/web stack.yaml', 12)).toEqual({
      artifactLocation: { uri: 'infra/web%20stack.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12 },
    });
  });

  it('names a file outside the repository by its address, and line 1 where the line is not known', () => {
    expect(at('/srv/infra/web.json', null)).toEqual({
      artifactLocation: { uri: 'file:///srv/infra/web.json' },
      region: { startLine: 1 },
    });
  });
});

describe('the SARIF report', () => {
  it('looks like this', async () => {
    await expect(renderSarif(legible())).toMatchFileSnapshot('golden/report.sarif');
  });

  it('is one run without results where nothing was found', () => {
    const { results, invocations } = runOf(emptyReport());
    expect(results).toEqual([]);
    expect(invocations[0]).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
  });

  it('gives the same bytes every time', () => {
    expect(renderSarif(sampleReport())).toBe(renderSarif(sampleReport()));
  });

  it('holds every finding and waived one, none that is resolved, each with its fingerprint and a rule of its own id', async () => {
    for (const report of [sampleReport(), await demoReport()]) {
      const { results, tool } = runOf(report);
      const all = [...report.findings, ...report.waived].map((f) => f.fingerprint);
      expect(results.map((r) => r.partialFingerprints.primaryLocationLineHash).sort()).toEqual(all.sort());
      for (const r of results) expect(tool.driver.rules[r.ruleIndex]?.id).toBe(r.ruleId);
      expect(tool.driver.rules.slice(0, report.rules.length).map((r) => r.id)).toEqual(
        report.rules.map((r) => r.id),
      );
    }
  });

  it.each([
    ['critical', 'error', '9.0'],
    ['high', 'error', '7.0'],
    ['medium', 'warning', '4.0'],
    ['low', 'note', '2.0'],
    ['info', 'note', '0.0'],
  ] as const)('says %s as level %s and security-severity %s', (severity, level, number) => {
    const { results, tool } = runOf(withFindings([finding({ rule: 'image/new', severity })]));
    expect(results[0]?.level).toBe(level);
    expect(tool.driver.rules[0]?.properties['security-severity']).toBe(number);
  });

  it('lets no alert look milder than its finding: a rule has the severity of its gravest', () => {
    const report = sampleReport();
    const graver = finding({ rule: 'image/tags-differ', severity: 'critical' });
    const rule = (r: Report) => runOf(r).tool.driver.rules.find(({ id }) => id === 'image/tags-differ');
    expect(rule(report)?.properties['security-severity']).toBe('2.0');
    expect(rule({ ...report, findings: [graver] })?.properties['security-severity']).toBe('9.0');
  });

  it('places every result in a file of the repository: the config, by its path from the root', () => {
    const place = (artifact?: string) =>
      runOf(withFindings([finding({ rule: 'image/new' })]), artifact).results[0]?.locations[0]
        .physicalLocation;
    const at = (uri: string) => ({
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: 1 },
    });
    expect(place()).toEqual(at('ec2-parity.config.yaml'));
    expect(place('audits/a b#1.yaml')).toEqual(at('audits/a%20b%231.yaml'));
    expect(place('file:///etc/x.yaml')?.artifactLocation).toEqual({ uri: 'file:///etc/x.yaml' });
  });

  it('names the object on each side where it stands, with its direction', () => {
    const places = (over: Partial<LooseFinding>, report = emptyReport()) =>
      runOf({
        ...report,
        findings: [finding({ rule: 'security-group/allows-more', ...over })],
      }).results[0]?.locations[0].logicalLocations.map((l) => l.fullyQualifiedName);
    const subject = { name: 'web/a', scope: 'prod', sourceId: 'sg-1', targetId: 'sg-2' };
    const both = [
      'aws:111111111111:us-east-1:sg/prod/web%2Fa#ingress',
      'aws:222222222222:eu-west-1:sg/prod/web%2Fa#ingress',
    ];
    expect(places({ subject, facts: { direction: 'ingress' } })).toEqual(both);
    expect(places({ subject: { ...subject, targetId: null } })).toEqual([
      'aws:111111111111:us-east-1:sg/prod/web%2Fa',
    ]);
    const { source } = emptyReport();
    expect(places({ subject }, emptyReport({ target: source }))).toHaveLength(1);
  });

  it('says what is new and what unchanged where a baseline was compared with, and nothing of it where none was', () => {
    const states = (r: Report) => runOf(r).results.map((x) => x.baselineState);
    const old = finding({ rule: 'image/a', status: 'persisting' });
    const fresh = finding({ rule: 'image/b' });
    const gone = finding({ rule: 'image/c' });
    expect(states({ ...withFindings([old, fresh]), resolved: [gone] })).toEqual(['unchanged', 'new']);
    expect(states(withFindings([fresh]))).toEqual([undefined]);
  });

  it('keeps what was not checked again, so that code scanning does not close its alert', () => {
    const unread = finding({ rule: 'image/d', fingerprint: 'd' });
    const [result] = runOf({ ...withFindings([]), unchecked: [unread] }).results as unknown as {
      baselineState: string;
      message: { text: string };
      properties: { status: string };
    }[];
    expect([result?.properties.status, result?.message.text]).toEqual([
      'unchecked',
      expect.stringMatching(/^Not checked in this run; the baseline has it\.\n/),
    ]);
  });

  it('suppresses what is waived, with the reason, who and until when', () => {
    const waived = runOf(sampleReport()).results.filter((r) => r.suppressions);
    expect(waived.map((r) => r.suppressions?.[0]?.justification)).toEqual([
      'Waived by net-team until 2027-01-31: Office range, moves in January (CHG-4411).',
    ]);
  });

  it('is no successful execution when something could not be read, and says what', () => {
    const [invocation] = runOf(sampleReport()).invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications.map((n) => n.level)).toEqual(['error', 'note']);
    const [unexplained] = runOf(emptyReport({ complete: false })).invocations;
    expect(unexplained.toolExecutionNotifications.map((n) => n.level)).toEqual(['error']);
  });

  it('is one run of code scanning per pair of accounts and regions', () => {
    const id = (source: string | null, target: string | null) => {
      const { source: from, target: to } = emptyReport();
      return runOf(emptyReport({ source: { ...from, account: source }, target: { ...to, account: target } }))
        .automationDetails.id;
    };
    expect(id('111111111111', '222222222222')).toBe(
      'ec2-parity/111111111111:us-east-1..222222222222:eu-west-1/',
    );
    expect(id('333333333333', null)).toBe('ec2-parity/333333333333:us-east-1..eu-west-1/');
  });

  it('describes every rule and every notice as GitHub requires, also a rule that the report has no text of', async () => {
    const unknown = withFindings([finding({ rule: 'image/of-a-later-version' })]);
    for (const report of [sampleReport(), await demoReport(), unknown]) {
      const { rules, notifications, informationUri } = runOf(report).tool.driver;
      expect(informationUri).toMatch(/^https:/);
      for (const { id, name, shortDescription, fullDescription, help } of [...rules, ...notifications]) {
        const texts = [shortDescription?.text, fullDescription?.text, help?.text, help?.markdown];
        for (const text of texts) expect(text?.length ?? 0, id).toBeGreaterThan(3);
        for (const text of texts.slice(0, 2)) expect(text?.length).toBeLessThanOrEqual(1_024);
        expect(name ?? '', id).toMatch(/^\p{Lu}[\p{L}\p{N}]+$/u);
      }
    }
    expect(runOf(unknown).tool.driver.rules[0]?.name).toBe('ImageOfaLaterVersion');
  });

  it('keeps the 5,000 worst results, and says how many it leaves out', () => {
    const many = Array.from({ length: 5_004 }, (_, i) =>
      finding({ rule: 'image/a', fingerprint: `f${i}`, severity: i > 5_000 ? 'critical' : 'low' }),
    );
    const { results, invocations } = runOf(withFindings(many));
    expect(results).toHaveLength(5_000);
    expect(results.slice(0, 4).map((r) => r.properties.severity)).toEqual([
      'critical',
      'critical',
      'critical',
      'low',
    ]);
    expect(invocations[0].toolExecutionNotifications[0]?.message.text).toMatch(/^4 results left out/);
  });

  it('leaves long facts to report.json, by name', () => {
    const facts = { direction: 'ingress', rows: { source: ['x'.repeat(2_000)], target: [] } };
    const [only] = runOf(withFindings([finding({ rule: 'image/a', facts })])).results;
    expect(only?.properties).toMatchObject({ facts: { direction: 'ingress' }, factsLeftOut: ['rows'] });
  });

  it('lets data make no link, no placeholder and no moment', () => {
    const said = (text: string) => runOf(reportSaying(text));
    expect(said(HOSTILE.markdown).results[0]?.message.text).toContain('[link] (javascript:alert(5))');
    expect(said('{0} {x}').results[0]?.message.text).toContain('{{0}} {{x}}');
    expect(said('yesterday').invocations[0]).not.toHaveProperty('startTimeUtc');
  });

  it('links to https alone, and only by an address that is one to the letter', () => {
    for (const text of ['javascript:alert(1)', 'http://x.example/', 'https://x.example/a#b#c']) {
      const [first] = runOf(reportSaying(text)).tool.driver.rules;
      expect(first?.helpUri ?? 'https://x.example/').toMatch(/^https:\/\/x\.example\/[^#]*(#[^#]*)?$/);
    }
  });

  it('stays JSON that sends no control character anywhere and keeps ids and rules together, whatever the data', () => {
    fc.assert(
      fc.property(hostileText, (data) => {
        const text = renderSarif(reportSaying(data));
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        const { results, tool } = JSON.parse(text).runs[0] as Run;
        const ids = tool.driver.rules.map((r) => r.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const r of results) {
          expect(ids[r.ruleIndex]).toBe(r.ruleId);
          expect(r.message.text).not.toMatch(/\]\(|(?<!\{)\{(?:\{\{)*(?!\{)/);
          const names = r.locations[0].logicalLocations.map((l) => l.fullyQualifiedName);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
    );
  });
});
