import { readTemplate } from '../src/cloudformation/index.ts';
import { autoScalingGroupFrom } from '../src/inventory/auto-scaling-group.ts';
import { complete } from '../src/inventory/collected.ts';
import { imageFrom } from '../src/inventory/image.ts';
import { instanceFrom } from '../src/inventory/instance.ts';
import { keyPairFrom } from '../src/inventory/key-pair.ts';
import { launchTemplateFrom } from '../src/inventory/launch-template.ts';
import type { Snapshot } from '../src/inventory/snapshot.ts';

/** How many of each are in a region; they use the groups of the region. */
export interface Sizes {
  readonly groups: number;
  readonly images: number;
  readonly templates: number;
  readonly scaling: number;
  readonly instances: number;
  readonly stacks: number;
}

const ACCOUNT = '111122223333';
const FAMILY = 10;

/** A region with what starts instances in it. With `mutated`, every twentieth object is missing or refers to another one. */
export function withLaunchers(region: Snapshot, sizes: Sizes, mutated = false): Snapshot {
  const mark = mutated ? 'b' : 'a';
  const id = (kind: string, n: number) => `${kind}-0${mark}${n.toString(16).padStart(15, '0')}`;
  const some = (count: number) => Array.from({ length: count }, (_, n) => n);
  const kept = (count: number) => some(count).filter((n) => !(mutated && n % 20 === 7));
  const other = (n: number, of: number) => (mutated && n % 20 === 3 ? n + 1 : n) % of;
  const launch = (n: number) => ({
    ImageId: id('ami', other(n, sizes.images)),
    KeyName: `key-${n % 50}`,
    SecurityGroupIds: [`sg-${mark}${n % sizes.groups}`, `sg-${mark}${(n * 7 + 1) % sizes.groups}`],
  });
  const day = (n: number) => `2026-${String(1 + (n % FAMILY)).padStart(2, '0')}-01`;
  return {
    ...region,
    keyPairs: complete(
      kept(50).map((n) =>
        keyPairFrom({ KeyPairId: id('key', n), KeyName: `key-${n}`, KeyFingerprint: fingerprint(n) }),
      ),
    ),
    images: complete(
      kept(sizes.images).map((n) =>
        imageFrom(
          {
            ImageId: id('ami', n),
            Name: `app${Math.floor(n / FAMILY)}-golden-${day(n)}`,
            OwnerId: ACCOUNT,
            CreationDate: `${day(n)}T00:00:00.000Z`,
            Architecture: 'x86_64',
            ...(mutated
              ? { SourceImageId: `ami-0a${n.toString(16).padStart(15, '0')}`, SourceImageRegion: 'us-east-1' }
              : {}),
          },
          [],
        ),
      ),
    ),
    launchTemplates: complete(
      kept(sizes.templates).map((n) =>
        launchTemplateFrom(
          {
            LaunchTemplateId: id('lt', n),
            LaunchTemplateName: `app-${n}`,
            DefaultVersionNumber: 1,
            LatestVersionNumber: 2,
          },
          [1, 2].map((v) => ({ VersionNumber: v, LaunchTemplateData: launch(n + v) })),
          new Set(),
        ),
      ),
    ),
    autoScalingGroups: complete(
      kept(sizes.scaling).map((n) =>
        autoScalingGroupFrom({
          AutoScalingGroupName: `fleet-${n}`,
          LaunchTemplate: { LaunchTemplateId: id('lt', n % sizes.templates), Version: '$Latest' },
        }),
      ),
    ),
    instances: complete(
      kept(sizes.instances).map((n) => {
        const { SecurityGroupIds, ...rest } = launch(n);
        return instanceFrom({
          InstanceId: id('i', n),
          ...rest,
          SecurityGroups: SecurityGroupIds.map((g) => ({ GroupId: g, GroupName: g })),
          Tags: [{ Key: 'Name', Value: `node-${Math.floor(n / 4)}` }],
        });
      }),
    ),
    stacks: complete(
      kept(sizes.stacks).map((n) => ({
        id: `arn:aws:cloudformation:${region.region}:${ACCOUNT}:stack/stack-${n}/${mark}`,
        name: `stack-${n}`,
        status: 'CREATE_COMPLETE',
        template: readTemplate(template(n, launch)),
        tags: {},
      })),
    ),
  };
}

function fingerprint(n: number): string {
  return Array.from({ length: 20 }, (_, i) => ((n * 31 + i * 7) % 256).toString(16).padStart(2, '0')).join(
    ':',
  );
}

interface Written {
  readonly ImageId: string;
  readonly SecurityGroupIds: readonly string[];
}

/** Ten launch templates, half of them through a mapping and a condition, the others with ids of the region. */
function template(n: number, launch: (n: number) => Written): string {
  const images = { 'us-east-1': { app: launch(n).ImageId }, 'eu-west-1': { app: launch(n).ImageId } };
  const resource = (r: number) => ({
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        KeyName: { Ref: 'Key' },
        ImageId:
          r % 2 === 0
            ? { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'app'] }
            : { 'Fn::If': ['Prod', launch(n * 10 + r).ImageId, { Ref: 'Image' }] },
        SecurityGroupIds: launch(n * 10 + r).SecurityGroupIds,
      },
    },
  });
  return JSON.stringify({
    Parameters: {
      Key: { Type: 'AWS::EC2::KeyPair::KeyName', Default: `key-${n % 50}` },
      Image: { Type: 'AWS::EC2::Image::Id', Default: launch(n).ImageId },
      Stage: { Type: 'String', Default: 'prod' },
    },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Mappings: { Images: images },
    Resources: Object.fromEntries(Array.from({ length: 10 }, (_, r) => [`Template${r}`, resource(r)])),
  });
}
