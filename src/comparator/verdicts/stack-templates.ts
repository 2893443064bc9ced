import type { LaunchField } from '../../inventory/template.ts';
import type { LaunchPart } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import type { Check } from '../workloads/template-checks.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';
import type { Judgements } from './judgements.ts';
import { type PartChain, partOfStackReference } from './looked-at.ts';

/**
 * A stack that launches from a launch template which it does not create launches what that template says on the target:
 * what stops the template stops the stack. A part that the resource names too is judged by the resource's own value.
 * @param chainsOf What stops or degrades a launch template.
 */
export function launchTemplateReasons(
  stack: StackUser,
  judgements: Judgements,
  context: Context,
  chainsOf: (template: Workload) => readonly PartChain[],
): PartChain[] {
  return stack.checks.flatMap((check) => {
    const template = templateOf(check, stack, judgements, context);
    if (!template) return [];
    const own = ownParts(check.reference.resource, stack);
    const chains = chainsOf(template).filter(
      ({ parts }) => parts === null || parts.length === 0 || parts.some((part) => !own.has(part)),
    );
    // A template whose versions differ launches by one of them, and which one the stack takes is not known here.
    const launches = new Set(template.launchSpecs.map(({ step }) => step));
    const blocked = template.launchSpecs.filter(({ step }) =>
      chains.some((c) => c.verdict === 'blocked' && (step === null || c.steps.includes(step))),
    );
    const some = new Set(blocked.map(({ step }) => step)).size < launches.size;
    const undecided = some || check.outcome.when.length > 0;
    return chains.map((chain) => ({
      ...chain,
      verdict: undecided && chain.verdict === 'blocked' ? 'unknown' : chain.verdict,
      steps: [check.reference.resource, `launch template ${template.name}`, ...chain.steps],
    }));
  });
}

/** The parts of a launch that a resource names itself: they have precedence over those of its launch template. */
function ownParts(resource: string, { checks, item }: StackUser): ReadonlySet<LaunchPart | null> {
  const launches = (item.template?.launches ?? []).filter((launch) => launch.resource === resource);
  return new Set([
    ...checks.flatMap(({ reference }) =>
      reference.resource === resource && reference.to !== 'value' ? [partOfStackReference(reference.to)] : [],
    ),
    ...launches.flatMap(({ fields }) => fields.map(({ field }) => PART_OF_FIELD[field])),
  ]);
}

/** Null: what says nothing of a part, or only adds to what the launch template says of it. */
const PART_OF_FIELD = {
  type: 'type',
  requirement: 'type',
  market: null,
  'spot-price': null,
  'on-demand-base': null,
  'on-demand-percent': null,
  subnet: 'network',
  interface: 'network',
  zone: 'network',
  profile: 'profile',
  'placement-group': null,
  'private-address': null,
  host: null,
  'host-resource-group': null,
  reservation: null,
  licence: null,
  'target-group': null,
  'load-balancer': null,
  platform: null,
  'service-linked-role': null,
  'http-tokens': null,
  'http-endpoint': null,
  hibernation: null,
  enclave: null,
  'ebs-optimized': null,
  device: null,
  snapshot: null,
  'kms-key': null,
  size: null,
  encrypted: null,
  'volume-type': null,
  iops: null,
  throughput: null,
  image: 'image',
  group: 'groups',
  count: 'quota',
} as const satisfies Readonly<Record<LaunchField, LaunchPart | null>>;

/** The workload that the named template is judged as: that of the source where the two are paired. */
function templateOf(
  { reference, outcome, issue }: Check,
  stack: StackUser,
  judgements: Judgements,
  context: Context,
): Workload | null {
  if (reference.to !== 'launch-template' || issue !== null || outcome.is !== 'value') return null;
  const { value } = outcome;
  const { index, of } = workloadsOf(context);
  const isId = /^lt-[0-9a-f]+$/.test(value);
  const by = isId ? { id: value, name: null } : { id: null, name: value };
  const name = isId && stack.side === 'source' ? (index.source.launchTemplate(by)?.name ?? null) : null;
  const found =
    index.target.launchTemplate(by) ??
    (name === null ? null : index.target.launchTemplate({ id: null, name }));
  if (!found) return null;
  const { source = null, pairingStatus = null } = judgements.of(found)?.counterpart ?? {};
  const paired = stack.side === 'source' && pairingStatus === 'paired' ? source : null;
  return of((paired ?? found) as Workload['item']);
}
