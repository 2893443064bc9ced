import type { Finding, Note } from '../report/model.ts';
import type { Severity } from '../report/vocabulary.ts';
import { count } from '../text/counts.ts';
import { groupBy } from '../text/groups.ts';
import type { RuleSettings } from './config.ts';
import { isByName, needsName, type Selector, selectorText, selects } from './select.ts';

interface Setting extends Selector {
  readonly severity: Severity | 'off';
  /** "rules.image/tags-differ". */
  readonly at: string;
}

function settingsOf(settings: RuleSettings | undefined): Setting[] {
  return Object.entries(settings ?? {}).flatMap(([rule, said]) => {
    const at = `rules.${rule}`;
    if (typeof said === 'string') return [{ rule, severity: said, at }];
    return Array.isArray(said)
      ? said.map((one, i) => ({ rule, ...one, at: `${at}[${i}]` }))
      : [{ rule, ...said, at }];
  });
}

/** What the config says that a finding weighs; undefined: nothing. The first entry that fits decides. */
export function settingFor(
  settings: RuleSettings | undefined,
  finding: Finding,
): Severity | 'off' | undefined {
  if (settings === undefined) return undefined;
  return settingsOf(settings).find((s) => selects(s, finding) && isAllowed(s, finding))?.severity;
}

function isAllowed(setting: Setting, finding: Finding): boolean {
  const severity = finding.usually ?? finding.severity;
  return !needsName({ rule: finding.rule, severity }) || isByName(setting);
}

/**
 * The findings without those that are off, and what was left out and changed, to be stated in every format.
 * @param findings With the severities of the config already, and `usually` where that is another one.
 */
export function withoutOff(
  findings: readonly Finding[],
  settings: RuleSettings | undefined,
): {
  readonly findings: readonly Finding[];
  readonly off: readonly Finding[];
  readonly notes: readonly Note[];
} {
  if (settings === undefined) return { findings, off: [], notes: [] };
  const isOff = (f: Finding) => settingFor(settings, f) === 'off';
  const notes = settingsOf(settings).flatMap((setting): Note[] => {
    const { at, severity } = setting;
    const all = findings.filter((f) => selects(setting, f));
    const own = all.filter((f) => isAllowed(setting, f));
    const kept = all.length - own.length;
    const the = selectorText(setting);
    const refused: Note[] =
      kept === 0
        ? []
        : [
            {
              code: 'waiver-too-broad',
              at,
              message: `the setting for ${the} does not cover ${count(kept, 'finding')} of what is missing and keeps workloads from launching: that takes a subject without * and ?.`,
              hint: 'Name the subject, or waive the finding with a reason.',
            },
          ];
    if (own.length === 0) return refused;
    const bySeverity = [...groupBy(own, (f) => f.usually ?? f.severity)].map(
      ([s, some]) => `${some.length} ${s}`,
    );
    return [
      ...refused,
      severity === 'off'
        ? {
            code: 'rule-off',
            at,
            message: `the config switches ${the} off: ${count(own.length, 'finding')} left out (${bySeverity.join(', ')}).`,
            hint: 'Remove the setting to see them.',
          }
        : {
            code: 'rule-severity',
            at,
            message: `the config makes ${the} ${severity}: ${count(own.length, 'finding')}, otherwise ${bySeverity.join(', ')}.`,
            hint: 'Remove the setting to have the severity of the rule.',
          },
    ];
  });
  return { findings: findings.filter((f) => !isOff(f)), off: findings.filter(isOff), notes };
}
