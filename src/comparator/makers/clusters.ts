import type { Tags } from '../../inventory/tags.ts';
import { type Maker, tagOf, UUID } from './maker.ts';
import { withoutSuffix } from './suffix.ts';

/** What Kubernetes, its installers and its controllers make. */
export const CLUSTER_MAKERS: readonly Maker[] = [
  {
    maker: 'EKS',
    kinds: ['security-group'],
    pattern: /^eks-cluster-sg-(.+)-\d+$/,
    with: 'the cluster',
    by: 'EKS cluster',
    identity: (tags, [name]) => [tagOf(tags, 'aws:eks:cluster-name') ?? name ?? null],
  },
  { maker: 'EKS', kinds: ['security-group'], pattern: /^eks-cluster-sg-/, with: 'the cluster' },
  {
    maker: 'EKS',
    kinds: ['security-group'],
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
      tagOf(tags, 'karpenter.k8s.aws/cluster') ?? tagOf(tags, 'eks:eks-cluster-name'),
      tagOf(tags, 'karpenter.k8s.aws/ec2nodeclass') ?? tagOf(tags, 'karpenter.sh/provisioner-name'),
    ],
  },
  {
    maker: 'eksctl',
    kinds: ['security-group'],
    pattern: /^eksctl-.*-(?:cluster|nodegroup)/i,
    with: 'the cluster',
  },
  {
    maker: 'the in-tree Kubernetes load-balancer controller',
    kinds: ['security-group'],
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
    kinds: ['security-group'],
    pattern: /^k8s-traffic-(.+)-[0-9a-f]{10}$/,
    with: 'the load balancers of the cluster',
    by: 'Kubernetes cluster',
    identity: (tags, [name]) => ['traffic', tagOf(tags, 'elbv2.k8s.aws/cluster') ?? name ?? null],
  },
  {
    maker: 'the AWS Load Balancer Controller',
    kinds: ['security-group'],
    pattern: /^k8s-(.+)-[0-9a-f]{10}$/,
    with: 'the Ingress or Service of the cluster',
    by: 'Kubernetes cluster and resource',
    identity: (tags, [name]) => [
      tagOf(tags, 'elbv2.k8s.aws/cluster') ?? '',
      tagOf(tags, 'ingress.k8s.aws/stack') ?? tagOf(tags, 'service.k8s.aws/stack') ?? name ?? null,
      tagOf(tags, 'ingress.k8s.aws/resource') ?? tagOf(tags, 'service.k8s.aws/resource') ?? '',
    ],
  },
  {
    maker: 'the OpenShift installer',
    kinds: ['security-group'],
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
    kinds: ['security-group'],
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
      tagOf(tags, 'kops.k8s.io/instancegroup') === group?.replace(/\.masters$/, ''),
    identity: (_tags, [group, cluster]) => [cluster ?? null, group ?? null],
  },
];

/** The names of clusters and node groups may themselves end as Terraform ends names. */
function stem(name: string | null | undefined): string | null {
  return name ? withoutSuffix(name) : null;
}

function nodeGroupOf(tags: Tags, ...keys: readonly string[]): string | null {
  for (const key of ['eks:nodegroup-name', ...keys]) {
    const name = tagOf(tags, key);
    if (name !== null) return stem(name);
  }
  return null;
}

const CLUSTER_TAG = 'kubernetes.io/cluster/';
const CLUSTER_API_TAG = 'sigs.k8s.io/cluster-api-provider-aws/cluster/';

/** Whether the tags that the installers of clusters set name this cluster. */
function isOfCluster(tags: Tags, cluster: string): boolean {
  return (
    tagOf(tags, 'KubernetesCluster') === cluster ||
    [CLUSTER_TAG, CLUSTER_API_TAG].some((prefix) => Object.hasOwn(tags, prefix + cluster))
  );
}

/** The one cluster that the tags name; null for none, or for several that share the object. */
function clusterOf(tags: Tags): string | null {
  const named =
    tagOf(tags, 'eks:cluster-name') ??
    tagOf(tags, 'aws:eks:cluster-name') ??
    tagOf(tags, 'KubernetesCluster');
  if (named !== null) return named;
  const shared = Object.keys(tags).filter((key) => key.startsWith(CLUSTER_TAG));
  return shared.length === 1 ? (shared[0]?.slice(CLUSTER_TAG.length) ?? null) : null;
}
