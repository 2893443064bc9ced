import { requiredOf } from '../../src/cloudformation/lacking.ts';

/** A resource that makes an image, and its image: for launches whose image does not matter. */
export const LATEST = { Latest: { Type: 'AWS::ImageBuilder::Image' } };
export const LATEST_IMAGE = { 'Fn::GetAtt': ['Latest', 'ImageId'] };
/** The same in YAML. */
export const LATEST_YAML = '  Latest: {Type: AWS::ImageBuilder::Image}\n';
export const IMAGE_YAML = 'ImageId: !GetAtt Latest.ImageId';

/** The value that a resource "R" gives itself: right in every region. */
const OWN = { Ref: 'R' };

/** The properties of the resource "R" with everything that its type requires besides, and with an image. */
export function completed(type: string, properties: unknown): object {
  const given = properties as Record<string, unknown>;
  const image = { ImageId: OWN };
  const required = Object.fromEntries(requiredOf(type).map((property) => [property, OWN]));
  switch (type) {
    case 'AWS::EC2::Instance':
      return { ...image, ...given };
    case 'AWS::AutoScaling::AutoScalingGroup':
      return {
        ...required,
        ...('MixedInstancesPolicy' in given || 'LaunchTemplate' in given
          ? {}
          : { LaunchConfigurationName: OWN }),
        ...given,
      };
    case 'AWS::EC2::SpotFleet': {
      const data = { ...(given.SpotFleetRequestConfigData as Record<string, unknown>) };
      const launches = (data.LaunchSpecifications ?? []) as object[];
      return {
        ...given,
        SpotFleetRequestConfigData: {
          ...data,
          ...(launches.length > 0
            ? { LaunchSpecifications: launches.map((one) => ({ ...image, ...one })) }
            : {}),
        },
      };
    }
    default:
      return { ...required, ...given };
  }
}
