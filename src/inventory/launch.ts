import * as z from 'zod';
import { launchDetailsSchema } from './launch-details.ts';
import { compareMaybe, compareText, firstOf } from './order.ts';

/** A group as a launch names it: by id, or by name in the default VPC; of an instance by both. */
export const groupReferenceSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type GroupReference = z.infer<typeof groupReferenceSchema>;

/** What a launch specifies. Everything that starts instances is described by these. */
export const launchSchema = z.strictObject({
  imageId: z
    .string()
    .nullable()
    .describe('As written: "ami-…", or "resolve:ssm:…". Null where none is given.'),
  keyName: z.string().nullable(),
  interfaces: z
    .array(z.array(groupReferenceSchema))
    .describe(
      "The groups of each network interface: the traffic of an interface is the union of its groups. Groups given beside the interfaces count as one interface. Empty: the VPC's default group.",
    ),
  details: launchDetailsSchema
    .nullable()
    .default(null)
    .describe('What else it names. Null in a snapshot of a version that did not read it.'),
});
export type Launch = z.infer<typeof launchSchema>;

/** Which version of which launch template, as written: by id or by name; "$Default" where no version is given (EC2 API). */
export const templateChoiceSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
  version: z.string().describe('A number, "$Default" or "$Latest".'),
});
export type TemplateChoice = z.infer<typeof templateChoiceSchema>;

export interface AwsTemplateChoice {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
  Version?: string | undefined;
}

export function templateChoiceFrom(raw: AwsTemplateChoice): TemplateChoice {
  return {
    id: raw.LaunchTemplateId || null,
    name: raw.LaunchTemplateName || null,
    version: raw.Version || '$Default',
  };
}

export function compareTemplateChoices(a: TemplateChoice, b: TemplateChoice): number {
  return firstOf(compareMaybe(a.id, b.id), compareMaybe(a.name, b.name), compareText(a.version, b.version));
}

/** Each group once, in one order; AWS gives lists in any (EC2 API, DescribeInstances). */
export function groupReferences(groups: readonly GroupReference[]): GroupReference[] {
  const known = new Map(groups.map((g) => [JSON.stringify([g.id, g.name]), g]));
  return [...known.values()].sort((a, b) => firstOf(compareMaybe(a.id, b.id), compareMaybe(a.name, b.name)));
}

/** Interfaces with the same groups are one: their order does not change what is admitted. */
export function interfacesOf(interfaces: readonly (readonly GroupReference[])[]): GroupReference[][] {
  const known = new Map<string, GroupReference[]>();
  for (const groups of interfaces) {
    const sorted = groupReferences(groups);
    if (sorted.length > 0) known.set(JSON.stringify(sorted), sorted);
  }
  return [...known].sort(([a], [b]) => compareText(a, b)).map(([, groups]) => groups);
}
