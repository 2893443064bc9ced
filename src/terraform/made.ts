import type { Shown, TerraformDocument } from './document.ts';
import { get, textOf } from './json.ts';
import type { Known } from './known.ts';

/** An id or ARN that EC2 gives: no two objects have the same. */
const UNIQUE = /^(?:[a-z]+-[0-9a-f]{8,}|arn:.+)$/;

/** The types of what an attribute names by a name, by the end of its path without numbers. Objects of two types may have one name. */
const NAMED_BY: readonly (readonly [path: RegExp, type: string])[] = [
  [/(?:^|\.)(?:key_name|ec2_key_pair|key_pair|ec2_ssh_key|(?:default_)?ssh_key_name)$/, 'aws_key_pair'],
  [/(?:^|\.)launch_configuration$/, 'aws_launch_configuration'],
  [/launch_template(?:_specification)?\.(?:launch_template_)?name$/, 'aws_launch_template'],
  [/(?:^|\.)(?:security_groups|security_group_names)$/, 'aws_security_group'],
  [/(?:instance_profile(?:_name)?|instance_role)(?:\.name)?$/, 'aws_iam_instance_profile'],
  [/(?:^|\.)(?:placement_group|placement\.group_name)$/, 'aws_placement_group'],
  [/(?:^|\.)load_balancers$/, 'aws_elb'],
  [/(?:^|\.)template_name$/, 'aws_elastic_beanstalk_configuration_template'],
];

/** A state shows the values of what its configuration refers to: an id or name of one of its resources is that resource. */
export function madeIn(
  { resources }: TerraformDocument,
  byBase: ReadonlyMap<string, readonly Shown[]>,
): Known['made'] {
  const bases = new Map([...byBase].flatMap(([base, all]) => all.map((shown) => [shown, base] as const)));
  const unique = new Map<string, string>();
  const named = new Map<string, string>();
  for (const shown of resources) {
    if (shown.mode !== 'managed') continue;
    const base = bases.get(shown) ?? shown.address;
    for (const attribute of ['id', 'arn']) {
      const value = textOf(get(shown.values, attribute));
      if (value && UNIQUE.test(value) && !unique.has(value)) unique.set(value, base);
    }
    const name = textOf(get(shown.values, shown.type === 'aws_key_pair' ? 'key_name' : 'name'));
    if (name) named.set(JSON.stringify([shown.type, name]), base);
  }
  return (value, path) => {
    const plain = path.filter((step) => !/^\d+$/.test(step)).join('.');
    const type = NAMED_BY.find(([pattern]) => pattern.test(plain))?.[1];
    const logicalId =
      unique.get(value) ?? (type === undefined ? undefined : named.get(JSON.stringify([type, value])));
    return logicalId === undefined ? null : { is: 'resource', logicalId, attribute: null };
  };
}
