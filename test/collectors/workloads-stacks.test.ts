import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/collectors/reader.ts';
import { closingEndpoints, endpoint, HERE, itemsIn, withKeys } from './kit.ts';
import { runningRegion, workloadsOf, YAML } from './workloads-kit.ts';

withKeys();
closingEndpoints();

function stack(name: string, more: object = {}) {
  return {
    StackId: `arn:aws:cloudformation:stack/${name}/1`,
    StackName: name,
    StackStatus: 'CREATE_COMPLETE' as const,
    TemplateBody: YAML,
    ...more,
  };
}

describe('stacks', () => {
  it('come with what their templates refer to and with the values that their parameters have', async () => {
    const ec2 = await endpoint({ [HERE]: runningRegion });
    const [app] = itemsIn((await workloadsOf(ec2)).stacks);
    expect(app).toMatchObject({ name: 'app', status: 'UPDATE_COMPLETE', tags: { team: 'platform' } });
    expect(app?.template?.parameters).toMatchObject([
      { name: 'Image', default: '/golden/image', value: '/golden/image', resolved: 'ami-1', masked: false },
    ]);
    expect(app?.template?.references).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ resource: 'Web', to: 'image' }),
        expect.objectContaining({ resource: 'Web', to: 'key-pair' }),
      ]),
    );
    expect(ec2.calls('GetTemplate')[0]?.params).toEqual({ StackName: app?.id, TemplateStage: 'Original' });
  });

  it('that are deleted, or were never made, are left out', async () => {
    const stacks = [
      stack('gone', { StackStatus: 'DELETE_COMPLETE' }),
      stack('planned', { StackStatus: 'REVIEW_IN_PROGRESS' }),
      stack('nested', { ParentId: 'arn:aws:cloudformation:stack/app/1' }),
      stack('stuck', { StackStatus: 'DELETE_FAILED' }),
    ];
    const snapshot = await workloadsOf(await endpoint({ [HERE]: { ...runningRegion, stacks } }));
    expect(itemsIn(snapshot.stacks).map(({ name }) => name)).toEqual(['nested', 'stuck']);
  });

  it('of which one template may not be read are a gap that names that one; the others are read', async () => {
    const stacks = ['a', 'b', 'c'].map((name) => stack(name));
    const faults = { GetTemplate: { after: 1, times: 1, deny: true } };
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, stacks, faults } });
    const snapshot = await workloadsOf(ec2, { concurrency: 1 });
    const unread = itemsIn(snapshot.stacks).filter(({ template }) => template === null);
    expect(unread).toHaveLength(1);
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'stack',
        code: 'access-denied',
        message: expect.stringContaining(`"${unread[0]?.name}"`),
        hint: expect.stringContaining('cloudformation:GetTemplate'),
      },
    ]);
  });

  it.each([
    ['is neither JSON nor YAML', 'Resources: [unclosed'],
    ['is empty', undefined],
  ])('whose template %s are a gap, not stacks without references', async (_, TemplateBody) => {
    const snapshot = await workloadsOf(
      await endpoint({
        [HERE]: { ...runningRegion, stacks: [stack('odd', { TemplateBody }), stack('good')] },
      }),
    );
    expect(itemsIn(snapshot.stacks).map(({ name, template }) => [name, template === null])).toEqual([
      ['good', false],
      ['odd', true],
    ]);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'stack', code: 'malformed', message: expect.stringContaining('"odd"') },
    ]);
  });

  it('are all read, however many, with how far the reading is', async () => {
    const stacks = Array.from({ length: 230 }, (_, i) => stack(`s${i}`));
    const ec2 = await endpoint({ [HERE]: { ...runningRegion, stacks } });
    const steps: Progress[] = [];
    const snapshot = await workloadsOf(ec2, { onProgress: (step) => steps.push(step) });
    expect(itemsIn(snapshot.stacks).filter(({ template }) => template === null)).toEqual([]);
    expect(ec2.calls('GetTemplate')).toHaveLength(230);
    const templates = steps.filter(({ what }) => what === 'templates of stacks');
    expect(templates.map(({ count }) => count)).toEqual(stacks.map((_, i) => i + 1));
    expect(templates.at(-1)).toMatchObject({ total: 230, secondsLeft: 0, done: true });
  });
});
