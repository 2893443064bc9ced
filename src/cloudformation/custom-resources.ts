import { functionOf, get, type Node, textOf } from './node.ts';

/** Words of a custom resource's properties that say it may start instances, or names what they start with. */
const HINT =
  /key.?(?:pair|name)|ssh.?key|image.?id|\bami|security.?group|instance.?type|launch.?template|run.?instances|ec2.?fleet|spot.?fleet|auto.?scaling.?group/i;

/**
 * Custom resources of the AWS CDK itself that are given a security group and start no instances: the first closes the default
 * group of a VPC, the second creates the control plane of a cluster. By type, what the logical id of their function begins with.
 */
const OF_THE_CDK: ReadonlyMap<string, string> = new Map([
  ['Custom::VpcRestrictDefaultSG', 'CustomVpcRestrictDefaultSGCustomResourceProvider'],
  ['Custom::AWSCDK-EKS-Cluster', 'awscdkawseksClusterResourceProvider'],
]);

/** Whether a custom resource may start instances, by what it is given. */
export function mayStart(type: string, properties: Node): boolean {
  return !isOfTheCdk(type, properties) && mentions(properties);
}

function isOfTheCdk(type: string, properties: Node): boolean {
  const begin = OF_THE_CDK.get(type);
  const token = get(properties, 'ServiceToken');
  const call = token && functionOf(token);
  const provider = call?.name === 'Fn::GetAtt' && call.of.is === 'list' ? textOf(call.of.items[0]) : null;
  return begin !== undefined && (provider?.startsWith(begin) ?? false);
}

/** Whether a name or a text in it says so. The function behind a custom resource is not part of what it is given. */
function mentions(node: Node): boolean {
  switch (node.is) {
    case 'text':
      return node.text !== null && HINT.test(node.text);
    case 'list':
      return node.items.some(mentions);
    case 'map':
      return [...node.entries].some(
        ([name, { node: below }]) => name !== 'ServiceToken' && (HINT.test(name) || mentions(below)),
      );
  }
}
