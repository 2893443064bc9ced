import { EC2_FACTS, ELASTIC_LOAD_BALANCING, IAM, KMS, SERVICE_QUOTAS } from './launch-facts.ts';
import { AwsError } from './model.ts';
import { type KnownOperation, OPERATIONS } from './operations.ts';
import { errorReply, input, type Operation, queryErrorReply, queryReply, reply } from './wire.ts';
import { AUTO_SCALING, CLOUDFORMATION, EC2_WORKLOADS, SSM } from './workloads.ts';

/** The services of the double, by the name in the credential scope of a signature. */
export type Service =
  | 'ec2'
  | 'sts'
  | 'ebs'
  | 'autoscaling'
  | 'cloudformation'
  | 'ssm'
  | 'iam'
  | 'kms'
  | 'servicequotas'
  | 'elasticloadbalancing';

const KNOWN: Readonly<Record<Service, Readonly<Record<string, KnownOperation>>>> = {
  ec2: { ...OPERATIONS, ...EC2_WORKLOADS, ...EC2_FACTS },
  sts: {},
  ebs: {},
  autoscaling: AUTO_SCALING,
  cloudformation: CLOUDFORMATION,
  ssm: SSM,
  iam: IAM,
  kms: KMS,
  servicequotas: SERVICE_QUOTAS,
  elasticloadbalancing: ELASTIC_LOAD_BALANCING,
};

export function serviceOf(signed: string | undefined): Service {
  return signed !== undefined && Object.hasOwn(KNOWN, signed) ? (signed as Service) : 'ec2';
}

export function operationOf(service: Service, action: string): KnownOperation | undefined {
  return Object.hasOwn(KNOWN[service], action) ? KNOWN[service][action] : undefined;
}

/** In the shape of the SDK, for actions the double knows. */
export function paramsOf(
  service: Service,
  action: string,
  form: URLSearchParams,
  body: string,
): Record<string, unknown> {
  if (speaksJson(service)) return JSON.parse(body || '{}');
  const operation = operationOf(service, action);
  return operation ? input(operation.schema, form) : Object.fromEntries(form);
}

/** These speak JSON, and no XML. */
export function speaksJson(service: Service): boolean {
  return service === 'ssm' || service === 'kms' || service === 'servicequotas';
}

/** Answers in JSON here hold nothing that JSON writes otherwise than the SDK reads it. */
export function replyOf(service: Service, schema: Operation, value: object, requestId: string): string {
  if (speaksJson(service)) return JSON.stringify(value);
  return service === 'ec2' ? reply(schema, value, requestId) : queryReply(schema, value, requestId);
}

export function errorOf(service: Service, { code, message }: AwsError, requestId: string): string {
  if (speaksJson(service)) return JSON.stringify({ __type: code, message });
  if (service === 'ec2' || service === 'sts') return errorReply(code, message, requestId);
  return queryErrorReply(code, message, requestId);
}

interface Refusals {
  readonly unauthenticated: AwsError;
  readonly denied: AwsError;
  readonly throttled: AwsError;
  readonly unknown: (action: string) => AwsError;
}

const INVALID = 'The security token included in the request is invalid.';
const DENIED = 'User: arn:aws:iam::111122223333:user/tester is not authorized to perform this action.';

const QUERY: Refusals = {
  unauthenticated: new AwsError(403, 'InvalidClientTokenId', INVALID),
  denied: new AwsError(403, 'AccessDenied', DENIED),
  throttled: new AwsError(400, 'Throttling', 'Rate exceeded'),
  unknown: (action) => new AwsError(400, 'InvalidAction', `Could not find operation ${action}`),
};

const JSON_REFUSALS: Refusals = {
  unauthenticated: new AwsError(400, 'UnrecognizedClientException', INVALID),
  denied: new AwsError(400, 'AccessDeniedException', DENIED),
  throttled: new AwsError(400, 'ThrottlingException', 'Rate exceeded'),
  unknown: (action) => new AwsError(400, 'UnknownOperationException', `Unknown operation ${action}`),
};

/** How each service says no. */
export const REFUSALS: Readonly<Record<Service, Refusals>> = {
  ec2: {
    unauthenticated: new AwsError(
      401,
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
    ),
    denied: new AwsError(403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.'),
    throttled: new AwsError(503, 'RequestLimitExceeded', 'Request limit exceeded.'),
    unknown: (action) =>
      new AwsError(400, 'InvalidAction', `The action ${action} is not valid for this web service.`),
  },
  sts: { ...QUERY, denied: new AwsError(403, 'UnauthorizedOperation', DENIED) },
  ebs: QUERY,
  autoscaling: QUERY,
  cloudformation: QUERY,
  iam: QUERY,
  ssm: JSON_REFUSALS,
  kms: JSON_REFUSALS,
  servicequotas: JSON_REFUSALS,
  elasticloadbalancing: QUERY,
};
