import { BELOW, BOUNDARIES, type Boundary, CONTEXT, INSIDE, PURE } from '../../.dependency-cruiser.mjs';

/** Short names, in place of what many rows have in common. */
const ONE_AUDIT = 'one audit';

/** How the code is divided, from the table that the linter checks. */
export function architecturePage(): string {
  const rooms = Object.entries(BOUNDARIES);
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
    `*Pure*: ${PURE}.`,
    '',
    '| room of `src` | may import, beside itself | because |',
    '|---|---|---|',
    ...rooms
      .filter(([, { because }]) => because !== INSIDE)
      .map(
        ([room, boundary]) =>
          `| ${code(room)} | ${importsOf(boundary).join(', ')} | ${boundary.because.replace(`; ${PURE}.`, '. *Pure*.')} |`,
      ),
    '',
    '## Inside the comparator',
    '',
    `A room of the comparator imports the rooms below it and never those above it. Each may import ${BELOW.map(code).join(', ')}; *${ONE_AUDIT}* is what an audit`,
    `is about: both sides, the config and the pairs (${contextFiles()}).`,
    '',
    '| room of `src/comparator` | may import besides |',
    '|---|---|',
    ...rooms
      .filter(([, { because }]) => because === INSIDE)
      .map(([room, boundary]) => {
        const own = (boundary.rooms ?? []).filter((name) => !BELOW.includes(name));
        const imports = importsOf({ ...boundary, rooms: own }).map((name) =>
          name === code(CONTEXT) ? `*${ONE_AUDIT}*` : name.replace('`comparator/', '`'),
        );
        return `| ${code(room.replace('comparator/', ''))} | ${imports.join(', ')} |`;
      }),
    '',
    'How to add an attribute, a rule or a kind: [CONTRIBUTING.md](../CONTRIBUTING.md). How each claim is tested: [testing.md](testing.md).',
    '',
  ].join('\n');
}

function importsOf({ rooms = [], packages = [], node, never }: Omit<Boundary, 'because'>): string[] {
  if (never) return [`every room but ${never.map(code).join(', ')}`];
  return [...rooms.map(code), ...packages.map((name) => `npm ${code(name)}`), ...nodeOf(node)];
}

/** The files of `comparator/(config|context).ts`. */
function contextFiles(): string {
  const names = /\((.*)\)/.exec(CONTEXT)?.[1]?.split('|') ?? [];
  return names.map((name) => code(`${name}.ts`)).join(', ');
}

function nodeOf(node: readonly string[] | 'all' | undefined): string[] {
  if (node === 'all') return ['all of Node.js'];
  return (node ?? []).map((name) => code(`node:${name}`));
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
