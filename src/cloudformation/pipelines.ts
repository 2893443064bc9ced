/**
 * The objects of AWS Data Pipeline that start instances, Ec2Resource and EmrCluster: the registry knows only that they are
 * keys with texts (AWS Data Pipeline Developer Guide, resources).
 */
export const PIPELINE = 'AWS::DataPipeline::Pipeline';

/** The path of the fields of this key. */
export function pipelinePath(key: string): readonly string[] {
  return ['PipelineObjects', '*', 'Fields', '*', `[Key=${key}]`, 'StringValue'];
}

export const PIPELINE_REFERENCES = [
  ['keyPair', 'key'],
  ['imageId', 'image'],
  ['securityGroupIds', 'group'],
  ['securityGroups', 'group-name'],
  ['emrManagedMasterSecurityGroupId', 'group'],
  ['emrManagedSlaveSecurityGroupId', 'group'],
  ['serviceAccessSecurityGroupId', 'group'],
  ['additionalMasterSecurityGroupIds', 'group'],
  ['additionalSlaveSecurityGroupIds', 'group'],
] as const;

export const PIPELINE_FIELDS = [
  ['type', 'instanceType'],
  ['type', 'masterInstanceType'],
  ['type', 'coreInstanceType'],
  ['type', 'taskInstanceType'],
  ['subnet', 'subnetId'],
  ['zone', 'availabilityZone'],
  ['profile', 'resourceRole'],
] as const;
