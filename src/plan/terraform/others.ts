import { itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Declarers } from '../declare.ts';
import { refKey, type StepOf } from '../group-changes.ts';
import { snakeCase } from '../names.ts';
import { type TagsToSet, tagsAttribute } from '../tags.ts';
import type { Resource } from './addresses.ts';
import { HclCode } from './hcl.ts';

type OtherDeclarers = Pick<Declarers<Resource>, 'import-key-pair' | 'set-tags' | 'put-parameter'>;

/** @param managed The resource that has the tags of a step, where the file manages it; else null. */
export function otherDeclarers(
  target: Snapshot,
  tags: TagsToSet,
  managed: (step: StepOf<'set-tags'>) => readonly Resource[] | null,
): OtherDeclarers {
  const parameters = new Map(itemsOf(target.parameters).map((p) => [p.name, p]));
  return {
    'import-key-pair': ({ id, operation: { name, publicKey, tags: own } }) => [
      {
        type: 'aws_key_pair',
        key: refKey({ madeBy: id }),
        name: snakeCase(name, 'key'),
        block: () => ({
          attributes: {
            key_name: name,
            public_key: publicKey,
            tags: tagsAttribute(own, tags({ madeBy: id })),
          },
        }),
      },
    ],
    'set-tags': (step) => managed(step) ?? looseTags(step),
    'put-parameter': ({ id, operation: { name, image, overwrite } }) => {
      const type = overwrite ? parameters.get(name)?.type : 'String';
      if (type !== 'String')
        return { because: `The parameter exists and is not of the type String: ${type ?? 'unknown'}.` };
      return [
        {
          type: 'aws_ssm_parameter',
          key: `step ${id}`,
          name: snakeCase(name, 'parameter'),
          importId: overwrite ? name : undefined,
          comment: overwrite ? ['Exists on the target with another value.'] : undefined,
          block: (address) => ({
            attributes: {
              name,
              type,
              data_type: overwrite ? undefined : 'aws:ec2:image',
              value: address(image),
            },
            ...(overwrite ? { blocks: [keepsTheRest] } : {}),
          }),
        },
      ];
    },
  };
}

/** What was not read of a parameter stays as it is on the target. */
const keepsTheRest = {
  type: 'lifecycle',
  attributes: {
    prevent_destroy: true,
    ignore_changes: ['allowed_pattern', 'description', 'tags', 'tier'].map((name) => new HclCode(name)),
  },
};

/** A resource for each tag: the rest of the object is not managed by Terraform. */
function looseTags({ operation: { resource, name, tags } }: StepOf<'set-tags'>): Resource[] {
  if ('madeBy' in resource) return [];
  return Object.entries(tagsAttribute(tags) ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => ({
      type: 'aws_ec2_tag',
      key: JSON.stringify(['tag', resource.id, key]),
      name: snakeCase(`${name} ${key}`, 'tag'),
      block: () => ({ attributes: { resource_id: resource.id, key, value } }),
    }));
}
