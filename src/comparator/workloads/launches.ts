import type { AutoScalingGroup } from '../../inventory/auto-scaling-group.ts';
import type { Instance } from '../../inventory/instance.ts';
import type { Launch, TemplateChoice } from '../../inventory/launch.ts';
import type { LaunchConfiguration } from '../../inventory/launch-configuration.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import type { IssueOf, Reference } from './reference.ts';
import type { SideIndex } from './side-index.ts';

export type Launcher = Instance | LaunchTemplate | LaunchConfiguration | AutoScalingGroup;

/** One launch that a workload can make. */
export interface LaunchSpec {
  /** How the workload refers to it: "launch template web v7"; null where it is the workload's own. */
  readonly step: string | null;
  /** Which of several launches it is, alike in every region: "$Default", "$Latest"; null where there is but one. */
  readonly role: string | null;
  /** What the references are written in: the template of a group, the workload itself otherwise. */
  readonly owner: Launcher;
  readonly key: Reference | null;
  readonly image: Reference | null;
  /** The groups of each network interface. Empty: the default group of the VPC, which every VPC has. */
  readonly interfaces: readonly (readonly Reference[])[];
  readonly windows: boolean;
  /** What else the launch names; null in a snapshot of a version that did not read it. */
  readonly details: LaunchDetails | null;
}

/** A reference that keeps a workload from launching anything at all: to its template or configuration. */
export interface LaunchIssue {
  readonly steps: readonly string[];
  readonly issue: IssueOf<'dangling' | 'unread'>;
}

export interface LaunchSpecs {
  readonly launchSpecs: readonly LaunchSpec[];
  readonly issues: readonly LaunchIssue[];
}

export function references({
  key,
  image,
  interfaces,
}: Pick<LaunchSpec, 'key' | 'image' | 'interfaces'>): Reference[] {
  const groups = new Map(interfaces.flat().map((g) => [g.text, g]));
  return [...(key ? [key] : []), ...groups.values(), ...(image ? [image] : [])];
}

function launchSpecOf(
  index: SideIndex,
  launch: Launch,
  more: Pick<LaunchSpec, 'step' | 'role' | 'owner'> & { platform?: string | null },
): LaunchSpec {
  const { platform = null, ...rest } = more;
  const image = launch.imageId === null ? null : index.image(launch.imageId);
  return {
    ...rest,
    key: launch.keyName === null ? null : index.key(launch.keyName),
    image,
    interfaces: launch.interfaces.map((groups) => groups.map(index.group)),
    details: launch.details,
    windows: platform === 'windows' || (image !== null && isWindows(image)),
  };
}

/** What EC2 says of the image: "windows" where its platform is given, and its details name the licence, "Windows with SQL Server". */
function isWindows({ found }: Reference): boolean {
  if (found.is !== 'image' && found.is !== 'other-image') return false;
  const details = found.is === 'image' ? found.item : found.item.details;
  return found.item.platform === 'windows' || /^windows\b/i.test(details?.platformDetails ?? '');
}

export function instanceLaunchSpecs(instance: Instance, index: SideIndex): LaunchSpecs {
  const { launch, platform } = instance;
  const more = { step: null, role: null, owner: instance, platform };
  return { launchSpecs: [launchSpecOf(index, launch, more)], issues: [] };
}

export function configurationLaunchSpecs(configuration: LaunchConfiguration, index: SideIndex): LaunchSpecs {
  const more = { step: null, role: null, owner: configuration };
  return { launchSpecs: [launchSpecOf(index, configuration.launch, more)], issues: [] };
}

/** Every version in use. One that is the default and the latest at once plays both parts. */
export function templateLaunchSpecs(template: LaunchTemplate, index: SideIndex): LaunchSpecs {
  const { versions, defaultVersion, latestVersion } = template;
  const unread = (text: string): LaunchIssue => ({
    steps: [text],
    issue: { is: 'unread', text, gap: null },
  });
  if (versions === null) return { launchSpecs: [], issues: [unread('its versions could not be read')] };
  const launchSpecs = versions.flatMap(({ number, launch }) => {
    const roles = [
      ...(number === defaultVersion ? ['$Default'] : []),
      ...(number === latestVersion ? ['$Latest'] : []),
    ];
    const step = `v${number}${roles.length > 0 ? ` (${roles.join(', ')})` : ''}`;
    const more = { step, owner: template };
    return (roles.length > 0 ? roles : [null]).map((role) => launchSpecOf(index, launch, { ...more, role }));
  });
  const lacking = [defaultVersion, latestVersion].filter((n) => !versions.some((v) => v.number === n));
  return {
    launchSpecs,
    issues: [...new Set(lacking)].map((n) => unread(`version ${n}, which is in use, could not be read`)),
  };
}

/** What its template or configuration specifies, with the images that its overrides put in place of the template's. */
export function groupLaunchSpecs(group: AutoScalingGroup, index: SideIndex): LaunchSpecs {
  const found: { launchSpecs: LaunchSpec[]; issues: LaunchIssue[] } = { launchSpecs: [], issues: [] };
  const lost = (
    to: 'launch-template' | 'launch-configuration',
    text: string,
    is: LaunchIssue['issue']['is'],
    why: string,
  ) =>
    found.issues.push({
      steps: [`${to.replace('-', ' ')} ${text}`, why],
      issue: is === 'dangling' ? { is, to, text } : { is, text, gap: null },
    });
  if (group.launchConfiguration !== null) {
    const name = group.launchConfiguration;
    const configuration = index.launchConfiguration(name);
    const step = `launch configuration ${name}`;
    if (configuration) {
      const more = { step, role: null, owner: configuration };
      found.launchSpecs.push(launchSpecOf(index, configuration.launch, more));
    } else if (index.snapshot.launchConfigurations.status === 'complete')
      lost('launch-configuration', name, 'dangling', `does not exist in ${index.place}`);
    else lost('launch-configuration', name, 'unread', 'could not be read');
  }
  for (const { template: choice, imageId } of group.launches) {
    const template = index.launchTemplate(choice);
    const text = template?.name ?? choice.name ?? choice.id ?? '';
    if (!template) {
      const read = index.snapshot.launchTemplates.status === 'complete';
      const why = read ? `does not exist in ${index.place}` : 'could not be read';
      lost('launch-template', text, read ? 'dangling' : 'unread', why);
      continue;
    }
    const number = versionOf(choice, template);
    const version = template.versions?.find((v) => v.number === number);
    if (!version) {
      const why = template.versions === null ? 'its versions could not be read' : `has no version ${number}`;
      lost('launch-template', `${text} v${number}`, template.versions === null ? 'unread' : 'dangling', why);
      continue;
    }
    const launch = imageId === null ? version.launch : { ...version.launch, imageId };
    const step = `launch template ${template.name} v${number}${imageId === null ? '' : ', image overridden'}`;
    const owner = imageId === null ? template : group;
    const role = /^\d+$/.test(choice.version) ? null : choice.version;
    found.launchSpecs.push(launchSpecOf(index, launch, { step, role, owner }));
  }
  return found;
}

export function versionOf({ version }: TemplateChoice, template: LaunchTemplate): number {
  if (version === '$Default') return template.defaultVersion;
  return version === '$Latest' ? template.latestVersion : Number(version);
}
