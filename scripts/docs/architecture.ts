import { BOUNDARIES } from '../../.dependency-cruiser.mjs';

/** How the code is divided, from the table that the linter checks. */
export function architecturePage(): string {
  return [
    '# Architecture',
    '',
    'Written by `npm run generate` from the table that `npm run lint` checks (`.dependency-cruiser.mjs`).',
    '',
    '```',
    'live region ─▶ collectors ─┐',
    'CLI dumps  ────────────────┼─▶ Snapshot ─┐',
    'snapshot file ─────────────┘             ├─▶ comparator ─▶ Report ─▶ renderers ─▶ html md terminal json sarif junit csv slack asff',
    '                        the other side ──┘                     ├─▶ plan ─▶ plan.md plan.sh main.tf cloudformation.json',
    '                                                               └─▶ exit code',
    '```',
    '',
    'Three products, each a file that can be kept: the snapshot, the report and the rendered text. Each step can be run and tested alone. A kind that could not',
    'be read is a stated gap of the snapshot, and never an empty list; the report of two snapshots is the same, byte for byte, on every machine.',
    '',
    '| room of `src` | may import, beside itself | because |',
    '|---|---|---|',
    ...Object.entries(BOUNDARIES).map(([room, { rooms = [], packages = [], node, never, because }]) => {
      const imports = never
        ? [`every room but ${never.map(code).join(', ')}`]
        : [...rooms.map(code), ...packages.map((name) => `npm ${code(name)}`), ...nodeOf(node)];
      return `| ${code(room)} | ${imports.join(', ')} | ${because} |`;
    }),
    '',
    'How to add an attribute, a rule or a kind: [CONTRIBUTING.md](../CONTRIBUTING.md). How each claim is tested: [testing.md](testing.md).',
    '',
  ].join('\n');
}

function nodeOf(node: readonly string[] | 'all' | undefined): string[] {
  if (node === 'all') return ['all of Node.js'];
  return (node ?? []).map((name) => code(`node:${name}`));
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
