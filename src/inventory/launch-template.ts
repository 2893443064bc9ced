import * as z from 'zod';
import { interfacesOf, type Launch, launchSchema, type TemplateChoice } from './launch.ts';
import { otherDataFrom, otherDataSchema } from './launch-data.ts';
import { type AwsLaunchData, launchDetailsFrom } from './launch-details.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';

export const launchTemplateVersionSchema = z.strictObject({
  number: z.number(),
  launch: launchSchema,
  otherData: otherDataSchema,
});
export type LaunchTemplateVersion = z.infer<typeof launchTemplateVersionSchema>;

export const launchTemplateSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  defaultVersion: z.number(),
  latestVersion: z.number(),
  versions: z
    .array(launchTemplateVersionSchema)
    .nullable()
    .describe(
      'Those in use: the default, the latest and every one that an Auto Scaling group or instance pins; by number. Null when they could not be read.',
    ),
  tags: tagsSchema,
  operator: z
    .string()
    .optional()
    .describe('The service that manages the launch template; absent where none does.'),
});
export type LaunchTemplate = z.infer<typeof launchTemplateSchema>;

/** A row of DescribeLaunchTemplates. */
export interface AwsLaunchTemplate {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
  DefaultVersionNumber?: number | undefined;
  LatestVersionNumber?: number | undefined;
  Tags?: AwsTags;
  Operator?: { Managed?: boolean | undefined; Principal?: string | undefined } | undefined;
}
/** A row of DescribeLaunchTemplateVersions. */
export interface AwsLaunchTemplateVersion {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
  VersionNumber?: number | undefined;
  LaunchTemplateData?:
    | (AwsLaunchData & { ImageId?: string | undefined; KeyName?: string | undefined })
    | undefined;
}

/** The numbers of the versions in use: the default, the latest and those pinned. */
export function versionsInUse(raw: AwsLaunchTemplate, pinned: ReadonlySet<number>): Set<number> {
  const defaultVersion = raw.DefaultVersionNumber ?? 1;
  return new Set([defaultVersion, raw.LatestVersionNumber ?? defaultVersion, ...pinned]);
}

/** Null versions: they could not be read. Of those given, only the ones in use are kept. */
export function launchTemplateFrom(
  raw: AwsLaunchTemplate,
  versions: readonly AwsLaunchTemplateVersion[] | null,
  pinned: ReadonlySet<number>,
): LaunchTemplate {
  const defaultVersion = raw.DefaultVersionNumber ?? 1;
  const latestVersion = raw.LatestVersionNumber ?? defaultVersion;
  const inUse = versionsInUse(raw, pinned);
  const kept = new Map(
    (versions ?? []).flatMap((v) =>
      v.VersionNumber !== undefined && inUse.has(v.VersionNumber) ? [[v.VersionNumber, v]] : [],
    ),
  );
  return {
    id: raw.LaunchTemplateId ?? '',
    name: raw.LaunchTemplateName ?? raw.LaunchTemplateId ?? '',
    defaultVersion,
    latestVersion,
    versions:
      versions &&
      [...kept]
        .sort(([a], [b]) => a - b)
        .map(
          ([number, version]): LaunchTemplateVersion => ({
            number,
            launch: launchOf(version),
            otherData: otherDataFrom(version.LaunchTemplateData ?? {}),
          }),
        ),
    tags: tagsFrom(raw.Tags),
    ...(raw.Operator?.Managed ? { operator: raw.Operator.Principal || 'An AWS service' } : {}),
  };
}

function launchOf({ LaunchTemplateData: data = {} }: AwsLaunchTemplateVersion): Launch {
  const byId = (ids: readonly string[] | undefined) => (ids ?? []).map((id) => ({ id, name: null }));
  const byName = (names: readonly string[] | undefined) => (names ?? []).map((name) => ({ id: null, name }));
  return {
    imageId: data.ImageId || null,
    keyName: data.KeyName || null,
    interfaces: interfacesOf([
      [...byId(data.SecurityGroupIds), ...byName(data.SecurityGroups)],
      ...(data.NetworkInterfaces ?? []).map((n) => byId(n.Groups)),
    ]),
    details: launchDetailsFrom(data),
  };
}

/**
 * The versions of each template, by id, that these choices pin by number. A choice that names its template finds it among
 * `templates`; "$Default" and "$Latest" pin nothing.
 */
export function pinnedVersions(
  choices: readonly TemplateChoice[],
  templates: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const idOf = new Map(templates.map((t) => [t.name, t.id]));
  const pinned = new Map<string, Set<number>>();
  for (const { id, name, version } of choices) {
    const template = id ?? (name === null ? undefined : idOf.get(name));
    if (template === undefined || !/^[1-9]\d*$/.test(version)) continue;
    pinned.set(template, (pinned.get(template) ?? new Set()).add(Number(version)));
  }
  return pinned;
}
