import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Gap } from '../../report/model.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { atMost } from '../../text/lists.ts';
import { describeImages, getParameters } from '../commands/look-up.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { startsAsCounterpart } from '../pairing/workloads.ts';
import { type Launcher, references } from './launches.ts';
import { parameterIssue } from './parameter-issues.ts';
import type { NotAsked, Reference } from './reference.ts';
import { stacksOf } from './stack-users.ts';
import { workloadsOf } from './workloads.ts';

/** How many names a gap spells out; the count says the rest. */
const NAMED = 5;

/** Look-ups that a verdict depends on and that were not made, as stored sides have them: one gap per side and kind. */
export function missingLookupGaps(context: Context): Gap[] {
  const wanted = new Map<string, NotAsked>();
  const want = (gap: NotAsked | null) => {
    if (gap) wanted.set(JSON.stringify([gap.side, gap.what, gap.name]), gap);
  };
  const { on, index } = workloadsOf(context);
  const onBothSides = pairedOnBothSides(context);
  const replaced = replacedOnTarget(context);
  const wantFor = ({ found, parameter }: Reference, side: SideName, owner: object | null) => {
    // Through a parameter the launch on the target uses the image of that side: the image of this side decides nothing.
    const elsewhere = parameter !== null && side === 'source';
    if (found.is === 'unread' && !(elsewhere && found.gap?.what === 'image')) want(found.gap);
    if (side === 'target') return;
    const issue = parameter === null ? null : parameterIssue(parameter, index.target);
    if (issue?.is === 'unread') want(issue.gap);
    // What its counterpart launches is looked at in its place.
    if (owner !== null && replaced.has(owner)) return;
    // Within one region it is the same image, and is read by its id.
    if (context.source.region === context.target.region) {
      const same = found.is === 'other-image' && !elsewhere ? index.target.imageById(found.item.id) : null;
      if (same?.is === 'unread') want(same.gap);
      return;
    }
    if (found.is === 'other-image' && !elsewhere && !index.target.offers(found.item, context.source.region)) {
      const { ownerAlias, ownerId, name, id } = found.item;
      want({ side: 'target', what: 'image', name: name === null ? id : `${ownerAlias ?? ownerId}/${name}` });
    }
  };
  const afterwards = context.phase === 'verification';
  const judged = afterwards ? on.target : [...on.source, ...on.target.filter((w) => onBothSides.has(w.item))];
  for (const { launchSpecs, side } of judged)
    for (const spec of launchSpecs)
      for (const reference of references(spec)) wantFor(reference, side, spec.owner);
  for (const { checks, side, launches, file } of stacksOf(context)) {
    for (const { issue, own, reference } of checks) {
      // What starts nothing has no verdict that could depend on the value.
      const counts = reference.to !== 'value' || (side === 'source' && (launches || file !== null));
      if (issue?.is === 'unread' && counts) want(issue.gap);
      if (issue?.is === 'hard-coded' && issue.unread) want(issue.unread.gap);
      if (issue === null && own && side === (afterwards ? 'target' : 'source')) wantFor(own, side, null);
    }
  }
  return merged([...wanted.values()], context);
}

/** The counterpart on the target of something of the source: the two are compared. */
function pairedOnBothSides(context: Context): ReadonlySet<object> {
  return new Set(launcherPairs(context).flatMap(({ source, target }) => (source && target ? [target] : [])));
}

/** Of the source, what starts on the target as its one counterpart. */
function replacedOnTarget(context: Context): ReadonlySet<object> {
  return new Set(
    launcherPairs(context).flatMap((pair) => (pair.source && startsAsCounterpart(pair) ? [pair.source] : [])),
  );
}

function launcherPairs({ counterparts }: Context): readonly Counterpart<Launcher>[] {
  return [
    ...counterparts.instance,
    ...counterparts['launch-template'],
    ...counterparts['launch-configuration'],
    ...counterparts['auto-scaling-group'],
  ];
}

function merged(wanted: readonly NotAsked[], context: Context): Gap[] {
  return (['source', 'target'] as const).flatMap((side) =>
    (['image', 'parameter'] as const).flatMap((what): Gap[] => {
      const names = wanted.filter((w) => w.side === side && w.what === what).map((w) => w.name);
      if (names.length === 0) return [];
      const shown = atMost(names.sort(compareText), NAMED);
      const asked =
        what === 'image' ? 'Images that workloads refer to were' : 'SSM parameters that workloads need were';
      return [
        {
          side,
          kind: what,
          code: 'not-read',
          message: `${asked} not looked up in ${context.places[side]}: ${shown}. Whether what needs them would launch is not known.`,
          ...hintOf(what, names, context[side], side),
          blocking: true,
        },
      ];
    }),
  );
}

/** A saved snapshot was asked about what its own region refers to, and cannot be added to; a folder of dumps can. */
function hintOf(
  what: NotAsked['what'],
  names: readonly string[],
  { origin, region }: Snapshot,
  side: SideName,
): Pick<Gap, 'hint' | 'commands'> {
  const live = `audit the live region: name ${region} in its place`;
  if (origin !== 'dumps')
    return { hint: `A saved side was asked only for what its own region refers to; ${live}.` };
  const commands = COMMANDS[what](names, region, side);
  const each = commands.length === 1 ? 'this prints, as a file' : 'each of these prints, as a file';
  return {
    hint: `Save what ${each} beside the others. For what is not in it either, ${live}.`,
    commands,
  };
}

const COMMANDS = { image: describeImages, parameter: getParameters } as const;
