import { describe, expect, it } from 'vitest';
import { renderHtml, renderMarkdown, renderTerminal } from '../../src/renderers/index.ts';
import type { Cause, Report, Workload } from '../../src/report/model.ts';
import { reportView } from '../../src/report/view/index.ts';
import { emptyReport, finding, sampleReport } from '../kit/report.ts';

function workload(name: string, verdict: Workload['verdict'], over: Partial<Workload> = {}): Workload {
  return { kind: 'instance', name, id: `i-${name}`, verdict, because: [], ...over };
}

/** So many workloads of each verdict. */
function counted(verdicts: Partial<Record<Workload['verdict'], number>>): Workload[] {
  return Object.entries(verdicts).flatMap(([verdict, n]) =>
    Array.from({ length: n }, (_, i) => workload(`${verdict}-${i}`, verdict as Workload['verdict'])),
  );
}

const cause = (name: string, over: Partial<Cause> = {}): Cause => ({
  id: name,
  title: `Cause ${name}`,
  remedy: 'Mend it.',
  findings: [],
  workloads: [],
  ...over,
});
const blockedBy = (name: string) =>
  cause(name, { workloads: [{ kind: 'instance', name: 'web', id: 'i-web', verdict: 'blocked' }] });
const terminal = (report: Report) =>
  renderTerminal(report, {
    columns: 80,
    color: false,
    failOn: 'high',
    written: [{ format: 'html', path: 'out/report.html' }],
    full: true,
  });

describe('who uses it', () => {
  it('is named once, though counterparts and the instances of a fleet bear one name', () => {
    const user = (name: string, side: 'source' | 'target', n = 0) =>
      ({ kind: 'instance', name, id: `i-${side}-${name}-${n}`, side }) as const;
    const usedBy = [
      user('web', 'source', 1),
      user('web', 'source', 2),
      user('db', 'source'),
      user('web', 'target'),
      user('new', 'target'),
    ];
    const report = { ...emptyReport(), findings: [finding({ rule: 'image/missing-copy', usedBy })] };
    expect(reportView(report).findings[0]?.usedBy.map((u) => `${u.name}: ${u.side}`)).toEqual([
      'web: both sides, 2 of them',
      'db: source',
      'new: target',
    ]);
    expect(terminal(report)).toContain(
      'used by: instance web (both sides, 2 of them), instance db, instance new',
    );
  });
});

describe('what was not read', () => {
  it('is said once of kinds that were not read for one reason', () => {
    const gap = (side: 'source' | 'target', kind: string) =>
      ({ side, kind, code: 'not-read', message: 'Too old.', hint: 'Anew.', blocking: true }) as const;
    const gaps = [gap('source', 'instance'), gap('source', 'stack'), gap('target', 'stack')];
    const { blocking, completeness } = reportView({ ...emptyReport(), complete: false, gaps });
    expect(blocking.map((g) => `${g.side} ${g.kind}`)).toEqual(['Source instance, stack', 'Target stack']);
    expect(completeness).toContain('3 parts');
  });
});

describe('how many causes do what', () => {
  it('is said, where they do not all do the same', () => {
    const both = { ...emptyReport(), causes: [blockedBy('a'), blockedBy('b'), cause('c')] };
    expect(terminal(both)).toContain('2 block a workload, 1 affects no workload.');
    expect(terminal({ ...both, causes: [blockedBy('a')] })).not.toContain('block a workload');
  });
});

describe('workloads in the view', () => {
  it('stand worst first, then by kind, name and id, whatever the order in the file', () => {
    const order = (workloads: readonly Workload[]) =>
      reportView({ ...sampleReport(), workloads }).workloads.map((w) => `${w.verdict} ${w.kind} ${w.name}`);
    const { workloads } = sampleReport();
    expect(order(workloads)).toEqual(order([...workloads].reverse()));
    expect(order(workloads).slice(0, 4)).toEqual([
      'blocked auto-scaling-group web',
      'blocked launch-template web',
      'blocked stack shop-prod',
      'degraded instance jenkins',
    ]);
  });

  it('say their reasons where an older report has no chains, and no reason twice where it has', () => {
    const found = finding({ rule: 'key-pair/missing', fingerprint: 'f1' });
    const view = (over: Partial<Workload>) =>
      reportView({
        ...emptyReport(),
        findings: [found],
        workloads: [workload('a', 'blocked', { because: ['f1', 'gone'], ...over })],
      }).workloads[0]?.chains;
    expect(view({})).toEqual([
      { verdict: 'blocked', steps: [], last: 'key-pair/missing web', anchor: 'finding-f1', also: [] },
    ]);
    const chains = [{ verdict: 'blocked' as const, steps: ['key pair web', 'is gone'], findings: ['f1'] }];
    expect(view({ chains })).toEqual([
      { verdict: 'blocked', steps: ['key pair web'], last: 'is gone', anchor: 'finding-f1', also: [] },
    ]);
  });

  it('name their side only where there are two', () => {
    const sides = (...of: ('source' | 'target')[]) =>
      reportView({
        ...emptyReport(),
        workloads: of.map((side, i) => workload(String(i), 'launchable', { side })),
      }).workloads.map((w) => w.side);
    expect(sides('source', 'source')).toEqual(['', '']);
    expect(sides('source', 'target')).toEqual(['source', 'target']);
  });
});

describe('many workloads and causes', () => {
  const many: Report = {
    ...emptyReport(),
    verdict: 'differences',
    workloads: counted({ blocked: 73, launchable: 5 }),
    causes: Array.from({ length: 14 }, (_, i) => blockedBy(String(i))),
  };

  it('are all in the full report of a terminal', () => {
    const text = terminal(many);
    expect(text).toContain('not ready: 73 of 78 workloads would not launch in eu-west-1 (14 fixes)');
    expect(text.match(/^ {2}blocked/gm)).toHaveLength(73);
    expect(text.match(/^ {2}Cause \d+/gm)).toHaveLength(14);
    expect(text).not.toMatch(/^ {2}launchable/m);
  });

  it('are bounded and counted in the short report of a terminal', () => {
    const text = renderTerminal(many, { columns: 80, color: false, failOn: 'high', written: [] });
    expect(text).toContain('WORKLOADS  ✖ 73 blocked  ✔ 5 launchable');
    expect(text.match(/^ {2}✖ {2}/gm)).toHaveLength(14);
    expect(text).toContain('\n  and 59 more\n');
    expect(text).toContain('FIX LIST  14 fixes');
  });

  it('are bounded in Markdown, and left out whole where they do not fit', () => {
    const markdown = renderMarkdown(many);
    expect(markdown.match(/^\| ✖ instance/gm)).toHaveLength(73);
    const more = { ...many, workloads: counted({ blocked: 173 }) };
    expect(renderMarkdown(more).match(/^\| ✖ instance/gm)).toHaveLength(100);
    expect(renderMarkdown(more)).toContain('\nand 73 more in the full report\n');
    expect(renderMarkdown(many, { maxBytes: 4_096 })).toContain(
      'Left out here for length: blocked workloads. The full report has it.',
    );
  });

  it('take no more than a few seconds: 10,000 findings, 5,000 workloads that rest on them', () => {
    const findings = Array.from({ length: 10_000 }, (_, i) =>
      finding({
        rule: 'security-group/missing',
        fingerprint: `f${i}`,
        subject: { name: `group-${i}`, scope: 'prod', sourceId: `sg-${i}`, targetId: null },
        usedBy: [{ kind: 'instance', name: `n${i}`, id: `i-${i}`, side: 'source' }],
      }),
    );
    const workloads = Array.from({ length: 5_000 }, (_, i) => {
      const because = [`f${2 * i}`, `f${2 * i + 1}`];
      const chains = because.map((f) => ({
        verdict: 'blocked' as const,
        steps: ['launch template web', 'security group of VPC prod', 'does not exist in eu-west-1'],
        findings: [f],
      }));
      return workload(`w${i}`, 'blocked', { because, chains });
    });
    const causes = findings.map((f) => cause(f.fingerprint, { findings: [f.fingerprint] }));
    const report: Report = { ...emptyReport(), verdict: 'differences', findings, workloads, causes };
    const started = process.cpuUsage();
    renderHtml(report);
    renderTerminal(report, { columns: 80, color: false, failOn: 'high', written: [] });
    renderMarkdown(report);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(15_000);
  }, 30_000);
});

describe('causes', () => {
  it('say at each finding how many the one fix resolves', () => {
    const fingerprints = ['a', 'b', 'c'];
    const report: Report = {
      ...emptyReport(),
      findings: fingerprints.map((fingerprint) => finding({ rule: 'image/missing-copy', fingerprint })),
      causes: [cause('x', { findings: ['a', 'b'] }), cause('y', { findings: ['c'] })],
    };
    expect(reportView(report).findings.map((f) => f.cause)).toEqual([
      { anchor: 'cause-1', title: 'Cause x', text: 'one fix resolves 2 findings' },
      { anchor: 'cause-1', title: 'Cause x', text: 'one fix resolves 2 findings' },
      null,
    ]);
  });

  it('bound what they name and say how much more there is', () => {
    const fingerprints = Array.from({ length: 15 }, (_, i) => `f${i}`);
    const report: Report = {
      ...emptyReport(),
      findings: fingerprints.map((fingerprint) => finding({ rule: 'image/missing-copy', fingerprint })),
      causes: [cause('x', { findings: fingerprints, workloads: counted({ degraded: 20, blocked: 1 }) })],
    };
    const [view] = reportView(report).causes;
    expect(view).toMatchObject({ countText: '15 findings, 21 workloads', verdict: 'blocked' });
    expect([view?.findings.length, view?.moreFindings]).toEqual([12, 'and 3 more']);
    expect([view?.workloads.length, view?.moreWorkloads]).toEqual([8, 'and 13 more']);
    expect(view?.workloads[0]?.verdict).toBe('blocked');
  });
});

describe('the blast radius', () => {
  it('is named up to a bound, unfolds, and beyond that is counted', () => {
    const usedBy = Array.from({ length: 230 }, (_, i) => ({
      kind: 'auto-scaling-group',
      name: `asg-${i}`,
      id: `asg-${i}`,
      side: 'source' as const,
    }));
    const report = { ...emptyReport(), findings: [finding({ rule: 'image/missing-copy', usedBy })] };
    const [view] = reportView(report).findings;
    expect([view?.users.shown.length, view?.users.more.length]).toEqual([6, 194]);
    expect(view?.users).toMatchObject({
      moreText: 'and 224 more',
      unshown: 'and 30 more, in report.json',
    });
    expect(terminal(report)).toContain('used by: Auto Scaling group asg-0, Auto Scaling group asg-1,');
    expect(terminal(report)).toMatch(/and 226\s+more/);
    expect(renderMarkdown({ ...report, phase: 'drift' })).toContain(' and 222 more.');
  });
});

describe('the head of the page', () => {
  it('states what could not be read only where that makes the run incomplete', () => {
    const html = renderHtml(sampleReport());
    const stated = html.indexOf(
      'Incomplete: not read, or not completely: prefix lists of the target (access-denied).',
    );
    expect(stated).toBeGreaterThan(0);
    expect(stated).toBeLessThan(html.indexOf('<div id="app">'));
    const limited = { ...sampleReport(), gaps: sampleReport().gaps.filter((g) => !g.blocking) };
    expect(renderHtml({ ...limited, complete: true })).not.toContain('<p class="incomplete">');
  });

  it('counts the workloads, and where there are none the findings', () => {
    const legend = (report: Report) =>
      [...renderHtml(report).matchAll(/<b>([\d,]+)<\/b> (\w+)</g)].map(([, n, word]) => `${n} ${word}`);
    expect(legend(sampleReport())).toEqual(['3 blocked', '2 degraded', '1 unknown', '2 launchable']);
    const findings = [finding({ rule: 'image/missing-copy', severity: 'critical' })];
    expect(legend({ ...emptyReport(), findings })).toEqual([
      '1 critical',
      '0 high',
      '0 medium',
      '0 low',
      '0 info',
    ]);
    expect(legend(emptyReport())).toEqual([]);
  });

  it('counts in phase verification what is missing before the workloads of the target', () => {
    const legend = (report: Report) =>
      [...renderHtml(report).matchAll(/<b>([\d,]+)<\/b> (\w+)</g)].map(([, n, word]) => `${n} ${word}`);
    const missing = ['a', 'b'].map((fingerprint) =>
      finding({ rule: 'workload/missing', kind: 'launch-template', fingerprint }),
    );
    const report = (phase: Report['phase'], more: Partial<Report> = {}): Report => ({
      ...sampleReport(),
      phase,
      findings: missing,
      ...more,
    });
    const workloads = ['3 blocked', '2 degraded', '1 unknown', '2 launchable'];
    expect(legend(report('verification'))).toEqual(['2 missing', ...workloads]);
    expect(legend(report('readiness'))).toEqual(workloads);
    expect(legend(report('verification', { findings: [] }))).toEqual(workloads);
    expect(legend(report('verification', { workloads: [] }))).toEqual(['2 missing']);
  });

  it('counts in phase drift what is new, worsened, persisting, unchecked and resolved', () => {
    const of = (status: 'new' | 'persisting', fingerprint: string) =>
      finding({ rule: 'image/missing-copy', status, fingerprint });
    const report: Report = {
      ...emptyReport(),
      phase: 'drift',
      findings: [of('new', 'a'), of('persisting', 'b'), of('persisting', 'c')],
      resolved: [of('persisting', 'd')],
    };
    const html = renderHtml(report);
    expect(html).toContain('aria-label="1 new, 0 worsened, 2 persisting, 0 unchecked, 1 resolved"');
    expect(html).toContain('href="#/findings?status&#x3D;resolved"');
  });

  it('says nothing of workloads where there are none', () => {
    expect(renderHtml(emptyReport())).not.toContain('id="s-workloads"');
    expect(terminal(emptyReport())).not.toMatch(/workload|CAUSES/i);
    expect(renderMarkdown(emptyReport())).not.toMatch(/workload|fix list/i);
  });
});
