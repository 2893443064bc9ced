import type { Baseline } from '../drift/baseline.ts';
import { extentOf, measuredFacts } from '../drift/extent.ts';
import { weighsMore } from '../drift/severity.ts';
import { inOrder } from '../drift/status.ts';
import type { Finding, Note, Report, Waived } from '../report/model.ts';
import { count } from '../text/counts.ts';
import type { WaiverConfig } from './config.ts';
import { isExact } from './glob.ts';
import { isByName, needsName, selectorText, selects } from './select.ts';

export interface Sorted {
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly notes: readonly Note[];
  /** What each waiver came to, in the order of the config. */
  readonly tried: NonNullable<Report['waivers']>;
}

/** A waiver that sets aside more than this is worth a second look. */
const MANY = 20;

/**
 * Findings that the config waives, and what is wrong with the waivers: expired, without a finding, or too broad.
 * @param today The day of the run, as `2026-11-30`; a waiver holds through its last day.
 */
export function withWaivers(
  findings: readonly Finding[],
  waivers: readonly WaiverConfig[],
  baseline: Baseline | undefined,
  today: string,
): Sorted {
  if (waivers.length === 0) return { findings, waived: [], notes: [], tried: [] };
  const uses = waivers.map(() => ({
    waived: 0,
    expired: [] as Finding[],
    exceeded: [] as Finding[],
    refused: [] as Finding[],
  }));
  const left: Finding[] = [];
  const waived: Waived[] = [];
  for (const finding of findings) {
    let since: Finding['since'];
    let by: { waiver: WaiverConfig; pinned: Pinned | undefined } | null = null;
    for (const [i, waiver] of waivers.entries()) {
      const use = uses[i];
      if (by !== null || use === undefined || !selects(waiver, finding)) continue;
      const pinned = pinnedOf(waiver, finding, baseline);
      if (isExpired(waiver, today)) {
        use.expired.push(finding);
        since ??= 'waiver-expired';
      } else if (needsName(finding) && !isByName(waiver)) {
        use.refused.push(finding);
      } else if (exceeds(waiver, finding, pinned)) {
        use.exceeded.push(finding);
        since ??= 'waiver-exceeded';
      } else {
        use.waived += 1;
        by = { waiver, pinned };
      }
    }
    if (by === null) left.push(since === undefined ? finding : inOrder({ ...finding, since }));
    else waived.push(setAside(finding, by.waiver, by.pinned));
  }
  const notes = waivers.flatMap((waiver, i) => notesOf(waiver, i, uses[i] ?? NO_USE));
  return {
    findings: left,
    waived,
    notes,
    tried: waivers.map((waiver, i) => triedOf(waiver, i, uses[i] ?? NO_USE)),
  };
}

function triedOf(waiver: WaiverConfig, i: number, use: Use): Sorted['tried'][number] {
  const refused = (of: readonly Finding[], because: 'expired' | 'exceeded' | 'too-broad') =>
    of.map(({ fingerprint }) => ({ fingerprint, because }));
  return {
    at: `waivers[${i}]`,
    about: selectorText(waiver),
    until: waiver.until,
    waived: use.waived,
    refused: [
      ...refused(use.expired, 'expired'),
      ...refused(use.exceeded, 'exceeded'),
      ...refused(use.refused, 'too-broad'),
    ],
  };
}

type Use = {
  readonly waived: number;
  readonly expired: readonly Finding[];
  readonly exceeded: readonly Finding[];
  readonly refused: readonly Finding[];
};
const NO_USE: Use = { waived: 0, expired: [], exceeded: [], refused: [] };

type Pinned = NonNullable<Waived['waiver']['pinned']>;

function setAside(finding: Finding, waiver: WaiverConfig, pinned: Pinned | undefined): Waived {
  const { reason, owner, until, pin } = waiver;
  return {
    ...finding,
    waiver: { reason, owner, until, ...(pin === undefined ? {} : { pin }), ...(pinned ? { pinned } : {}) },
  } as Waived;
}

function isExpired({ until }: WaiverConfig, today: string): boolean {
  return until !== 'never' && until < today;
}

/** The finding that the pin names, as far as an earlier run kept it; the finding itself where it is what was pinned. */
function pinnedOf(
  { pin }: WaiverConfig,
  finding: Finding,
  baseline: Baseline | undefined,
): Pinned | undefined {
  if (pin === undefined) return undefined;
  const before = baseline?.waived.find((f) => f.fingerprint === finding.fingerprint);
  if (before?.waiver.pinned && before.waiver.pin === pin) return before.waiver.pinned;
  const known = [before, ...(baseline?.findings ?? []), ...(baseline?.unchecked ?? [])].find(
    (f) => f?.fingerprint === finding.fingerprint && f.content === pin,
  );
  if (known) return evidence(known);
  return finding.content === pin ? evidence(finding) : undefined;
}

function evidence(finding: Finding): Pinned {
  const { content, severity, usually, blocks } = finding;
  return {
    content,
    severity,
    ...(usually ? { usually } : {}),
    facts: measuredFacts(finding),
    ...(blocks ? { blocks: [...blocks] } : {}),
  };
}

/** Where what was pinned is not known any more, nothing proves that the finding is no more than that. */
function exceeds({ pin }: WaiverConfig, finding: Finding, pinned: Pinned | undefined): boolean {
  if (pin === undefined) return false;
  if (pinned === undefined) return finding.content !== pin;
  if (weighsMore(pinned, finding)) return true;
  const { blocks } = pinned;
  if (
    blocks !== undefined &&
    (finding.blocks ?? []).some((w) => !blocks.some((b) => b.kind === w.kind && b.name === w.name))
  )
    return true;
  const before = { rule: finding.rule, content: pinned.content, facts: pinned.facts } as Finding;
  return extentOf(before, finding) !== 'no-more';
}

function notesOf(waiver: WaiverConfig, i: number, use: Use): Note[] {
  const at = `waivers[${i}]`;
  const the = `the waiver for ${selectorText(waiver)}`;
  const severities = (all: readonly Finding[]) => [...new Set(all.map((f) => f.severity))].join(', ');
  const notes: Note[] = [];
  const say = (code: Note['code'], message: string, hint: string) => notes.push({ code, at, message, hint });
  if (use.expired.length > 0) {
    const one = use.expired.length === 1;
    say(
      'waiver-expired',
      `${the} expired on ${waiver.until}; its ${one ? 'finding' : `${use.expired.length} findings`} (${severities(use.expired)}) ${one ? 'counts' : 'count'} again.`,
      'Fix the finding, set a later date, or delete the waiver.',
    );
  }
  if (use.exceeded.length > 0)
    say(
      'waiver-exceeded',
      `${the} is pinned to ${waiver.pin}; ${count(use.exceeded.length, 'finding')} (${severities(use.exceeded)}) cannot be shown to be no more than that, and ${use.exceeded.length === 1 ? 'counts' : 'count'}.`,
      'Fix the finding, or pin the waiver to the content that the finding has now.',
    );
  if (use.refused.length > 0)
    say(
      'waiver-too-broad',
      `${the} does not cover ${use.refused
        .map((f) => `${f.rule} "${f.subject.name}"`)
        .slice(0, 3)
        .join(
          ', ',
        )}: what is missing and keeps workloads from launching is waived by its rule and name only.`,
      'Write a waiver with that rule and subject, without * and ?.',
    );
  if (use.waived + use.expired.length + use.exceeded.length + use.refused.length === 0)
    say('waiver-unused', `${the} matches no finding.`, 'Delete it, or correct its rule, subject or scope.');
  else if (isBroad(waiver) || use.waived > MANY)
    say(
      'waiver-too-broad',
      `${the} covers ${count(use.waived, 'finding')}, and any later one that matches it.`,
      'Name the rule and the subject of what is accepted.',
    );
  return notes;
}

/** Every subject of several rules, or several rules at every subject. */
function isBroad({ rule, subject, kind, scope }: WaiverConfig): boolean {
  const anySubject = subject === undefined || /^[*?]*$/.test(subject);
  return !isExact(rule) && anySubject && (kind === undefined || /^\*/.test(rule)) && scope === undefined;
}
