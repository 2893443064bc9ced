import { describe, expect, it } from 'vitest';
import { CALLER, gapsOf, image, ME, namesOf, notesOf, read } from './kit.ts';

describe('images', () => {
  const shared = (ImageId: string, ...UserIds: string[]) => ({
    ImageId,
    LaunchPermissions: UserIds.map((UserId) => ({ UserId })),
  });

  const mixed = {
    'caller.json': CALLER,
    'i.json': {
      Images: [image('ami-1'), image('ami-2', { OwnerId: '999988887777', ImageOwnerAlias: 'amazon' })],
    },
  };

  it('of other accounts are kept apart: something may launch from them', async () => {
    const found = await read(mixed);
    expect(namesOf(found, 'images')).toEqual(['ami-1']);
    expect(found.snapshot.otherImages).toMatchObject({
      status: 'complete',
      items: [{ id: 'ami-2', exists: true, ownerId: '999988887777', ownerAlias: 'amazon' }],
    });
    expect(notesOf(found)).toEqual([]);
  });

  it('make the same gaps in whatever order a file has its rows', async () => {
    const rows = [image('ami-2'), image('ami-1'), image('ami-3')];
    const [gaps, again] = [
      gapsOf(await read({ 'i.json': { Images: rows } })),
      gapsOf(await read({ 'i.json': { Images: rows.toReversed() } })),
    ];
    expect(gaps.join('\n')).toContain('--image-id ami-1 ');
    expect(again).toEqual(gaps);
  });

  it('of other accounts are left out where no workload is asked about, and counted', async () => {
    const found = await read(mixed, { scopes: ['images'] });
    expect(found.snapshot.otherImages).toMatchObject({ failure: { code: 'not-read' } });
    expect(notesOf(found)).toEqual([
      `DIR: left out 1 of 2 images, which belong to other accounts than ${ME}`,
    ]);
  });

  it('of several accounts are all kept when nothing tells whose the dump is, and a gap says so', async () => {
    const found = await read({
      'i.json': { Images: [image('ami-1'), image('ami-2', { OwnerId: '999988887777' })] },
    });
    expect(namesOf(found, 'images')).toEqual(['ami-1', 'ami-2']);
    expect(gapsOf(found)[0]).toMatch(
      /^account not-in-dump: DIR contains images of 2 accounts, .* aws sts get-caller-identity /,
    );
  });

  it('without any launch permissions are a stated limit: whoever dumped them did not ask', async () => {
    const found = await read({ 'i.json': { Images: [image('ami-1')] } });
    expect(found.snapshot.images).toMatchObject({ items: [{ launchPermissions: null }] });
    expect(gapsOf(found)).toEqual([
      'image not-read: DIR contains no launch permissions: whether the images are shared with the same accounts is not compared. To compare them, save the launch permissions of each image. $ aws ec2 describe-image-attribute --attribute launchPermission --image-id ami-1 --region us-east-1 --output json > DIR/launch-permissions-ami-1.json',
    ]);
  });

  it('with launch permissions of some are incomplete: the loop that saved them broke off', async () => {
    const found = await read({
      'i.json': {
        Images: [
          image('ami-1'),
          image('ami-2'),
          image('ami-3', { State: 'pending' }),
          image('ami-4', { State: 'disabled' }),
        ],
      },
      'p.json': shared('ami-1', '222222222222'),
    });
    expect(gapsOf(found)).toEqual([
      expect.stringMatching(
        /^image not-in-dump: DIR contains the launch permissions of 1 image, but not of ami-2\. /,
      ),
    ]);
  });

  it('with launch permissions of all are whole, in one file or in many', async () => {
    const one = await read({
      'i.json': { Images: [image('ami-1'), image('ami-2')] },
      'p.json': `${JSON.stringify(shared('ami-1', '222222222222'))}\n${JSON.stringify(shared('ami-2'))}`,
    });
    expect(gapsOf(one)).toEqual([]);
    expect(one.snapshot.images).toMatchObject({
      items: [{ launchPermissions: { accounts: ['222222222222'] } }, { launchPermissions: { accounts: [] } }],
    });
  });

  it('with broken launch permissions have a gap for them', async () => {
    const found = await read({
      'i.json': { Images: [image('ami-1')] },
      'p.json': { ImageId: 'ami-1', LaunchPermissions: 'all' },
    });
    expect(gapsOf(found)).toEqual([
      expect.stringMatching(
        /^image malformed: DIR\/p\.json: "LaunchPermissions" is not a list\. Save it again\. \$ aws ec2 describe-image-attribute/,
      ),
    ]);
  });

  it('do not mind another attribute of theirs in the folder', async () => {
    const found = await read({
      'i.json': { Images: [] },
      'd.json': { ImageId: 'ami-1', Description: { Value: 'x' } },
    });
    expect(notesOf(found)).toEqual(['DIR: ignored (contains nothing that this tool reads): d.json']);
  });
});
