import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { LaunchValue } from './launch-values.ts';

/** One launch of a template as it would be in a place: one per instance type, and one more per value that is not certain. */
export interface StackLaunch {
  readonly resource: string;
  /** Of the resource: "AWS::EC2::Instance", "aws_instance". */
  readonly resourceType: string;
  readonly details: LaunchDetails;
  /** "ami-…"; null where there is none, or none that is known. */
  readonly image: string | null;
  readonly groups: readonly string[];
  /** The same by network interface. */
  readonly interfaces: readonly (readonly string[])[];
  readonly targetGroups: readonly string[];
  /** Names of Classic Load Balancers. */
  readonly loadBalancers: readonly string[];
  readonly serviceLinkedRole: string | null;
  /** Whether it counts only under conditions that nothing decides. */
  readonly open: boolean;
  /** Whether the resource starts instances; else what it names only has to exist. */
  readonly starts: boolean;
  /** What any other launch of the resource with the same text can take the place of; null: nothing can. */
  readonly oneOf: string | null;
  /** Whether each of its subnets has to exist: not where the service chooses among them when it starts instances. */
  readonly needsEachSubnet: boolean;
  /** Whether it names no subnet, so that EC2 takes a default subnet of its zone or region. */
  readonly inDefaultVpc: boolean;
  /** Whether it spreads its instances evenly over its zones, as an Auto Scaling group does. */
  readonly spreads: boolean;
  /** How many instances it starts; null where that is not known. */
  readonly count: number | null;
  /** Where its values are written. */
  readonly values: readonly LaunchValue[];
}

/** A launch that takes values of a launch template of the same stack, which is judged by itself too. */
export interface ComposedStackLaunch extends StackLaunch {
  readonly joinsImageAndType: boolean;
  readonly joinsGroupsAndSubnets: boolean;
  readonly joinsTypeAndPlaces: boolean;
}
