/**
 * Which room of `src` may import what, each with its reason. This table is the only place that says so: `npm run lint` checks it
 * and prints the reason beside each violation. Whatever is not listed is forbidden, so a new room imports nothing until it has a row.
 *
 * `rooms`: folders or files of `src`, besides the room itself. `packages`: npm packages. `node`: modules of Node, by name.
 * `never`, in place of these three: the only rooms that it may not import.
 */

/** What one audit is about: both sides, the config, and the pairs. Rooms that it is made of may use none of it. */
export const CONTEXT = 'comparator/(config|context|ignored|names|per-audit).ts';
const NAMES = 'comparator/names.ts';
const CONFIG = 'comparator/config.ts';
export const PURE =
  'no files, no network, no AWS and no clock, so that the same snapshots give the same bytes';
export const INSIDE = `A room of the comparator imports the rooms below it and never those above it; ${PURE}.`;
/** What every room of the comparator may import. */
export const BELOW = ['inventory', 'report', 'text', 'traffic'];
const inside = (room, rooms, more = {}) => [
  `comparator/${room}`,
  { rooms: [...BELOW, ...rooms], because: INSIDE, ...more },
];

/** @type {Readonly<Record<string, { rooms?: string[], packages?: string[], node?: string[] | 'all', never?: string[], because: string }>>} */
export const BOUNDARIES = Object.fromEntries([
  [
    'text',
    {
      packages: ['re2js', 'string-width', 'wrap-ansi'],
      because: 'Helpers for text are used by every room, so they import none.',
    },
  ],
  [
    'inventory',
    {
      rooms: ['text'],
      packages: ['zod', 'ipaddr.js'],
      node: ['buffer', 'crypto', 'fs', 'fs/promises', 'os', 'path', 'util', 'zlib'],
      because:
        'Every other room depends on the inventory. A snapshot file is read without AWS and without the rest of the tool.',
    },
  ],
  [
    'keys',
    {
      rooms: ['inventory', 'text'],
      packages: ['bcrypt-pbkdf'],
      node: ['crypto', 'fs/promises', 'stream'],
      because:
        'A private key may be read here, so nothing here can send it anywhere: no network, no AWS, no report.',
    },
  ],
  [
    'cloudformation',
    {
      rooms: ['inventory', 'text'],
      packages: ['yaml'],
      because: 'A template is text in and inventory out: no files, no network, no AWS.',
    },
  ],
  [
    'terraform',
    {
      rooms: ['inventory', 'text', 'cloudformation'],
      because: 'A plan or a state is JSON in and inventory out: no files, no network, no AWS.',
    },
  ],
  [
    'listing',
    {
      rooms: ['inventory', 'text'],
      because: 'A listing is text in and inventory out, or the reverse: no files, no network, no AWS.',
    },
  ],
  [
    'collectors',
    {
      rooms: ['inventory', 'text', 'cloudformation'],
      packages: ['@aws-sdk', '@smithy', 'ipaddr.js', 'p-limit', 'yaml', 'zod'],
      node: 'all',
      because:
        'Collectors read AWS and say what is there. The comparator decides what it means, the renderers how it looks.',
    },
  ],
  [
    'report',
    {
      rooms: ['inventory', 'text'],
      packages: ['zod', 'diff'],
      node: ['crypto'],
      because: `The report is data that every format is made from: it knows neither who made it nor who prints it; ${PURE}.`,
    },
  ],
  [
    'drift',
    {
      rooms: ['inventory', 'report', 'text', 'traffic'],
      packages: ['zod'],
      because: `What changed since an earlier run follows from two reports alone; ${PURE}.`,
    },
  ],
  [
    'waivers',
    {
      rooms: ['inventory', 'report', 'text', 'drift'],
      packages: ['zod'],
      because: `Waivers and severities of the config need the findings alone; ${PURE}.`,
    },
  ],
  [
    'traffic',
    {
      because:
        'The algebra of traffic imports nothing else, so that its laws can be tested without anything of AWS.',
    },
  ],
  [
    'comparator/network',
    {
      rooms: ['traffic'],
      because: 'Routes and network ACLs are sets of packets, and need the algebra alone.',
    },
  ],
  inside('keys', []),
  inside('families', []),
  inside('makers', [NAMES]),
  inside('pairing', [CONFIG, NAMES, 'comparator/keys', 'comparator/makers'], {
    packages: ['ipaddr.js'],
  }),
  inside('images', [CONTEXT, 'comparator/families', 'comparator/pairing']),
  inside('groups', [CONTEXT, 'comparator/pairing', 'comparator/makers']),
  inside('commands', [CONTEXT, ...['groups', 'makers', 'pairing'].map((room) => `comparator/${room}`)]),
  inside(
    'workloads',
    [
      CONTEXT,
      'cloudformation',
      ...['commands', 'images', 'makers', 'network', 'pairing'].map((room) => `comparator/${room}`),
    ],
    { node: ['util'] },
  ),
  inside('launches', [CONTEXT, ...['network', 'pairing', 'workloads'].map((room) => `comparator/${room}`)]),
  inside('rules', [
    CONTEXT,
    ...[
      'commands',
      'families',
      'groups',
      'images',
      'keys',
      'makers',
      'network',
      'pairing',
      'launches',
      'workloads',
    ].map((room) => `comparator/${room}`),
  ]),
  inside('verdicts', [
    CONTEXT,
    ...['images', 'network', 'pairing', 'rules', 'launches', 'workloads'].map((room) => `comparator/${room}`),
  ]),
  inside(
    'findings',
    [
      CONTEXT,
      'waivers',
      ...['commands', 'groups', 'pairing', 'rules', 'launches', 'workloads'].map(
        (room) => `comparator/${room}`,
      ),
    ],
    { packages: ['zod'], node: ['crypto'] },
  ),
  inside('causes', [
    CONTEXT,
    ...[
      'commands',
      'findings',
      'groups',
      'images',
      'pairing',
      'rules',
      'verdicts',
      'launches',
      'workloads',
    ].map((room) => `comparator/${room}`),
  ]),
  inside('suggest', [
    CONTEXT,
    ...['groups', 'makers', 'pairing', 'workloads'].map((room) => `comparator/${room}`),
  ]),
  [
    'comparator',
    {
      rooms: [
        'inventory',
        'report',
        'text',
        'traffic',
        'cloudformation',
        'comparator',
        'drift',
        'waivers',
        'matrix/pairs-config.ts',
      ],
      packages: ['zod'],
      because: `The comparator turns two snapshots into a report and knows neither who reads nor who prints; ${PURE}.`,
    },
  ],
  [
    'plan',
    {
      rooms: ['inventory', 'report', 'text', 'comparator', 'traffic'],
      node: ['crypto'],
      because: `The plan is made from the report and the snapshots; it is text and executes nothing; ${PURE}.`,
    },
  ],
  [
    'redact',
    {
      rooms: ['inventory', 'report', 'text'],
      because: `A redacted report is made from a report alone, so that a saved one can be redacted too; ${PURE}.`,
    },
  ],
  [
    'renderers',
    {
      rooms: ['report', 'text'],
      packages: ['handlebars', 'diff', 'cli-table3', 'picocolors', 'string-width', 'wrap-ansi'],
      node: ['crypto', 'fs', 'url'],
      because:
        'A renderer knows the report and nothing else, so a saved report gives the same text anywhere, without AWS.',
    },
  ],
  [
    'matrix',
    {
      rooms: ['inventory', 'report', 'text', 'waivers/glob.ts'],
      packages: ['zod', 'picocolors', 'string-width'],
      node: ['crypto'],
      because: `Which pairs are audited is made from the config, and what they have in common from their reports alone; ${PURE}.`,
    },
  ],
  [
    'audit',
    {
      never: ['cli', 'index.ts'],
      because: 'The library and the command line share this application, so it imports neither of them.',
    },
  ],
  [
    'index.ts',
    {
      rooms: [
        'audit',
        'comparator',
        'drift',
        'inventory',
        'keys',
        'matrix',
        'plan',
        'redact',
        'renderers',
        'report',
      ],
      packages: ['zod'],
      because: 'The library is what its users import: it does not depend on the command line.',
    },
  ],
  [
    'cli',
    {
      never: ['index.ts'],
      because: 'The command line composes the rooms. It does not go through the library, which offers less.',
    },
  ],
]);

/** A room is a folder of `src` or a file directly in it. */
const inRoom = (room) => (/\.ts$/.test(room) ? room.replace('.ts', '\\.ts$') : `${room}/`);
const names = Object.keys(BOUNDARIES);

const pathOf = (room) => (/[)+]/.test(room) ? room : inRoom(room));

function rule(room, { rooms = [], packages = [], node = [], never, because }) {
  const innerRooms = names.filter((name) => name.startsWith(`${room}/`)).map(inRoom);
  return {
    name: `only-what-${room.replace('/', '-').replace('.ts', '')}-may-import`,
    comment: because,
    severity: 'error',
    from: {
      path: `^src/${inRoom(room)}`,
      ...(innerRooms.length > 0 ? { pathNot: `^src/(${innerRooms.join('|')})` } : {}),
    },
    to: never
      ? { path: never.map((other) => `^src/${inRoom(other)}`) }
      : {
          pathNot: [
            ...[room, ...rooms].map((other) => `^src/${pathOf(other)}`),
            ...packages.map((name) => `node_modules/${name}/`),
            ...packages.map((name) => `node_modules/@types/${name}/`),
            ...(node === 'all' ? [] : node.map((name) => `^${name}$`)),
          ],
          ...(node === 'all' ? { dependencyTypesNot: ['core'] } : {}),
        },
  };
}

export default {
  forbidden: [
    ...names.map((room) => rule(room, BOUNDARIES[room])),
    {
      name: 'no-circle',
      comment: 'Files that import each other in a circle can be neither understood nor tested one by one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-room-has-a-row',
      comment:
        'A room without a row in .dependency-cruiser.mjs could import anything. Add the row, with its reason.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${names.map(inRoom).join('|')})` },
      to: {},
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API, so the sources are parsed with swc.
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  },
};
