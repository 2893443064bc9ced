import { REGIONS } from '../inventory/regions.ts';

/** Words of AWS and of every network, which name nothing of anyone. */
const PUBLIC_WORDS: ReadonlySet<string> = new Set([
  'default',
  'amazon',
  'aws',
  'AWS',
  'aws-marketplace',
  'self',
  '$Default',
  '$Latest',
  'alias/aws/ebs',
  'ec2-parity.config.yaml',
  'Inbound or outbound rules per security group',
]);

const PUBLIC: readonly RegExp[] = [
  // Ids of zones ("use1-az1").
  /^[a-z]{3,5}\d-az\d$/,
  // Instance types.
  /^[a-z]{1,4}\d{1,2}[a-z0-9-]{0,12}\.(?:\d{1,3}x?large|x?large|medium|small|micro|nano|metal(?:-\d{1,3}xl)?)$/,
  // Devices.
  /^\/dev\/(?:xvd|sd|nvme|hd)[a-z0-9]{1,6}$/,
  // Actions and condition keys of IAM, namespaces of tags that AWS alone sets.
  /^(?:autoscaling|cloudformation|ebs|ec2|elasticloadbalancing|iam|kms|servicequotas|ssm|sts):[A-Z][A-Za-z]{2,60}$/,
  /^aws:[a-z0-9]+(?::[a-z0-9-]+)*$/,
  // Parameters and prefix lists that AWS publishes.
  /^\/aws\/service\/[A-Za-z0-9/._-]+$/,
  /^com\.amazonaws\.[a-z0-9.-]+$/,
  // Dates and times in UTC, versions, numbers, hexadecimal digests of findings have their own fields.
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z)?$/,
];

/** Values of fields that AWS enumerates. In a name any of them may be one that a person chose, so names are not looked up here. */
const TERMS: ReadonlySet<string> = new Set(
  `Linux/UNIX Windows EBS GiB IMDSv1 IMDSv2 IPv4 IPv6 UEFI RunInstances all allow any arm64 available bytes deny disabled ebs ed25519 egress
  enabled false gp2 gp3 hvm i386 icmp icmpv6 ingress instance-store io1 io2 legacy-bios none optional paravirtual required rsa sc1 simple st1
  standard supported tcp true udp uefi uefi-preferred unencrypted windows x86_64 x86_64_mac arm64_mac v2.0`.split(
    /\s+/,
  ),
);

/** Whether the word is one of AWS's in a field that is no name. */
export function isTerm(word: string): boolean {
  return (
    TERMS.has(word) ||
    /^L-[0-9A-F]{8}$/.test(word) ||
    /^--[a-z]+(?:-[a-z]+)*$/.test(word) ||
    /^[A-Z]$/.test(word) ||
    /^[A-Z]+(?:_[A-Z]+)+$/.test(word) ||
    /^RunInstances(?::[0-9a-g]{4})?$/.test(word)
  );
}

/** Whether AWS or a standard made the text: it stays in a redacted report. */
export function isPublic(text: string): boolean {
  const zone = /^(.+-\d)[a-f]$/.exec(text)?.[1];
  return (
    text === '' || PUBLIC_WORDS.has(text) || isRegionName(zone ?? text) || PUBLIC.some((p) => p.test(text))
  );
}

const REGION_NAMES: ReadonlySet<string> = new Set(REGIONS);
const NEW_REGION =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/;

/** Regions of AWS, also those that opened after this release. */
export function isRegionName(text: string): boolean {
  return REGION_NAMES.has(text) || NEW_REGION.test(text);
}

const ID = /^(?:[a-z]{1,10}-){1,3}(?:[0-9a-f]{17}|[0-9a-f]{8})$/;
const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]*):([a-z0-9-]*):([^:]*):(.+)$/s;

/** What a text is by its form alone. */
export type Form =
  | { readonly is: 'account' }
  | { readonly is: 'id'; readonly prefix: string; readonly digits: number }
  | {
      readonly is: 'arn';
      readonly partition: string;
      readonly service: string;
      readonly region: string;
      readonly account: string;
      readonly resource: string;
    }
  | { readonly is: 'uuid' }
  | { readonly is: 'address' }
  | { readonly is: 'public-key'; readonly type: string }
  | { readonly is: 'key-digest'; readonly type: string }
  | { readonly is: 'hex-digest' };

export function formOf(text: string): Form | null {
  if (/^\d{12}$/.test(text)) return { is: 'account' };
  if (ID.test(text)) {
    const at = text.lastIndexOf('-') + 1;
    return { is: 'id', prefix: text.slice(0, at), digits: text.length - at };
  }
  const arn = ARN.exec(text);
  if (arn) {
    const [, partition = '', service = '', region = '', account = '', resource = ''] = arn;
    return { is: 'arn', partition, service, region, account, resource };
  }
  if (/^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(text)) return { is: 'uuid' };
  if (/^(?:(?:[0-9a-f]{2}:){15,}[0-9a-f]{2}|[A-Za-z0-9+/]{43}=)$/i.test(text)) return { is: 'hex-digest' };
  const digest = /^(rsa|ed25519|ecdsa[a-z0-9-]*|dsa):[A-Za-z0-9+/=]{20,}$/.exec(text);
  if (digest) return { is: 'key-digest', type: digest[1] ?? '' };
  const key = /^(ssh-[a-z0-9]+|ecdsa-[a-z0-9-]+|sk-[a-z0-9@.-]+) AAAA[A-Za-z0-9+/=]+/.exec(text);
  if (key) return { is: 'public-key', type: key[1] ?? '' };
  if (/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/.test(text) && /[.:].*[.:]/.test(text)) return { is: 'address' };
  return null;
}

/** The words of resources in ARNs, which are of AWS: "autoScalingGroupName", "instance-profile". */
export const ARN_WORDS: ReadonlySet<string> = new Set(
  `alias assumed-role autoScalingGroup autoScalingGroupName capacity-reservation changeSet dedicated-host federated-user fleet group
  host image instance instance-profile internet-gateway key key-pair launch-template launchConfiguration launchConfigurationName license-configuration
  loadbalancer listener managed-policy mfa nat-gateway network-interface parameter placement-group policy prefix-list resourcegroup role root saml-provider
  security-group security-group-rule service-role aws-service-role snapshot stack stackset subnet targetgroup app net gwy transit-gateway user volume vpc`.split(
    /\s+/,
  ),
);
