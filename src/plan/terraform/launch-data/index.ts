import { isObject } from '../../../inventory/json-text.ts';
import type { LaunchTemplateVersion } from '../../../inventory/launch-template.ts';
import { type Part, type Replaced, written } from './arguments.ts';
import { LAUNCH_DATA } from './table.ts';

export type { Part, Replaced } from './arguments.ts';

const NOT_KEPT =
  'the snapshot was made by a version of this tool that did not keep all the data of launch templates';

/** The arguments of aws_launch_template that set what a version has, without its user data. */
export function launchArguments({ launch, otherData }: LaunchTemplateVersion, replaced: Replaced): Part {
  const { imageId, keyName, details } = launch;
  if (otherData === null || details === null) return { attributes: {}, blocks: [], cannot: [NOT_KEPT] };
  const { instanceType } = details;
  const data = {
    ...(imageId === null ? {} : { ImageId: imageId }),
    ...(instanceType === null ? {} : { InstanceType: instanceType }),
    ...(keyName === null ? {} : { KeyName: keyName }),
    ...otherData,
  };
  const part = written(data, LAUNCH_DATA, { path: '', replaced, limits: CONFLICTS });
  const credits = 'CreditSpecification' in data && !isBurstable(instanceType);
  return credits ? { ...part, cannot: [...part.cannot, NO_CREDITS] } : part;
}

/** Why the data source of the provider cannot read the version; null where it can. */
export function whyUnreadable({ otherData }: LaunchTemplateVersion): string | null {
  const { NetworkInterfaces: interfaces = [] } = otherData ?? {};
  const hasEnaSrd =
    Array.isArray(interfaces) && interfaces.some((n) => isObject(n) && 'EnaSrdSpecification' in n);
  return hasEnaSrd
    ? 'NetworkInterfaces.EnaSrdSpecification is set, and the data source that reads the user data fails then'
    : null;
}

const CONFLICTS = {
  either: [
    ['InstanceType', 'InstanceRequirements'],
    ['SecurityGroupIds', 'SecurityGroups'],
  ],
} as const;

const NO_CREDITS =
  'CreditSpecification is set without a burstable instance type, and Terraform does not send it then';

function isBurstable(type: string | null): boolean {
  return type !== null && /^t\d/.test(type);
}
