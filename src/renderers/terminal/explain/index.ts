import type { Finding, Pair, Report } from '../../../report/model.ts';
import { headingPlaces } from '../../../report/places.ts';
import { digestOf } from '../../../report/view/digest.ts';
import { visible } from '../../../text/printable.ts';
import { LEAST_COLUMNS, MOST_COLUMNS } from '../layout.ts';
import type { TerminalOptions } from '../options.ts';
import { paint } from '../paint.ts';
import { fix, users } from './actions.ts';
import { bothSides } from './both-sides.ts';
import { changes, facts, traffic } from './difference.ts';
import { head, more, why } from './head.ts';
import type { Look } from './look.ts';
import { objects, paired } from './objects.ts';
import { waivers } from './waivers.ts';

/** Everything behind one finding: both objects, how they were paired, what differs, who uses it, what to do. */
export function renderExplanation(
  report: Report,
  finding: Finding,
  path: string,
  options: Pick<TerminalOptions, 'columns' | 'color'>,
): string {
  const places = headingPlaces(report.source, report.target);
  const look: Look = {
    report,
    finding,
    pair:
      report.pairs.find((pair) => pair.findings.includes(finding.fingerprint)) ?? pairAbout(report, finding),
    digest: digestOf(report),
    columns: Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.columns))),
    p: paint(options.color),
    heading: { source: visible(places.source), target: visible(places.target) },
  };
  const blocks = [
    head(look),
    why(look),
    objects(look),
    paired(look),
    ...bothSides(look),
    traffic(look),
    changes(look),
    facts(look),
    users(look),
    waivers(look, path),
    fix(look),
    more(look),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** A finding that is resolved or unchecked is in no pair of this run; its object may be. */
function pairAbout({ pairs }: Report, { kind, subject }: Finding): Pair | undefined {
  return pairs.find(
    (p) =>
      p.kind === kind &&
      p.name === subject.name &&
      p.scope === subject.scope &&
      p.source?.id === subject.sourceId,
  );
}
