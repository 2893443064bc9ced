import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/report/model.ts';
import { alikeGaps } from '../../../src/report/view/alike-gaps.ts';

const gap = (over: Partial<Gap>): Gap => ({
  side: 'source',
  kind: 'image',
  code: 'not-in-dump',
  message: 'dumps contains no file with images ("Images").',
  hint: 'Save it there.',
  blocking: true,
  ...over,
});
const command = (shell: string) => ({ shell, does: 'Save it', side: 'source' as const });

describe('gaps that are alike', () => {
  it('are one where a call failed for the same reason for several kinds', () => {
    const down = {
      code: 'unreachable',
      message: 'the endpoint does not answer',
      hint: 'Try again.',
    } as const;
    const alike = alikeGaps([gap({ ...down, kind: 'key-pair' }), gap({ ...down, kind: 'image' })]);
    expect(alike).toEqual([{ first: gap({ ...down, kind: 'key-pair' }), kinds: ['key-pair', 'image'] }]);
  });

  it('are one sentence with every file that a folder of dumps lacks, and the command of each', () => {
    const images = gap({ commands: [command('aws ec2 describe-images')] });
    const keys = gap({
      kind: 'key-pair',
      message: 'dumps contains no file with key pairs ("KeyPairs").',
      commands: [command('aws ec2 describe-key-pairs')],
    });
    const [first, ...others] = alikeGaps([keys, images]);
    expect(others).toEqual([]);
    expect(first?.kinds).toEqual(['key-pair', 'image']);
    expect(first?.first).toMatchObject({
      message: 'dumps contains no file with key pairs ("KeyPairs") and images ("Images").',
      hint: 'Save them there.',
      commands: [command('aws ec2 describe-key-pairs'), command('aws ec2 describe-images')],
    });
  });

  it.each<[string, Partial<Gap>]>([
    ['another side', { side: 'target' }],
    ['another folder', { message: 'others contains no file with stacks ("Stacks").' }],
    ['another way to save it', { hint: 'Save it there, at most ten names per call.' }],
    ['a limit that leaves the run complete', { blocking: false }],
    ['another reason', { code: 'access-denied', message: 'denied' }],
  ])('are not one with a gap of %s', (_, over) => {
    expect(alikeGaps([gap({}), gap({ kind: 'stack', ...over })])).toHaveLength(2);
  });

  it('stay as they are where there is one of them', () => {
    expect(alikeGaps([gap({})])[0]?.first).toEqual(gap({}));
  });
});
