import { expect, it } from 'vitest';
import { type Format, renderAs } from '../../src/audit/formats.ts';
import { emptyReport } from '../kit/report.ts';
import { SAMPLE_WORKLOADS } from '../kit/sample-workloads.ts';

/** The formats that a person reads or that gate a build; a table of findings has no place for it. */
const FORMATS = ['terminal', 'html', 'md', 'json', 'sarif', 'junit'] as const satisfies readonly Format[];

const notLookedAt = [
  {
    what: 'service quotas of EC2 (whether what the workloads want fits the vCPU quotas)',
    side: 'target' as const,
    because: 'Left out by the config (launch.skip).',
  },
];
const options = { columns: 300, color: false, failOn: 'high', written: [] } as const;

it.each(FORMATS.flatMap((format) => [false, true].map((full) => [format, full] as const)))(
  '%s (in full: %s) says what was not looked at',
  async (format, full) => {
    const launchable = SAMPLE_WORKLOADS.filter((w) => w.verdict === 'launchable');
    const text = await renderAs(emptyReport({ notLookedAt, workloads: launchable }), format, {
      ...options,
      full,
    });
    expect(text).toContain('service quotas of EC2');
    const without = await renderAs(emptyReport({ workloads: launchable }), format, { ...options, full });
    expect(without).not.toContain('service quotas of EC2');
  },
);
