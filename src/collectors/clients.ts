import type { AutoScalingClient, AutoScalingClientConfig } from '@aws-sdk/client-auto-scaling';
import type { CloudFormationClient, CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import type { EBSClient, EBSClientConfig } from '@aws-sdk/client-ebs';
import type { EC2Client, EC2ClientConfig } from '@aws-sdk/client-ec2';
import type {
  ElasticLoadBalancingClient,
  ElasticLoadBalancingClientConfig,
} from '@aws-sdk/client-elastic-load-balancing';
import type {
  ElasticLoadBalancingV2Client,
  ElasticLoadBalancingV2ClientConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAMClient, IAMClientConfig } from '@aws-sdk/client-iam';
import type { KMSClient, KMSClientConfig } from '@aws-sdk/client-kms';
import type { ServiceQuotasClient, ServiceQuotasClientConfig } from '@aws-sdk/client-service-quotas';
import type { SSMClient, SSMClientConfig } from '@aws-sdk/client-ssm';
import type { STSClient, STSClientConfig } from '@aws-sdk/client-sts';
import {
  AUTO_SCALING_ACTIONS,
  CLOUDFORMATION_ACTIONS,
  EBS_ACTIONS,
  EC2_ACTIONS,
  ELB_CLASSIC_ACTIONS,
  ELB_V2_ACTIONS,
  IAM_ACTIONS,
  KMS_ACTIONS,
  type ReadService,
  SERVICE_QUOTAS_ACTIONS,
  SSM_ACTIONS,
  STS_ACTIONS,
} from './actions.ts';
import { boundedReplies, MOST_REPLY_BYTES } from './bounds.ts';
import { agents } from './connection/agents.ts';
import type { Connection } from './connection/index.ts';
import { EARLY_GROUPS } from './early-groups.ts';
import { type Actions, guard } from './guard.ts';
import { type Pause, patientRetries } from './retries.ts';
import { SDK } from './sdk.ts';
import { xmlReplies } from './wire/replies.ts';

/** Tries per call unless AWS_MAX_ATTEMPTS or the profile says otherwise: the SDK's 3 are used up by a second of throttling. */
const MAX_ATTEMPTS = 8;
const REQUEST_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A whole reply may take as long as this many silences of the time-out: a large page over a slow line arrives in pieces. */
const REPLY_TIMEOUTS = 4;

type Credentials = NonNullable<EC2ClientConfig['credentials']>;

/** What the clients of one side have in common. */
export interface ClientOptions {
  readonly endpoint: string | null;
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutMs?: number | undefined;
  /** The largest reply that is read. */
  readonly mostReplyBytes?: number | undefined;
  readonly pause?: Pause | undefined;
  readonly busy?: 'wait' | 'throw' | undefined;
  readonly credentials?: Credentials | undefined;
  readonly profile?: string | undefined;
  /** Proxy, certificates and the like, by environment and profile; those of the SDK where it is absent. */
  readonly connection?: Connection | undefined;
  /** Who asks: CloudTrail shows it beside each call. */
  readonly userAgent?: UserAgent | undefined;
}

export interface UserAgent {
  readonly name: string;
  readonly version: string;
}

export async function ec2Client(region: string, options: ClientOptions): Promise<EC2Client> {
  const { EC2Client } = SDK.ec2();
  const config: EC2ClientConfig = { region, ...common(options) };
  return xmlReplies(careful(new EC2Client(config), EC2_ACTIONS, options), EARLY_GROUPS);
}

async function autoScalingClient(region: string, options: ClientOptions): Promise<AutoScalingClient> {
  const { AutoScalingClient } = SDK.autoscaling();
  const config: AutoScalingClientConfig = { region, ...common(options) };
  return xmlReplies(careful(new AutoScalingClient(config), AUTO_SCALING_ACTIONS, options));
}

async function cloudFormationClient(region: string, options: ClientOptions): Promise<CloudFormationClient> {
  const { CloudFormationClient } = SDK.cloudformation();
  const config: CloudFormationClientConfig = { region, ...common(options) };
  return xmlReplies(careful(new CloudFormationClient(config), CLOUDFORMATION_ACTIONS, options));
}

async function ssmClient(region: string, options: ClientOptions): Promise<SSMClient> {
  const { SSMClient } = SDK.ssm();
  const config: SSMClientConfig = { region, ...common(options) };
  return careful(new SSMClient(config), SSM_ACTIONS, options);
}

async function iamClient(region: string, options: ClientOptions): Promise<IAMClient> {
  const { IAMClient } = SDK.iam();
  const config: IAMClientConfig = { region, ...common(options) };
  return careful(new IAMClient(config), IAM_ACTIONS, options);
}

async function kmsClient(region: string, options: ClientOptions): Promise<KMSClient> {
  const { KMSClient } = SDK.kms();
  const config: KMSClientConfig = { region, ...common(options) };
  return careful(new KMSClient(config), KMS_ACTIONS, options);
}

async function serviceQuotasClient(region: string, options: ClientOptions): Promise<ServiceQuotasClient> {
  const { ServiceQuotasClient } = SDK.servicequotas();
  const config: ServiceQuotasClientConfig = { region, ...common(options) };
  return careful(new ServiceQuotasClient(config), SERVICE_QUOTAS_ACTIONS, options);
}

async function elbV2Client(region: string, options: ClientOptions): Promise<ElasticLoadBalancingV2Client> {
  const { ElasticLoadBalancingV2Client } = SDK.elbv2();
  const config: ElasticLoadBalancingV2ClientConfig = { region, ...common(options) };
  return xmlReplies(careful(new ElasticLoadBalancingV2Client(config), ELB_V2_ACTIONS, options));
}

async function elbClassicClient(region: string, options: ClientOptions): Promise<ElasticLoadBalancingClient> {
  const { ElasticLoadBalancingClient } = SDK.elb();
  const config: ElasticLoadBalancingClientConfig = { region, ...common(options) };
  return xmlReplies(careful(new ElasticLoadBalancingClient(config), ELB_CLASSIC_ACTIONS, options));
}

export type ReadClient =
  | EC2Client
  | AutoScalingClient
  | CloudFormationClient
  | SSMClient
  | IAMClient
  | KMSClient
  | ServiceQuotasClient
  | ElasticLoadBalancingV2Client
  | ElasticLoadBalancingClient;

/** The client of each service that a region is read with. */
export const READ_CLIENTS = {
  ec2: ec2Client,
  autoscaling: autoScalingClient,
  cloudformation: cloudFormationClient,
  ssm: ssmClient,
  iam: iamClient,
  kms: kmsClient,
  servicequotas: serviceQuotasClient,
  elbv2: elbV2Client,
  elb: elbClassicClient,
} as const satisfies Record<ReadService, (region: string, options: ClientOptions) => Promise<ReadClient>>;

/** STS in the region itself: tokens of the global endpoint are not valid in regions that need opting in (E2). */
export async function stsClient(region: string, options: ClientOptions): Promise<STSClient> {
  const { STSClient } = SDK.sts();
  const config: STSClientConfig = { region, ...common(options) };
  return careful(new STSClient(config), STS_ACTIONS, options);
}

/** The EBS direct APIs, for `--verify-content` alone. */
export async function ebsClient(region: string, options: ClientOptions): Promise<EBSClient> {
  const { EBSClient } = SDK.ebs();
  const config: EBSClientConfig = { region, ...common(options) };
  return careful(new EBSClient(config), EBS_ACTIONS, options);
}

/**
 * For the clients that the SDK makes to get credentials: STS for roles, with the same patience and the same endpoint.
 * @param options Their endpoint is that of STS.
 */
export function assumeRoleClientConfig(region: string, options: ClientOptions) {
  const { credentials: _own, ...rest } = common(options);
  return { region, ...rest };
}

/** For IAM Identity Center and sign-in sessions, whose region and endpoint are their own. */
export function signInClientConfig(options: ClientOptions) {
  const { endpointOf } = options.connection?.settings ?? {};
  const [sso, oidc] = [endpointOf?.('sso')?.value ?? null, endpointOf?.('ssoOidc')?.value ?? null];
  const { credentials: _own, ...rest } = common({ ...options, endpoint: sso });
  if (sso === oidc) return rest;
  // One configuration serves both services; where their endpoints differ, the SDK looks them up in the environment.
  const { endpoint: _ofOne, ignoreConfiguredEndpointUrls: _both, ...without } = rest;
  return without;
}

/** What a function takes as its client. */
type Taken<Give extends (client: never, ...rest: never[]) => unknown> = Parameters<Give>[0];

/** What every client gets: it sends reads only, repeats with patience, and ends a reply that has no end. */
function careful<
  Client extends Taken<typeof guard> & Taken<typeof patientRetries> & Taken<typeof boundedReplies>,
>(client: Client, actions: Actions, options: ClientOptions): Client {
  const milliseconds = REPLY_TIMEOUTS * (options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
  const bytes = options.mostReplyBytes ?? MOST_REPLY_BYTES;
  return boundedReplies(guard(patientRetries(client, options), actions), { milliseconds, bytes });
}

function common(options: ClientOptions) {
  quietAboutNode();
  const requestTimeout = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const maxAttempts = mostAttempts(options);
  const { endpoint, connection, userAgent } = options;
  const { fips, dualStack } = connection?.settings ?? {};
  return {
    // `requestTimeout` ends with the head of the answer; an answer that stops half-way is `socketTimeout`'s.
    requestHandler: {
      connectionTimeout: Math.min(CONNECT_TIMEOUT_MS, requestTimeout),
      requestTimeout,
      socketTimeout: requestTimeout,
      throwOnRequestTimeout: true,
      ...(connection ? agents(connection.ca) : {}),
    },
    maxAttempts,
    ...(endpoint === null ? {} : { endpoint }),
    // The endpoint was looked up for the profile of the side: the SDK would look it up for AWS_PROFILE.
    ...(connection ? { ignoreConfiguredEndpointUrls: true } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    ...(options.profile ? { profile: options.profile } : {}),
    ...(userAgent
      ? { customUserAgent: [[userAgent.name, userAgent.version]] satisfies [string, string][] }
      : {}),
    ...(fips ? { useFipsEndpoint: fips.value } : {}),
    ...(dualStack ? { useDualstackEndpoint: dualStack.value } : {}),
  };
}

export function mostAttempts({
  maxAttempts,
  connection,
}: Pick<ClientOptions, 'maxAttempts' | 'connection'>): number {
  return maxAttempts ?? connection?.settings.maxAttempts ?? MAX_ATTEMPTS;
}

/** The SDK prints the end of its Node 20 support on every run; it is for us to act on, not for who reads a report. */
function quietAboutNode(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
