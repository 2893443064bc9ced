import type { Stack as AwsStack } from '@aws-sdk/client-cloudformation';
import { isGoneStack, stackFrom, stacksFrom } from '../cloudformation/index.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import type { Stack } from '../inventory/stack.ts';
import { canonical } from './canonical.ts';
import { detailGaps } from './detail-gaps.ts';
import { CallFailed, failure } from './failures.ts';
import { allPages, malformed } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, rowFailure, withoutVanished } from './vanished.ts';

/**
 * Stacks with what their templates refer to: one call per stack. DescribeStacks and not ListStacks: that one shows no
 * parameters and no tags.
 */
export async function readStacks(reader: Reader): Promise<{ items: Stack[]; gaps: DetailGap[] }> {
  const all = await allPages(reader, {
    action: 'DescribeStacks',
    what: 'stacks',
    reports: true,
    ask: async ({ NextToken }) => {
      const answer = await reader.call('DescribeStacks', NextToken ? { NextToken } : {});
      return { rows: answer.Stacks, next: answer.NextToken };
    },
    idOf: (stack) => stack.StackId,
  });
  const rows = all.filter((row) => !isGoneStack(row));
  const failed: RowFailure[] = [];
  const step = reader.steps('templates of stacks', rows.length);
  const stacks = await Promise.all(
    rows.map(async (row) => {
      const { unread, ...stack } = await readStack(reader, row);
      if (unread) failed.push({ ...unread, id: row.StackId ?? '', item: `"${stack.stack.name}"` });
      step();
      return { ...stack, id: row.StackId ?? '' };
    }),
  );
  const { ids, failures, gaps } = await withoutVanished('stack', failed, (known) =>
    stillThere(reader, known),
  );
  return {
    items: stacksFrom(stacks.filter(({ id }) => !ids.has(id))),
    gaps: [...detailGaps('stack', 'The templates', failures), ...gaps],
  };
}

/** By its id a deleted stack is found for 90 days, and says that it is deleted. */
async function stillThere(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    ids.map(async (StackName) => {
      try {
        const { Stacks = [] } = await reader.call('DescribeStacks', { StackName });
        return Stacks.some((row) => !isGoneStack(row)) ? [StackName] : [];
      } catch (error) {
        if (error instanceof CallFailed && rowFailure(StackName, '', error).absent) return [];
        throw error;
      }
    }),
  );
  return new Set(found.flat());
}

async function readStack(reader: Reader, row: AwsStack) {
  try {
    const read = withTemplate(reader, row, await templateOf(reader, row));
    const failure = read.fault === null ? null : notUnderstood(reader, read.stack, read.fault);
    return { ...read, unread: failure && { failure, absent: false } };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const { failure, absent } = rowFailure('', '', error);
    return { ...withTemplate(reader, row, undefined), unread: { failure, absent } };
  }
}

/** As its author wrote it: the result of transforms is in no file that a user could change. */
async function templateOf(reader: Reader, { StackId }: AwsStack): Promise<string> {
  const { TemplateBody } = await reader.call('GetTemplate', {
    StackName: StackId,
    TemplateStage: 'Original',
  });
  if (!TemplateBody) throw malformed(reader, 'GetTemplate', 'the answer holds no template');
  return TemplateBody;
}

function withTemplate(reader: Reader, row: AwsStack, body: string | undefined) {
  return canonical(reader, 'DescribeStacks', row.StackName ?? '', () => stackFrom(row, body));
}

function notUnderstood({ region, endpointOf }: Reader, { name }: Stack, fault: string) {
  const asked = { action: 'GetTemplate', region, endpoint: endpointOf('GetTemplate') };
  return {
    ...failure('malformed', asked, `"${name}" ${fault}`),
    hint: 'Check manually what its template refers to, with get-template --template-stage Original.',
  };
}
