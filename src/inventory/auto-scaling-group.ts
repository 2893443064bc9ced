import { z } from 'zod';
import {
  type AwsTemplateChoice,
  compareTemplateChoices,
  type TemplateChoice,
  templateChoiceFrom,
  templateChoiceSchema,
} from './launch.ts';
import { compareMaybe, compareText, firstOf } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';

const launchChoiceSchema = z.strictObject({
  template: templateChoiceSchema,
  imageId: z
    .string()
    .nullable()
    .describe('The image that an override puts in place of the one of the template.'),
});
export type LaunchChoice = z.infer<typeof launchChoiceSchema>;

export const autoScalingGroupSchema = z.strictObject({
  id: z.string().describe('The ARN; the name where a dump has none.'),
  name: z.string(),
  launchConfiguration: z.string().nullable().describe('Its name.'),
  launches: z
    .array(launchChoiceSchema)
    .describe('What it launches by: its template, or that of its mixed instances policy and each override.'),
  pinnedByInstances: z
    .array(templateChoiceSchema)
    .describe('The template versions that its instances were launched from.'),
  desired: z.number().nullable(),
  tags: tagsSchema,
});
export type AutoScalingGroup = z.infer<typeof autoScalingGroupSchema>;

/** A row of DescribeAutoScalingGroups. */
export interface AwsAutoScalingGroup {
  AutoScalingGroupName?: string | undefined;
  AutoScalingGroupARN?: string | undefined;
  LaunchConfigurationName?: string | undefined;
  LaunchTemplate?: AwsTemplateChoice | undefined;
  MixedInstancesPolicy?:
    | {
        LaunchTemplate?:
          | {
              LaunchTemplateSpecification?: AwsTemplateChoice | undefined;
              Overrides?:
                | {
                    LaunchTemplateSpecification?: AwsTemplateChoice | undefined;
                    ImageId?: string | undefined;
                  }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
  Instances?: { LaunchTemplate?: AwsTemplateChoice | undefined }[] | undefined;
  DesiredCapacity?: number | undefined;
  Tags?: AwsTags;
}

export function autoScalingGroupFrom(raw: AwsAutoScalingGroup): AutoScalingGroup {
  const name = raw.AutoScalingGroupName ?? '';
  return {
    id: raw.AutoScalingGroupARN || name,
    name,
    launchConfiguration: raw.LaunchConfigurationName || null,
    launches: launchesOf(raw),
    pinnedByInstances: sortedChoices(
      (raw.Instances ?? []).flatMap((i) => (i.LaunchTemplate ? [templateChoiceFrom(i.LaunchTemplate)] : [])),
    ),
    desired: raw.DesiredCapacity ?? null,
    tags: tagsFrom(raw.Tags),
  };
}

/** An override stands beside the policy's own template: which of them a launch takes is decided by instance type. */
function launchesOf({ LaunchTemplate, MixedInstancesPolicy }: AwsAutoScalingGroup): LaunchChoice[] {
  const policy = MixedInstancesPolicy?.LaunchTemplate;
  const base = policy?.LaunchTemplateSpecification ?? LaunchTemplate;
  const choice = (template: AwsTemplateChoice, imageId: string | undefined): LaunchChoice => ({
    template: templateChoiceFrom(template),
    imageId: imageId || null,
  });
  const overrides = (policy?.Overrides ?? []).flatMap((o) => {
    const template = o.LaunchTemplateSpecification ?? base;
    return template ? [choice(template, o.ImageId)] : [];
  });
  return sortedLaunches([...(base ? [choice(base, undefined)] : []), ...overrides]);
}

/** Each once, in one order. */
export function sortedLaunches(launches: readonly LaunchChoice[]): LaunchChoice[] {
  return distinct(launches, (a, b) =>
    firstOf(compareTemplateChoices(a.template, b.template), compareMaybe(a.imageId, b.imageId)),
  );
}

export function sortedChoices(choices: readonly TemplateChoice[]): TemplateChoice[] {
  return distinct(choices, compareTemplateChoices);
}

function distinct<Item extends LaunchChoice | TemplateChoice>(
  items: readonly Item[],
  order: (a: Item, b: Item) => number,
): Item[] {
  const known = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...known.values()].sort((a, b) => order(a, b) || compareText(JSON.stringify(a), JSON.stringify(b)));
}
