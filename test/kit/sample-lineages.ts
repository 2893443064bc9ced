import type { Lineage } from '../../src/report/lineage.ts';

type Version = Lineage['versions'][number];

const at = (day: string) => `${day}T04:30:00.000Z`;

function version(
  name: string,
  id: string,
  day: string,
  copy: Version['copy'] = null,
  over: Partial<Version> = {},
): Version {
  return {
    id,
    name,
    createdAt: at(day),
    state: 'available',
    side: 'source',
    copy,
    newestCopied: false,
    behind: false,
    ...over,
  };
}

function copy(
  name: string,
  id: string,
  day: string,
  over: Partial<NonNullable<Version['copy']>> = {},
): Version['copy'] {
  return {
    id,
    name,
    createdAt: at(day),
    state: 'available',
    region: 'eu-west-1',
    is: 'copy',
    matchedBy: 'lineage',
    strength: 'strong',
    ...over,
  };
}

const BEHIND = { behind: true };
const family = (over: Pick<Lineage, 'family' | 'versions'> & Partial<Lineage>): Lineage => ({
  architecture: 'x86_64',
  by: 'the date at the end of the name',
  strength: 'medium',
  orderedBy: 'version',
  leftOut: 0,
  extraCopies: [],
  extraLeftOut: 0,
  behind: null,
  ...over,
});

/** A family that is up to date, one with every kind of doubt, one that is behind: the picture of each differs. */
export const SAMPLE_LINEAGES: Lineage[] = [
  family({
    family: 'base',
    architecture: 'arm64',
    versions: [
      version(
        'base-2026-10-01',
        'ami-0ba5e00000000001',
        '2026-10-01',
        copy('base-2026-10-01', 'ami-0ba5e00000000002', '2026-10-02'),
        {
          newestCopied: true,
        },
      ),
      version('base-2026-07-01', 'ami-0ba5e00000000003', '2026-07-01', null, { state: 'disabled' }),
    ],
  }),
  family({
    family: 'web-golden',
    versions: [
      version('web-golden-2026-11-18', 'ami-0c0ffee0000000001', '2026-11-18', null, BEHIND),
      version('web-golden-2026-11-02', 'ami-0c0ffee0000000002', '2026-11-02', null, BEHIND),
      version(
        'web-golden-2026-10-02',
        'ami-0cc1',
        '2026-10-02',
        copy('web-golden-2026-10-02', 'ami-0cc2', '2026-10-03'),
        { newestCopied: true },
      ),
      version('web-golden-2026-09-01', 'ami-0c0ffee0000000003', '2026-09-01'),
      version(
        'web-golden-2026-08-01',
        'ami-0c0ffee0000000004',
        '2026-08-01',
        copy('golden-august', 'ami-0c0ffee0000000005', '2026-08-20'),
      ),
    ],
    leftOut: 7,
    behind: { versions: 2, days: 47 },
  }),
  family({
    family: 'worker',
    versions: [
      version(
        'worker-7.2.0',
        'ami-0aaa',
        '2026-09-12',
        copy('worker-7.2.0', 'ami-0bbb', '2026-09-12', {
          is: 'namesake',
          matchedBy: 'name',
          strength: 'weak',
          state: 'pending',
        }),
        { newestCopied: true },
      ),
      version(
        'worker-7.1.0',
        'ami-0aab',
        '2026-06-12',
        copy('worker-7.1.0', 'ami-0bbc', '2026-03-01', { is: 'copy-of-former', matchedBy: 'name' }),
      ),
      version(
        'worker-7.0.0',
        'ami-0aac',
        '2026-03-12',
        copy('worker-7.0.0', 'ami-0bbd', '2026-03-13', { is: 'no-copy', matchedBy: 'name' }),
      ),
    ],
    extraCopies: [
      {
        id: 'ami-0bbe',
        name: 'worker-6.9.0',
        createdAt: at('2025-12-01'),
        state: 'available',
        region: 'eu-west-1',
        copyOf: 'ami-0dead',
        copyOfRegion: 'us-east-1',
      },
    ],
    extraLeftOut: 2,
  }),
];
