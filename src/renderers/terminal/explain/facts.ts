import { type Finding, plainFacts } from '../../../report/model.ts';
import type { Json } from '../../../report/rules/shared.ts';
import { TRAFFIC_FACTS, trafficView } from '../../../report/view/traffic.ts';
import { clip, visible } from '../../../text/printable.ts';

/** Facts that other parts of the explanation show: the rows of both sides, the lines for the config. */
const ELSEWHERE: readonly string[] = ['rows', 'fix', 'transfer', 'publicKey'];

/** A longer value is cut: the report has all of it. */
const LONGEST = 120;

/** The facts of a finding by name, without nulls and empty lists: what a person reads, not all that a program may need. */
export function explainedFacts(finding: Finding): string[][] {
  const traffic = trafficView(finding) ? TRAFFIC_FACTS : [];
  return Object.entries(plainFacts(finding))
    .filter(([name, value]) => !traffic.includes(name) && !ELSEWHERE.includes(name) && !isEmpty(value))
    .map(([name, value]) => [visible(words(name)), visible(text(value))]);
}

/** `daysBehind` is "days behind". */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function text(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value.join(', ');
  return clip(JSON.stringify(value), LONGEST);
}
