import { type Failure, itemsOf } from '../../inventory/collected.ts';
import { FACTS } from '../../inventory/launch-facts/kinds.ts';
import { compareText } from '../../inventory/order.ts';
import { gapOf } from '../../report/gap.ts';
import type { Gap, NotLookedAt } from '../../report/model.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';

type Exports =
  | { readonly is: 'read'; readonly byName: ReadonlyMap<string, string> }
  /** Not read, by choice: what depends on it is listed as not looked at. */
  | { readonly is: 'not-asked'; readonly because: string }
  | { readonly is: 'failed'; readonly failure: Failure };

/** What the stacks of each side export. */
export const exportsOf = perAudit((context): Readonly<Record<SideName, Exports>> => {
  const of = (side: SideName): Exports => {
    if (context.config.launch?.skip?.includes('exports'))
      return { is: 'not-asked', because: 'Left out by the config (launch.skip).' };
    const { region, launchFacts } = context[side];
    const collected = launchFacts.exports;
    if (collected.status === 'complete')
      return { is: 'read', byName: new Map(collected.items.map(({ id, value }) => [id, value])) };
    const { code, message } = collected.failure;
    if (code === 'not-in-dump')
      return { is: 'not-asked', because: `The folder of ${region} does not contain them.` };
    return code === 'not-read' || code === 'unsupported'
      ? { is: 'not-asked', because: message }
      : { is: 'failed', failure: collected.failure };
  };
  return { source: of('source'), target: of('target') };
});

/** The zones that Fn::GetAZs gives: those with a default subnet (CloudFormation User Guide); none of a region without such. */
export const defaultZones = perAudit(({ source, target, config }): ReadonlyMap<string, readonly string[]> => {
  if (config.launch?.skip?.includes('subnets')) return new Map();
  return new Map(
    [source, target].flatMap(({ region, launchFacts }) => {
      const zones = itemsOf(launchFacts.subnets).flatMap((s) => (s.defaultForZone && s.zone ? [s.zone] : []));
      return zones.length > 0 ? [[region, [...new Set(zones)].sort(compareText)] as const] : [];
    }),
  );
});

/** The exports of a side by name, for what templates import; null where they were not read. */
export function exportedOn(side: SideName, context: Context): ReadonlyMap<string, string> | null {
  const exports = exportsOf(context)[side];
  return exports.is === 'read' ? exports.byName : null;
}

export function exportsNotLookedAt(context: Context): NotLookedAt[] {
  const exports = exportsOf(context).target;
  const { many, decides } = FACTS.exports;
  return exports.is === 'not-asked'
    ? [{ what: `${many} (${decides})`, side: 'target', because: exports.because }]
    : [];
}

export function exportGaps(context: Context): Gap[] {
  const exports = exportsOf(context).target;
  return exports.is === 'failed' ? [gapOf('target', 'workload', exports.failure, true)] : [];
}

/** Whether the account of the target is known to have an instance profile of this name. */
export function hasProfile(name: string, { target }: Context): boolean {
  const { instanceProfiles } = target.launchFacts;
  return (
    instanceProfiles.status === 'complete' &&
    instanceProfiles.items.some(({ id, exists }) => id === name && exists)
  );
}
