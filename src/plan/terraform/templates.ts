import { itemsOf } from '../../inventory/collected.ts';
import type { LaunchTemplateVersion } from '../../inventory/launch-template.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { listed } from '../../text/lists.ts';
import type { Declaration, Declarers } from '../declare.ts';
import { isOperation, refKey, type StepOf } from '../group-changes.ts';
import type { Plan, Ref } from '../model.ts';
import { snakeCase } from '../names.ts';
import { tagsAttribute } from '../tags.ts';
import type { Address, Resource } from './addresses.ts';
import { type HclBlock, HclCode, type HclValue } from './hcl.ts';
import { launchArguments, type Replaced, whyUnreadable } from './launch-data/index.ts';
import { SOURCE_PROVIDER } from './settings.ts';

export interface Sides {
  readonly source: Snapshot;
  readonly target: Snapshot;
}

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

const NOT_READ = 'The version of the launch template of the source was not read.';
const SEVERAL =
  'The launch template of the source has several versions in use, and Terraform makes one version with each apply.';

/**
 * Launch templates. A new one is declared with the data that was read of the source, except for user data, which Terraform reads
 * from the source. Of one that exists, the file has what the plan changes, and the rest is ignored.
 */
export function templateDeclarers(
  plan: Plan,
  { source, target }: Sides,
): Pick<
  Declarers<Resource>,
  'create-launch-template' | 'copy-template-version' | 'create-template-version' | 'set-default-version'
> {
  const existing = new Map(itemsOf(target.launchTemplates).map((t) => [t.id, t]));
  const copied = new Map(itemsOf(source.launchTemplates).map((t) => [t.id, t]));
  const versions = plan.steps.filter((step) => isOperation(step, 'create-template-version'));
  const defaults = plan.steps.filter((step) => isOperation(step, 'set-default-version'));
  const further = new Set(
    plan.steps.flatMap((step) =>
      isOperation(step, 'copy-template-version') && 'madeBy' in step.operation.template
        ? [step.operation.template.madeBy]
        : [],
    ),
  );
  return {
    'create-launch-template': (step) => {
      if (further.has(step.id)) return { because: SEVERAL };
      const { templateId, version } = step.operation.copy;
      const of = copied.get(templateId)?.versions?.find((v) => v.number === version);
      return of ? newTemplate(step, of, plan) : { because: NOT_READ };
    },
    'copy-template-version': () => ({ because: SEVERAL }),
    'create-template-version': ({ id, operation }) => {
      const { templateId, baseVersion, name, marker } = operation;
      const alone = versions.filter((v) => v.operation.templateId === templateId).length === 1;
      const of = existing.get(templateId);
      const base = of?.versions?.find((v) => v.number === baseVersion);
      if (of?.latestVersion !== baseVersion || !base || !alone) return { because: NOT_FROM_LATEST };
      const { cannot } = launchArguments(base, (_, text) => text);
      if (cannot.length > 0)
        return { because: `Terraform would not make it as the latest version is: ${listed(cannot, 3)}.` };
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

function newTemplate(
  { id, needs, operation }: StepOf<'create-launch-template'>,
  version: LaunchTemplateVersion,
  plan: Plan,
): Declaration<Resource> {
  const { name, copy } = operation;
  const hasUserData = version.launch.details?.userData != null;
  const unreadable = hasUserData ? whyUnreadable(version) : null;
  const { cannot } = launchArguments(version, (field, text) => {
    const to = copy.replace.find((r) => r.field === field && r.from === text)?.to;
    return to && 'id' in to ? to.id : to ? new HclCode('') : text;
  });
  const reasons = [...cannot, ...(unreadable === null ? [] : [unreadable])];
  if (reasons.length > 0)
    return { because: `Terraform would not make it as on the source: ${listed(reasons, 3)}.` };
  const imported = new Map<string, Ref>(
    plan.steps.flatMap((step) =>
      isOperation(step, 'import-key-pair') && needs.includes(step.id)
        ? [[step.operation.name, { madeBy: step.id }]]
        : [],
    ),
  );
  const replaced =
    (address: Address): Replaced =>
    (field, text) => {
      const to = copy.replace.find((r) => r.field === field && r.from === text)?.to ?? { id: text };
      const made = field === 'key-pair' && 'id' in to ? imported.get(to.id) : undefined;
      return 'madeBy' in to || field === 'security-group' ? address(to) : made ? address(made) : to.id;
    };
  const sourceKey = `source ${copy.templateId}`;
  const created: Resource = {
    type: 'aws_launch_template',
    key: refKey({ madeBy: id }),
    name: snakeCase(name, 'template'),
    block: (address) => {
      const { attributes, blocks } = launchArguments(version, replaced(address));
      const userData = hasUserData ? new HclCode(address.attribute(sourceKey, 'user_data')) : undefined;
      return {
        attributes: {
          name,
          // The script knows the template by it.
          description: copy.marker,
          ...attributes,
          user_data: userData,
          tags: tagsAttribute(operation.tags),
        },
        blocks: hasUserData
          ? [...blocks, refusesOtherVersion(copy.version, address.attribute(sourceKey, 'latest_version'))]
          : blocks,
      };
    },
  };
  if (!hasUserData) return [created];
  return [
    {
      kind: 'data',
      type: 'aws_launch_template',
      key: sourceKey,
      name: snakeCase(`source ${name}`, 'template'),
      comment: [
        'The user data of the source. It is in no file of the plan; Terraform keeps it in its state.',
      ],
      block: () => ({ attributes: { provider: SOURCE_PROVIDER, id: copy.templateId } }),
    },
    created,
  ];
}

/** The data source reads the latest version of the source, which has to be the one that the other arguments are from. */
function refusesOtherVersion(version: number, latest: string): HclBlock {
  const precondition: HclBlock = {
    type: 'precondition',
    attributes: {
      condition: new HclCode(`${latest} == ${version}`),
      error_message: `The latest version of the launch template of the source is not version ${version}, which this file was made from. Make the plan again.`,
    },
  };
  return { type: 'lifecycle', blocks: [precondition] };
}
