import { type Maker, tagOf, UUID } from './maker.ts';

/** One per VPC: the VPC alone distinguishes it from others. */
const PER_VPC = () => [];

/** What AWS services make for themselves. */
export const AWS_MAKERS: readonly Maker[] = [
  {
    maker: 'Elastic Beanstalk',
    kinds: ['security-group', 'launch-template', 'launch-configuration', 'auto-scaling-group'],
    pattern: /^awseb-(?:.*-(AWSEB[A-Za-z0-9]+)-[A-Za-z0-9]{12,13}$)?/,
    with: 'the environment',
    by: 'Elastic Beanstalk environment',
    identity: (tags, [logicalId]) => [
      tagOf(tags, 'elasticbeanstalk:environment-name'),
      tagOf(tags, 'aws:cloudformation:logical-id') ?? logicalId ?? null,
    ],
  },
  {
    maker: 'EMR',
    kinds: ['security-group'],
    pattern: /^ElasticMapReduce-(?:master|slave|ServiceAccess)/i,
    with: 'the first cluster in the VPC',
  },
  {
    maker: 'Directory Service',
    kinds: ['security-group'],
    pattern: /^d-[0-9a-f]{10}_controllers$/,
    with: 'the directory',
  },
  {
    maker: 'WorkSpaces',
    kinds: ['security-group'],
    pattern: /^d-[0-9a-f]{10}_workspacesMembers$/i,
    with: 'the directory that is registered with WorkSpaces',
  },
  {
    maker: 'CloudHSM',
    kinds: ['security-group'],
    pattern: /^cloudhsm-cluster-[a-z0-9]+-sg$/,
    with: 'the cluster',
  },
  {
    maker: 'the RDS connection wizard',
    kinds: ['security-group'],
    pattern:
      /^(?:rds-ec2|ec2-rds|rds-lambda|lambda-rds|rds-rdsproxy|rdsproxy-(?:rds|lambda|ec2)|(?:lambda|ec2)-rdsproxy)-\d+$/,
    with: 'the connection of the database',
  },
  {
    maker: 'the RDS console',
    kinds: ['security-group'],
    pattern: /^rds-launch-wizard(?:-\d+)?$/,
    with: 'a database',
  },
  {
    maker: 'the EC2 launch wizard',
    kinds: ['security-group'],
    pattern: /^launch-wizard-\d+$/,
    with: 'an instance',
  },
  { maker: 'OpsWorks', kinds: ['security-group'], pattern: /^AWS-OpsWorks-/, with: 'the stack' },
  {
    maker: 'Elastic Load Balancing',
    kinds: ['security-group'],
    pattern: /^default_elb_[0-9a-f-]+$/,
    with: 'the first Classic Load Balancer without a group in the VPC',
    by: 'VPC',
    identity: PER_VPC,
  },
  {
    maker: 'GuardDuty',
    kinds: ['security-group'],
    pattern: /^GuardDutyManagedSecurityGroup-vpc-[0-9a-f]+$/,
    with: 'the endpoint of GuardDuty in the VPC',
    by: 'VPC',
    identity: PER_VPC,
  },
  {
    maker: 'Firewall Manager',
    kinds: ['security-group'],
    pattern: /^(?:FMManagedSecurityGroup|fms-(?:managed|policy)-)/i,
    with: 'the policy that covers the account and region',
  },
  {
    maker: 'SageMaker',
    kinds: ['security-group'],
    pattern: /^security-group-for-(inbound|outbound)-nfs-d-[a-z0-9]+$/,
    with: 'the domain',
  },
  {
    maker: 'Cloud9',
    kinds: ['security-group'],
    pattern: /^aws-cloud9-(.+)-[0-9a-f]{32}/,
    with: 'the environment',
    by: 'Cloud9 environment',
    identity: (_tags, [name]) => [name ?? null],
  },
  {
    maker: 'CodeDeploy',
    kinds: ['auto-scaling-group'],
    pattern: /^CodeDeploy_(.+)_d-[A-Z0-9]{9}$/,
    with: 'a blue/green deployment of the deployment group',
    by: 'CodeDeploy deployment group',
    identity: (_tags, [name]) => [name ?? null],
  },
  {
    maker: 'AWS Batch',
    kinds: ['launch-template'],
    pattern: new RegExp(`^Batch-lt-${UUID}$`),
    with: 'the compute environment',
  },
  {
    maker: 'AWS Batch',
    kinds: ['auto-scaling-group'],
    pattern: new RegExp(`^(.+)-asg-${UUID}$`),
    with: 'the compute environment',
    by: 'Batch compute environment',
    identity: (_tags, [name]) => [name ?? null],
  },
  {
    maker: 'Application Migration Service',
    kinds: ['launch-template'],
    pattern: /^created-and-used-by-mgn-/,
    with: 'the replicated server',
  },
  {
    maker: 'Elastic Disaster Recovery',
    kinds: ['launch-template'],
    pattern: /^created-and-used-by-drs-/,
    with: 'the replicated server',
  },
];
