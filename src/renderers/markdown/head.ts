import { exitSentence } from '../../report/exit.ts';
import { headline, SIGNS } from '../../report/headline.ts';
import type { Report, ReportSide } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { type AlikeGaps, alikeGaps, kindsText } from '../../report/view/alike-gaps.ts';
import { noticesOf } from '../../report/view/notices.ts';
import { completenessSentence } from '../../report/view/summary.ts';
import { moment } from '../../report/view/text.ts';
import type { FailOn } from '../../report/vocabulary.ts';
import { capital } from '../../text/capital.ts';
import { count } from '../../text/counts.ts';
import { andMore } from '../../text/lists.ts';
import { code, fenced, text } from '../../text/markdown.ts';
import { clip, visible } from '../../text/printable.ts';
import { word } from '../terminal/word.ts';

/** Longer texts from files are cut in the frame, which is always placed. */
const MOST_NAME = 64;
const MOST_SENTENCE = 400;
const MOST_NOTICE = 1_000;
const MOST_GAPS = 10;
/** Commands of one gap, per kind. */
const MOST_COMMANDS = 2;

/** What the document always holds: the marker, the headline with its counts, both sides, what was not read, the end. */
export function frame(report: Report, failOn: FailOn, full: string, json?: string) {
  const { sign, sentence, details } = headline(report, failOn);
  const alike = alikeGaps(report.gaps.filter((g) => g.blocking));
  return {
    marker: marker(report),
    headline: text(clip(`${SIGNS.unicode[sign]} ${capital(sentence)}`, MOST_SENTENCE)),
    details: text(clip(details.join(SIGNS.unicode.between), MOST_SENTENCE)),
    sides: sidesLine(report),
    completeness: completenessSentence(report),
    complete: report.complete,
    notices: noticesOf(report).map((n) => text(clip(n, MOST_NOTICE))),
    gaps: [...alike.slice(0, MOST_GAPS).map(gapItem), ...rest(alike.length)],
    full: full === '' ? '' : `The full report is ${code(clip(visible(full), MOST_SENTENCE))}. `,
    accept: acceptText(report, json),
    exit: text(exitSentence(report, failOn)),
    tool: text(visible(clip(`${report.tool.name} ${report.tool.version}`, MOST_NAME))),
    finishedAt: text(clip(moment(report.finishedAt), MOST_NAME)),
  };
}

/** The same frame for a bound that leaves no room for notices and gaps: their number is all that is said of them. */
export function shortFrame(report: Report, failOn: FailOn) {
  const all = frame(report, failOn, '');
  const left = all.notices.length + all.gaps.length;
  return {
    ...all,
    notices: left === 0 ? [] : [`${count(left, 'note')} left out here for length; see the full report.`],
    gaps: [],
  };
}

/** Of phase drift, where something changed: the command that makes this run the next baseline; else empty. */
function acceptText({ phase, findings }: Report, json: string | undefined): string {
  const changed = findings.some((f) => f.status !== 'persisting');
  if (phase !== 'drift' || !changed || json === undefined || json.length > MOST_SENTENCE) return '';
  return fenced('sh', [`ec2-parity accept ${word(json)} -o baseline.json`]);
}

/** An invisible line: by it a job finds its own comment, to replace it. */
function marker({ source, target, phase }: Report): string {
  const part = (label: string) =>
    clip(label, MOST_NAME)
      .replace(/[^A-Za-z0-9._@]+/g, '-')
      .replace(/^-|-$/g, '');
  const places = headingPlaces(source, target);
  return `<!-- ec2-parity ${part(places.source)}..${part(places.target)} ${phase} -->`;
}

function sidesLine({ source, target }: Report): string {
  const region = (side: ReportSide) => code(clip(visible(side.region), MOST_NAME));
  const account = (side: ReportSide) => code(clip(visible(side.account ?? 'unknown'), MOST_NAME));
  const accounts =
    source.account === target.account
      ? `account ${account(source)}`
      : `accounts ${account(source)} and ${account(target)}`;
  const read = (side: ReportSide) =>
    text(clip(visible(`${side.origin} of ${moment(side.takenAt)}`), MOST_NAME));
  const origins = read(source) === read(target) ? read(source) : `${read(source)} and ${read(target)}`;
  return `${region(source)} → ${region(target)}, ${accounts}, from ${origins}.`;
}

function gapItem(alike: AlikeGaps): string {
  const { side, code: why, message, hint, commands = [] } = alike.first;
  const said = clip(visible(`${message} ${hint}`), MOST_NOTICE);
  const line = `> - **${side}, ${text(clip(kindsText(alike), 3 * MOST_NAME))}** ${code(why)}: ${text(said)}`;
  const short = commands
    .filter(({ shell }) => shell.length <= MOST_NOTICE)
    .slice(0, MOST_COMMANDS * alike.kinds.length);
  return [
    line,
    ...short.flatMap(({ shell }) => [
      '>',
      ...fenced('sh', [visible(shell)])
        .split('\n')
        .map((l) => `>   ${l}`),
    ]),
  ].join('\n');
}

function rest(gaps: number): string[] {
  return gaps > MOST_GAPS ? [`> - ${andMore(gaps - MOST_GAPS)}`] : [];
}
