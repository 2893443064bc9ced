import { Unable } from '../../inventory/unable.ts';
import { SDK } from '../sdk.ts';
import { booleanFrom, type Configured, fromAttempts } from './values.ts';

/** The name that each service has in AWS_ENDPOINT_URL_<SERVICE> and in a services section: the service id of its API model. */
export const SERVICE_IDS = {
  ec2: 'EC2',
  autoscaling: 'Auto Scaling',
  cloudformation: 'CloudFormation',
  ssm: 'SSM',
  iam: 'IAM',
  kms: 'KMS',
  servicequotas: 'Service Quotas',
  elbv2: 'Elastic Load Balancing v2',
  elb: 'Elastic Load Balancing',
  sts: 'STS',
  ebs: 'EBS',
  sso: 'SSO',
  ssoOidc: 'SSO OIDC',
} as const;

export type ServiceWithEndpoint = keyof typeof SERVICE_IDS;

/** What the environment and one profile of the AWS config files say of how to reach AWS; a variable comes before the profile. */
export interface ConnectionSettings {
  /** @throws Unable where the profile names a services section that does not exist. */
  endpointOf(service: ServiceWithEndpoint): Configured<string> | null;
  readonly maxAttempts: number | null;
  /** The file with the certificate authorities to trust, in place of those of Node.js. */
  readonly caBundle: Configured<string> | null;
  readonly fips: Configured<boolean> | null;
  readonly dualStack: Configured<boolean> | null;
}

type Section = Readonly<Record<string, string | undefined>>;

/**
 * Read here and not left to the clients of the SDK: they take the endpoint of AWS_PROFILE whichever profile they are given,
 * know nothing of certificate bundles, and take a misspelt boolean for "not set".
 * @param profile The profile of the side; AWS_PROFILE or "default" where it names none.
 * @throws Unable for a value that cannot be used.
 */
export async function connectionSettings(
  profile: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ConnectionSettings> {
  const { loadSharedConfigFiles } = SDK.config();
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const name = profile || env.AWS_PROFILE || 'default';
  const section: Section = { ...credentialsFile[name], ...configFile[name] };
  const find = (variable: string, key: string): Configured<string> | null => {
    if (env[variable]) return { value: env[variable], by: variable };
    const value = section[key];
    return value ? { value, by: `${key} of the profile "${name}"` } : null;
  };
  const endpointsIgnored = booleanFrom(
    find('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'),
  )?.value;
  return {
    endpointOf: (service) =>
      endpointsIgnored ? null : endpointFrom(SERVICE_IDS[service], { env, section, name, configFile }),
    maxAttempts: fromAttempts(find('AWS_MAX_ATTEMPTS', 'max_attempts')),
    caBundle: find('AWS_CA_BUNDLE', 'ca_bundle'),
    fips: booleanFrom(find('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint')),
    dualStack: booleanFrom(find('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint')),
  };
}

interface Sources {
  readonly env: NodeJS.ProcessEnv;
  readonly section: Section;
  readonly name: string;
  readonly configFile: Readonly<Record<string, Section>>;
}

/** In the order that AWS documents: variable of the service, variable for all, services section, `endpoint_url` of the profile. */
function endpointFrom(
  serviceId: string,
  { env, section, name, configFile }: Sources,
): Configured<string> | null {
  const words = serviceId.split(' ').join('_');
  for (const variable of [`AWS_ENDPOINT_URL_${words.toUpperCase()}`, 'AWS_ENDPOINT_URL']) {
    const value = env[variable];
    if (value) return { value, by: variable };
  }
  const { services } = section;
  if (services) {
    const named = configFile[`services.${services}`];
    if (!named) {
      throw new Unable(
        `The profile "${name}" names the services section "${services}", which the AWS config file does not have.`,
        `Add a section [services ${services}] to the file, or remove "services" from the profile.`,
      );
    }
    const value = named[`${words.toLowerCase()}.endpoint_url`];
    if (value) return { value, by: `endpoint_url of ${words.toLowerCase()} in [services ${services}]` };
  }
  const value = section.endpoint_url;
  return value ? { value, by: `endpoint_url of the profile "${name}"` } : null;
}
