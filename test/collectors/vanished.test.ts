import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import type { Endpoint, RegionModel } from '../endpoint/endpoint.ts';
import { closingEndpoints, endpoint, HERE, image, itemsIn, snapshotOf, withKeys } from './kit.ts';

withKeys();
closingEndpoints();

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/web/1a2b';
const template = {
  LaunchTemplateId: 'lt-1',
  LaunchTemplateName: 'web',
  DefaultVersionNumber: 1,
  LatestVersionNumber: 1,
};
const not = (code: string, message = 'does not exist') => ({ error: { status: 400, code, message } });

interface Case {
  readonly what: string;
  /** The call that lists, the one for a detail, and how AWS answers that for what does not exist. */
  readonly list: string;
  readonly detail: string;
  readonly said: ReturnType<typeof not>;
  readonly rows: Pick<RegionModel, 'images' | 'prefixLists' | 'launchTemplates' | 'stacks'>;
  readonly gone: Pick<RegionModel, 'images' | 'prefixLists' | 'launchTemplates' | 'stacks'>;
  readonly of: (snapshot: Snapshot) => readonly unknown[];
  readonly named: string;
}

const copy = { ...image('ami-1'), SourceImageId: 'ami-0', SourceImageRegion: 'us-east-1' };
const CASES: readonly Case[] = [
  {
    what: 'an image, by its launch permissions',
    list: 'DescribeImages',
    detail: 'DescribeImageAttribute',
    said: not('InvalidAMIID.NotFound'),
    rows: { images: [copy] },
    gone: { images: [] },
    of: ({ images }) => itemsIn(images),
    named: 'ami-1',
  },
  {
    what: 'an image, by its ancestry',
    list: 'DescribeImages',
    detail: 'GetImageAncestry',
    said: not('InvalidAMIID.Unavailable'),
    rows: { images: [copy] },
    gone: { images: [] },
    of: ({ images }) => itemsIn(images),
    named: 'ami-1',
  },
  {
    what: 'a prefix list',
    list: 'DescribeManagedPrefixLists',
    detail: 'GetManagedPrefixListEntries',
    said: not('InvalidPrefixListID.NotFound'),
    rows: { prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'offices' }] },
    gone: { prefixLists: [] },
    of: ({ prefixLists }) => itemsIn(prefixLists),
    named: 'pl-1',
  },
  {
    what: 'a launch template',
    list: 'DescribeLaunchTemplates',
    detail: 'DescribeLaunchTemplateVersions',
    said: not('InvalidLaunchTemplateId.NotFound'),
    rows: { launchTemplates: [{ ...template, Versions: [] }] },
    gone: { launchTemplates: [] },
    of: ({ launchTemplates }) => itemsIn(launchTemplates),
    named: 'lt-1',
  },
  {
    what: 'a stack',
    list: 'DescribeStacks',
    detail: 'GetTemplate',
    said: not('ValidationError', `Stack with id ${STACK} does not exist`),
    rows: {
      stacks: [{ StackId: STACK, StackName: 'web', StackStatus: 'CREATE_COMPLETE', TemplateBody: '{}' }],
    },
    gone: {
      stacks: [{ StackId: STACK, StackName: 'web', StackStatus: 'DELETE_COMPLETE', TemplateBody: '{}' }],
    },
    of: ({ stacks }) => itemsIn(stacks),
    named: '"web"',
  },
];

/** A region that answers its first list with `rows` and every later one with `later`. */
async function busy({ list, detail, said, rows }: Case, later: Case['gone']): Promise<Endpoint> {
  const key = Object.keys(rows)[0] as keyof Case['rows'];
  let double: Endpoint | undefined;
  const region: RegionModel = { faults: { [detail]: said } };
  Object.defineProperty(region, key, {
    enumerable: true,
    get: () => ((double?.calls(list, HERE).length ?? 0) > 1 ? later[key] : rows[key]),
  });
  double = await endpoint({ [HERE]: region });
  return double;
}

const read = (ec2: Endpoint) =>
  snapshotOf(ec2, {}, { scopes: ['key-pairs', 'security-groups', 'images', 'workloads'] });

describe('what is deleted while a region is read', () => {
  it.each(CASES)('$what: is left out with a note, and the run is complete', async (one) => {
    const snapshot = await read(await busy(one, one.gone));
    expect(one.of(snapshot)).toEqual([]);
    const [gap, ...others] = snapshot.gaps.filter(({ message }) => message.includes(one.named));
    expect(others).toEqual([]);
    expect(gap).toMatchObject({
      code: 'not-read',
      message: expect.stringMatching(/was deleted while the region was read, and is not compared\.$/),
      hint: 'Nothing to do.',
    });
  });

  it.each(CASES)('$what: that the list still has is a gap, as AWS said it', async (one) => {
    const snapshot = await read(await busy(one, one.rows));
    expect(one.of(snapshot)).toHaveLength(1);
    const codes = snapshot.gaps.filter(({ message }) => message.includes(one.named)).map(({ code }) => code);
    expect(codes).toContain('service-error');
    expect(codes).not.toContain('not-read');
  });

  it.each(CASES)('$what: that is denied and not absent is not looked for again', async (one) => {
    const ec2 = await busy({ ...one, said: not('UnauthorizedOperation') }, one.gone);
    expect(one.of(await read(ec2))).toHaveLength(1);
    expect(ec2.calls(one.list, HERE)).toHaveLength(1);
  });
});
