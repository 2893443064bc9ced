import { isDeepStrictEqual } from 'node:util';
import type { OtherImage } from '../../inventory/other-image.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context, ItemOf } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { startsAsCounterpart } from '../pairing/workloads.ts';
import { perAudit, perItem } from '../per-audit.ts';
import { type Launcher, type LaunchSpec, references } from './launches.ts';
import { parameterIssue } from './parameter-issues.ts';
import type { Found, Reference, ReferenceIssue } from './reference.ts';
import { type StackUser, stackOf } from './stack-users.ts';
import type { Check } from './template-checks.ts';
import { unsuitableImage } from './unsuitable-image.ts';
import { type Workload, workloadsOf } from './workloads.ts';

/** Where a reference is written. */
export interface Written {
  readonly file: string | null;
  readonly line: number | null;
  /** "version 7", "WebServer Properties.ImageId"; blank where there is but one place. */
  readonly at: string;
  readonly language?: 'terraform';
  /** Under which answers to a template's conditions, where they are not known. */
  readonly when: string;
}

/**
 * What a finding about a reference can report: nothing can be said of what is unread or unresolved, and a missing export
 * stops the stack as a whole (`workload/refused`).
 */
export type FoundIssue = Exclude<ReferenceIssue, { is: 'unread' | 'unresolved' | 'no-export' | 'no-zone' }>;

/** An issue, with where it is written and what it is the issue of. */
export interface WrittenIssue {
  readonly issue: FoundIssue;
  readonly side: SideName;
  readonly written: Written;
  /** What distinguishes the place from others of the same workload or template, independent of what else is written there; null: nothing does. */
  readonly place: string | null;
  /** The references, checks and launch issues that have it. Verdicts find the finding about them by these objects. */
  readonly of: readonly object[];
}

export type ReferrerKind = Workload['kind'] | 'stack';

/** The issues of both ends of a pair, each once. Rules and verdicts ask. */
export function issuesOfPair<K extends ReferrerKind>(
  pair: Counterpart<ItemOf[K]>,
  context: Context,
): readonly WrittenIssue[] {
  const all = [pair.source, pair.target]
    .flatMap((item) => (item ? issuesIn(item, context) : []))
    // That the target has no such image matters where nothing on the target launches another in its place.
    .filter(({ issue, side }) => !(isOfSourceAlone(issue) && side === 'source' && isLaunched(pair)));
  // Two counterparts that lack the same object have one issue together.
  const shared = (one: WrittenIssue) =>
    one.side === 'target' && (one.issue.is === 'dangling' || one.issue.is === 'unsuitable-image')
      ? all.filter((other) => other.side === 'source' && isSame(other.issue, one.issue))
      : [];
  const targets = new Map(all.map((one) => [one, shared(one)]));
  return all
    .filter((one) => targets.get(one)?.length === 0)
    .map((one) => ({
      ...one,
      of: [...one.of, ...all.flatMap((other) => (targets.get(other)?.includes(one) ? other.of : []))],
    }));
}

/** Whether it counts only where the target launches what the source names. */
function isOfSourceAlone(issue: FoundIssue): boolean {
  return issue.is === 'hard-coded' || (issue.is === 'unsuitable-image' && issue.parameter === null);
}

function isLaunched(pair: Counterpart<ItemOf[ReferrerKind]>): boolean {
  return pair.kind !== 'stack' && startsAsCounterpart(pair);
}

/** Whether a source's issue says what the target's says: the same object lacks on both sides, or the same parameter. */
function isSame(source: FoundIssue, target: FoundIssue): boolean {
  return source.is === 'missing-parameter'
    ? target.text === resolveParameter(source.text)
    : isDeepStrictEqual(source, target);
}

const issuesIn = perItem((item: object, context): readonly WrittenIssue[] => {
  const workload = workloadsOf(context).of(item as Launcher);
  const stack = workload ? null : stackOf(item, context);
  return once(workload ? launcherIssues(workload, context) : stack ? stackIssues(stack, context) : []);
});

/** The same fault at the same place is one issue, even if several versions or resources refer to it. */
function once(issues: readonly WrittenIssue[]): WrittenIssue[] {
  const seen = new Map<string, WrittenIssue>();
  for (const one of issues) {
    // Of a parameter that lacks, what is taken from it makes no second issue.
    const same = one.issue.is === 'missing-parameter' ? { ...one.issue, holds: null } : one.issue;
    const key = JSON.stringify([one.side, one.place, same]);
    const known = seen.get(key);
    seen.set(key, known ? { ...known, of: [...known.of, ...one.of] } : one);
  }
  return [...seen.values()];
}

const specsByOwner = perAudit((context): ReadonlyMap<Launcher, readonly LaunchSpec[]> => {
  const { on } = workloadsOf(context);
  const all = [...on.source, ...on.target].flatMap((w) =>
    w.launchSpecs.map((spec) => ({ spec, own: spec.owner === w.item })),
  );
  const ownFirst = [...all.filter((s) => s.own), ...all.filter((s) => !s.own)];
  return groupBy(
    ownFirst.map(({ spec }) => spec),
    (spec) => spec.owner,
  );
});

function launcherIssues(workload: Workload, context: Context): WrittenIssue[] {
  const { side, item } = workload;
  const at = (text: string) => ({
    side,
    written: { file: null, line: null, at: text, when: '' },
    place: null,
  });
  // Its own first: they say where it is written. A group that launches by it has its own references to the same.
  const own = specsByOwner(context).get(item) ?? [];
  return [
    ...workload.issues.flatMap((one): WrittenIssue[] =>
      one.issue.is === 'dangling' ? [{ ...at(''), issue: one.issue, of: [one] }] : [],
    ),
    ...own.flatMap((spec) => {
      const where = at(workload.kind === 'launch-template' ? (spec.step ?? '') : '');
      // Of what an override puts in place only the image is the group's own.
      const mine =
        workload.kind === 'auto-scaling-group' ? (spec.image ? [spec.image] : []) : references(spec);
      return [
        ...mine.flatMap((reference) =>
          referenceIssues(reference, side, context).map((issue) => ({ ...where, issue, of: [reference] })),
        ),
      ];
    }),
  ];
}

function referenceIssues(reference: Reference, side: SideName, context: Context): FoundIssue[] {
  const { to, text, parameter, found } = reference;
  const { index } = workloadsOf(context);
  const dangling: FoundIssue[] = found.is === 'dangling' ? [{ is: 'dangling', to, text }] : [];
  const unsuitable = unsuitableImage(reference, side, context);
  if (unsuitable) return [...dangling, unsuitable];
  if (side === 'target') return dangling;
  if (parameter !== null) {
    const issue = parameterIssue(parameter, index.target);
    return issue?.is === 'missing-parameter' ? [...dangling, issue] : dangling;
  }
  // An image of another owner is found on the target by owner and name; where it is known not to exist, the id leads nowhere.
  if (found.is !== 'other-image' || to !== 'image') return dangling;
  const oneRegion = context.source.region === context.target.region;
  const lost = oneRegion
    ? isRefused(found.item, index.target.imageById(text).is)
    : index.target.offers(found.item, context.source.region)?.exists === false;
  return lost
    ? [
        ...dangling,
        {
          is: 'hard-coded',
          to,
          text,
          region: context.source.region,
          unread: null,
          name: found.item.name,
          within: ownerOf(found.item),
        },
      ]
    : dangling;
}

/** Within one region it is the same image for every account: an account that requested it and does not see it may not launch it. */
export function isRefused(image: OtherImage, onTarget: Found['is']): boolean {
  return onTarget === 'dangling' && !image.details?.public && image.ownerAlias !== 'amazon';
}

/** Two owners can give one name to an image. */
function ownerOf({ ownerId, ownerAlias }: OtherImage): string[] {
  return [ownerAlias ?? ownerId ?? []].flat();
}

function keyOnTarget(name: string, context: Context): boolean {
  return workloadsOf(context).index.target.key(context.names.keyPairs(name)).found.is === 'key-pair';
}

function stackIssues(stack: StackUser, context: Context): WrittenIssue[] {
  // Of two that say the same, the one that does not depend on conditions comes first.
  const certain = stack.checks.filter(({ outcome }) => outcome.when.length === 0);
  const open = stack.checks.filter(({ outcome }) => outcome.when.length > 0);
  return [...certain, ...open].flatMap((check): WrittenIssue[] => {
    const { own, issue } = check;
    const base = { written: writtenAt(check, stack), place: placeOf(check) };
    // A file is there to be deployed elsewhere: a key that exists there is not missing.
    const meant = stack.file !== null && own?.to === 'key-pair' && keyOnTarget(own.text, context);
    // What a file names is judged for where it is to go: that its id exists nowhere is said once.
    const said = stack.file !== null && issue?.is === 'hard-coded';
    const dangling: WrittenIssue[] =
      own?.found.is === 'dangling' && !meant && !said
        ? [
            {
              ...base,
              side: stack.side,
              issue: { is: 'dangling', to: own.to, text: own.text },
              of: [check, own],
            },
          ]
        : [];
    if (issue === null || issue.is === 'unread' || issue.is === 'unresolved') return dangling;
    // Rules of the stack as a whole say these.
    if (issue.is === 'no-export' || issue.is === 'no-zone') return dangling;
    const side = issue.is === 'not-on-target' ? 'target' : stack.side;
    return [...dangling, { ...base, side, issue, of: [check, ...(own ? [own] : [])] }];
  });
}

/**
 * A value that comes through a parameter or a mapping is wrong there, for all resources that use it. The position in a list is
 * no part of the place: it changes with what is removed before it.
 */
function placeOf({ reference, outcome }: Check): string {
  const path = reference.path.replace(/\.\d+(?=\.|$)/g, '');
  return throughs(outcome).join(', ') || `${reference.resource} ${path}`;
}

function throughs({ via }: Check['outcome']): string[] {
  return via.map((v) =>
    v.is === 'mapping' ? `mapping ${v.map}` : v.is === 'parameter' ? `parameter ${v.name}` : v.name,
  );
}

/** The template of a nested stack may be a separate file. */
export function writtenIn(
  { file, language }: StackUser,
  at: { readonly line: number | null; readonly file?: string | undefined },
): Pick<Written, 'file' | 'line' | 'language'> {
  return {
    file: file === null ? null : (at.file ?? file),
    line: at.line,
    ...(language === null ? {} : { language }),
  };
}

/** The line of the default or of the mapping row, where the value is written; else that of the reference. */
export function writtenAt({ reference, outcome }: Check, stack: StackUser): Written {
  return {
    ...writtenIn(stack, outcome.line === null ? reference : outcome),
    at: [`${reference.resource} ${reference.path}`, ...throughs(outcome)].join(', through '),
    when: outcome.when.map(({ condition, is }) => `${condition} is ${is}`).join(' and '),
  };
}
