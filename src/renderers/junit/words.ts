import type { Finding, Report } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { type FindingView, findingView, type TrafficView } from '../../report/view/index.ts';
import { atMost } from '../../text/lists.ts';
import { diffLines } from '../diff-lines.ts';

/** Users named before "and N more". */
const MOST_USERS = 20;

/** What a finding says in a test report: the sentence, the difference, the remedy. */
export function findingText(finding: Finding, report: Report): string {
  const view = findingView(finding, { rules: new Map(), anchors: new Map(), causes: new Map(), aged: false });
  const head = `${view.severity} ${view.rule}: ${view.message}`;
  if (view.minor) return head;
  const ids = [
    view.sourceId === '' ? '' : `source ${view.sourceId}`,
    view.targetId === '' ? '' : `target ${view.targetId}`,
  ].filter((id) => id !== '');
  return [
    head,
    ...(ids.length > 0 ? [`Where: ${ids.join(', ')}`] : []),
    ...differenceText(view, report),
    ...(view.config === '' ? [] : ['Config:', ...view.config.split('\n').map((line) => `  ${line}`)]),
    ...(view.usedBy.length > 0
      ? [
          `Used by: ${atMost(
            view.usedBy.map((u) => `${u.kind} ${u.name}`),
            MOST_USERS,
          )}`,
        ]
      : []),
    `What to do: ${view.remedy}`,
    ...view.commands.flatMap(({ does, shell }) => [`  ${does}:`, `    ${shell}`]),
  ].join('\n');
}

/** Both where both are: the packets say what differs, the rows where to look. */
function differenceText({ traffic, difference }: FindingView, report: Report): string[] {
  const rows = diffLines(difference?.rows ?? []);
  const heading = headingPlaces(report.source, report.target);
  return [
    ...(traffic ? trafficText(traffic) : []),
    ...(rows.length > 0 ? [`--- ${heading.source}`, `+++ ${heading.target}`, ...rows] : []),
  ];
}

function trafficText({
  rows,
  admittedBy,
  refusedBy,
  direction,
  preposition,
  example,
}: TrafficView): string[] {
  return [
    `Admitted by the ${admittedBy} only:`,
    ...rows.map(({ what, peers, except }) => {
      const but = except.length === 0 ? '' : ` except ${except.join(', ')}`;
      return `  ${direction} ${what} ${preposition} ${peers.join(', ')}${but}`;
    }),
    `Example: ${example} passes on the ${admittedBy}, not on the ${refusedBy}.`,
  ];
}
