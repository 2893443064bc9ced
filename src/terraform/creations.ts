import type { CreatedKind, TemplateCreation } from '../inventory/template.ts';
import { expressionAt, type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { get, textOf } from './json.ts';
import type { Known } from './known.ts';
import { valueFrom } from './values.ts';

/** The attribute that gives an object its name on creation. */
const NAMED: ReadonlyMap<string, { readonly to: CreatedKind; readonly attribute: string }> = new Map([
  ['aws_key_pair', { to: 'key-pair', attribute: 'key_name' }],
  ['aws_security_group', { to: 'security-group', attribute: 'name' }],
  ['aws_launch_template', { to: 'launch-template', attribute: 'name' }],
  ['aws_launch_configuration', { to: 'launch-configuration', attribute: 'name' }],
  ['aws_autoscaling_group', { to: 'auto-scaling-group', attribute: 'name' }],
  ['aws_iam_instance_profile', { to: 'instance-profile', attribute: 'name' }],
  ['aws_iam_role', { to: 'role', attribute: 'name' }],
  ['aws_placement_group', { to: 'placement-group', attribute: 'name' }],
  ['aws_lb_target_group', { to: 'target-group', attribute: 'name' }],
  ['aws_alb_target_group', { to: 'target-group', attribute: 'name' }],
  ['aws_elb', { to: 'classic-load-balancer', attribute: 'name' }],
  ['aws_ssm_parameter', { to: 'parameter', attribute: 'name' }],
] as const);

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
