import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../src/inventory/collected.ts';
import type { DetailGap } from '../../../src/inventory/snapshot.ts';
import { copyOf, image, images } from './kit.ts';

const gap = (explains: 'ancestry' | 'snapshots' | 'settings', code: FailureCode): DetailGap => ({
  kind: 'image',
  code,
  message: `${explains}: ${code}`,
  hint: 'look',
  explains,
});
const lost = image('web', 'ami-9', copyOf('ami-mid', 'ap-south-1'));
const told = (report: ReturnType<typeof images>) => report.gaps.map((g) => [g.message, g.blocking]);

describe('what only explains or strengthens, left unread', () => {
  it.each<['ancestry' | 'snapshots', ReturnType<typeof image>]>([
    ['ancestry', image('other', 'ami-9', copyOf('ami-mid', 'ap-south-1'))],
    ['snapshots', image('other', 'ami-9')],
  ])('%s: makes the run incomplete where it could have paired two images', (explains, target) => {
    const of = (code: FailureCode) =>
      images([image('web', 'ami-1')], [target], { target: { gaps: [gap(explains, code)] } });
    expect(told(of('access-denied'))).toEqual([[`${explains}: access-denied`, true]]);
    expect(of('access-denied')).toMatchObject({ complete: false });
    for (const code of ['not-read', 'unsupported'] as const) {
      expect(told(of(code))).toEqual([[`${explains}: ${code}`, false]]);
      expect(of(code).complete).toBe(true);
    }
  });

  it.each(['ancestry', 'snapshots'] as const)('%s: is a note where nothing hangs on it', (explains) => {
    const of = (code: FailureCode) =>
      images([image('web', 'ami-1')], [image('web', 'ami-9', copyOf('ami-1'))], {
        target: { gaps: [gap(explains, code)] },
      });
    expect(told(of('throttled'))).toEqual([[`${explains}: throttled`, false]]);
    expect(told(of('unsupported'))).toEqual([]);
    expect(told(of('not-read'))).toEqual([]);
  });

  it('the ancestry of a namesake could show that it is a copy after all', () => {
    const report = images([image('web', 'ami-1')], [lost], {
      target: { gaps: [gap('ancestry', 'throttled')] },
    });
    expect(told(report)).toEqual([['ancestry: throttled', true]]);
  });

  it('neither could pair images of another architecture', () => {
    const arm = image('db', 'ami-1', { Architecture: 'arm64' });
    const report = images([arm], [lost], { target: { gaps: [gap('ancestry', 'access-denied')] } });
    expect(told(report)).toEqual([['ancestry: access-denied', false]]);
  });

  it('settings never make a run incomplete', () => {
    const report = images([image('web', 'ami-1')], [lost], {
      target: { gaps: [gap('settings', 'access-denied')] },
    });
    expect(told(report)).toEqual([['settings: access-denied', false]]);
    expect(report.complete).toBe(true);
  });
});
