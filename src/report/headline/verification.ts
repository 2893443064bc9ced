import { count, thousands } from '../../text/counts.ts';
import { overGate } from '../exit.ts';
import type { ExitCode } from '../gate.ts';
import type { Report } from '../model.ts';
import type { FailOn } from '../vocabulary.ts';
import { noWorkloads } from './nothing.ts';
import { counted, everyOf, ofAll, type Said, targetPlace, workloadCounts } from './said.ts';

export function verification(report: Report, failOn: FailOn, code: ExitCode): Said {
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  const place = targetPlace(report);
  const missing = report.findings.filter((f) => f.rule === 'workload/missing').length;
  const wider = widerOpen(report);
  const open = wider > 0 ? [`${count(wider, 'security group')} wider open`] : [];
  const bad = blocked + degraded;
  const how = blocked === 0 ? 'degraded' : degraded === 0 ? 'blocked' : 'blocked or degraded';
  if (missing > 0) {
    const rest = bad > 0 ? `, ${thousands(bad)} of ${thousands(total)} ${how}` : '';
    return {
      state: 'not arrived',
      sentence: `not arrived: ${count(missing, 'workload')} ${missing === 1 ? 'is' : 'are'} missing in ${place}${rest}`,
      details: open,
      clear: false,
    };
  }
  if (bad > 0)
    return {
      state: 'not arrived',
      sentence: `not arrived: ${thousands(bad)} of ${count(total, 'workload')} in ${place} ${bad === 1 ? 'is' : 'are'} ${how}`,
      details: [...counted([launchable, 'launchable'], [unknown, 'unknown']), ...open],
      clear: false,
    };
  if (wider > 0)
    return {
      state: 'arrived, wider open',
      sentence: `arrived, but wider open: ${count(wider, 'security group')} ${wider === 1 ? 'admits' : 'admit'} more than the source`,
      clear: false,
    };
  if (!report.complete || unknown > 0)
    return {
      state: 'cannot tell',
      sentence:
        unknown > 0
          ? `cannot tell if it arrived: ${ofAll(unknown, total)} could not be judged`
          : 'cannot tell if it arrived: not everything could be read',
      clear: false,
    };
  if (total === 0) return noWorkloads(report);
  if (code === 1)
    return { state: 'arrived', sentence: `arrived, but ${overGate(report, failOn)}`, clear: false };
  return {
    state: 'arrived',
    sentence: `arrived: nothing that was looked at stops ${everyOf(total)} in ${place}`,
    clear: true,
  };
}

/** Security groups of the target that admit more than the source, or are open on the target alone, at a weight that matters. */
function widerOpen({ findings }: Report): number {
  const wide = findings.filter(
    (f) =>
      (f.rule === 'security-group/allows-more' || f.rule === 'security-group/extra') &&
      (f.severity === 'critical' || f.severity === 'high'),
  );
  return new Set(wide.map((f) => `${f.subject.scope} ${f.subject.name} ${f.subject.targetId}`)).size;
}
