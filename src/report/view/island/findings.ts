import { visible } from '../../../text/printable.ts';
import { type Finding, plainFacts, type Report } from '../../model.ts';
import type { Facts, Json } from '../../rules/shared.ts';
import { betweenText, changeViews, expiryText, formerText, movedText, sinceText } from '../drift.ts';
import { gistOf } from '../gist.ts';
import { moment, scopeText } from '../text.ts';
import { userViews } from '../users.ts';
import { commandsOf } from './commands.ts';
import type { Listed, Positions } from './positions.ts';
import type { FindingDetail, IslandFinding } from './types.ts';

const MOST_USERS = 200;
/** Longer facts are for report.json. */
const LONGEST_FACTS = 20_000;

export function findingsOf(
  report: Report,
  positions: Positions,
): { readonly findings: readonly IslandFinding[]; readonly details: readonly FindingDetail[] } {
  const hit = new Map<string, number[]>();
  positions.workloads.forEach((workload, i) => {
    for (const fingerprint of workload.because) {
      const own = hit.get(fingerprint);
      if (own) own.push(i);
      else hit.set(fingerprint, [i]);
    }
  });
  return {
    findings: positions.listed.map((listed) => findingOf(listed, positions, hit)),
    details: positions.listed.map(({ finding }) => detailOf(finding, report)),
  };
}

function findingOf(
  { finding, status }: Listed,
  { ruleAt, pairAt, causeAt }: Positions,
  hit: ReadonlyMap<string, readonly number[]>,
): IslandFinding {
  const active = status === 'new' || status === 'worsened' || status === 'persisting';
  return {
    fingerprint: visible(finding.fingerprint),
    severity: finding.severity,
    status,
    kind: finding.kind,
    name: visible(finding.subject.name),
    scope: visible(scopeText(finding.subject) ?? ''),
    rule: ruleAt.get(finding.rule) ?? 0,
    gist: gistOf(finding),
    object: pairAt.get(finding.fingerprint) ?? -1,
    usedBy: finding.usedBy.length,
    workloads: active ? (hit.get(finding.fingerprint) ?? []) : [],
    fix: active ? (causeAt.get(finding.fingerprint) ?? -1) : -1,
  };
}

function detailOf(finding: Finding, report: Report): FindingDetail {
  const { subject, usedBy } = finding;
  const facts = plainFacts(finding);
  const users = userViews(usedBy);
  const waiver = 'waiver' in finding ? (finding as Report['waived'][number]).waiver : null;
  return {
    message: visible(finding.message),
    remedy: visible(finding.remedy),
    commands: commandsOf(finding.commands),
    config:
      typeof facts.config === 'string'
        ? facts.config
            .split(/\r\n|\n|\r/)
            .map(visible)
            .join('\n')
        : '',
    sourceId: visible(subject.sourceId ?? ''),
    targetId: visible(subject.targetId ?? ''),
    users: users.slice(0, MOST_USERS),
    moreUsers: Math.max(0, users.length - MOST_USERS),
    notes: notesOf(finding, waiver, report),
    changes: changeViews(finding, report).map(({ region, id, rows, more }) => ({ region, id, rows, more })),
    facts: factsText(facts),
  };
}

/** What is known of its history: since when, why now, which side changed, who accepted it. */
function notesOf(
  finding: Finding,
  waiver: Report['waived'][number]['waiver'] | null,
  report: Report,
): readonly string[] {
  const { status, moved, firstSeen } = finding;
  const what = movedText(moved, status);
  return [
    status === 'persisting' ? `First seen ${moment(firstSeen).slice(0, 10)}.` : '',
    formerText(finding),
    what === '' || moved === null ? '' : `${what} ${betweenText(moved)}.`,
    sinceText(finding),
    waiver === null
      ? ''
      : visible(
          `Waived${waiver.owner === null ? '' : ` by ${waiver.owner}`}: ${waiver.reason}. ${expiryText(waiver.until, report.finishedAt)}`,
        ),
  ].filter((text) => text !== '');
}

/** Formatted JSON without nulls and empty lists. */
function factsText(facts: Facts): string {
  const kept = Object.fromEntries(Object.entries(facts).filter(([, value]) => !isEmpty(value)));
  if (Object.keys(kept).length === 0) return '';
  const text = JSON.stringify(kept, (_key, value: Json) => (value === null ? undefined : value), 2);
  return text.length > LONGEST_FACTS
    ? `${text.slice(0, LONGEST_FACTS).split('\n').map(visible).join('\n')}\n… the rest is in report.json`
    : text.split('\n').map(visible).join('\n');
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
