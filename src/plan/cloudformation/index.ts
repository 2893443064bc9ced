import { itemsOf } from '../../inventory/collected.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { shellWord } from '../../text/shell.ts';
import type { Declared } from '../declared.ts';
import type { Plan } from '../model.ts';
import { declare } from './declare.ts';
import type { Json } from './resources.ts';
import { split } from './split.ts';
import { logicalIds, type Part, template, templateText } from './template.ts';

/** The steps that CloudFormation can do, as one template, or as several that are deployed in the order of their names. */
export function cloudFormationFiles(plan: Plan, target: Snapshot): Declared<'cloudformation.json'> {
  const { resources, left } = declare(plan);
  const [first, ...others] = split(resources);
  const parts = [first, ...others];
  const ids = logicalIds(resources);
  const vpcs = new Map(itemsOf(target.vpcs).map((v) => [v.id, v]));
  const stackOf = new Map<string, { parameter: string; stack: string }>();
  const file = <Name extends string>(part: Part, i: number, name: Name) => {
    const stack = i === 0 ? 'ec2-parity' : `ec2-parity-${i + 1}`;
    const json = template(part, ids, stackOf, {
      description: `What brings ${plan.target.region} to parity with ${plan.source.region}${
        parts.length === 1 ? '' : `, part ${i + 1} of ${parts.length}`
      }.`,
      metadata: metadataOf(plan, name, stack, left),
      vpcName: (id) =>
        `The VPC ${JSON.stringify(vpcs.get(id)?.name ?? (vpcs.get(id)?.isDefault ? 'default' : id))}.`,
    });
    for (const { key, idAttribute } of part.resources)
      if (part.exports && idAttribute) stackOf.set(key, { parameter: `Stack${i + 1}`, stack });
    return { name, text: templateText(json) };
  };
  return {
    files: [
      file(first, 0, 'cloudformation.json'),
      ...others.map((part, i) => file(part, i + 1, `cloudformation-${i + 2}.json`)),
    ],
    isEmpty: resources.length === 0,
    left,
  };
}

function metadataOf(plan: Plan, name: string, stack: string, left: Declared['left']): Json {
  return {
    'ec2-parity': {
      Deploy: `aws cloudformation deploy --region ${shellWord(plan.target.region)} --template-file ${name} --stack-name ${stack}`,
      Order: 'Deploy the templates before you run plan.sh, or use plan.sh alone.',
      LeftToTheScript: left.map(({ step, because }) => ({ Step: step.does, Because: because })),
    },
  };
}
