import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/comparator/compare.ts';
import { contentPlan } from '../../../src/comparator/images/content-plan.ts';
import { baselineOf } from '../../../src/drift/baseline.ts';
import type { ContentDevice, ContentEvidence, ContentImage } from '../../../src/inventory/content.ts';
import type { AwsImage } from '../../../src/inventory/image.ts';
import { renderHtml, renderMarkdown, renderTerminal } from '../../../src/renderers/index.ts';
import { type Report, reportSchema } from '../../../src/report/model.ts';
import { finding, snapshotOf, stateOf } from '../../kit/estate.ts';

const US = 'us-east-1';
const EU = 'eu-west-1';

function image(id: string, more: Partial<AwsImage> = {}): AwsImage {
  return {
    ImageId: id,
    Name: 'web',
    State: 'available',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    BlockDeviceMappings: [ebs('/dev/xvda', `snap-${id}`)],
    ...more,
  };
}

function ebs(DeviceName: string, SnapshotId?: string) {
  return { DeviceName, Ebs: { VolumeSize: 8, ...(SnapshotId ? { SnapshotId } : {}) } };
}

const copy = (more: Partial<AwsImage> = {}) =>
  image('ami-b', { SourceImageId: 'ami-a', SourceImageRegion: US, ...more });

const plan = (source: AwsImage[], target: AwsImage[]) =>
  contentPlan(snapshotOf(US, { images: source }), snapshotOf(EU, { images: target }), {});

describe('what is to be compared', () => {
  it('are the volumes of images that stand for one another, by device', () => {
    const source = image('ami-a', {
      BlockDeviceMappings: [ebs('/dev/xvda', 'snap-1'), ebs('/dev/sdf', 'snap-2')],
    });
    const target = copy({ BlockDeviceMappings: [ebs('/dev/sdf', 'snap-4'), ebs('/dev/xvda', 'snap-3')] });
    expect(plan([source, image('ami-alone', { Name: 'other' })], [target])).toEqual([
      {
        name: 'web',
        source: 'ami-a',
        target: 'ami-b',
        reason: null,
        devices: [
          {
            device: '/dev/sdf',
            snapshots: { source: 'snap-2', target: 'snap-4' },
            sizeGiB: { source: 8, target: 8 },
            reason: null,
          },
          {
            device: '/dev/xvda',
            snapshots: { source: 'snap-1', target: 'snap-3' },
            sizeGiB: { source: 8, target: 8 },
            reason: null,
          },
        ],
      },
    ]);
  });

  it('are the root volumes, whatever the device is called', () => {
    const target = copy({ RootDeviceName: '/dev/sda1', BlockDeviceMappings: [ebs('/dev/sda1', 'snap-9')] });
    expect(plan([image('ami-a')], [target])[0]?.devices).toMatchObject([
      { device: '/dev/xvda', snapshots: { source: 'snap-ami-a', target: 'snap-9' }, reason: null },
    ]);
  });

  it.each([
    ['one image is pending', image('ami-a'), copy({ State: 'pending' }), 'not-available', []],
    [
      'there is no EBS snapshot',
      image('ami-a', { BlockDeviceMappings: [] }),
      copy({ BlockDeviceMappings: [] }),
      'instance-store',
      [],
    ],
    [
      'the volumes are blank',
      image('ami-a', { BlockDeviceMappings: [ebs('/dev/sdf')] }),
      copy({ BlockDeviceMappings: [ebs('/dev/sdf')] }),
      'no-snapshot',
      [],
    ],
    [
      'one side knows no such volume',
      image('ami-a'),
      copy({ BlockDeviceMappings: [ebs('/dev/xvda', 'snap-1'), ebs('/dev/sdf', 'snap-2')] }),
      null,
      ['one-side-only', null],
    ],
    [
      'one volume is blank',
      image('ami-a', { BlockDeviceMappings: [ebs('/dev/xvda')] }),
      copy(),
      null,
      ['no-snapshot'],
    ],
  ])('and what is not has its reason: %s', (_, source, target, reason, devices) => {
    const [planned] = plan([source], [target]);
    expect(planned?.reason).toBe(reason);
    expect(planned?.devices.map((device) => device.reason)).toEqual(devices);
  });

  it('is nothing where images were not read', () => {
    const unread = snapshotOf(EU, { unread: ['images'] });
    expect(contentPlan(snapshotOf(US, { images: [image('ami-a')] }), unread, {})).toEqual([]);
  });
});

const device = (more: Partial<ContentDevice> = {}): ContentDevice => ({
  device: '/dev/xvda',
  snapshots: { source: 'snap-1', target: 'snap-2' },
  result: 'equal',
  reason: null,
  sizeGiB: { source: 8, target: 8 },
  blocks: { source: 100, target: 100, either: 100, compared: 100, different: 0 },
  firstDifferent: [],
  failures: [],
  ...more,
});

function evidence(more: Partial<ContentImage>, asked: number | 'all' = 'all'): ContentEvidence {
  return {
    asked,
    budgetGiB: 20,
    estimate: { listRequests: 2, blocks: 200, gib: 0.1, dollars: 0.0007, leastSeconds: 1 },
    images: [
      {
        name: 'web',
        source: 'ami-a',
        target: 'ami-b',
        result: 'equal',
        reason: null,
        devices: [device()],
        ...more,
      },
    ],
  };
}

function reportOf(content?: ContentEvidence, baseline?: Report, target: AwsImage[] = [copy()]): Report {
  return compare({
    source: snapshotOf(US, { images: [image('ami-a')] }),
    target: snapshotOf(EU, { images: target }),
    config: {},
    phase: 'readiness',
    scopes: ['images'],
    content,
    baseline: baseline && baselineOf(baseline),
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}

const texts = (report: Report) => [
  renderTerminal(report, { columns: 160, color: false, failOn: 'high', full: true, written: [] }),
  renderMarkdown(report),
  // The texts of the page, without its style and its own script.
  renderHtml(report).replace(/<(style|script)>.*?<\/\1>/gs, ''),
];

const different = evidence({
  result: 'different',
  devices: [
    device({
      result: 'different',
      blocks: { source: 100, target: 100, either: 100, compared: 100, different: 7 },
      firstDifferent: [1, 2, 3, 4, 5],
    }),
  ],
});
const sampled = evidence(
  {
    result: 'no-difference-found',
    devices: [
      device({
        result: 'no-difference-found',
        blocks: { source: 100, target: 100, either: 100, compared: 16, different: 0 },
      }),
    ],
  },
  16,
);

describe('the report', () => {
  it('says nothing of content where nobody asked', () => {
    expect(reportOf()).not.toHaveProperty('content');
    for (const text of texts(reportOf())) expect(text).not.toMatch(/content of images|^content:/im);
  });

  it('holds what was found, in its schema, and finds content that differs', () => {
    const report = reportOf(different);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(stateOf(report, 'image', 'web')).toBe('different');
    expect(finding(report, 'image/content-differs')).toMatchObject({
      severity: 'high',
      message:
        'The content of "web" in eu-west-1 is not that of the source: on /dev/xvda 7 of 100 compared blocks of 512 KiB differ (block 1, 2, 3, 4, 5, …).',
      facts: {
        devices: [{ device: '/dev/xvda', compared: 100, different: 7, firstDifferent: [1, 2, 3, 4, 5] }],
      },
    });
  });

  it('names the sizes where they differ', () => {
    const sizes = { sizeGiB: { source: 8, target: 10 }, result: 'different' as const };
    const report = reportOf(evidence({ result: 'different', devices: [device(sizes)] }));
    expect(finding(report, 'image/content-differs').message).toContain(
      'the volume of /dev/xvda has 8 GiB on the source and 10 GiB on the target',
    );
  });

  it('calls a pair equal only where every block was compared', () => {
    const report = reportOf(evidence({}));
    expect(report).toMatchObject({ complete: true, findings: [] });
    for (const text of texts(report)) expect(text).toMatch(/1 equal/);
  });

  it('never says of a sample that the content is equal, and says what a sample can show', () => {
    const report = reportOf(sampled);
    expect(report.findings).toEqual([]);
    for (const text of texts(report).map((t) => t.replace(/\s+/g, ' '))) {
      expect(text).toContain('cannot prove that there is none');
      expect(text).toContain('16 of 100 written blocks compared, none differs');
      expect(text).not.toMatch(/\bequal\b/);
    }
  });

  it('is incomplete where blocks were asked for and not got', () => {
    const denied = {
      side: 'target' as const,
      code: 'access-denied' as const,
      message: 'denied.',
      hint: 'allow it',
    };
    const failed = device({ result: 'not-verified', reason: 'failed', blocks: null, failures: [denied] });
    const report = reportOf(evidence({ result: 'not-verified', reason: 'failed', devices: [failed] }));
    expect(report).toMatchObject({ complete: false, verdict: 'inconclusive', findings: [] });
    expect(report.gaps).toEqual([
      {
        ...denied,
        kind: 'image',
        blocking: true,
        message: 'The content of "web" could not be compared: denied.',
      },
    ]);
  });

  it('states what did not fit the budget, as a limit that was chosen', () => {
    const left = device({ result: 'not-verified', reason: 'budget' });
    const report = reportOf(evidence({ result: 'not-verified', reason: 'budget', devices: [left] }));
    expect(report.complete).toBe(true);
    expect(report.gaps).toMatchObject([{ code: 'not-read', blocking: false }]);
    expect(report.gaps[0]?.message).toContain('the budget of 20 GiB');
    for (const text of texts(report)) expect(text.replace(/\s+/g, ' ')).toContain('would exceed the budget');
  });

  it.each([
    ['counts: all blocks were compared and are equal now', reportOf(evidence({}), reportOf(different)), 1],
    ['counts: the image is gone', reportOf(undefined, reportOf(different), []), 1],
    ['does not: nobody looked again', reportOf(undefined, reportOf(different)), 0],
    ['does not: a sample missed it', reportOf(sampled, reportOf(different)), 0],
  ])(
    'a difference of the baseline is resolved only where that is proven; this one %s',
    (_, report, resolved) => {
      expect(report.resolved.filter(({ rule }) => rule === 'image/content-differs')).toHaveLength(resolved);
    },
  );

  it('says that there was nothing to compare', () => {
    const [terminal] = texts(reportOf({ ...evidence({}), images: [] }));
    expect(terminal).toContain('content: There is no pair of images to compare.');
  });

  it('keeps a name or a device from writing markup or moving the cursor', () => {
    const name = '<img src=x onerror=alert(1)>\u001b[2J';
    const hostile = evidence({
      name,
      result: 'not-verified',
      reason: 'failed',
      devices: [device({ device: name, result: 'not-verified', reason: 'failed' })],
    });
    const [terminal, , html] = texts(reportOf(hostile));
    expect(terminal).not.toContain('\u001b');
    expect(html).not.toContain('<img');
  });
});
