import { thousands } from '../../text/counts.ts';
import type { Report } from '../model.ts';
import { minute, movedText } from '../view/drift.ts';
import { highestOf, type Said, worst } from './said.ts';

export function drift(report: Report): Said {
  const by = (status: string) => report.findings.filter((f) => f.status === status);
  const [fresh, worse, same] = [by('new'), by('worsened'), by('persisting')];
  const numbers = [
    `${thousands(fresh.length)} new${worst(fresh) || highestOf(fresh)}`,
    `${thousands(worse.length)} worsened`,
    `${thousands(same.length)} persisting`,
    `${thousands(report.resolved.length)} resolved`,
    `${thousands(report.unchecked.length)} unchecked`,
  ].join(', ');
  const changed = [...fresh, ...worse];
  if (changed.length > 0)
    return {
      state: 'worse',
      sentence: `drift: ${numbers}`,
      clear: false,
      details: moversText(changed),
    };
  if (!report.complete || report.unchecked.length > 0)
    return { state: 'not all checked', sentence: `not all checked: ${numbers}`, clear: false };
  if (report.resolved.length > 0) return { state: 'better', sentence: `better: ${numbers}`, clear: true };
  // What is narrower now has changed too.
  const changes = same.some((f) => f.changed) || report.findings.some((f) => f.insteadOf !== undefined);
  const what = changes ? 'nothing new or worse since' : 'unchanged since';
  const since = report.baseline ? [`${what} ${minute(report.baseline.at)}`] : [];
  return { state: 'no drift', sentence: `no drift: ${numbers}`, details: since, clear: true };
}

/** "new and worsened: the target changed alone", where it is known of each. */
function moversText(changed: Report['findings']): string[] {
  const texts = new Set(changed.map((f) => movedText(f.moved, f.status)));
  const [first = ''] = texts;
  if (first === '' || texts.has('')) return [];
  return texts.size === 1
    ? [`new and worsened: ${first.slice(0, 1).toLowerCase()}${first.slice(1)}`]
    : ['new and worsened: both sides changed'];
}
