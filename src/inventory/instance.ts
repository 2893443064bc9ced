import { z } from 'zod';
import {
  type GroupReference,
  interfacesOf,
  launchSchema,
  type TemplateChoice,
  templateChoiceSchema,
} from './launch.ts';
import { type AwsTags, nameTag, tagsFrom, tagsSchema } from './tags.ts';

export const instanceSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable().describe('The Name tag.'),
  state: z.string().describe('"running", "stopped", …; terminated instances are left out.'),
  platform: z.string().nullable().describe('"windows", else null.'),
  vpcId: z.string().nullable(),
  launch: launchSchema.describe(
    'As launched: EC2 keeps key name and image id even when key or image are gone.',
  ),
  launchTemplate: templateChoiceSchema.nullable().describe('From the tags that EC2 sets at launch.'),
  autoScalingGroup: z.string().nullable(),
  tags: tagsSchema,
});
export type Instance = z.infer<typeof instanceSchema>;

interface AwsGroup {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
}
/** A row of DescribeInstances' `Reservations[].Instances`. */
export interface AwsInstance {
  InstanceId?: string | undefined;
  ImageId?: string | undefined;
  KeyName?: string | undefined;
  Platform?: string | undefined;
  VpcId?: string | undefined;
  State?: { Name?: string | undefined } | undefined;
  SecurityGroups?: AwsGroup[] | undefined;
  NetworkInterfaces?: { Groups?: AwsGroup[] | undefined }[] | undefined;
  Tags?: AwsTags;
}

/** Terminated instances show for an hour (facts D); what is shutting down starts nothing any more either. */
export function isGone(raw: AwsInstance): boolean {
  return raw.State?.Name === 'terminated' || raw.State?.Name === 'shutting-down';
}

export function instanceFrom(raw: AwsInstance): Instance {
  const tags = tagsFrom(raw.Tags);
  const perInterface = (raw.NetworkInterfaces ?? []).map((n) => references(n.Groups));
  return {
    id: raw.InstanceId ?? '',
    name: nameTag(tags),
    state: raw.State?.Name ?? 'unknown',
    platform: raw.Platform?.toLowerCase() || null,
    vpcId: raw.VpcId || null,
    launch: {
      imageId: raw.ImageId || null,
      keyName: raw.KeyName || null,
      // The instance's own list is the primary interface's; a stopped instance keeps its interfaces.
      interfaces: interfacesOf(
        perInterface.some((g) => g.length > 0) ? perInterface : [references(raw.SecurityGroups)],
      ),
    },
    launchTemplate: templateOf(tags),
    autoScalingGroup: own(tags, 'aws:autoscaling:groupName'),
    tags,
  };
}

function references(groups: readonly AwsGroup[] | undefined): GroupReference[] {
  return (groups ?? []).map((g) => ({ id: g.GroupId || null, name: g.GroupName || null }));
}

function templateOf(tags: Instance['tags']): TemplateChoice | null {
  const id = own(tags, 'aws:ec2launchtemplate:id');
  const version = own(tags, 'aws:ec2launchtemplate:version');
  return id && version ? { id, name: null, version } : null;
}

function own(tags: Instance['tags'], key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
}
