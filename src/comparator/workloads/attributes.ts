import { itemsOf } from '../../inventory/collected.ts';
import type { Tags } from '../../inventory/tags.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';

/**
 * The attributes that Rules of a template may take of what a parameter names (User Guide, supported attributes of
 * Fn::ValueOf), and the id of a group by its name, which a data source of Terraform finds in any VPC. Null for what a side does not have, and for what was not read.
 */
export function attributeOn(
  side: SideName,
  context: Context,
): (type: string, id: string, name: string) => string | null {
  const { vpcs, securityGroups, launchFacts } = context[side];
  const tag = (tags: Tags | undefined, name: string) => {
    const key = /^Tags\.(.+)$/.exec(name)?.[1];
    return key !== undefined && tags && Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
  };
  return (type, id, name) => {
    switch (type) {
      case 'AWS::EC2::Subnet::Id': {
        const subnet = itemsOf(launchFacts.subnets).find((one) => one.id === id);
        if (name === 'VpcId') return subnet?.vpcId ?? null;
        if (name === 'AvailabilityZone') return subnet?.zone ?? null;
        return name === 'Tags.Name' ? (subnet?.name ?? null) : null;
      }
      case 'AWS::EC2::VPC::Id': {
        const vpc = itemsOf(vpcs).find((one) => one.id === id);
        const ofVpc = itemsOf(securityGroups).find((g) => g.vpcId === id && g.name === 'default');
        return name === 'DefaultSecurityGroup' ? (ofVpc?.id ?? null) : tag(vpc?.tags, name);
      }
      case 'AWS::EC2::SecurityGroup::GroupName': {
        const found = itemsOf(securityGroups).filter((g) => g.name === id);
        // What no group has as its name is the id of none either.
        if (found.length === 0) return securityGroups.status === 'complete' ? id : null;
        return name === 'GroupId' && found.length === 1 ? (found[0]?.id ?? null) : null;
      }
      case 'AWS::EC2::SecurityGroup::Id':
        return tag(itemsOf(securityGroups).find((g) => g.id === id)?.tags, name);
      default:
        return null;
    }
  };
}
