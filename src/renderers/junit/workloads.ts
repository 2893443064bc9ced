import { failsRun } from '../../report/gate.ts';
import type { Report } from '../../report/model.ts';
import {
  type ChainView,
  findingLinks,
  type WorkloadView,
  workloadsInOrder,
  workloadViews,
} from '../../report/view/index.ts';
import type { FailOn } from '../../report/vocabulary.ts';
import { Numbering } from '../../text/groups.ts';
import { andMore } from '../../text/lists.ts';
import type { Ending, TestCase } from './cases.ts';

/**
 * One case per workload. It fails where something that it depends on fails the run: a gate that lets every finding pass lets
 * every workload pass, and says so in its output. What could not be judged because something was not read is an error,
 * as everywhere here.
 */
export function workloadCases(report: Report, failOn: FailOn): TestCase[] {
  const fatal = new Set(
    report.findings.flatMap((f) => (failsRun(f, report.phase, failOn) ? [f.fingerprint] : [])),
  );
  const fails = workloadsInOrder(report).map((w) => w.because.some((f) => fatal.has(f)));
  const views = workloadViews(report, findingLinks(report, new Map()));
  const short = tally(views.map(shortName));
  const taken = new Numbering();
  return views.map((view, i) => {
    const name = short.get(shortName(view)) === 1 ? shortName(view) : `${shortName(view)} [${view.id}]`;
    // Readers know a case by its name: two of one name would be one.
    const nth = taken.next(name);
    const ending = endingOf(view, fails[i] ?? false, report.complete);
    return {
      kind: 'workload',
      name: nth === 1 ? name : `${name} (${nth})`,
      ending,
      out: ending === null ? reasons(view) : '',
    };
  });
}

function tally(names: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

function shortName({ kindWord, name, side }: WorkloadView): string {
  return `${kindWord} ${name}${side === '' ? '' : ` (${side})`}`;
}

function endingOf(view: WorkloadView, fatal: boolean, complete: boolean): Ending | null {
  const { verdict, kindWord, name, chains } = view;
  if (verdict === 'blocked' && fatal) {
    const blocking = chains.filter((c) => c.verdict === 'blocked');
    const [first] = blocking;
    const why = first ? `: ${chainText(first)}` : '';
    const more = blocking.length > 1 ? ` (${andMore(blocking.length - 1)})` : '';
    return {
      as: 'failure',
      type: 'blocked',
      message: `${kindWord} ${name} would not launch${why}${more}`,
      text: reasons(view),
    };
  }
  if (verdict === 'unknown') {
    const message = `${kindWord} ${name} could not be judged`;
    // Everything was read: what a template does not contain cannot be read, and the gate lets the run pass.
    if (complete)
      return { as: 'skipped', type: 'unknown', message: `${message}: ${reasons(view)}`, text: '' };
    return { as: 'error', type: 'unknown', message, text: reasons(view) || message };
  }
  return null;
}

function chainText({ steps, last }: ChainView): string {
  return [...steps, last].join(' -> ');
}

/** `blocked: launch template web -> key pair web-admin -> does not exist`, a line each. */
function reasons({ chains, moreChains }: WorkloadView): string {
  const lines = chains.map((c) => `${c.verdict}: ${chainText(c)}`);
  return [...lines, ...(moreChains > 0 ? [andMore(moreChains)] : [])].join('\n');
}
