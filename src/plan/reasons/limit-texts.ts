import { person, type ReasonTexts } from './next.ts';
import type { ReasonType } from './reason.ts';

export const LIMIT_TEXTS = {
  'beyond-quota-of-region': person(
    ({ quota, config, limit, has, makes }) =>
      `The target has ${has} of the ${limit} that its quota "${quota}" allows, and the plan would make ${makes} more. Request a higher quota, and state it in the config (quotas.${config}).`,
  ),
  'list-beyond-quota': person(
    ({ entries, quota }) =>
      `The prefix list needs room for ${entries} entries, and the quota "Maximum number of entries per prefix list" is ${quota} unless it is raised. Request a higher quota, and create the list manually.`,
  ),
  'rules-beyond-quota': person(
    ({ group, rules, quota }) =>
      `The rules of the security group "${group}" would count for ${rules} of one direction and address family, and its quota is ${quota} (config: quotas.rulesPerGroup).`,
  ),
  'list-exceeds-rules': person(
    ({ list, group, quota }) =>
      `The prefix list "${list}" has to be larger, and the security group "${group}", which names it, would then count for more rules than its quota of ${quota} (config: quotas.rulesPerGroup).`,
  ),
  'too-many-tags': person(
    ({ name, tags, limit }) =>
      `"${name}" would have ${tags} tags, and a resource can have ${limit}. A plan removes no tags.`,
  ),
  'too-many-shares': person(
    ({ image, shares, limit }) =>
      `The image "${image}" would be shared with ${shares} accounts and organizations, and the quota "AMI sharing" is ${limit}.`,
  ),
  'too-many-versions': person(
    ({ template, latest, limit }) =>
      `The versions of the launch template "${template}" are numbered up to ${latest}, and a launch template can have ${limit} versions. Delete versions that nothing uses, and create the new version manually.`,
  ),
  'image-name-taken': person(
    ({ name }) => `The target has another image named "${name}", and names of images are unique.`,
  ),
  'name-used-twice': person(
    ({ kind, name }) =>
      `The plan makes another ${kind} named "${name}" on the target: the source has two whose name is the same there. Give one of them another name in the config (names).`,
  ),
  'name-not-accepted': person(
    ({ kind, name, accepts }) => `EC2 does not accept the ${kind} name "${name}": it accepts ${accepts}.`,
  ),
} as const satisfies Partial<ReasonTexts<ReasonType>>;
