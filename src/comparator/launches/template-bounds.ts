import { itemsOf } from '../../inventory/collected.ts';
import type { FactKind } from '../../inventory/launch-facts/kinds.ts';
import type { BoundKind } from '../../inventory/template.ts';
import type { BoundTo } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import type { StackUser } from '../workloads/stack-users.ts';
import { placeIn } from '../workloads/template-place.ts';
import { type WrittenBound, writtenBounds } from '../workloads/written-bounds.ts';
import { factsOf } from './facts.ts';
import { BOUND_WORDS } from './foreign.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown } from './judging.ts';

type Id = Exclude<BoundKind, 'arn'>;

const FORMS: Readonly<Record<Id, RegExp>> = {
  vpc: /^vpc-[0-9a-f]{8,17}$/,
  'route-table': /^rtb-[0-9a-f]{8,17}$/,
  gateway: /^(?:igw|nat)-[0-9a-f]{8,17}$/,
  'network-acl': /^acl-[0-9a-f]{8,17}$/,
  'elastic-ip': /^eipalloc-[0-9a-f]{8,17}$/,
  volume: /^vol-[0-9a-f]{8,17}$/,
  instance: /^i-[0-9a-f]{8,17}$/,
};

/** The facts that list them; what is not among these is not read. */
const READ: Partial<Record<Id, FactKind>> = { 'route-table': 'routeTables', 'network-acl': 'networkAcls' };

/** What the resources of a template name besides their launches by an id or ARN of one region. */
export function boundChecks(stack: StackUser, context: Context): Checked {
  const { template } = stack.item;
  if (template === null || context.fileOf(stack.item)?.applied) return NOTHING_FOUND;
  return all(
    writtenBounds(template, placeIn('target', stack.item, context)).map((written) =>
      written.to === 'arn' ? arnCheck(written, context) : idCheck(written.to, written, stack, context),
    ),
  );
}

/** The account of an ARN may be "aws": of what a service itself owns. */
const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(?:\d{12}|aws)?:(.+)$/s;

function arnCheck(written: WrittenBound, context: Context): Checked {
  const [, service, region = '', resource = ''] = ARN.exec(written.text) ?? [];
  if (service === undefined || region === '' || region === context.target.region) return NOTHING_FOUND;
  const isTargetGroup = service === 'elasticloadbalancing' && resource.startsWith('targetgroup/');
  const to = isTargetGroup ? 'target-group' : service === 'kms' ? 'kms-key' : 'resource';
  return found(ofRegion(to, written, region, 'named', context));
}

function idCheck(to: Id, written: WrittenBound, stack: StackUser, context: Context): Checked {
  if (!FORMS[to].test(written.text)) return NOTHING_FOUND;
  const { source, target } = context;
  const known = existsOn('target', to, written.text, context);
  if (known === true) return NOTHING_FOUND;
  if (source.region !== target.region && existsOn('source', to, written.text, context) === true)
    return found(ofRegion(to, written, source.region, 'exists', context));
  if (known === false) return found(missing(to, written, stack, context));
  const kind = factOf(to, written.text);
  const facts = factsOf(context).target;
  const why = kind && facts.unread(kind);
  const name = `${BOUND_WORDS[to]} ${written.text}`;
  if (kind && why) return notKnown(why, kind, facts, name);
  const because = `ec2-parity does not read them in ${context.places.target}.`;
  const what = `${BOUND_WORDS[to]} ids of templates (whether each exists)`;
  return { ...NOTHING_FOUND, omissions: [{ what, side: 'target', because, parts: ['network'] }] };
}

function factOf(to: Id, id: string): FactKind | undefined {
  if (to === 'gateway') return id.startsWith('igw-') ? 'internetGateways' : 'natGateways';
  return READ[to];
}

/** Null where it was not read. */
function existsOn(side: 'source' | 'target', to: Id, id: string, context: Context): boolean | null {
  const { vpcs, instances } = context[side];
  if (to === 'vpc') return vpcs.status === 'complete' ? vpcs.items.some((v) => v.id === id) : null;
  // An instance that was terminated is not listed.
  if (to === 'instance')
    return itemsOf(instances).some((i) => i.id === id) || (instances.status === 'complete' ? false : null);
  const kind = factOf(to, id);
  if (kind === undefined) return null;
  const known = factsOf(context)[side].find(kind, id).is;
  return known === 'item' ? true : known === 'none' ? false : null;
}

const verdictOf = ({ open }: WrittenBound) => (open ? ('unknown' as const) : ('blocked' as const));
const weight = ({ open }: WrittenBound) => (open ? { severity: 'medium' as const } : {});

function ofRegion(
  to: BoundTo,
  written: WrittenBound,
  region: string,
  provenBy: 'named' | 'exists',
  { places }: Context,
): Draft {
  const { resource, path, text } = written;
  return {
    rule: 'reference/of-another-region',
    facts: { at: `${resource} ${path}`, judged: 'source', to, text, region, provenBy },
    verdict: verdictOf(written),
    ...weight(written),
    steps: [resource, `${BOUND_WORDS[to]} ${text}`, `is of ${region} and cannot be used in ${places.target}`],
    place: [resource, path, to],
  };
}

function missing(to: Id, written: WrittenBound, { file }: StackUser, { places }: Context): Draft {
  const { resource, path, line, text } = written;
  const what = `${BOUND_WORDS[to]} ${text}`;
  return {
    rule: 'workload/refused',
    facts: {
      at: `${resource} ${path}`,
      judged: 'source',
      because: 'no-such-resource',
      what,
      limit: null,
      file,
      line,
    },
    verdict: verdictOf(written),
    ...weight(written),
    steps: [resource, what, `does not exist in ${places.target}`],
    place: [resource, path, to],
  };
}
