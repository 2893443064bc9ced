import { NAMED_KINDS } from '../../inventory/kinds.ts';
import { oneLine } from '../../text/one-line.ts';
import type { Suggestion } from './suggestion.ts';

/** Sections in the order of a config file; the nested ones under their parent. */
const SECTIONS: readonly {
  readonly section: Suggestion['section'];
  readonly path: readonly [string] | readonly [string, string];
}[] = [
  { section: 'vpcs', path: ['vpcs'] },
  { section: 'cidrs', path: ['cidrs'] },
  ...NAMED_KINDS.map((kind) => ({ section: `names.${kind}` as const, path: ['names', kind] as const })),
];

/**
 * The suggestions as a config section to read, trim and paste. Lines with more evidence against than for them are commented out.
 * JSON strings are YAML strings: any content of a Name tag stays one scalar.
 */
export function suggestionYaml(suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0)
    return '# Nothing to suggest: the two sides show no VPC, address range or name that changes between them.\n';
  const lines = [
    '# Suggested from the two sides; nothing of this is applied. Check each line before you use it.',
  ];
  let open = '';
  for (const { section, path } of SECTIONS) {
    const own = suggestions.filter((s) => s.section === section);
    if (own.length === 0) continue;
    if (path[0] !== open) lines.push(`${path[0]}:`);
    open = path[0];
    if (path.length === 2) lines.push(`  ${path[1]}:`);
    const indent = '  '.repeat(path.length);
    for (const s of own) {
      // A comment ends with its line: a name with a line break in it must not become a line of config.
      lines.push(`${indent}# ${s.supports} for, ${s.contradicts} against: ${oneLine(s.because)}`);
      lines.push(
        `${indent}${s.supports > s.contradicts ? '' : '# '}${JSON.stringify(s.from)}: ${JSON.stringify(s.to)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
