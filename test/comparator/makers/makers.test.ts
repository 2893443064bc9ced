import { describe, expect, it } from 'vitest';
import { serviceOf } from '../../../src/comparator/makers/makers.ts';
import type { Kind } from '../../../src/report/vocabulary.ts';

const KOPS = { KubernetesCluster: 'k.example.com' };

const of = (name: string, tags: Record<string, string> = {}, kind: Kind = 'security-group') =>
  serviceOf(kind, { name, tags });
const UUID = '0f3c1d2e-1111-4222-8333-0123456789ab';
const OTHER = 'ffffffff-2222-4333-9444-ba9876543210';

describe('the service that makes such a name', () => {
  it.each<[string, string | null, Kind?]>([
    ['eks-cluster-sg-prod-1234567890', 'EKS'],
    [`eks-remoteAccess-${UUID}`, 'EKS'],
    [`eks-workers-${UUID}`, 'EKS', 'launch-template'],
    [`eks-${UUID}`, 'EKS', 'auto-scaling-group'],
    ['launch-wizard-12', 'the EC2 launch wizard'],
    ['rds-launch-wizard', 'the RDS console'],
    ['rds-launch-wizard-3', 'the RDS console'],
    ['rds-ec2-1', 'the RDS connection wizard'],
    ['ec2-rds-2', 'the RDS connection wizard'],
    ['awseb-e-abc-stack-AWSEBSecurityGroup-1A2B3C4D5E6F', 'Elastic Beanstalk'],
    [
      'awseb-e-abc-stack-AWSEBAutoScalingLaunchConfiguration-1A2B3C4D5E6F',
      'Elastic Beanstalk',
      'launch-configuration',
    ],
    ['k8s-elb-a1b2c3', 'the in-tree Kubernetes load-balancer controller'],
    ['k8s-traffic-prod-0123456789', 'the AWS Load Balancer Controller'],
    ['k8s-shop-web-0123456789', 'the AWS Load Balancer Controller'],
    ['ElasticMapReduce-master', 'EMR'],
    ['ElasticMapReduce-Slave-Private', 'EMR'],
    ['d-1234567890_controllers', 'Directory Service'],
    ['d-1234567890_workspacesMembers', 'WorkSpaces'],
    ['cloudhsm-cluster-abcdefghijk-sg', 'CloudHSM'],
    ['GuardDutyManagedSecurityGroup-vpc-0123456789abcdef0', 'GuardDuty'],
    ['default_elb_6f1d2c3b-1111-3222-8333-0123456789ab', 'Elastic Load Balancing'],
    ['FMManagedSecurityGroup0123', 'Firewall Manager'],
    ['security-group-for-inbound-nfs-d-abc123', 'SageMaker'],
    ['aws-cloud9-lab-0123456789abcdef0123456789abcdef-InstanceSecurityGroup-1A2B3C', 'Cloud9'],
    ['CodeDeploy_web-group_d-ABC123XYZ', 'CodeDeploy', 'auto-scaling-group'],
    [`jobs-asg-${UUID}`, 'AWS Batch', 'auto-scaling-group'],
    [`Batch-lt-${UUID}`, 'AWS Batch', 'launch-template'],
    ['web', null],
    ['launch-pad', null],
    ['my-eks-cluster-sg', null],
    ['k8s-nodes', null],
    ['d-web_controllers', null],
    ['eks-workers', null, 'auto-scaling-group'],
    // A group of instances is no security group: what names say depends on the kind.
    ['launch-wizard-12', null, 'launch-template'],
  ])('of %s is %s', (name, maker, kind) => expect(of(name, {}, kind)?.maker ?? null).toBe(maker));
});

/** Two names of the maker in two regions with their tags, and whether they are one thing. */
const CASES: readonly [
  what: string,
  kind: Kind,
  a: [string, Record<string, string>],
  b: [string, Record<string, string>],
  one: boolean,
][] = [
  [
    'the group of one EKS cluster',
    'security-group',
    ['eks-cluster-sg-prod-1234567890', { 'aws:eks:cluster-name': 'prod' }],
    ['eks-cluster-sg-prod-987654321', { 'aws:eks:cluster-name': 'prod' }],
    true,
  ],
  [
    'the groups of two EKS clusters, one of which begins like the other',
    'security-group',
    ['eks-cluster-sg-prod-1234567890', { 'aws:eks:cluster-name': 'prod' }],
    ['eks-cluster-sg-prod-2-987654321', { 'aws:eks:cluster-name': 'prod-2' }],
    false,
  ],
  [
    'one EKS cluster without the tags',
    'security-group',
    ['eks-cluster-sg-prod-1234567890', {}],
    ['eks-cluster-sg-prod-987654321', {}],
    true,
  ],
  [
    'one managed node group',
    'launch-template',
    [`eks-${UUID}`, { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'workers' }],
    [`eks-workers-${OTHER}`, { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'workers' }],
    true,
  ],
  [
    'one node group whose own name Terraform completed',
    'auto-scaling-group',
    [
      `eks-workers-20240101123456789000000001-${UUID}`,
      { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'workers-20240101123456789000000001' },
    ],
    [
      `eks-workers-20250202123456789000000007-${OTHER}`,
      { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'workers-20250202123456789000000007' },
    ],
    true,
  ],
  [
    'node groups of one name in two clusters',
    'auto-scaling-group',
    [`eks-workers-${UUID}`, { 'eks:cluster-name': 'prod', 'eks:nodegroup-name': 'workers' }],
    [`eks-workers-${OTHER}`, { 'eks:cluster-name': 'stage', 'eks:nodegroup-name': 'workers' }],
    false,
  ],
  [
    'the resources of one Beanstalk environment',
    'security-group',
    [
      'awseb-e-aaaaaaaaaa-stack-AWSEBSecurityGroup-1A2B3C4D5E6F',
      { 'elasticbeanstalk:environment-name': 'shop-prod' },
    ],
    [
      'awseb-e-bbbbbbbbbb-stack-AWSEBSecurityGroup-9Z8Y7X6W5V4U',
      { 'elasticbeanstalk:environment-name': 'shop-prod' },
    ],
    true,
  ],
  [
    'two groups of one Beanstalk environment',
    'security-group',
    [
      'awseb-e-aaaaaaaaaa-stack-AWSEBSecurityGroup-1A2B3C4D5E6F',
      { 'elasticbeanstalk:environment-name': 'shop-prod' },
    ],
    [
      'awseb-e-bbbbbbbbbb-stack-AWSEBLoadBalancerSecurityGroup-9Z8Y7X6W5V4U',
      { 'elasticbeanstalk:environment-name': 'shop-prod' },
    ],
    false,
  ],
  [
    'the backend group of the load balancers of one cluster',
    'security-group',
    ['k8s-traffic-prod-0123456789', { 'elbv2.k8s.aws/cluster': 'prod' }],
    ['k8s-traffic-prod-abcdef0123', { 'elbv2.k8s.aws/cluster': 'prod' }],
    true,
  ],
  [
    'two Ingresses of one cluster',
    'security-group',
    ['k8s-shop-web-0123456789', { 'elbv2.k8s.aws/cluster': 'prod', 'ingress.k8s.aws/stack': 'shop/web' }],
    ['k8s-shop-api-abcdef0123', { 'elbv2.k8s.aws/cluster': 'prod', 'ingress.k8s.aws/stack': 'shop/api' }],
    false,
  ],
  [
    'a group per VPC',
    'security-group',
    ['GuardDutyManagedSecurityGroup-vpc-0123456789abcdef0', {}],
    ['GuardDutyManagedSecurityGroup-vpc-0fedcba9876543210', {}],
    true,
  ],
  ['one OpenShift cluster', 'security-group', ['prod-x7k2d-node', {}], ['prod-4vw9q-node', {}], true],
  [
    'the nodes and the control plane of one OpenShift cluster',
    'security-group',
    ['prod-x7k2d-node', {}],
    ['prod-4vw9q-controlplane', {}],
    false,
  ],
  [
    'one instance group of kOps, made at two times',
    'launch-configuration',
    ['nodes.k.example.com-20190404120000', KOPS],
    ['nodes.k.example.com-20200505130000', KOPS],
    true,
  ],
  [
    'one deployment group of CodeDeploy',
    'auto-scaling-group',
    ['CodeDeploy_web_d-ABC123XYZ', {}],
    ['CodeDeploy_web_d-XYZ987ABC', {}],
    true,
  ],
];

describe('a name that a person could have given too', () => {
  it.each<[string, Record<string, string>, Kind, string | null]>([
    ['prod-x7k2d-node', {}, 'security-group', 'the OpenShift installer'],
    ['prod-bcdfg-node', {}, 'security-group', null],
    [
      'prod-bcdfg-node',
      { 'kubernetes.io/cluster/prod-bcdfg': 'owned' },
      'security-group',
      'the OpenShift installer',
    ],
    [
      'prod-bcdfg-lb',
      { 'sigs.k8s.io/cluster-api-provider-aws/cluster/prod-bcdfg': 'owned' },
      'security-group',
      'the OpenShift installer',
    ],
    ['prod-bcdfg-node', { 'kubernetes.io/cluster/other': 'owned' }, 'security-group', null],
    ['prod-x7k2d-database', {}, 'security-group', null],
    ['prod-infra-node', {}, 'security-group', null],
    ['nodes.k.example.com', KOPS, 'security-group', 'kOps'],
    ['nodes.k.example.com', {}, 'security-group', null],
    ['nodes.k.example.com', { KubernetesCluster: 'example.com' }, 'security-group', null],
    ['masters.dev.k8s.local', {}, 'security-group', 'kOps'],
    ['web.k.example.com', KOPS, 'security-group', null],
    ['nodes.k.example.com', KOPS, 'launch-template', 'kOps'],
    ['nodes-eu-west-1a.k.example.com', KOPS, 'auto-scaling-group', 'kOps'],
    ['master-eu-west-1a.masters.k.example.com-20190404120000', KOPS, 'launch-configuration', 'kOps'],
    ['api.shop.example.com', {}, 'auto-scaling-group', null],
  ])('%s with the tags %o, a %s: %s', (name, tags, kind, maker) => {
    expect(of(name, tags, kind)?.maker ?? null).toBe(maker);
  });
});

describe('what a service tags or writes tells', () => {
  it.each(CASES)('%s (%s)', (_what, kind, [a, aTags], [b, bTags], one) => {
    const [left, right] = [of(a, aTags, kind)?.identity, of(b, bTags, kind)?.identity];
    expect(left).toBeTruthy();
    expect(JSON.stringify(left) === JSON.stringify(right)).toBe(one);
  });

  it.each<[string, Kind]>([
    ['d-1234567890_controllers', 'security-group'],
    ['cloudhsm-cluster-abcdefghijk-sg', 'security-group'],
    [`Batch-lt-${UUID}`, 'launch-template'],
    [`eks-${UUID}`, 'launch-template'],
    ['k8s-elb-a1b2c3', 'security-group'],
  ])('nothing of %s where the name alone is known', (name, kind) => {
    expect(of(name, {}, kind)?.identity).toBeNull();
  });
});
