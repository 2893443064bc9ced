import { type Collected, itemsOf } from '../../inventory/collected.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { NameMap } from '../names.ts';
import { generatedName, isRandomMixed } from './suffix.ts';

/** The resource of a CloudFormation stack that an object is. */
export interface StackResource {
  readonly stack: string;
  readonly logicalId: string;
  /** False for what a stack left behind that was deleted since: its stack id is not among the stacks of the region. */
  readonly live: boolean;
}

interface Named {
  readonly name: string | null;
  readonly tags: Tags;
}

/** What the stacks of one side are called without what differs from region to region. */
export interface StackNames {
  /** Every stack that the side lists or that the tags of a resource name. */
  readonly known: ReadonlySet<string>;
  /** By stable name: the stack's own name and the logical ids of what the tags show that it made. */
  readonly resources: ReadonlyMap<
    string,
    { readonly name: string; readonly logicalIds: ReadonlySet<string> }
  >;
  /** The stack's name on the target by the config (names.stacks), otherwise its own. */
  readonly plain: (stackName: string) => string;
  /** The same without the parts that CloudFormation, StackSets, Elastic Beanstalk and Service Catalog generate. */
  readonly stable: (stackName: string) => string;
  /** From the tags that CloudFormation sets; where there are none, from a name in its pattern that begins with a known stack. */
  readonly resourceOf: (item: Named) => StackResource | null;
}

const STACK_NAME = 'aws:cloudformation:stack-name';
const STACK_ID = 'aws:cloudformation:stack-id';
const LOGICAL_ID = 'aws:cloudformation:logical-id';
const ENVIRONMENT = 'elasticbeanstalk:environment-name';
const ENVIRONMENT_ID = 'elasticbeanstalk:environment-id';
/** "arn:aws:servicecatalog:us-east-1:111122223333:stack/NAME/pp-abcdefghijklm": the name that a person gave the product. */
const PROVISIONED_PRODUCT = 'aws:servicecatalog:provisionedProductArn';
/** How Service Catalog names the stack of a product: with the account and a generated id. */
const PRODUCT_STACK = /^SC-\d{12}-pp-[a-z0-9]{13}$/;

/** What CloudFormation puts behind the logical id of a resource whose name it makes. */
const RESOURCE = /^([A-Za-z0-9]+)-(?:[A-Z0-9]{12,13}|([A-Za-z0-9]{12}))$/;
export const STACK_SET = /^StackSet-(.+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A generated part within a name: of the parent of a nested stack. */
const INNER = /-(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{12,13}(?=-|$)/g;

export function stackNames(snapshot: Snapshot, rename: NameMap): StackNames {
  const tagged = taggedItems(snapshot);
  const known = new Set(itemsOf(snapshot.stacks).map((s) => s.name));
  const environments = new Map<string, string>();
  const products = new Map<string, string>();
  for (const { tags } of tagged) {
    const [stack, environment, id] = [
      own(tags, STACK_NAME),
      own(tags, ENVIRONMENT),
      own(tags, ENVIRONMENT_ID),
    ];
    if (stack !== null) known.add(stack);
    const product = /:stack\/([^/]+)\/pp-[a-z0-9]+$/.exec(own(tags, PROVISIONED_PRODUCT) ?? '')?.[1];
    if (stack !== null && product !== undefined && PRODUCT_STACK.test(stack)) products.set(stack, product);
    if (environment !== null && id !== null) environments.set(`awseb-${id}-stack`, environment);
    if (environment !== null && stack?.startsWith('awseb-')) environments.set(stack, environment);
  }
  for (const stack of environments.keys()) known.add(stack);
  const liveIds = stackIds(snapshot.stacks);
  const parentOf = (name: string): { parent: string; logicalId: string } | null => {
    // The longest prefix that is a stack: a stack "a" does not own what the stack "a-b" made.
    for (let end = name.lastIndexOf('-'); end > 0; end = name.lastIndexOf('-', end - 1)) {
      const parent = name.slice(0, end);
      const [, logicalId, mixed] = (known.has(parent) && RESOURCE.exec(name.slice(end + 1))) || [];
      if (logicalId !== undefined && (mixed === undefined || isRandomMixed(mixed)))
        return { parent, logicalId };
    }
    return null;
  };
  const stable = (name: string): string => {
    const renamed = rename(name);
    if (renamed !== name) return renamed;
    const environment = environments.get(name);
    if (environment !== undefined) return `environment ${environment}`;
    const product = products.get(name);
    if (product !== undefined) return `product ${product}`;
    const set = STACK_SET.exec(name)?.[1];
    if (set !== undefined) return `StackSet ${set}`;
    const nested = parentOf(name);
    if (nested) return `${stable(nested.parent)}-${nested.logicalId}`;
    const ecs = /^(Infra-ECS-Cluster-.+)-[0-9a-f]{8}$/.exec(name)?.[1];
    return ecs ?? (generatedName(name)?.stem || name).replace(INNER, '');
  };
  const resources = new Map<string, { name: string; logicalIds: Set<string> }>();
  for (const { tags } of tagged) {
    const [name, logicalId] = [own(tags, STACK_NAME), own(tags, LOGICAL_ID)];
    if (name === null || logicalId === null) continue;
    const stack = resources.get(stable(name)) ?? { name, logicalIds: new Set() };
    stack.logicalIds.add(logicalId);
    resources.set(stable(name), stack);
  }
  return {
    known,
    resources,
    plain: rename,
    stable,
    resourceOf: ({ name, tags }) => {
      const [stack, logicalId] = [own(tags, STACK_NAME), own(tags, LOGICAL_ID)];
      if (stack !== null && logicalId !== null) {
        const id = own(tags, STACK_ID);
        return { stack, logicalId, live: liveIds === null || id === null || liveIds.has(id) };
      }
      const made = name === null ? null : parentOf(name);
      return made && { stack: made.parent, logicalId: made.logicalId, live: true };
    },
  };
}

/** Null where the stacks were not read, or none of them has an ARN: then it is not known what is left over. */
function stackIds(stacks: Snapshot['stacks']): ReadonlySet<string> | null {
  const ids = itemsOf(stacks).flatMap((s) => (s.id.startsWith('arn:') ? [s.id] : []));
  return stacks.status === 'complete' && ids.length > 0 ? new Set(ids) : null;
}

function taggedItems(snapshot: Snapshot): readonly { readonly tags: Tags }[] {
  const kinds: readonly Collected<{ readonly tags: Tags }>[] = [
    snapshot.securityGroups,
    snapshot.launchTemplates,
    snapshot.autoScalingGroups,
    snapshot.instances,
    snapshot.keyPairs,
    snapshot.prefixLists,
    snapshot.vpcs,
  ];
  return kinds.flatMap((kind) => itemsOf(kind));
}

function own(tags: Tags, key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
}
