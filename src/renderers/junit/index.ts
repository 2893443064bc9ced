import { headline } from '../../report/headline.ts';
import type { Report } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { KIND_LABELS } from '../../report/view/index.ts';
import { type FailOn, KINDS } from '../../report/vocabulary.ts';
import { visible } from '../../text/printable.ts';
import { coverageCases, pairCases, type TestCase } from './cases.ts';
import { workloadCases } from './workloads.ts';
import { type Element, xmlText } from './xml.ts';

interface JunitOptions {
  /** The gate: findings below it fail no case. */
  readonly failOn: FailOn;
}

/**
 * JUnit XML as CI systems read it: a suite per kind, a case per pair, so that what is well counts too; a suite of the
 * workloads, a case each; and a suite for what was read. There is a failure just where the audit ends with exit code 1, and an error wherever it would end with 3.
 */
export function renderJunit(report: Report, { failOn }: JunitOptions): string {
  const cases = pairCases(report, failOn);
  const seconds = duration(report);
  const suites = KINDS.flatMap((kind) => {
    const members = cases.filter((c) => c.kind === kind);
    return members.length === 0 ? [] : [suite(KIND_LABELS[kind].toLowerCase(), members, '0', report, failOn)];
  });
  const workloads = workloadCases(report, failOn);
  if (workloads.length > 0) suites.push(suite('workloads', workloads, '0', report, failOn));
  // The report knows the time of the whole run, nearly all of which was reading.
  suites.push(suite('coverage', coverageCases(report), seconds, report, failOn));
  // The schema of Jenkins' xUnit plugin allows `skipped` on a suite, not here.
  const { skipped: _, ...all } = counts([...cases, ...workloads, ...coverageCases(report)]);
  return xmlText({
    name: 'testsuites',
    attributes: { name: `ec2-parity ${route(report)}`, ...all, time: seconds },
    children: suites,
  });
}

function suite(
  label: string,
  cases: readonly TestCase[],
  time: string,
  report: Report,
  failOn: FailOn,
): Element {
  const properties = {
    tool: `${report.tool.name} ${report.tool.version}`,
    phase: report.phase,
    'fail-on': failOn,
    verdict: report.verdict,
    headline: headline(report, failOn).sentence,
    source: `${report.source.region}, account ${report.source.account ?? 'unknown'}, ${report.source.takenAt}`,
    target: `${report.target.region}, account ${report.target.account ?? 'unknown'}, ${report.target.takenAt}`,
  };
  return {
    name: 'testsuite',
    attributes: {
      name: `${route(report)} ${label}`,
      ...counts(cases),
      time,
      ...timestamp(report.startedAt),
    },
    children: [
      {
        name: 'properties',
        attributes: {},
        children: Object.entries(properties).map(([name, value]) => ({
          name: 'property',
          attributes: { name, value },
          children: [],
        })),
      },
      ...cases.map(caseElement),
    ],
  };
}

function route({ source, target }: Report): string {
  const heading = headingPlaces(source, target);
  return `${visible(heading.source)}→${visible(heading.target)}`;
}

function counts(cases: readonly TestCase[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const ended = (as: string) => cases.filter((c) => c.ending?.as === as).length;
  return {
    tests: cases.length,
    failures: ended('failure'),
    errors: ended('error'),
    skipped: ended('skipped'),
  };
}

function caseElement({ kind, name, ending, out }: TestCase): Element {
  const ended: Element[] = [];
  if (ending?.as === 'skipped') {
    ended.push({ name: 'skipped', attributes: { message: ending.message }, children: [] });
  } else if (ending) {
    const { as, type, message, text } = ending;
    ended.push({ name: as, attributes: { type, message }, children: text });
  }
  const said: Element[] = out === '' ? [] : [{ name: 'system-out', attributes: {}, children: out }];
  return {
    name: 'testcase',
    attributes: { classname: `ec2-parity.${kind}`, name, time: '0' },
    children: [...ended, ...said],
  };
}

/** Seconds from start to end; 0 where the report's times are none. */
function duration({ startedAt, finishedAt }: Report): string {
  const milliseconds = Date.parse(finishedAt) - Date.parse(startedAt);
  return milliseconds > 0 ? (milliseconds / 1000).toFixed(3) : '0';
}

/** In UTC and without saying so: the schema that strict readers check against allows no zone. */
function timestamp(text: string): { timestamp?: string } {
  const [, moment] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(text) ?? [];
  return moment === undefined ? {} : { timestamp: moment };
}
