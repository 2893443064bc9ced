import type { Tags } from '../../inventory/tags.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { withoutSuffix } from './suffix.ts';

/** The kinds whose objects services make. */
type MadeKind = Extract<
  Kind,
  'security-group' | 'launch-template' | 'launch-configuration' | 'auto-scaling-group'
>;

/** A service that makes objects under names that it chooses. */
export interface Made {
  readonly maker: string;
  /** What it is made together with: "the cluster". */
  readonly with: string;
  /** What distinguishes it from the other objects of that maker, the same in every region; null where nothing does. */
  readonly identity: readonly string[] | null;
  /** What the identity is based on, in the words of `matchedBy`. */
  readonly by: string;
}

interface Maker {
  readonly maker: string;
  readonly kinds: readonly MadeKind[];
  readonly pattern: RegExp;
  /** What it is made together with: "the cluster", "the environment". */
  readonly with: string;
  readonly by?: string;
  /** What else has to be true where the name alone could as well be a person's. */
  readonly provenBy?: (tags: Tags, captured: readonly string[]) => boolean;
  /** From the tags, what the pattern captured, and the description. */
  readonly identity?: (
    tags: Tags,
    captured: readonly string[],
    description: string,
  ) => readonly (string | null)[] | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const GROUP = ['security-group'] as const;

/** One per VPC: the VPC alone distinguishes it from others. */
const PER_VPC = () => [];

/**
 * Names that services give to what they make for themselves, first match first. Where the service runs on the target it
 * makes its own: these are not created manually. A person may have used such a name too, so texts say "by its name".
 */
const MAKERS: readonly Maker[] = [
  {
    maker: 'EKS',
    kinds: GROUP,
    pattern: /^eks-cluster-sg-(.+)-\d+$/,
    with: 'the cluster',
    by: 'EKS cluster',
    identity: (tags, [name]) => [own(tags, 'aws:eks:cluster-name') ?? name ?? null],
  },
  { maker: 'EKS', kinds: GROUP, pattern: /^eks-cluster-sg-/, with: 'the cluster' },
  {
    maker: 'EKS',
    kinds: GROUP,
    pattern: new RegExp(`^eks-remoteAccess-${UUID}$`),
    with: 'the node group',
    by: 'EKS node group',
    identity: (tags) => [clusterOf(tags), nodeGroupOf(tags, 'eks')],
  },
  {
    maker: 'EKS',
    kinds: ['launch-template', 'auto-scaling-group'],
    pattern: new RegExp(`^eks-(?:(.+)-)?${UUID}$`),
    with: 'the node group',
    by: 'EKS node group',
    identity: (tags, [name]) => [clusterOf(tags) ?? '', nodeGroupOf(tags) ?? stem(name)],
  },
  {
    maker: 'Karpenter',
    kinds: ['launch-template'],
    pattern: /^(?:karpenter\.k8s\.aws\/|Karpenter-)/,
    with: 'nodes of the cluster',
    by: 'Karpenter node class',
    identity: (tags) => [
      own(tags, 'karpenter.k8s.aws/cluster') ?? own(tags, 'eks:eks-cluster-name'),
      own(tags, 'karpenter.k8s.aws/ec2nodeclass') ?? own(tags, 'karpenter.sh/provisioner-name'),
    ],
  },
  { maker: 'eksctl', kinds: GROUP, pattern: /^eksctl-.*-(?:cluster|nodegroup)/i, with: 'the cluster' },
  {
    maker: 'the in-tree Kubernetes load-balancer controller',
    kinds: GROUP,
    pattern: /^k8s-elb-[0-9a-z]+$/,
    with: 'the Service of the cluster',
    by: 'Kubernetes cluster and Service',
    // "Security group for Kubernetes ELB a1b2c3 (namespace/service)": a cluster has one for each Service.
    identity: (tags, _captured, description) => [
      clusterOf(tags),
      /\(([^()\s]+\/[^()\s]+)\)$/.exec(description)?.[1] ?? null,
    ],
  },
  {
    maker: 'the AWS Load Balancer Controller',
    kinds: GROUP,
    pattern: /^k8s-traffic-(.+)-[0-9a-f]{10}$/,
    with: 'the load balancers of the cluster',
    by: 'Kubernetes cluster',
    identity: (tags, [name]) => ['traffic', own(tags, 'elbv2.k8s.aws/cluster') ?? name ?? null],
  },
  {
    maker: 'the AWS Load Balancer Controller',
    kinds: GROUP,
    pattern: /^k8s-(.+)-[0-9a-f]{10}$/,
    with: 'the Ingress or Service of the cluster',
    by: 'Kubernetes cluster and resource',
    identity: (tags, [name]) => [
      own(tags, 'elbv2.k8s.aws/cluster') ?? '',
      own(tags, 'ingress.k8s.aws/stack') ?? own(tags, 'service.k8s.aws/stack') ?? name ?? null,
      own(tags, 'ingress.k8s.aws/resource') ?? own(tags, 'service.k8s.aws/resource') ?? '',
    ],
  },
  {
    maker: 'the OpenShift installer',
    kinds: GROUP,
    // <cluster>-<five random characters>-<role>; without vowels and look-alikes, as Kubernetes generates names.
    pattern:
      /^(.+)-([bcdfghjklmnpqrstvwxz2456789]{5})-(controlplane|node|lb|apiserver-lb|bastion|master-sg|worker-sg)$/,
    with: 'the cluster',
    by: 'OpenShift cluster',
    provenBy: (tags, [cluster, random]) =>
      isOfCluster(tags, `${cluster}-${random}`) || /\d.*[a-z]|[a-z].*\d/.test(random ?? ''),
    identity: (_tags, [cluster, _random, role]) => [cluster ?? null, role ?? null],
  },
  {
    maker: 'kOps',
    kinds: GROUP,
    pattern: /^(masters|control-plane|nodes|bastion|api-elb|bastion-elb)\.(.+\..+)$/,
    with: 'the cluster',
    by: 'kOps cluster',
    provenBy: (tags, [, cluster]) => isOfCluster(tags, cluster ?? '') || /\.k8s\.local$/.test(cluster ?? ''),
    identity: (_tags, [role, cluster]) => [cluster ?? null, role ?? null],
  },
  {
    maker: 'kOps',
    kinds: ['launch-template', 'launch-configuration', 'auto-scaling-group'],
    // Launch configurations, and launch templates of older versions, end with the time they were made.
    pattern: /^([^.]+(?:\.masters)?)\.(.+\..+?)(?:-\d{14})?$/,
    with: 'the instance group of the cluster',
    by: 'kOps cluster and instance group',
    provenBy: (tags, [group, cluster]) =>
      isOfCluster(tags, cluster ?? '') ||
      /\.k8s\.local$/.test(cluster ?? '') ||
      own(tags, 'kops.k8s.io/instancegroup') === group?.replace(/\.masters$/, ''),
    identity: (_tags, [group, cluster]) => [cluster ?? null, group ?? null],
  },
  {
    maker: 'Elastic Beanstalk',
    kinds: ['security-group', 'launch-template', 'launch-configuration', 'auto-scaling-group'],
    pattern: /^awseb-(?:.*-(AWSEB[A-Za-z0-9]+)-[A-Za-z0-9]{12,13}$)?/,
    with: 'the environment',
    by: 'Elastic Beanstalk environment',
    identity: (tags, [logicalId]) => [
      own(tags, 'elasticbeanstalk:environment-name'),
      own(tags, 'aws:cloudformation:logical-id') ?? logicalId ?? null,
    ],
  },
  {
    maker: 'EMR',
    kinds: GROUP,
    pattern: /^ElasticMapReduce-(?:master|slave|ServiceAccess)/i,
    with: 'the first cluster in the VPC',
  },
  {
    maker: 'Directory Service',
    kinds: GROUP,
    pattern: /^d-[0-9a-f]{10}_controllers$/,
    with: 'the directory',
  },
  {
    maker: 'WorkSpaces',
    kinds: GROUP,
    pattern: /^d-[0-9a-f]{10}_workspacesMembers$/i,
    with: 'the directory that is registered with WorkSpaces',
  },
  { maker: 'CloudHSM', kinds: GROUP, pattern: /^cloudhsm-cluster-[a-z0-9]+-sg$/, with: 'the cluster' },
  {
    maker: 'the RDS connection wizard',
    kinds: GROUP,
    pattern:
      /^(?:rds-ec2|ec2-rds|rds-lambda|lambda-rds|rds-rdsproxy|rdsproxy-(?:rds|lambda|ec2)|(?:lambda|ec2)-rdsproxy)-\d+$/,
    with: 'the connection of the database',
  },
  {
    maker: 'the RDS console',
    kinds: GROUP,
    pattern: /^rds-launch-wizard(?:-\d+)?$/,
    with: 'a database',
  },
  {
    maker: 'the EC2 launch wizard',
    kinds: GROUP,
    pattern: /^launch-wizard-\d+$/,
    with: 'an instance',
  },
  { maker: 'OpsWorks', kinds: GROUP, pattern: /^AWS-OpsWorks-/, with: 'the stack' },
  {
    maker: 'Elastic Load Balancing',
    kinds: GROUP,
    pattern: /^default_elb_[0-9a-f-]+$/,
    with: 'the first Classic Load Balancer without a group in the VPC',
    by: 'VPC',
    identity: PER_VPC,
  },
  {
    maker: 'GuardDuty',
    kinds: GROUP,
    pattern: /^GuardDutyManagedSecurityGroup-vpc-[0-9a-f]+$/,
    with: 'the endpoint of GuardDuty in the VPC',
    by: 'VPC',
    identity: PER_VPC,
  },
  {
    maker: 'Firewall Manager',
    kinds: GROUP,
    pattern: /^(?:FMManagedSecurityGroup|fms-(?:managed|policy)-)/i,
    with: 'the policy that covers the account and region',
  },
  {
    maker: 'SageMaker',
    kinds: GROUP,
    pattern: /^security-group-for-(inbound|outbound)-nfs-d-[a-z0-9]+$/,
    with: 'the domain',
  },
  {
    maker: 'Cloud9',
    kinds: GROUP,
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

/** The service that seems to have made the object, by its name; null for what people name. */
export function serviceOf(
  kind: Kind,
  {
    name,
    tags,
    description = '',
  }: { readonly name: string; readonly tags: Tags; readonly description?: string },
): Made | null {
  for (const entry of MAKERS) {
    const hit = (entry.kinds as readonly Kind[]).includes(kind) ? entry.pattern.exec(name) : null;
    const captured = hit?.slice(1) ?? [];
    if (!hit || entry.provenBy?.(tags, captured) === false) continue;
    const parts = entry.identity?.(tags, captured, description) ?? null;
    const known = (parts ?? []).flatMap((part) => part ?? []);
    return {
      maker: entry.maker,
      with: entry.with,
      identity: parts && known.length === parts.length ? [entry.maker, ...known] : null,
      by: entry.by ?? entry.maker,
    };
  }
  return null;
}

function own(tags: Tags, key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;
}

/** The names of clusters and node groups may themselves end as Terraform ends names. */
function stem(name: string | null | undefined): string | null {
  return name ? withoutSuffix(name) : null;
}

function nodeGroupOf(tags: Tags, ...keys: readonly string[]): string | null {
  for (const key of ['eks:nodegroup-name', ...keys]) {
    const name = own(tags, key);
    if (name !== null) return stem(name);
  }
  return null;
}

const CLUSTER_TAG = 'kubernetes.io/cluster/';
const CLUSTER_API_TAG = 'sigs.k8s.io/cluster-api-provider-aws/cluster/';

/** Whether the tags that the installers of clusters set name this cluster. */
function isOfCluster(tags: Tags, cluster: string): boolean {
  return (
    own(tags, 'KubernetesCluster') === cluster ||
    [CLUSTER_TAG, CLUSTER_API_TAG].some((prefix) => Object.hasOwn(tags, prefix + cluster))
  );
}

/** The one cluster that the tags name; null for none, or for several that share the object. */
function clusterOf(tags: Tags): string | null {
  const named =
    own(tags, 'eks:cluster-name') ?? own(tags, 'aws:eks:cluster-name') ?? own(tags, 'KubernetesCluster');
  if (named !== null) return named;
  const shared = Object.keys(tags).filter((key) => key.startsWith(CLUSTER_TAG));
  return shared.length === 1 ? (shared[0]?.slice(CLUSTER_TAG.length) ?? null) : null;
}
