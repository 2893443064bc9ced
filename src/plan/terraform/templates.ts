import { itemsOf } from '../../inventory/collected.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Declarers } from '../declare.ts';
import { isOperation, refKey } from '../group-changes.ts';
import type { Plan } from '../model.ts';
import { snakeCase } from '../names.ts';
import type { Resource } from './addresses.ts';
import { HclCode, type HclValue } from './hcl.ts';

/**
 * What a version of a launch template has, by the names of the provider, in every version of it from 5 on. Terraform makes a
 * version from all of them: those that are ignored are as in the latest version of the target.
 */
const OF_A_VERSION = [
  'block_device_mappings',
  'capacity_reservation_specification',
  'cpu_options',
  'credit_specification',
  'disable_api_stop',
  'disable_api_termination',
  'ebs_optimized',
  'enclave_options',
  'hibernation_options',
  'iam_instance_profile',
  'image_id',
  'instance_initiated_shutdown_behavior',
  'instance_market_options',
  'instance_requirements',
  'instance_type',
  'kernel_id',
  'key_name',
  'license_specification',
  'maintenance_options',
  'metadata_options',
  'monitoring',
  'network_interfaces',
  'placement',
  'private_dns_name_options',
  'ram_disk_id',
  'security_group_names',
  'tag_specifications',
  'tags',
  'user_data',
  'vpc_security_group_ids',
];

const NOT_FROM_LATEST =
  'Terraform makes a version of a launch template from its latest one, and the plan makes this one from another, or several.';
const DEFAULT_ONLY = 'Terraform would have to take over the launch template for its default version alone.';

const USER_DATA = {
  because:
    'The script reads the data of the launch template of the source when it runs: a plan does not hold user data.',
};

/** New versions of launch templates that exist: each template is imported, and all that the plan does not change is ignored. */
export function templateDeclarers(
  plan: Plan,
  target: Snapshot,
): Pick<
  Declarers<Resource>,
  'create-launch-template' | 'copy-template-version' | 'create-template-version' | 'set-default-version'
> {
  const latest = new Map(itemsOf(target.launchTemplates).map((t) => [t.id, t.latestVersion]));
  const versions = plan.steps.filter((step) => isOperation(step, 'create-template-version'));
  const defaults = plan.steps.filter((step) => isOperation(step, 'set-default-version'));
  return {
    'create-launch-template': () => USER_DATA,
    'copy-template-version': () => USER_DATA,
    'create-template-version': ({ id, operation }) => {
      const { templateId, baseVersion, name, marker } = operation;
      const alone = versions.filter((v) => v.operation.templateId === templateId).length === 1;
      if (latest.get(templateId) !== baseVersion || !alone) return { because: NOT_FROM_LATEST };
      const key = refKey({ madeBy: id });
      const isDefault = defaults.some((d) => refKey(d.operation.version) === key);
      const { image, instanceType, keyName, groups } = operation.changes;
      return [
        {
          type: 'aws_launch_template',
          key,
          name: snakeCase(name, 'template'),
          importId: templateId,
          comment: [
            'Exists on the target. Terraform makes a new version from the latest one, with what is set here.',
          ],
          block: (address) => {
            const changed: Record<string, HclValue | undefined> = {
              image_id: image && address(image),
              instance_type: instanceType,
              key_name: keyName,
              vpc_security_group_ids: groups?.map(address),
            };
            const ignored = OF_A_VERSION.filter((attribute) => changed[attribute] === undefined);
            return {
              attributes: {
                name,
                // The script knows the version by it.
                description: marker,
                ...changed,
                update_default_version: isDefault ? true : undefined,
              },
              blocks: [
                {
                  type: 'lifecycle',
                  attributes: {
                    prevent_destroy: true,
                    ignore_changes: ignored.map((attribute) => new HclCode(attribute)),
                  },
                },
              ],
            };
          },
        },
      ];
    },
    'set-default-version': ({ operation: { version } }) =>
      'madeBy' in version ? [] : { because: DEFAULT_ONLY },
  };
}
