import type { Finding, Report } from '../../report/model.ts';
import { text } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';

/** Data as running text. */
export function shown(data: string): string {
  return text(visible(data));
}

/** What identifies a finding for a reader: severity, rule, name and fingerprint. */
export type NameOf = (fingerprint: string) => string;
/** The same, and what was found. */
export type TextOf = (fingerprint: string) => string;

export function findingTexts({ findings }: Report): { readonly name: NameOf; readonly full: TextOf } {
  const byFingerprint = new Map(findings.map((f) => [f.fingerprint, f]));
  const name: NameOf = (fingerprint) => nameText(byFingerprint.get(fingerprint), fingerprint);
  return {
    name,
    full: (fingerprint) => {
      const finding = byFingerprint.get(fingerprint);
      return finding ? `${name(fingerprint)}: ${shown(finding.message)}` : name(fingerprint);
    },
  };
}

function nameText(finding: Finding | undefined, fingerprint: string): string {
  if (!finding) return `\`${fingerprint}\``;
  const { rule, severity, subject } = finding;
  const scope = subject.scope === null ? '' : ` (${shown(subject.scope)})`;
  return `${severity} ${text(rule)} ${shown(subject.name)}${scope} \`${fingerprint}\``;
}

/** "step 3", "steps 1, 2 and 5 to 9". */
export function stepsText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  const parts = runs.flatMap(([first, last]) =>
    last - first > 1 ? [`${first} to ${last}`] : first === last ? [`${first}`] : [`${first}`, `${last}`],
  );
  const some = parts.length > 8 ? [...parts.slice(0, 8), 'more'] : parts;
  const list = some.length < 2 ? some.join('') : `${some.slice(0, -1).join(', ')} and ${some.at(-1)}`;
  return `${numbers.length === 1 ? 'step' : 'steps'} ${list}`;
}
