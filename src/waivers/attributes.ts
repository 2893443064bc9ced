import type { DifferingPart } from '../report/rules/workloads.ts';
import type { Kind } from '../report/vocabulary.ts';
import { overlap } from './glob.ts';

/** Of what launches. A new part of a launch does not compile before it has an entry. */
const LAUNCHED = Object.keys({
  'key pair': true,
  'security groups': true,
  image: true,
  'lifecycle hooks': true,
} satisfies Record<DifferingPart, true>);

/**
 * What `ignore` can name of each kind, as a report names it. * is a tag key, a rule, a device, an entry or an account.
 * Nothing of a stack is compared with its counterpart.
 */
export const ATTRIBUTES = {
  'key-pair': ['tags.*'],
  'security-group': ['description', 'tags.*', 'ingress', 'ingress *', 'egress', 'egress *'],
  'prefix-list': ['entries', 'entry *'],
  image: [
    'architecture',
    'boot mode',
    'virtualization',
    'ENA',
    'SR-IOV',
    'IMDS',
    'TPM',
    'root device type',
    'root device name',
    'platform',
    'platform details',
    'usage operation',
    'product codes',
    '* volume',
    '* size',
    '* type',
    '* IOPS',
    '* throughput',
    '* delete on termination',
    'encryption',
    '* encryption',
    'data size',
    'deprecation date',
    'deregistration protection',
    'launch permissions',
    'launch permissions *',
    'tags.*',
  ],
  instance: LAUNCHED,
  'launch-template': LAUNCHED,
  'launch-configuration': LAUNCHED,
  'auto-scaling-group': LAUNCHED,
  stack: [],
} as const satisfies Readonly<Record<Kind, readonly string[]>>;

/** `bootMode` is `boot mode`; the key of a tag is itself. */
export function normalAttribute(attribute: string): string {
  return attribute.startsWith('tags.') ? attribute : attribute.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Whether the text, which may be a pattern, can name something that is compared of an object of the kind. */
export function isAttribute(kind: Kind, text: string): boolean {
  const given = normalAttribute(text);
  return ATTRIBUTES[kind].some((known) => overlap(given, normalAttribute(known)));
}
