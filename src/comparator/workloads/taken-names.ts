import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Place } from '../../cloudformation/index.ts';
import { type Collected, itemsOf } from '../../inventory/collected.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { Template, TemplateCreation } from '../../inventory/template.ts';
import type { Context } from '../context.ts';
import { exportsOf, hasProfile } from './stack-facts.ts';

const LOGICAL_ID = 'aws:cloudformation:logical-id';

/** Whether the target has an object of the name that a template creates. Of what is read by name, nothing is claimed that was not read. */
export function isTaken(
  { to, vpc }: TemplateCreation,
  name: string,
  template: Template,
  there: Place,
  resource: string,
  isOwnElsewhere: () => boolean,
  context: Context,
): boolean | 'unknown' {
  const { target } = context;
  switch (to) {
    case 'key-pair':
      return named(target.keyPairs, name, resource);
    case 'launch-template':
      return named(target.launchTemplates, name, resource);
    case 'launch-configuration':
      return named(target.launchConfigurations, name, resource);
    case 'auto-scaling-group':
      return named(target.autoScalingGroups, name, resource);
    case 'instance-profile': {
      if (isOwnElsewhere()) return true;
      return hasProfile(name, context);
    }
    // Roles are not read; one that a stack of the same account made is known to exist.
    case 'role':
      return isOwnElsewhere();
    case 'placement-group':
      return itemsOf(target.launchFacts.placementGroups).some(({ id }) => id === name);
    case 'target-group':
      return (
        !isDeployed(template, context) &&
        itemsOf(target.launchFacts.targetGroups).some((g) => g.exists && g.name === name)
      );
    case 'classic-load-balancer':
      return (
        !isDeployed(template, context) &&
        itemsOf(target.launchFacts.classicLoadBalancers).some((b) => b.exists && b.id === name)
      );
    case 'parameter':
      return (
        !isDeployed(template, context) &&
        itemsOf(target.parameters).some((p) => p.name === name && p.value !== null)
      );
    case 'export': {
      const exports = exportsOf(context).target;
      if (exports.is === 'failed') return 'unknown';
      return exports.is === 'read' && exports.byName.has(name) && !isDeployed(template, context);
    }
    case 'security-group': {
      if (target.securityGroups.status === 'failed') return 'unknown';
      const plain = (text: string) => text.trimEnd().toLowerCase();
      const vpcs = new Set(
        itemsOf(target.securityGroups)
          .filter((g) => plain(g.name) === plain(name) && !isMadeBy(g.tags, resource))
          .map((g) => g.vpcId),
      );
      if (vpcs.size === 0) return false;
      if (vpc === null) return itemsOf(target.vpcs).some((v) => v.isDefault && vpcs.has(v.id));
      const [into] = evaluate(vpc, template, there);
      if (into?.is === 'resource') return false;
      if (into?.is !== 'value' || into.when.length > 0) return 'unknown';
      const over = context.vpcs.vpc('target', into.value)?.id ?? context.vpcs.over('source', into.value);
      return over === null ? 'unknown' : vpcs.has(over);
    }
  }
}

function named(
  collected: Collected<{ readonly name: string | null; readonly tags?: Tags }>,
  name: string,
  resource: string,
): boolean | 'unknown' {
  if (collected.status === 'failed') return 'unknown';
  return collected.items.some((item) => item.name === name && !isMadeBy(item.tags ?? {}, resource));
}

/** What a stack made as this very resource is there because the template is deployed there already. */
function isMadeBy(tags: Tags, resource: string): boolean {
  // Of a nested stack: "Network.WebGroup".
  return Object.hasOwn(tags, LOGICAL_ID) && tags[LOGICAL_ID] === resource.split('.').at(-1);
}

/**
 * Whether a stack of the target has every resource of the template: then it is that template, and the names are its own. What these objects
 * themselves say does not show who made them.
 */
function isDeployed({ resources }: Template, { target }: Context): boolean {
  const key = ({ logicalId, type }: Template['resources'][number]) => JSON.stringify([logicalId, type]);
  return itemsOf(target.stacks).some(({ template }) => {
    const known = new Set((template?.resources ?? []).map(key));
    return resources.length > 0 && resources.every((one) => known.has(key(one)));
  });
}
