import { count, thousands } from '../../text/counts.ts';
import { overGate } from '../exit.ts';
import type { ExitCode } from '../gate.ts';
import type { Report } from '../model.ts';
import type { FailOn } from '../vocabulary.ts';
import { noWorkloads } from './nothing.ts';
import { allOf, counted, everyOf, ofAll, type Said, targetPlace, workloadCounts } from './said.ts';

export function readiness(report: Report, failOn: FailOn, code: ExitCode): Said {
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  const place = targetPlace(report);
  if (total === 0) return noWorkloads(report);
  const rest = counted([degraded, 'degraded'], [launchable, 'launchable']);
  const more = unknown > 0 ? `, ${thousands(unknown)} unknown` : '';
  if (blocked > 0 && !report.complete) {
    return {
      state: 'not ready, incomplete',
      sentence: `not ready, incomplete: ${ofAll(blocked, total)} would not launch${more}`,
      details: rest,
      clear: false,
    };
  }
  if (blocked > 0)
    return {
      state: 'not ready',
      sentence: `not ready: ${ofAll(blocked, total)} would not launch in ${place}${more}${fixes(report)}`,
      details: rest,
      clear: false,
    };
  if (unknown > 0 || !report.complete)
    return {
      state: 'unknown',
      sentence:
        unknown > 0
          ? `unknown: ${ofAll(unknown, total)} could not be judged`
          : 'unknown: not everything could be read',
      details: rest,
      clear: false,
    };
  if (degraded > 0)
    return {
      state: 'ready with differences',
      sentence: `ready with differences: ${allOf(total)} would launch in ${place}, ${thousands(degraded)} degraded`,
      clear: false,
    };
  if (code === 1) return { state: 'ready', sentence: `ready, but ${overGate(report, failOn)}`, clear: false };
  return {
    state: 'ready',
    sentence: `ready: nothing that was looked at stops ${everyOf(total)} in ${place}`,
    clear: true,
  };
}

function fixes({ causes }: Report): string {
  const blocking = (causes ?? []).filter((c) => c.workloads.some((w) => w.verdict === 'blocked')).length;
  return blocking > 0 ? ` (${count(blocking, 'fix', 'fixes')})` : '';
}
