import type { Unfit } from '../../../report/rules/launches.ts';
import { listed } from '../../../text/lists.ts';
import { always, rule } from '../rule.ts';
import { aboutLaunch, place, SCALING_ERRORS, subject, TROUBLESHOOTING } from './shared.ts';

const OFFERINGS =
  'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html';

export const typeNotOffered = rule({
  id: 'workload/type-not-offered',
  title: 'Instance type not offered',
  short: 'type not offered',
  severity: always('critical'),
  severityNote: 'high where another zone or another type of the same group can still be used',
  compares:
    "The instance types of a launch, those of a group's overrides included, with what the target region and the zones of its subnets offer.",
  why: 'EC2 refuses the launch: "Unsupported: Your requested instance type is not supported in your requested Availability Zone".',
  remedy: 'Choose an instance type that the target offers, or subnets in zones that offer it.',
  links: [OFFERINGS, TROUBLESHOOTING],
  *find(pair, context) {
    yield* aboutLaunch('workload/type-not-offered', pair, context);
  },
  message: (facts, { name, onTarget, target }) => {
    const { type, byAttributes, zones, lacking, offeredIn } = facts;
    const where = zones.length === 0 || lacking.length === 0 ? target : listed(lacking);
    const others = offeredIn.length > 0 ? ` It is offered in ${listed(offeredIn)}.` : '';
    if (byAttributes)
      return `${subject(facts, { name, onTarget, target })} launches an instance type with ${type}${place(facts)}; ${where} ${zones.length > 1 && lacking.length > 1 ? 'offer' : 'offers'} none that fits it and its image.${others}`;
    return `${subject(facts, { name, onTarget, target })} launches ${type}${place(facts)}, which ${where} ${zones.length > 1 && lacking.length > 1 ? 'do' : 'does'} not offer.${others}`;
  },
});

const MISFIT: Readonly<Record<Unfit, (image: string, type: readonly string[]) => string>> = {
  architecture: (image, type) => `the image is for ${image} and the type for ${listed(type)}`,
  virtualization: (image, type) => `the image is ${image} and the type takes ${listed(type)}`,
  'root-device': (image, type) => `the root device is ${image} and the type takes ${listed(type)}`,
  'boot-mode': (image, type) => `the image boots in ${image} and the type in ${listed(type)}`,
  ena: () => 'the type requires ENA, which the image is not enabled for',
  tpm: (image) => `the image requires NitroTPM ${image}, which the type does not support`,
};

export const typeUnfitForImage = rule({
  id: 'workload/type-unfit-for-image',
  title: 'Instance type and image do not go together',
  short: 'type unfit for image',
  severity: always('critical'),
  compares:
    'Architecture, virtualization, root device, boot mode, ENA and NitroTPM of the image that would start on the target with what the instance type takes.',
  why: "EC2 refuses the launch: \"The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI.\"",
  remedy: 'Choose an instance type of the architecture of the image, or an image for that type.',
  links: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html', TROUBLESHOOTING],
  *find(pair, context) {
    yield* aboutLaunch('workload/type-unfit-for-image', pair, context);
  },
  message: (facts, { name, onTarget, target }) =>
    `${subject(facts, { name, onTarget, target })} launches ${facts.type} with image ${facts.image}${place(facts)}: ${MISFIT[facts.because](facts.imageHas, facts.typeHas)}.`,
});

export const overQuota = rule({
  id: 'workload/over-quota',
  title: 'More vCPUs than the quota admits',
  short: 'over vCPU quota',
  severity: always('high'),
  severityNote: 'medium where only the maximum capacity does not fit',
  compares:
    "The vCPUs of the desired capacity, of a standby group that of the source, with the target's vCPU quota of the instance family, On-Demand and Spot Instances apart: of each workload, and of all of them together with what the target runs already.",
  why: 'EC2 refuses instances beyond the quota: "VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit allows", of Spot Instances "MaxSpotInstanceCountExceeded: Max spot instance count exceeded". Quotas are per account and region; a new one begins with 5.',
  remedy: 'Ask Service Quotas for a higher value in the target region before the move.',
  links: ['https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html', SCALING_ERRORS],
  *find(pair, context) {
    yield* aboutLaunch('workload/over-quota', pair, context);
  },
  message: (facts, { name, target }) => {
    const quota = `the quota of ${target} is ${facts.value} (${facts.quota}, ${facts.quotaName})`;
    if (facts.for !== 'together')
      return `"${name}" wants ${facts.instances} × ${facts.type}${facts.for === 'maximum' ? ' at its maximum' : ''}, ${facts.vCpus} vCPUs; ${quota}.`;
    const { with: others = [], running = 0 } = facts;
    const who =
      others.length === 0
        ? `"${name}" wants`
        : `"${name}" wants, together with ${listed(others.map((other) => `"${other}"`))},`;
    const more = running === 0 ? '' : `, and other instances there take ${running}`;
    return `${who} at least ${facts.vCpus} vCPUs in ${target}${more}; ${quota}. The instances that start last are refused.`;
  },
  remedyFor: (facts, { target }) =>
    `Ask Service Quotas in ${target} for at least ${facts.vCpus + (facts.running ?? 0)} vCPUs of ${facts.quota}.`,
});
