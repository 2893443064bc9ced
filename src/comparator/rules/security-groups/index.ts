import { securityGroupDescriptionDiffers, securityGroupTagsDiffer } from './attributes.ts';
import { securityGroupOwnerDiffers } from './owner.ts';
import { securityGroupAmbiguous, securityGroupExtra, securityGroupMissing } from './pairing.ts';
import { securityGroupUnresolvedPeer } from './peers.ts';
import { securityGroupOverQuota } from './quota.ts';
import { securityGroupTrackingDiffers } from './tracking.ts';
import { securityGroupTrafficRules } from './traffic.ts';

export const securityGroupRules = [
  securityGroupMissing,
  ...securityGroupTrafficRules,
  securityGroupTrackingDiffers,
  securityGroupOverQuota,
  securityGroupUnresolvedPeer,
  securityGroupAmbiguous,
  securityGroupDescriptionDiffers,
  securityGroupTagsDiffer,
  securityGroupOwnerDiffers,
  securityGroupExtra,
];
