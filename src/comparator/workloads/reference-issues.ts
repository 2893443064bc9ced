import type { SideName } from '../../report/vocabulary.ts';
import type { Context, ItemOf } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { perAudit, perItem } from '../per-audit.ts';
import { type Launcher, type LaunchSpec, references } from './launches.ts';
import type { Reference, ReferenceTo } from './reference.ts';
import { type Check, parameterProblem, type StackUser, stackOf } from './template-checks.ts';
import { type Workload, workloadsOf } from './workloads.ts';

/** Where a reference is written. */
export interface Written {
  readonly file: string | null;
  readonly line: number | null;
  /** "version 7", "WebServer Properties.ImageId"; blank where there is but one place. */
  readonly at: string;
  /** Under which answers to a template's conditions, where they cannot be told. */
  readonly when: string;
}

/** What is wrong with a reference itself, whatever stands over there for what it names. */
export type Fault = { readonly side: SideName; readonly written: Written } & (
  | {
      readonly is: 'dangling';
      readonly to: ReferenceTo | 'prefix-list' | 'launch-template' | 'launch-configuration';
      readonly text: string;
    }
  | {
      readonly is: 'hard-coded';
      readonly to: 'image' | 'security-group';
      readonly text: string;
      readonly name: string | null;
    }
  | {
      readonly is: 'no-mapping-row';
      readonly text: string;
      readonly map: string;
      readonly first: string;
      readonly second: string | null;
    }
  /** `leadsTo`: the parameter is there, and the image that it names is not. */
  | { readonly is: 'missing-parameter'; readonly text: string; readonly leadsTo: string | null }
);

export type ReferrerKind = Workload['kind'] | 'stack';

/** The faults of both ends of a pair, each once. Rules and verdicts spec. */
export function faultsOf<K extends ReferrerKind>(
  pair: Counterpart<ItemOf[K]>,
  context: Context,
): readonly Fault[] {
  return [pair.source, pair.target].flatMap((item) => (item ? faultsIn(item, context) : []));
}

const faultsIn = perItem((item: object, context): readonly Fault[] => {
  const workload = workloadsOf(context).of(item as Launcher);
  const stack = workload ? null : stackOf(item, context);
  return once(workload ? launcherFaults(workload, context) : stack ? stackFaults(stack, context) : []);
});

function once(faults: readonly Fault[]): Fault[] {
  const seen = new Map<string, Fault>();
  for (const fault of faults) {
    const { written, ...rest } = fault;
    const place = written.file === null && written.line === null ? '' : [written.file, written.line];
    const key = JSON.stringify([rest, place]);
    if (!seen.has(key)) seen.set(key, fault);
  }
  return [...seen.values()];
}

function launcherFaults(workload: Workload, context: Context): Fault[] {
  const { side, item } = workload;
  const written = (at: string): Written => ({ file: null, line: null, at, when: '' });
  const own = workload.launchSpecs.filter((spec) => spec.owner === item);
  return [
    ...workload.troubles
      .filter((t) => t.is === 'dangling')
      .map((t): Fault => ({ side, written: written(''), is: 'dangling', to: t.to, text: t.text })),
    ...own.flatMap((spec) => {
      const at = workload.kind === 'launch-template' ? (spec.step ?? '') : '';
      // Of what an override puts in place only the image is the group's own.
      const mine =
        workload.kind === 'auto-scaling-group' ? (spec.image ? [spec.image] : []) : references(spec);
      return mine
        .flatMap((r) => referenceFaults(r, side, written(at), context))
        .concat(
          pinnedIds(spec, workload, context).map(
            ({ to, text, name }): Fault => ({ side, written: written(at), is: 'hard-coded', to, text, name }),
          ),
        );
    }),
  ];
}

function referenceFaults(reference: Reference, side: SideName, written: Written, context: Context): Fault[] {
  const { to, text, parameter, found } = reference;
  const { index } = workloadsOf(context);
  const base = { side, written };
  const dangling: Fault[] = found.is === 'dangling' ? [{ ...base, is: 'dangling', to, text }] : [];
  if (side === 'target') return dangling;
  if (parameter !== null) {
    const problem = parameterProblem(parameter, index.target);
    const over: Fault[] =
      problem?.is === 'missing-parameter'
        ? [{ ...base, is: 'missing-parameter', text: parameter, leadsTo: null }]
        : problem?.is === 'parameter-to-nothing'
          ? [{ ...base, is: 'missing-parameter', text: parameter, leadsTo: problem.id }]
          : [];
    return [...dangling, ...over];
  }
  // An image of another owner is found over there by owner and name; where it is known not to be there, the id is a dead end.
  const lost =
    found.is === 'other-image' && index.target.offers(found.item, context.source.region)?.exists === false;
  return lost && to === 'image'
    ? [...dangling, { ...base, is: 'hard-coded', to, text, name: found.item.name }]
    : dangling;
}

/** Launch templates of the source that nothing on the target stands for. */
const withoutTwin = perAudit(
  ({ counterparts }): ReadonlySet<object> =>
    new Set(
      counterparts['launch-template'].flatMap((c) =>
        c.pairingStatus === 'alone' && c.source ? [c.source] : [],
      ),
    ),
);

interface PinnedId {
  readonly to: 'image' | 'security-group';
  readonly text: string;
  readonly name: string | null;
}

/**
 * The ids of a version that an Auto Scaling group pins by number, where the template has no counterpart yet: whoever
 * copies the version copies them. A counterpart has been given ids of its own, and is held against this one.
 */
function pinnedIds(spec: LaunchSpec, workload: Workload, context: Context): PinnedId[] {
  if (!spec.pinned || workload.side === 'target' || context.source.region === context.target.region)
    return [];
  if (!withoutTwin(context).has(workload.item)) return [];
  const { target } = workloadsOf(context).index;
  const groups = spec.interfaces
    .flat()
    .filter(
      (g) => g.text.startsWith('sg-') && target.group({ id: g.text, name: null }).found.is === 'dangling',
    )
    .map(
      (g): PinnedId => ({
        to: 'security-group',
        text: g.text,
        name: g.found.is === 'security-group' ? g.found.item.name : null,
      }),
    );
  const { image } = spec;
  const literal =
    image !== null && image.parameter === null && target.imageById(image.text).is !== 'other-image';
  const name =
    image?.found.is === 'image' || image?.found.is === 'other-image' ? image.found.item.name : null;
  return [...groups, ...(literal ? [{ to: 'image' as const, text: image.text, name }] : [])];
}

function keyOverThere(name: string, context: Context): boolean {
  return workloadsOf(context).index.target.key(context.names.keyPairs(name)).found.is === 'key-pair';
}

function stackFaults(stack: StackUser, context: Context): Fault[] {
  return stack.checks.flatMap((check) => {
    const base = { side: stack.side, written: writtenAt(check, stack) };
    const { own } = check;
    // A file is there to be deployed elsewhere: a key that stands there is not missing.
    const meant = stack.file !== null && own?.to === 'key-pair' && keyOverThere(own.text, context);
    // What stands in a file is judged for where it is to go: that its id is one of nowhere is said once.
    const said = stack.file !== null && check.problem?.is === 'hard-coded';
    const dangling = own?.found.is === 'dangling' && !meant && !said;
    return [
      ...(dangling ? [{ ...base, is: 'dangling' as const, to: own.to, text: own.text }] : []),
      ...problemFaults(check, base),
    ];
  });
}

function lostKind(to: Check['reference']['to']): 'image' | 'prefix-list' | 'security-group' {
  return to === 'image' || to === 'prefix-list' ? to : 'security-group';
}

function problemFaults({ problem, reference, own }: Check, base: Pick<Fault, 'side' | 'written'>): Fault[] {
  if (problem === null) return [];
  const to = reference.to === 'image' ? 'image' : 'security-group';
  switch (problem.is) {
    case 'hard-coded': {
      const item = own?.found.is === 'image' || own?.found.is === 'security-group' ? own.found.item : null;
      return [{ ...base, is: 'hard-coded', to, text: problem.id, name: item?.name ?? null }];
    }
    case 'not-there':
      return [{ ...base, side: 'target', is: 'dangling', to: lostKind(reference.to), text: problem.id }];
    case 'no-mapping-row': {
      const { map, first, second } = problem;
      return [{ ...base, is: 'no-mapping-row', text: map, map, first, second }];
    }
    case 'missing-parameter':
      return [{ ...base, is: 'missing-parameter', text: problem.name, leadsTo: null }];
    case 'parameter-to-nothing':
      return [{ ...base, is: 'missing-parameter', text: problem.name, leadsTo: problem.id }];
    case 'unresolved':
    case 'unread':
      return [];
  }
}

/** The line of the default or of the mapping row, where the value stands; else that of the reference. */
export function writtenAt({ reference, outcome }: Check, stack: StackUser): Written {
  const through = outcome.via.map((v) =>
    v.is === 'mapping' ? `mapping ${v.map}` : v.is === 'parameter' ? `parameter ${v.name}` : v.name,
  );
  return {
    file: stack.file,
    line: outcome.line ?? reference.line,
    at: [`${reference.resource} ${reference.path}`, ...through].join(', through '),
    when: outcome.when.map(({ condition, is }) => `${condition} is ${is}`).join(' and '),
  };
}
