import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { found } from '../../kit/estate.ts';
import { builtOn, copyOf, image, images, pairing, type Row } from '../images/kit.ts';

const [S, T] = ['ami-0123456789abcdef0', 'ami-0fedcba9876543210'] as const;
const MARK = (SourceImageId: string, SourceImageRegion = 'us-east-1') => ({
  ImageWatermarks: [{ WatermarkKey: '111122223333:golden', SourceImageId, SourceImageRegion }],
});
const copiedFor = (made: string, from: string) =>
  `Copied for DestinationAmi ${made} from SourceAmi ${from} for SourceSnapshot snap-1. Task created on 1,700,000,000,000.`;
const DESCRIBED = { Description: `[Copied ${S} from us-east-1] web` };

describe('what pairs two images, and how strong it is', () => {
  it.each<[string, Row, string]>([
    ['AWS’s record of the copy', image('other', T, copyOf(S)), `${T} by lineage (strong)`],
    [
      'the ancestry, through a region that nobody listed',
      image('other', T, {
        ...copyOf('ami-mid', 'ap-south-1'),
        Ancestry: [
          { ImageId: T, SourceImageId: 'ami-mid', SourceImageRegion: 'ap-south-1' },
          { ImageId: 'ami-mid', SourceImageId: S, SourceImageRegion: 'us-east-1' },
          { ImageId: S },
        ],
      }),
      `${T} by ancestry (strong)`,
    ],
    [
      'a watermark',
      image('other', T, { ...copyOf('ami-mid', 'ap-south-1'), ...MARK(S) }),
      `${T} by watermark (strong)`,
    ],
    ['the description of an image', image('other', T, DESCRIBED), `${T} by description (weak)`],
    ['the name', image('web', T), `${T} by name (weak)`],
  ])('%s', (_, copy, expected) => {
    expect(pairing(images([image('web', S)], [copy]), 'web')).toBe(expected);
  });

  it('the description of a snapshot', () => {
    const target = { snapshots: [{ SnapshotId: `snap-${T}`, Description: copiedFor(T, S) }] };
    const report = images([image('web', S)], [image('other', T)], { target });
    expect(pairing(report, 'web')).toBe(`${T} by snapshot-description (medium)`);
  });

  it.each(['failed', 'pending', 'disabled'])(
    'of two copies of one source the usable one, where the %s one has the name',
    (State) => {
      const copies = [
        image('web', 'ami-a1', { ...copyOf(S), State }),
        image('web-again', 'ami-a2', copyOf(S)),
      ];
      const report = images([image('web', S)], copies);
      expect(pairing(report, 'web')).toBe('ami-a2 by lineage (strong)');
      expect(found(report)).not.toContain('image/unusable-copy high');
    },
  );

  it('the stronger wins over the weaker, whoever has the name', () => {
    const rows = [
      image('by-record', 'ami-a1', copyOf(S)),
      image('by-mark', 'ami-a2', { ...copyOf('ami-mid', 'ap-south-1'), ...MARK(S) }),
      image('by-snapshot', 'ami-a3'),
      image('by-description', 'ami-a4', DESCRIBED),
      image('web', 'ami-a5'),
    ];
    const target = { snapshots: [{ SnapshotId: 'snap-ami-a3', Description: copiedFor('ami-a3', S) }] };
    const order = rows.map((_, i) => pairing(images([image('web', S)], rows.slice(i), { target }), 'web'));
    expect(order).toEqual([
      'ami-a1 by lineage (strong)',
      'ami-a2 by watermark (strong)',
      'ami-a3 by snapshot-description (medium)',
      'ami-a4 by description (weak)',
      'ami-a5 by name (weak)',
    ]);
  });

  it('works in either direction: the source may be the copy', () => {
    const source = { snapshots: [{ SnapshotId: `snap-${S}`, Description: copiedFor(S, T) }] };
    const back = (more: Partial<Row>, estate = {}) =>
      pairing(
        images([image('web', S, more)], [image('eu', T, { CreationDate: '2026-05-01T00:00:00Z' })], {
          source: estate,
        }),
        'web',
      );
    expect(back(copyOf(T, 'eu-west-1'))).toBe(`${T} by lineage (strong)`);
    expect(back({ ...copyOf('ami-mid', 'ap-south-1'), ...MARK(T, 'eu-west-1') })).toBe(
      `${T} by watermark (strong)`,
    );
    expect(back({}, source)).toBe(`${T} by snapshot-description (medium)`);
    expect(back({ Description: `[Copied ${T} from eu-west-1] eu` })).toBe(`${T} by description (weak)`);
  });
});

describe('the ancestry', () => {
  const through = (SourceImageRegion: string): Partial<Row> => ({
    ...copyOf('ami-mid', 'us-east-1'),
    Ancestry: [
      { ImageId: T, SourceImageId: 'ami-mid', SourceImageRegion: 'us-east-1' },
      { ImageId: 'ami-mid', SourceImageId: S, SourceImageRegion },
    ],
  });

  it('does not say whether one in between was built or copied: within a region the name must agree', () => {
    expect(pairing(images([image('web', S)], [image('web', T, through('us-east-1'))]), 'web')).toBe(
      `${T} by ancestry (medium)`,
    );
    const renamed = images([image('web', S)], [image('other', T, through('us-east-1'))]);
    expect(pairing(renamed, 'web')).toBe('missing-in-target');
    expect(found(renamed)).toContain('image/source-gone low');
  });

  it('that is in another order, or goes in a circle, is read all the same', () => {
    const rows = [
      { ImageId: 'ami-mid', SourceImageId: S, SourceImageRegion: 'us-east-1' },
      { ImageId: S, SourceImageId: T, SourceImageRegion: 'eu-west-1' },
      { ImageId: T, SourceImageId: 'ami-mid', SourceImageRegion: 'ap-south-1' },
    ];
    const copy = image('other', T, { ...copyOf('ami-mid', 'ap-south-1'), Ancestry: rows });
    expect(pairing(images([image('web', S)], [copy]), 'web')).toBe(`${T} by ancestry (strong)`);
  });

  it('of an image that AWS itself owns says that its source is not gone', () => {
    const copyOfLinux = (ImageOwnerAlias?: string) =>
      images(
        [],
        [
          image('al2023', T, {
            ...copyOf('ami-amazon'),
            Ancestry: [
              { ImageId: T, SourceImageId: 'ami-amazon', SourceImageRegion: 'us-east-1' },
              { ImageId: 'ami-amazon', ImageOwnerAlias },
            ],
          }),
        ],
      );
    expect(found(copyOfLinux('amazon'))).toEqual(['image/extra info']);
    expect(found(copyOfLinux())).toEqual(['image/source-gone low']);
  });
});

describe('a watermark', () => {
  it('is handed down to what is built on an image, and that is no copy', () => {
    const report = images(
      [image('base', S), image('app', 'ami-app', { ...builtOn(S, 'us-east-1'), ...MARK(S) })],
      [image('app', T, { ...copyOf('ami-app'), ...MARK(S) })],
    );
    expect(pairing(report, 'app')).toBe(`${T} by lineage (strong)`);
    expect(pairing(report, 'base')).toBe('missing-in-target');
  });

  it('does not outweigh a record that leads to another image, nor volumes that differ', () => {
    const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20 } }];
    const grown = image('other', T, { ...copyOf('ami-mid', 'ap-south-1'), ...MARK(S), BlockDeviceMappings });
    expect(pairing(images([image('web', S)], [grown]), 'web')).toBe('missing-in-target');
    const twins = images(
      [image('base', S), image('app', 'ami-app', builtOn(S, 'us-east-1'))],
      [
        image('app-1', 'ami-e1', copyOf('ami-app')),
        image('app-2', 'ami-e2', { ...copyOf('ami-app'), ...MARK(S) }),
      ],
    );
    expect(pairing(twins, 'base')).toBe('missing-in-target');
  });

  it('of a third image that both carry makes a name more than a name', () => {
    const both = { ...copyOf('ami-mid', 'ap-south-1'), ...MARK('ami-mark', 'ap-south-1') };
    const other = { ...copyOf('ami-mid2', 'ap-south-1'), ...MARK('ami-mark', 'ap-south-1') };
    expect(pairing(images([image('web', S, both)], [image('web', T, other)]), 'web')).toBe(
      `${T} by watermark (medium)`,
    );
    expect(pairing(images([image('web', S, both)], [image('db', T, other)]), 'web')).toBe(
      'missing-in-target',
    );
  });
});

describe('a description', () => {
  const old = { CreationDate: '2026-05-01T00:00:00Z' };
  it('of a snapshot that was made for another image says nothing of this one', () => {
    const target = {
      snapshots: [{ SnapshotId: `snap-${T}`, Description: copiedFor('ami-0aaaaaaaaaaaaaaaa', S) }],
    };
    expect(pairing(images([image('web', S)], [image('other', T)], { target }), 'web')).toBe(
      'missing-in-target',
    );
  });

  it('does not make an image a copy of a later one', () => {
    const target = { snapshots: [{ SnapshotId: `snap-${T}`, Description: copiedFor(T, S) }] };
    expect(pairing(images([image('web', S)], [image('other', T, old)], { target }), 'web')).toBe(
      'missing-in-target',
    );
    expect(pairing(images([image('web', S)], [image('other', T, { ...DESCRIBED, ...old })]), 'web')).toBe(
      'missing-in-target',
    );
  });

  it('of the snapshots shows a rebuild, medium strong', () => {
    const target = {
      snapshots: [{ SnapshotId: `snap-${T}`, Description: copiedFor(T, 'ami-00000000000f0f0f0') }],
    };
    const report = images([image('web', S)], [image('web', T)], { target });
    expect(found(report)).toEqual(['image/not-a-copy high']);
    const said = { ...DESCRIBED, Description: '[Copied ami-00000000000f0f0f0 from us-east-1] web' };
    const snapshots = [{ SnapshotId: `snap-${T}`, Description: copiedFor(T, 'ami-00000000000f0f0f0') }];
    const rebuilt = images([image('web', S)], [image('web', T, said)], { target: { snapshots } });
    expect(rebuilt.findings).toMatchObject([
      { rule: 'image/stale-copy', facts: { reason: 'rebuilt', strength: 'medium' } },
    ]);
  });
});

it('twenty thousand copies of one original on either side are paired one to one', () => {
  const many = (prefix: string) =>
    Array.from({ length: 20_000 }, (_, i) =>
      image(`${prefix}-${i}`, `ami-${prefix}-${i}`, copyOf('ami-0', 'ap-south-1')),
    );
  const report = images(many('us'), many('eu'));
  expect(report.pairs).toHaveLength(40_000);
  const same = images(
    many('us'),
    many('us').map((row) => ({ ...row, ImageId: `${row.ImageId}-eu` })),
  );
  expect(same.pairs.filter((p) => p.matchedBy === 'ancestry')).toHaveLength(20_000);
}, 240_000);

it('whatever the records say, every image is in one pair and the answer does not hang on their order', () => {
  const ids = ['ami-a', 'ami-b', 'ami-c', 'ami-d'];
  const any = (side: string) =>
    fc
      .uniqueArray(
        fc.record({
          n: fc.nat(3),
          name: fc.constantFrom('x', 'y', 'z'),
          from: fc.constantFrom(
            ...['us', 'eu'].flatMap((r) => ids.map((id) => `${id}-${r}`)),
            'ami-gone',
            null,
          ),
          region: fc.constantFrom('us-east-1', 'eu-west-1', 'ap-south-1'),
          built: fc.boolean(),
          marked: fc.boolean(),
          ancestors: fc.array(
            fc.tuple(
              fc.constantFrom(...ids.map((id) => `${id}-us`), 'ami-gone'),
              fc.constantFrom('us-east-1', 'ap-south-1'),
            ),
            { maxLength: 3 },
          ),
          day: fc.integer({ min: 1, max: 9 }),
        }),
        { selector: (r) => r.n, maxLength: 4 },
      )
      .map((rows) =>
        rows.map((r) =>
          image(r.name + r.n, `${ids[r.n]}-${side}`, {
            CreationDate: `2026-06-0${r.day}T00:00:00Z`,
            ...(r.from ? { SourceImageId: r.from, SourceImageRegion: r.region } : {}),
            ...(r.from && r.built ? { SourceInstanceId: 'i-1' } : {}),
            ...(r.marked ? MARK('ami-a-us') : {}),
            ...(r.ancestors.length > 0
              ? {
                  Ancestry: [
                    {
                      ImageId: `${ids[r.n]}-${side}`,
                      SourceImageId: r.from ?? undefined,
                      SourceImageRegion: r.region,
                    },
                    ...r.ancestors.map(([ImageId, SourceImageRegion], i) => ({
                      ImageId,
                      SourceImageId: r.ancestors[i + 1]?.[0],
                      SourceImageRegion,
                    })),
                  ],
                }
              : {}),
          }),
        ),
      );
  fc.assert(
    fc.property(any('us'), any('eu'), (source, target) => {
      const report = images(source, target);
      expect(report.pairs.flatMap((p) => p.source?.id ?? []).sort()).toEqual(
        source.map((r) => r.ImageId).sort(),
      );
      expect(report.pairs.flatMap((p) => p.target?.id ?? []).sort()).toEqual(
        target.map((r) => r.ImageId).sort(),
      );
      expect(images([...source].reverse(), [...target].reverse())).toEqual(report);
      for (const { matchedBy, matchStrength } of report.pairs)
        expect(matchStrength !== undefined).toBe(matchedBy !== null);
    }),
  );
});
