import type { Image } from '../../inventory/image.ts';

/** The family that the service which made an image says it is of. */
export interface MadeFamily {
  readonly name: string;
  readonly version: string | null;
  readonly by: string;
}

/** What AWS's own services write on the images that they make; first the tags, which users cannot set where they begin with "aws:". */
const MAKERS: readonly ((image: Image) => MadeFamily | null)[] = [
  ({ tags }) => {
    const resource = tagOf(tags, 'aws:backup:source-resource');
    return resource === null
      ? null
      : {
          name: `AWS Backup of ${resource}`,
          version: null,
          by: 'the tag "aws:backup:source-resource", which AWS Backup sets',
        };
  },
  // A policy makes images of many instances.
  ({ tags, sourceInstanceId }) => {
    const policy = tagOf(tags, 'aws:dlm:lifecycle-policy-id');
    const instance = sourceInstanceId ?? tagOf(tags, 'instance-id');
    return policy === null || instance === null
      ? null
      : {
          name: `${policy} of ${instance}`,
          version: null,
          by: 'the tag "aws:dlm:lifecycle-policy-id", which Amazon Data Lifecycle Manager sets',
        };
  },
  ({ tags }) => {
    const [, recipe, version, build] = IMAGE_BUILD.exec(tagOf(tags, 'Ec2ImageBuilderArn') ?? '') ?? [];
    return recipe && version
      ? {
          name: recipe,
          version: `${version}.${build}`,
          by: 'the tag "Ec2ImageBuilderArn", which EC2 Image Builder sets',
        }
      : null;
  },
];

/** An image build version: `image/<recipe>/<semantic version>/<build number>`. */
const IMAGE_BUILD = /^arn:[^:]+:imagebuilder:[^:]*:[^:]*:image\/([^/]+)\/(\d+\.\d+\.\d+)\/(\d+)$/;

export function familyByMaker(image: Image): MadeFamily | null {
  for (const maker of MAKERS) {
    const family = maker(image);
    if (family) return family;
  }
  return null;
}

function tagOf(tags: Image['tags'], key: string): string | null {
  return (Object.hasOwn(tags, key) && tags[key]) || null;
}
