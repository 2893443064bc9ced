import type { Template, TemplateCreation } from '../inventory/template.ts';
import { expressionAt, type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { get, textOf } from './json.ts';
import { type Known, unknown } from './known.ts';
import { NAMED, STARTING_UNSEEN } from './types.ts';
import { valueFrom } from './values.ts';

/** The name that a resource takes; nothing where the provider makes one. */
export function creationsOf(shown: Shown, scope: ModuleScope | null, known: Known): TemplateCreation[] {
  const named = NAMED.get(shown.type);
  const name = named && textOf(get(shown.values, named.attribute));
  const { mode, type } = shown;
  if (!named || !name || !scope || get(shown.sensitive, named.attribute) === true) return [];
  const config = get(resourceConfig(scope, mode, type, shown.name), 'expressions');
  const written = expressionAt(config, [named.attribute]);
  if (written === undefined) return [];
  const vpc = expressionAt(config, ['vpc_id']);
  const vpcId = textOf(get(shown.values, 'vpc_id')) ?? undefined;
  return [
    {
      resource: shown.address,
      type,
      path: named.attribute,
      line: null,
      to: named.to,
      name: valueFrom(name, written, scope, known),
      vpc: named.to === 'security-group' && vpc !== undefined ? valueFrom(vpcId, vpc, scope, known) : null,
    },
  ];
}

/** Why what a resource starts cannot be seen in the file. */
export function unseenLaunch({ address, type }: Shown): Template['unknownLaunches'] {
  const why =
    STARTING_UNSEEN.get(type) ??
    // Resources of AWS Cloud Control, whose attributes are not read.
    (/^awscc_(?:ec2_(?:instance|launch_template|ec2_fleet|spot_fleet)|autoscaling_|batch_compute|eks_nodegroup|emr_|opsworks|elasticbeanstalk_|imagebuilder_|cloud9_|sagemaker_)/.test(
      type,
    )
      ? 'what a resource of the provider awscc starts is not read'
      : undefined);
  return why === undefined ? [] : [{ resource: address, type, line: null, value: unknown(why) }];
}
