import { createRequire } from 'node:module';

/**
 * The packages of the AWS SDK, each loaded when it is first needed. They are CommonJS: `require` takes less than half of the
 * time of `import`, which first reads the whole text of a package for the names that it exports. Names are written in full
 * so that tools see which packages are used.
 */
const require = createRequire(import.meta.url);

export const SDK = {
  ec2: () => require('@aws-sdk/client-ec2') as typeof import('@aws-sdk/client-ec2'),
  autoscaling: () => require('@aws-sdk/client-auto-scaling') as typeof import('@aws-sdk/client-auto-scaling'),
  cloudformation: () =>
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation'),
  ssm: () => require('@aws-sdk/client-ssm') as typeof import('@aws-sdk/client-ssm'),
  iam: () => require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam'),
  kms: () => require('@aws-sdk/client-kms') as typeof import('@aws-sdk/client-kms'),
  servicequotas: () =>
    require('@aws-sdk/client-service-quotas') as typeof import('@aws-sdk/client-service-quotas'),
  elbv2: () =>
    require('@aws-sdk/client-elastic-load-balancing-v2') as typeof import('@aws-sdk/client-elastic-load-balancing-v2'),
  elb: () =>
    require('@aws-sdk/client-elastic-load-balancing') as typeof import('@aws-sdk/client-elastic-load-balancing'),
  sts: () => require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts'),
  ebs: () => require('@aws-sdk/client-ebs') as typeof import('@aws-sdk/client-ebs'),
  /** The shared config files, as the clients read them. */
  config: () => require('@smithy/core/config') as typeof import('@smithy/core/config'),
  credentials: () =>
    require('@aws-sdk/credential-providers') as typeof import('@aws-sdk/credential-providers'),
} as const;
