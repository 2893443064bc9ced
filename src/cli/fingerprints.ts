import { Unable } from '../inventory/unable.ts';
import type { Finding, Report } from '../report/model.ts';
import { andMore } from '../text/lists.ts';
import { visible } from '../text/printable.ts';
import type { Given } from './arguments.ts';

const MOST_NAMED = 4;

/** @throws Unable for what is not the fingerprint of a finding of the report. */
export function fingerprintsIn(report: Report, given: readonly Given<string>[], path: string): string[] {
  return given.map(({ value }) => findingIn(report, value, path).fingerprint);
}

/**
 * The finding that has the fingerprint, among all that the report lists.
 * @throws Unable that names those that the word may have meant.
 */
export function findingIn(report: Report, fingerprint: string, path: string): Finding {
  const all = [...report.findings, ...report.waived, ...report.unchecked, ...report.resolved];
  const found = all.find((f) => f.fingerprint === fingerprint);
  if (found) return found;
  throw new Unable(`${path}: no finding has the fingerprint "${fingerprint}".`, hintFor(all, fingerprint));
}

function hintFor(all: readonly Finding[], word: string): string {
  const named = all.filter((f) => f.subject.name === word);
  const begun = word.length < 4 ? [] : all.filter((f) => f.fingerprint.startsWith(word));
  const meant = (named.length > 0 ? named : begun).map((f) => `${f.fingerprint} (${visible(f.rule)})`);
  if (meant.length === 0) return 'Every finding of report.json and of `ec2-parity render --full` has one.';
  const shown = meant.slice(0, MOST_NAMED).join(' and ');
  const more = meant.length > MOST_NAMED ? ` ${andMore(meant.length - MOST_NAMED)}` : '';
  const are = meant.length === 1 ? '1 finding is' : `${meant.length} findings are`;
  return named.length > 0 ? `${are} about "${word}": ${shown}${more}.` : `Did you mean ${shown}${more}?`;
}
