import { groupDescriptionFault } from '../inventory/ec2-names.ts';
import type { TemplateFault } from '../inventory/template.ts';
import type { Resource } from './resources.ts';
import { valuesAt } from './walk.ts';

/** Where each type describes a security group or a rule of one. */
const PLACES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'AWS::EC2::SecurityGroup',
    [
      ['GroupDescription'],
      ['SecurityGroupIngress', '*', 'Description'],
      ['SecurityGroupEgress', '*', 'Description'],
    ],
  ],
  ['AWS::EC2::SecurityGroupIngress', [['Description']]],
  ['AWS::EC2::SecurityGroupEgress', [['Description']]],
]);

/** Descriptions that EC2 refuses, as far as they are written out. */
export function descriptionFaults(resources: readonly Resource[]): TemplateFault[] {
  return resources.flatMap(({ logicalId, type, properties, names, created }) =>
    (PLACES.get(type) ?? []).flatMap((place) =>
      [...valuesAt(properties, place, names)].flatMap(({ path, node, value }): TemplateFault[] => {
        const fault = value.is === 'text' ? groupDescriptionFault(value.text) : null;
        if (value.is !== 'text' || fault === null) return [];
        return [
          {
            is: 'refused-text',
            resource: logicalId,
            type,
            path: ['Properties', ...path].join('.'),
            line: node.line,
            what: `${path.at(-1)} "${value.text}", which ${fault}`,
            value: created({ is: 'text', text: 'refused' }),
          },
        ];
      }),
    ),
  );
}
