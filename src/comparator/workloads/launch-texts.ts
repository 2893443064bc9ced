import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { LaunchField, Template } from '../../inventory/template.ts';

/** Values of one region only: a new deployment of the stack is given others. */
export const OF_ONE_REGION: ReadonlySet<LaunchField> = new Set([
  'subnet',
  'interface',
  'zone',
  'private-address',
  'host',
  'host-resource-group',
  'reservation',
  'licence',
  'target-group',
  'load-balancer',
  'snapshot',
  'kms-key',
]);

/** What a launch cannot be judged without; null where it can, or where a reference says so already. */
export const WORDS: Readonly<Record<LaunchField, string | null>> = {
  type: 'instance type',
  requirement: null,
  market: null,
  'spot-price': null,
  'on-demand-base': null,
  'on-demand-percent': null,
  subnet: 'subnet',
  interface: 'network interface',
  zone: 'Availability Zone',
  profile: 'instance profile',
  'placement-group': 'placement group',
  'private-address': null,
  host: 'dedicated host',
  'host-resource-group': 'host resource group',
  reservation: 'capacity reservation',
  licence: 'licence configuration',
  'target-group': 'target group',
  // Those without a known name are listed as not looked at.
  'load-balancer': null,
  platform: null,
  'service-linked-role': null,
  snapshot: 'snapshot',
  'kms-key': 'KMS key',
  'http-tokens': null,
  'http-endpoint': null,
  hibernation: null,
  enclave: null,
  'ebs-optimized': null,
  device: null,
  size: null,
  encrypted: null,
  'volume-type': null,
  iops: null,
  throughput: null,
  image: null,
  group: null,
  count: null,
};

/** Fields of which one text may hold several. */
const LISTS: ReadonlySet<LaunchField> = new Set(['subnet', 'zone', 'load-balancer']);

/** The texts of one value of a field that can be looked up. */
export function textsOf(outcome: Outcome, field: LaunchField, place: Place): string[] {
  const text =
    outcome.is === 'ssm' ? place.parameter?.(outcome.name) : outcome.is === 'value' ? outcome.value : null;
  // Block devices of Elastic Beanstalk: "/dev/sdj=:100,/dev/sdh=snap-51eef269".
  if (field === 'snapshot' && text?.includes('='))
    return text
      .split(/[,=:]/)
      .filter((part) => /^\s*snap-/.test(part))
      .map((part) => part.trim());
  const texts = LISTS.has(field) ? (text ?? '').split(',') : [text ?? ''];
  return texts.map((one) => one.trim()).filter((one) => one !== '' && isOf(field, one));
}

/** Instance types of EC2: not a family, "optimal", "m5.*", or a type of another service such as "db.t3.micro". */
const TYPE =
  /^(?!(?:db|cache|ml|dc|dw|ds|ra|mq|kafka|express|dax|stream|standard|bc|rds|search|node)\d*\.)[a-z][a-z\d]*-?[a-z\d-]*\.[a-z\d-]+$/;

/** Whether it is a value that can be looked up. A zone may be "all" or "Multiple", where a service decides. */
function isOf(field: LaunchField, text: string): boolean {
  if (field === 'type') return TYPE.test(text);
  if (field === 'zone') return /^[a-z]{2,}.*\d/.test(text);
  return true;
}

/** Whether it was given to a deployed stack from outside. */
export function isGiven({ via }: Outcome, { parameters }: Template): boolean {
  return via.some(
    (v) =>
      v.is === 'parameter' &&
      v.from === 'value' &&
      parameters.some((p) => p.name === v.name && p.value !== null && p.value !== p.default),
  );
}
