import { expect, it } from 'vitest';
import { madeBy } from '../../../src/comparator/groups/service-groups.ts';
import { auditGroups, finding, group } from '../../kit/estate.ts';

it.each([
  ['eks-cluster-sg-prod-1234567890', 'EKS'],
  ['launch-wizard-12', 'the EC2 launch wizard'],
  ['awseb-e-abc-stack-AWSEBSecurityGroup-1A2B3C', 'Elastic Beanstalk'],
  ['k8s-elb-a1b2c3', 'the Kubernetes load-balancer controller'],
  ['ElasticMapReduce-master', 'EMR'],
  ['d-1234567890_controllers', 'Directory Service'],
  ['web', null],
  ['launch-pad', null],
  ['my-eks-cluster-sg', null],
])('%s was made by %s', (name, maker) => expect(madeBy(name)).toBe(maker));

it('a missing group of a service is not to be copied by hand', () => {
  const missing = finding(auditGroups([group('eks-cluster-sg-prod-1', [])], []), 'security-group/missing');
  expect(missing.message).toContain('By its name EKS made it');
  expect(missing.remedy).toContain('Do not copy this one by hand');
});
