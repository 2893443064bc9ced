/**
 * Groups that a service makes for itself, known by the names the services give them. Where the service runs on the
 * target it makes its own: nobody carries these over by hand. Names only: a person may have used such a name too.
 */
const MAKERS: readonly (readonly [pattern: RegExp, maker: string])[] = [
  [/^eks-cluster-sg-/, 'EKS'],
  [/^eksctl-.*-(cluster|nodegroup)/i, 'eksctl'],
  [/^k8s-(elb-|traffic-|[a-z0-9-]+-[0-9a-f]{10}$)/, 'the Kubernetes load-balancer controller'],
  [/^launch-wizard-\d+$/, 'the EC2 launch wizard'],
  [/^awseb-/, 'Elastic Beanstalk'],
  [/^ElasticMapReduce-(master|slave|ServiceAccess)/i, 'EMR'],
  [/^d-[0-9a-f]{10}_controllers$/, 'Directory Service'],
  [/^(rds-ec2|ec2-rds|rds-lambda|lambda-rds)-\d+$/, 'the RDS connection wizard'],
  [/^AWS-OpsWorks-/, 'OpsWorks'],
  [/^default_elb_[0-9a-f-]+$/, 'Elastic Load Balancing'],
];

/** Who seems to have made the group; null for what people name. */
export function madeBy(groupName: string): string | null {
  return MAKERS.find(([pattern]) => pattern.test(groupName))?.[1] ?? null;
}
