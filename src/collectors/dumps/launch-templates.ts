import type { Collected } from '../../inventory/collected.ts';
import type { TemplateChoice } from '../../inventory/launch.ts';
import {
  type AwsLaunchTemplateVersion,
  type LaunchTemplate,
  launchTemplateFrom,
  pinnedVersions,
  versionsInUse,
} from '../../inventory/launch-template.ts';
import { compareText } from '../../inventory/order.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import { atMost } from '../../text/lists.ts';
import { shellWord } from '../../text/shell.ts';
import { withData } from '../silent.ts';
import { BadDump, collect, type Dump, failureOf, read, rowsOf } from './answers.ts';
import { type Advice, fileName, saving } from './kinds.ts';
import { launchTemplateRow, launchTemplateVersionRow } from './workload-rows.ts';

/** Launch templates with the versions in use; a template of which one of these is not in any file has none. */
export function collectLaunchTemplates(
  dump: Dump,
  pins: readonly TemplateChoice[],
): { templates: Collected<LaunchTemplate>; gaps: DetailGap[] } {
  const plain = collect(
    dump,
    'launchTemplates',
    launchTemplateRow,
    (row) => launchTemplateFrom(row, null, new Set()),
    ({ id }) => id,
  );
  if (plain.status === 'failed') return { templates: plain, gaps: [] };
  const pinned = pinnedVersions(pins, plain.items);
  const found = versionsByTemplate(dump);
  const lacking = new Map<string, 'listed' | 'pinned'>();
  // The second reading says nothing that the first has not said.
  const templates = collect(
    { ...dump, notes: [] },
    'launchTemplates',
    launchTemplateRow,
    (row) => {
      const id = row.LaunchTemplateId;
      // Numbers are given in order, so one beyond the latest is of no version.
      const latest = row.LatestVersionNumber ?? Number.POSITIVE_INFINITY;
      const pinnedHere = new Set([...(pinned.get(id) ?? [])].filter((number) => number <= latest));
      const { versions = new Map<number, AwsLaunchTemplateVersion>(), whole = false } =
        found.byTemplate.get(id) ?? {};
      const has = (numbers: ReadonlySet<number>) => [...numbers].every((number) => versions.has(number));
      const listed = has(versionsInUse(row, new Set()));
      const enough = listed && (whole || has(pinnedHere));
      if (enough) lacking.delete(id);
      else lacking.set(id, listed ? 'pinned' : 'listed');
      return launchTemplateFrom(row, enough ? [...versions.values()] : null, pinnedHere);
    },
    ({ id }) => id,
  );
  return { templates, gaps: gapsOf(dump, lacking, found.broken) };
}

interface Versions {
  readonly byTemplate: ReadonlyMap<
    string,
    { versions: ReadonlyMap<number, AwsLaunchTemplateVersion>; whole: boolean }
  >;
  readonly broken: readonly BadDump[];
}

function versionsByTemplate(dump: Dump): Versions {
  const byTemplate = new Map<string, { versions: Map<number, AwsLaunchTemplateVersion>; whole: boolean }>();
  const broken = dump.folder.files.flatMap(({ fault, shown }) =>
    fault?.key === 'LaunchTemplateVersions'
      ? [new BadDump('malformed', `${shown} cannot be read: ${fault.why}`)]
      : [],
  );
  for (const answer of dump.answers.filter(({ key }) => key === 'LaunchTemplateVersions')) {
    try {
      const rows = rowsOf(answer, launchTemplateVersionRow).map((found) => read(found, withData));
      for (const row of rows) {
        const id = row.LaunchTemplateId;
        const known = byTemplate.get(id) ?? { versions: new Map(), whole: false };
        known.versions.set(row.VersionNumber, row);
        byTemplate.set(id, known);
      }
      const whole = byTemplate.get(wholeListOf(rows) ?? '');
      if (whole) whole.whole = true;
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      broken.push(error);
    }
  }
  return { byTemplate, broken };
}

/**
 * The template that an answer lists all versions of: what is not in it was deleted. One with three or more of one
 * template was not read with '$Latest' and '$Default', which give two at most.
 */
function wholeListOf(rows: readonly { LaunchTemplateId: string }[]): string | null {
  const [id, ...more] = new Set(rows.map((row) => row.LaunchTemplateId));
  return id !== undefined && more.length === 0 && rows.length > 2 ? id : null;
}

function gapsOf(
  dump: Dump,
  lacking: ReadonlyMap<string, 'listed' | 'pinned'>,
  broken: readonly BadDump[],
): DetailGap[] {
  const { dir } = dump.folder;
  const sweep = saving(
    dump,
    'LaunchTemplateVersions.json',
    "describe-launch-template-versions --versions '$Latest' '$Default'",
  );
  const gap = (message: string, advice: Advice): DetailGap => ({
    kind: 'launch-template',
    code: 'not-in-dump',
    message,
    ...advice,
  });
  const of = (what: 'listed' | 'pinned') =>
    [...lacking].flatMap(([id, lacks]) => (lacks === what ? [id] : [])).sort(compareText);
  const [unlisted, unpinned] = [of('listed'), of('pinned')];
  return [
    ...broken.map((error): DetailGap => ({ kind: 'launch-template', ...failureOf(error, [sweep]) })),
    ...(unlisted.length > 0 && broken.length === 0
      ? [
          gap(
            `${dir} contains no default or no latest version of the launch templates ${atMost(unlisted, NAMED)}: what they launch is not known.`,
            { hint: 'Save both of all templates.', commands: [sweep] },
          ),
        ]
      : []),
    ...(unpinned.length > 0 && broken.length === 0
      ? [
          gap(
            `${dir} does not contain all versions of the launch templates ${atMost(unpinned, NAMED)} that instances or Auto Scaling groups use.`,
            {
              hint: 'Save all versions, for each of these templates.',
              commands: unpinned
                .slice(0, NAMED)
                .map((id) =>
                  saving(
                    dump,
                    fileName(`LaunchTemplateVersions-${id}.json`),
                    `describe-launch-template-versions --launch-template-id ${shellWord(id)}`,
                  ),
                ),
            },
          ),
        ]
      : []),
  ];
}

const NAMED = 5;
