import type { TemplateFault } from '../inventory/template.ts';
import { expressionAt, type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { get, isObject, textOf } from './json.ts';

/** Types that launch from launch templates. The provider plans no other launch without an image (Terraform Registry, hashicorp/aws). */
const FROM_TEMPLATES: ReadonlySet<string> = new Set([
  'aws_instance',
  'aws_spot_instance_request',
  'aws_autoscaling_group',
  'aws_ec2_fleet',
  'aws_spot_fleet_request',
]);

/** Launches that name no image, which need a launch template that has one. Only a configuration shows what was not written. */
export function lackingOf(shown: Shown, scope: ModuleScope | null): TemplateFault[] {
  const { address, mode, type, name, values } = shown;
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  if (!FROM_TEMPLATES.has(type) || !isObject(config)) return [];
  if (expressionAt(config, ['ami']) !== undefined || textOf(get(values, 'ami'))) return [];
  return [
    {
      is: 'no-image',
      resource: address,
      type,
      path: 'launch_template',
      line: null,
      what: 'ami',
      value: { is: 'text', text: 'not given' },
    },
  ];
}
