import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ssm from '@aws-sdk/client-ssm';
import { AwsError, type RegionModel } from './model.ts';
import { type Asked, type KnownOperation, paged } from './operations.ts';
import type { Operation } from './wire.ts';

type Operations = Readonly<Record<string, KnownOperation>>;

export const EC2_WORKLOADS: Operations = {
  DescribeInstances: {
    schema: ec2.DescribeInstances$ as unknown as Operation,
    answer: (asked) => {
      const reservations = (asked.here.instances ?? []).map((instance) => ({
        ReservationId: `r-${instance.InstanceId}`,
        Instances: [instance],
      }));
      return paged(asked, 'Reservations', reservations, { min: 5, max: 1000 });
    },
  },
  DescribeLaunchTemplates: {
    schema: ec2.DescribeLaunchTemplates$ as unknown as Operation,
    answer: (asked) => {
      const rows = (asked.here.launchTemplates ?? []).map(({ Versions: _, ...row }) => row);
      return paged(asked, 'LaunchTemplates', rows, { min: 1, max: 200 });
    },
  },
  DescribeLaunchTemplateVersions: {
    schema: ec2.DescribeLaunchTemplateVersions$ as unknown as Operation,
    answer: (asked) => {
      const { LaunchTemplateId, Versions = [] } = asked.input as {
        LaunchTemplateId?: string;
        Versions?: string[];
      };
      const rows = LaunchTemplateId
        ? versionsOf(asked.here, LaunchTemplateId, Versions)
        : sweep(asked.here, Versions);
      return paged(asked, 'LaunchTemplateVersions', rows, { min: 1, max: 200 });
    },
  },
};

type Template = NonNullable<RegionModel['launchTemplates']>[number];

function versionsOf(here: RegionModel, id: string, wanted: readonly string[]): ec2.LaunchTemplateVersion[] {
  const template = here.launchTemplates?.find((one) => one.LaunchTemplateId === id);
  if (!template) throw new AwsError(400, 'InvalidLaunchTemplateId.NotFound', `No template ${id}`);
  return wanted.map((version) => {
    const row = versionOf(template, version);
    if (row) return row;
    const said = `Could not find the specified version ${version} for the launch template with ID ${id}.`;
    throw new AwsError(400, 'InvalidLaunchTemplateId.VersionNotFound', said);
  });
}

/** Of all templates, by alias only; a version that is both comes once. */
function sweep(here: RegionModel, wanted: readonly string[]): ec2.LaunchTemplateVersion[] {
  if (wanted.length === 0 || wanted.some((version) => !version.startsWith('$'))) {
    throw new AwsError(400, 'InvalidParameterCombination', 'Without a template, only $Latest and $Default');
  }
  return (here.launchTemplates ?? []).flatMap((template) => {
    const rows = wanted.flatMap((version) => versionOf(template, version) ?? []);
    return [...new Map(rows.map((row) => [row.VersionNumber, row])).values()];
  });
}

function versionOf(template: Template, version: string): ec2.LaunchTemplateVersion | undefined {
  const { DefaultVersionNumber, LatestVersionNumber, LaunchTemplateId, LaunchTemplateName } = template;
  const number = { $Default: DefaultVersionNumber, $Latest: LatestVersionNumber }[version] ?? Number(version);
  const row = template.Versions?.find((one) => one.VersionNumber === number);
  return row && { LaunchTemplateId, LaunchTemplateName, ...row };
}

/** The page size goes by another name there. */
function records(asked: Asked): Asked {
  const { MaxRecords = 50, NextToken } = asked.input;
  return { ...asked, input: { MaxResults: MaxRecords, NextToken } };
}

export const AUTO_SCALING: Operations = {
  DescribeAutoScalingGroups: {
    schema: autoScaling.DescribeAutoScalingGroups$ as unknown as Operation,
    answer: (asked) =>
      paged(records(asked), 'AutoScalingGroups', asked.here.autoScalingGroups ?? [], { min: 1, max: 100 }),
  },
  DescribeScalingActivities: {
    schema: autoScaling.DescribeScalingActivities$ as unknown as Operation,
    answer: (asked) => {
      const { AutoScalingGroupName } = asked.input;
      const rows = (asked.here.facts?.Activities ?? []).filter(
        (a) => AutoScalingGroupName === undefined || a.AutoScalingGroupName === AutoScalingGroupName,
      );
      return paged(records(asked), 'Activities', rows, { min: 1, max: 100 });
    },
  },
  DescribeLifecycleHooks: {
    schema: autoScaling.DescribeLifecycleHooks$ as unknown as Operation,
    answer: ({ here, input }) => ({
      LifecycleHooks: (here.facts?.LifecycleHooks ?? []).filter(
        (hook) => hook.AutoScalingGroupName === input.AutoScalingGroupName,
      ),
    }),
  },
  DescribeLaunchConfigurations: {
    schema: autoScaling.DescribeLaunchConfigurations$ as unknown as Operation,
    answer: (asked) =>
      paged(records(asked), 'LaunchConfigurations', asked.here.launchConfigurations ?? [], {
        min: 1,
        max: 100,
      }),
  },
};

export const CLOUDFORMATION: Operations = {
  DescribeStacks: {
    schema: cloudFormation.DescribeStacks$ as unknown as Operation,
    answer: (asked) => {
      const rows = (asked.here.stacks ?? []).map(({ TemplateBody: _, ...row }) => row);
      const input = { ...asked.input, MaxResults: 100 };
      return paged({ ...asked, input }, 'Stacks', rows, { min: 1, max: 100 });
    },
  },
  ListExports: {
    schema: cloudFormation.ListExports$ as unknown as Operation,
    answer: (asked) => {
      const input = { ...asked.input, MaxResults: 100 };
      return paged({ ...asked, input }, 'Exports', asked.here.exports ?? [], { min: 1, max: 100 });
    },
  },
  GetTemplate: {
    schema: cloudFormation.GetTemplate$ as unknown as Operation,
    answer: ({ here, input }) => {
      const stack = here.stacks?.find(({ StackId, StackName }) =>
        [StackId, StackName].includes(input.StackName),
      );
      if (!stack)
        throw new AwsError(400, 'ValidationError', `Stack with id ${input.StackName} does not exist`);
      return { TemplateBody: stack.TemplateBody, StagesAvailable: ['Original', 'Processed'] };
    },
  },
};

export const SSM: Operations = {
  GetParameters: {
    schema: ssm.GetParameters$ as unknown as Operation,
    answer: ({ here, input }) => {
      const names = input.Names as string[];
      if (names.length > 10) throw new AwsError(400, 'ValidationException', 'Member must have length <= 10');
      const odd = names.find((name) => !/^[\w./:-]+$/.test(name) || /^\/?ssm/i.test(name));
      if (odd) throw new AwsError(400, 'ValidationException', `Parameter name: ${odd} is none`);
      const found = names.map((name) => parameterOf(here, name));
      return {
        Parameters: found.filter((row) => row !== undefined),
        InvalidParameters: names.filter((_, i) => found[i] === undefined),
      };
    },
  },
};

function parameterOf(here: RegionModel, asked: string): ssm.Parameter | undefined {
  return here.parameters?.find(({ Name, ARN, Selector = '' }) =>
    [`${Name}${Selector}`, `${ARN}${Selector}`].includes(asked),
  );
}
