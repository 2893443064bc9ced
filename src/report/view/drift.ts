import { count, thousands } from '../../text/counts.ts';
import { atMost } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Finding, Moved, Report } from '../model.ts';
import { placesOf } from '../places.ts';
import { SEVERITIES, type SideName } from '../vocabulary.ts';
import { kindWord } from './labels.ts';
import { moment } from './text.ts';

/** Rows of one object before "and N more". */
const MOST_ROWS = 12;

/** "2026-11-15 02:00 UTC"; what is no moment is shown as it is. */
export function minute(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/.exec(time);
  return parts ? `${parts[1]} ${parts[2]} UTC` : visible(time);
}

/** "baseline of 2026-11-15 02:00 UTC", and what it lacks. */
export function baselineText({ baseline }: Pick<Report, 'baseline'>): string {
  if (!baseline) return '';
  const lacks =
    baseline.unread.length > 0 ? `: it could not read ${baseline.unread.map(kindWordOf).join(', ')}` : '';
  const incomplete = baseline.complete ? '' : `, incomplete${lacks}`;
  const what = baseline.form === 'accepted' ? 'accepted state' : 'baseline';
  return `${what} of ${minute(baseline.at)}${incomplete}`;
}

function kindWordOf(kind: string): string {
  return visible(kind.replaceAll('-', ' '));
}

/** Which side changed, as a sentence without its end; empty where that is not known. */
export function movedText(moved: Moved | null, status: 'resolved' | Finding['status']): string {
  switch (moved?.side) {
    case undefined:
      return '';
    case 'target':
      return 'The target changed alone';
    case 'source':
      return status === 'resolved'
        ? 'The source changed alone'
        : 'The source changed and the target did not follow';
    case 'both':
      return 'Both sides changed';
  }
}

/** "between 2026-11-15 02:00 and 2026-11-16 02:00 UTC" */
export function betweenText({ from, to }: Pick<Moved, 'from' | 'to'>): string {
  const [first, last] = [minute(from), minute(to)];
  return `between ${first.replace(/ UTC$/, '')} and ${last}`;
}

export interface ChangeView {
  readonly side: SideName;
  readonly region: string;
  readonly id: string;
  /** "before" and "after", each with a row. */
  readonly rows: readonly { readonly when: 'before' | 'after'; readonly text: string }[];
  readonly more: string;
}

/** What changed of the objects that a finding is about. */
export function changeViews({ moved }: Pick<Finding, 'moved'>, report: Report): ChangeView[] {
  const places = placesOf(report.source, report.target);
  return (moved?.changes ?? []).map(({ side, id, before, after }) => {
    const rows = [
      ...before.map((text) => ({ when: 'before' as const, text: visible(text) })),
      ...after.map((text) => ({ when: 'after' as const, text: visible(text) })),
    ];
    return {
      side,
      region: visible(places[side]),
      id: visible(id),
      rows: rows.slice(0, MOST_ROWS),
      more: rows.length > MOST_ROWS ? `and ${thousands(rows.length - MOST_ROWS)} more` : '',
    };
  });
}

const SINCE = {
  'rule-added': 'The version of ec2-parity that made the baseline did not have this rule.',
  'not-read-before': 'The run of the baseline could not read what this finding depends on.',
  'not-read': 'An earlier run could read what this finding depends on.',
  'waiver-expired': 'Its waiver has expired.',
  'waiver-exceeded': 'It cannot be shown to be no more than what its waiver is pinned to.',
  settings: 'Neither side changed: the config or the version of ec2-parity did.',
  time: 'Neither side changed, nor did the config: a date was reached.',
} as const satisfies Readonly<Record<NonNullable<Finding['since']>, string>>;

/** Why a finding is new or worsened although neither side need have changed, and how often it came; empty where neither is known. */
export function sinceText({ since, came, firstSeen }: Pick<Finding, 'since' | 'came' | 'firstSeen'>): string {
  return [
    since === undefined ? '' : SINCE[since],
    came === undefined
      ? ''
      : `It has appeared ${thousands(came)} times since ${moment(firstSeen).slice(0, 10)}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** "Was high, first seen 2026-11-12." Empty where it was not less. */
export function formerText({ was, severity, firstSeen, content }: Finding): string {
  if (!was) return '';
  const day = moment(firstSeen).slice(0, 10);
  if (was.severity !== severity) return `Was ${was.severity}, first seen ${day}.`;
  return was.content === content
    ? `First seen ${day}; it now keeps more workloads from launching.`
    : `First seen ${day}, and less then.`;
}

/** "60: 4 critical, 23 high, 15 medium, 5 low, 13 info" */
export function severitiesText(findings: readonly Pick<Finding, 'severity'>[]): string {
  const parts = SEVERITIES.map((s) => [s, findings.filter((f) => f.severity === s).length] as const)
    .filter(([, n]) => n > 0)
    .map(([s, n]) => `${thousands(n)} ${s}`);
  return `${thousands(findings.length)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** "launch template web, launch configuration portal-2023 (target) and 3 more" */
export function usersText({ usedBy }: Pick<Finding, 'usedBy'>, report: Report): string {
  const places = placesOf(report.source, report.target);
  const names = new Map<string, Set<SideName>>();
  for (const { kind, name, side } of usedBy) {
    const key = `${kindWord(kind)} ${visible(name)}`;
    names.set(key, (names.get(key) ?? new Set<SideName>()).add(side));
  }
  const where = (sides: ReadonlySet<SideName>) =>
    sides.size === 2 ? 'on both sides' : `in ${visible(places[[...sides][0] ?? 'source'])}`;
  const groups = new Map<string, string[]>();
  for (const [name, sides] of names) groups.set(where(sides), [...(groups.get(where(sides)) ?? []), name]);
  return [...groups].map(([place, all]) => `${atMost(all, 6)} ${place}`).join('; ');
}

/** "Expires in 14 days, on 2026-11-30; then it counts again." */
export function expiryText(until: string | null, today: string): string {
  if (until === null || until === 'never' || until === '') return 'It does not expire.';
  const days = Math.round(
    (Date.parse(`${until.slice(0, 10)}T00:00:00Z`) - Date.parse(`${today.slice(0, 10)}T00:00:00Z`)) /
      86_400_000,
  );
  if (Number.isNaN(days)) return `Until ${visible(until)}.`;
  if (days < 0) return `Expired on ${visible(until)}.`;
  const when = days === 0 ? 'today' : `in ${count(days, 'day')}`;
  return `Expires ${when}, on ${visible(until)}; then it counts again.`;
}
