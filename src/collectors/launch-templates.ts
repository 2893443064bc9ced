import type { LaunchTemplate as AwsTemplate, Filter, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type { TemplateChoice } from '../inventory/launch.ts';
import {
  type LaunchTemplate,
  launchTemplateFrom,
  pinnedVersions,
  versionsInUse,
} from '../inventory/launch-template.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { detailGaps } from './detail-gaps.ts';
import { CallFailed, failure, sdkError } from './failures.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';
import { withData } from './silent.ts';
import { type RowFailure, rowFailure, withoutVanished } from './vanished.ts';

/** By number. */
type Versions = Map<number, LaunchTemplateVersion>;

/**
 * Launch templates with the versions in use: the default and the latest ones of all templates in one sweep, then, template
 * by template, those that groups and instances pin and those that the sweep left out, as emulators do.
 * @param pins What groups and instances were launched from; read at the same time as the list of templates.
 */
export async function readLaunchTemplates(
  reader: Reader,
  pins: () => Promise<readonly TemplateChoice[]>,
): Promise<{ items: LaunchTemplate[]; gaps: DetailGap[] }> {
  const rows = await listed(reader, true, {});
  const plain = rows.map((row) => ({ id: row.LaunchTemplateId ?? '', name: row.LaunchTemplateName ?? '' }));
  const pinned = pinnedVersions(await pins(), plain);
  const swept = rows.length > 0 ? await sweep(reader) : new Map<string, Versions>();
  const failed: RowFailure[] = [];
  const items = await Promise.all(
    rows.map(async (row) => {
      const id = row.LaunchTemplateId ?? '';
      const name = nameOf(id, row.LaunchTemplateName);
      const pinnedHere = pinned.get(id) ?? new Set<number>();
      const versions = await versionsOf(reader, row, pinnedHere, swept).catch((error) => {
        if (!(error instanceof CallFailed)) throw error;
        failed.push(rowFailure(id, name, error));
        return null;
      });
      return canonical(reader, 'DescribeLaunchTemplates', name, () =>
        launchTemplateFrom(row, versions, pinnedHere),
      );
    }),
  );
  const { ids, failures, gaps } = await withoutVanished('launch-template', failed, async (Values) => {
    const Filters = [{ Name: 'launch-template-id', Values: [...Values] }];
    return new Set((await listed(reader, false, { Filters })).map((row) => row.LaunchTemplateId ?? ''));
  });
  return {
    items: items.filter(({ id }) => !ids.has(id)),
    gaps: [...detailGaps('launch-template', 'The versions', failures), ...gaps],
  };
}

function listed(reader: Reader, reports: boolean, which: { Filters?: Filter[] }): Promise<AwsTemplate[]> {
  return allPages(reader, {
    action: 'DescribeLaunchTemplates',
    what: 'launch templates',
    reports,
    ask: async (position) => {
      const answer = await reader.call('DescribeLaunchTemplates', { ...which, ...position });
      return { rows: answer.LaunchTemplates, next: answer.NextToken };
    },
    idOf: (template) => template.LaunchTemplateId,
  });
}

/** What the sweep holds, or why asking on would be in vain; an answer that makes no sense is no reason not to ask. */
async function sweep(reader: Reader): Promise<Map<string, Versions> | CallFailed> {
  try {
    const rows = await pagesOfVersions(reader, { Versions: ['$Latest', '$Default'] });
    const byTemplate = new Map<string, Versions>();
    for (const row of rows) {
      const id = row.LaunchTemplateId ?? '';
      byTemplate.set(id, (byTemplate.get(id) ?? new Map()).set(row.VersionNumber ?? 0, row));
    }
    return byTemplate;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const { code } = error.failure;
    const mayBeTheSweep = code === 'service-error' || code === 'malformed' || code === 'truncated';
    return mayBeTheSweep ? new Map() : error;
  }
}

/** @throws CallFailed where a version in use could not be read; one that does not exist is not there. */
async function versionsOf(
  reader: Reader,
  row: AwsTemplate,
  pinned: ReadonlySet<number>,
  swept: ReadonlyMap<string, Versions> | CallFailed,
): Promise<LaunchTemplateVersion[]> {
  if (swept instanceof CallFailed) throw swept;
  const id = row.LaunchTemplateId ?? '';
  const known: Versions = new Map(swept.get(id));
  const missing = [...versionsInUse(row, pinned)]
    .filter((number) => !known.has(number))
    .sort((a, b) => a - b);
  for (const one of await numbered(reader, id, missing)) known.set(one.VersionNumber ?? 0, one);
  if (known.size > 0)
    return [...known.values()].map((one) =>
      canonical(reader, 'DescribeLaunchTemplateVersions', nameOf(id, row.LaunchTemplateName), () =>
        withData(one),
      ),
    );
  const asked = { region: reader.region, endpoint: reader.endpointOf('DescribeLaunchTemplateVersions') };
  const said = 'not one version of a template that is listed';
  throw new CallFailed(failure('truncated', { action: 'DescribeLaunchTemplateVersions', ...asked }, said));
}

/** One number that does not exist fails the whole call, so then each is requested alone. */
async function numbered(reader: Reader, LaunchTemplateId: string, numbers: readonly number[]) {
  if (numbers.length === 0) return [];
  try {
    return await pagesOfVersions(reader, { LaunchTemplateId, Versions: numbers.map(String) });
  } catch (error) {
    if (!isNoVersion(error)) throw error;
    if (numbers.length === 1) return [];
    const apart: LaunchTemplateVersion[][] = await Promise.all(
      numbers.map((number) => numbered(reader, LaunchTemplateId, [number])),
    );
    return apart.flat();
  }
}

/** "Could not find the specified version 7 for the launch template with ID lt-…" */
function isNoVersion(error: unknown): boolean {
  return (
    error instanceof CallFailed && sdkError(error.cause).Code === 'InvalidLaunchTemplateId.VersionNotFound'
  );
}

function pagesOfVersions(reader: Reader, which: { LaunchTemplateId?: string; Versions: string[] }) {
  return allPages(reader, {
    action: 'DescribeLaunchTemplateVersions',
    what: 'versions',
    ask: async (position) => {
      const answer = await reader.call('DescribeLaunchTemplateVersions', { ...which, ...position });
      return { rows: answer.LaunchTemplateVersions, next: answer.NextToken };
    },
    idOf: ({ LaunchTemplateId, VersionNumber }) =>
      LaunchTemplateId && VersionNumber !== undefined ? `${LaunchTemplateId} ${VersionNumber}` : undefined,
  });
}
