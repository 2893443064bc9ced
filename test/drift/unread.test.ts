import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import { baselineOf } from '../../src/drift/baseline.ts';
import { failed } from '../../src/inventory/collected.ts';
import type { Image } from '../../src/inventory/image.ts';
import { SNAPSHOT_KINDS } from '../../src/inventory/kinds.ts';
import { FACT_KINDS } from '../../src/inventory/launch-facts/kinds.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import type { Report } from '../../src/report/model.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { demoSide } from '../kit/demo.ts';

const DENIED = failed({ code: 'access-denied', message: 'denied', hint: 'allow it' });

/** The same side with one part that could not be read. */
const LACKING: readonly (readonly [string, (side: Snapshot) => Snapshot])[] = [
  ...SNAPSHOT_KINDS.map((kind) => [kind, (side: Snapshot) => ({ ...side, [kind]: DENIED })] as const),
  ...FACT_KINDS.map(
    (fact) =>
      [
        fact,
        (side: Snapshot) => ({ ...side, launchFacts: { ...side.launchFacts, [fact]: DENIED } }),
      ] as const,
  ),
];

/** The same side with what only explains left unread: each part as its collector leaves it. */
const lackingDetail = (
  explains: NonNullable<Snapshot['gaps'][number]['explains']>,
  without: (side: Snapshot) => Partial<Snapshot>,
): readonly [string, (side: Snapshot) => Snapshot] => [
  explains,
  (side) => ({
    ...side,
    ...without(side),
    gaps: [
      ...side.gaps,
      { kind: 'image', code: 'access-denied', message: 'denied', hint: 'allow it', explains },
    ],
  }),
];
const images = ({ images: read }: Snapshot, change: (image: Image) => Image): Partial<Snapshot> =>
  read.status === 'complete' ? { images: { ...read, items: read.items.map(change) } } : {};
const DETAILS = [
  lackingDetail('ancestry', (side) => images(side, (image) => ({ ...image, ancestry: null }))),
  lackingDetail('snapshots', (side) =>
    images(side, (image) => ({
      ...image,
      blockDevices: image.blockDevices.map((d) =>
        d.ebs ? { ...d, ebs: { ...d.ebs, description: null, fullSnapshotBytes: null } } : d,
      ),
    })),
  ),
  lackingDetail('copies', () => ({ otherImages: { status: 'complete', items: [] } })),
  lackingDetail('settings', () => ({ imageSettings: { allowedImages: null, encryptionByDefault: null } })),
  lackingDetail('recycle-bin', () => ({ recycledImages: null })),
];

let whole: { source: Snapshot; target: Snapshot };
beforeAll(async () => {
  whole = { source: await demoSide('source'), target: await demoSide('target') };
}, 120_000);

describe.each(['source', 'target'] as const)('a part of the %s that is not read for two nights', (which) => {
  it.each([...LACKING, ...DETAILS])(
    '%s: nothing is new, worse or resolved by it, nor when it is read again',
    (_, without) => {
      const run = (sides: { source: Snapshot; target: Snapshot }, last?: Report) =>
        compare({
          ...sides,
          config: {},
          phase: 'drift',
          scopes: SCOPES,
          baseline: last && baselineOf(last),
          startedAt: '2026-11-26T00:00:00.000Z',
          finishedAt: '2026-11-26T00:00:00.000Z',
          tool: { name: 'ec2-parity', version: '0' },
        });
      const changes = (report: Report) => [
        ...report.findings
          .filter((f) => f.status !== 'persisting')
          .map((f) => `${f.status} ${f.rule} ${f.subject.name}`),
        ...report.resolved.map((f) => `resolved ${f.rule} ${f.subject.name}`),
      ];
      const first = run(whole);
      const second = run({ ...whole, [which]: without(whole[which]) }, first);
      const third = run({ ...whole, [which]: without(whole[which]) }, second);
      const fourth = run(whole, third);
      expect([changes(second), changes(third), changes(fourth), fourth.unchecked]).toEqual([[], [], [], []]);
      expect(fourth.findings.map((f) => f.fingerprint)).toEqual(first.findings.map((f) => f.fingerprint));
    },
  );
});
