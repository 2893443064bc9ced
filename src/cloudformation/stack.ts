import type { Stack } from '../inventory/stack.ts';
import { type AwsTags, tagsFrom } from '../inventory/tags.ts';
import type { ReadStack } from './nested-stacks.ts';
import type { StackValue } from './parameters.ts';
import { readTemplateBody } from './read.ts';
import { UnreadableTemplate } from './unreadable.ts';

/** A row of DescribeStacks. */
export interface AwsStack {
  StackId?: string | undefined;
  StackName?: string | undefined;
  StackStatus?: string | undefined;
  Parameters?:
    | {
        ParameterKey?: string | undefined;
        ParameterValue?: string | undefined;
        ResolvedValue?: string | undefined;
      }[]
    | undefined;
  Tags?: AwsTags;
  /** Of a nested stack. */
  ParentId?: string | undefined;
}

/** Deleted stacks keep their row for 90 days; one in review was never created. */
export function isGoneStack(raw: AwsStack): boolean {
  return raw.StackStatus === 'DELETE_COMPLETE' || raw.StackStatus === 'REVIEW_IN_PROGRESS';
}

/** `body`: GetTemplate's `TemplateBody`; undefined where it could not be read. */
export function stackFrom(raw: AwsStack, body: unknown): ReadStack {
  const stack: Stack = {
    id: raw.StackId || (raw.StackName ?? ''),
    name: raw.StackName ?? '',
    status: raw.StackStatus ?? 'unknown',
    template: null,
    tags: tagsFrom(raw.Tags),
  };
  const parentId = raw.ParentId || null;
  if (body === undefined || body === null) return { stack, fault: null, whole: null, parentId };
  try {
    const whole = readTemplateBody(body, (raw.Parameters ?? []).map(stackValue));
    return { stack: { ...stack, template: whole.template }, fault: null, whole, parentId };
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    return { stack, fault: error.message, whole: null, parentId };
  }
}

function stackValue(row: NonNullable<AwsStack['Parameters']>[number]): StackValue {
  // CloudFormation shows a NoEcho value as asterisks (API reference, Parameter).
  const masked = /^\*{4,}$/.test(row.ParameterValue ?? '');
  return {
    name: row.ParameterKey ?? '',
    value: masked ? null : (row.ParameterValue ?? null),
    resolved: masked ? null : (row.ResolvedValue ?? null),
    masked,
  };
}
