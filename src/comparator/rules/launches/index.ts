import { ofAnotherAccount, ofAnotherRegion } from './bound.ts';
import { noSubnet } from './no-subnet.ts';
import { unreachable } from './reach.ts';
import { launchRefused } from './refused.ts';
import {
  missingKmsKey,
  missingPlacement,
  missingProfile,
  userDataNamesSource,
  volumeTooSmall,
} from './resources.ts';
import { launchConfigurationRetired, launchFailed } from './scaling.ts';
import { overQuota, typeNotOffered, typeUnfitForImage } from './types.ts';

/** What stops a launch besides its key pair, groups and image. */
export const launchRules = [
  typeNotOffered,
  typeUnfitForImage,
  noSubnet,
  missingProfile,
  missingKmsKey,
  missingPlacement,
  volumeTooSmall,
  launchRefused,
  overQuota,
  unreachable,
  userDataNamesSource,
  ofAnotherRegion,
  ofAnotherAccount,
];

export const ofGroups = [launchFailed];
export const ofConfigurations = [launchConfigurationRetired];
