import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Launch } from '../../../src/inventory/launch.ts';
import type { LaunchTemplate } from '../../../src/inventory/launch-template.ts';
import type { ReasonOf, ReasonType } from '../../../src/plan/reasons/reason.ts';
import { type Case, type Checks, makes, ofRule, templatesOf } from './case.ts';

const SSM = 'resolve:ssm:';
const referenceOf = ({ finding }: Case) => (finding.facts as { reference?: string }).reference ?? '';
const launchesOf = (template: LaunchTemplate | undefined): Launch[] =>
  (template?.versions ?? []).map((v) => v.launch);

/** Whether the target has an image that was copied from this one and can be launched, or the plan makes one. */
function hasCopy(imageId: string | null | undefined, of: Case): boolean {
  const image = itemsOf(of.source.images).find((i) => i.id === imageId);
  const pair = of.report.pairs.find((p) => p.kind === 'image' && p.source?.id === imageId);
  const copy = itemsOf(of.target.images).find((i) => i.id === pair?.target?.id);
  return copy ? copy.state === 'available' : makes(of, 'copy-image', image?.name ?? '');
}

function namedGroups(of: Case): string[] {
  return launchesOf(templatesOf(of).source).flatMap((l) => l.interfaces.flat().flatMap(({ id }) => id ?? []));
}

const groupName = (id: string, of: Case) => itemsOf(of.source.securityGroups).find((g) => g.id === id)?.name;

/** What the sentence names is in the template of the source, and why nothing takes its place. */
function isNamed({ what, why }: ReasonOf<'template-names'>, of: Case): boolean {
  const launches = launchesOf(templatesOf(of).source);
  const said = JSON.stringify(launches);
  // "subnet subnet-1", "key pair \"a b\"", "image ami-1 (\"golden\")".
  const text =
    /"([^"]*)"$/.exec(what)?.[1] ??
    what
      .replace(/ \(.*$/, '')
      .split(' ')
      .at(-1) ??
    '';
  if (!said.includes(text)) return false;
  switch (why.is) {
    case 'image-without-counterpart':
      return launches.some((l) => l.imageId !== null && what.includes(l.imageId) && !hasCopy(l.imageId, of));
    case 'image-content':
      return of.report.findings.some((f) => f.kind === 'image' && f.message === why.message);
    case 'key-not-imported':
      return !itemsOf(of.target.keyPairs).some((k) => k.name === text) && !makes(of, 'import-key-pair', text);
    case 'keys-unread':
      return of.target.keyPairs.status !== 'complete';
    case 'group-not-found':
      return !itemsOf(of.source.securityGroups).some((g) => g.id === text);
    case 'group-not-created':
      return (
        !makes(of, 'create-security-group', why.name) &&
        !itemsOf(of.target.securityGroups).some((g) => g.name === why.name)
      );
    case 'group-unknown':
    case 'group-not-in-default-vpc':
      return itemsOf(of.source.securityGroups).some((g) => g.name === why.name);
    case 'bound':
    case 'private-address':
      return true;
    case 'subnet-unread':
      return itemsOf(of.source.launchFacts.subnets).every((s) => s.id !== text);
    case 'subnets-unread':
      return of.target.launchFacts.subnets.status !== 'complete';
    case 'subnet-vpc':
    case 'subnet-unnamed':
    case 'subnet-missing':
    case 'subnets-alike':
    case 'subnet-addresses':
      return itemsOf(of.source.launchFacts.subnets).some((s) => s.id === text);
    case 'snapshot':
    case 'kms-key':
    case 'profile-of-other-account':
      return true;
  }
}

export const LAUNCH_CHECKS = {
  'workload-not-created': (_, of) =>
    of.finding.rule === 'workload/missing' &&
    of.finding.kind !== 'launch-template' &&
    of.finding.subject.targetId === null,
  'ambiguous-workload': ofRule('workload/ambiguous'),
  'deployed-elsewhere': (_, of) =>
    of.finding.kind !== 'launch-template' || JSON.stringify(of.finding.facts).includes('hook'),
  dangling: (_, of) => of.finding.rule === 'reference/dangling',
  'written-in-template': ofRule(
    'reference/hard-coded-image',
    'reference/hard-coded-group',
    'reference/no-region-mapping',
    'reference/of-another-region',
  ),
  'reference-of-other-account': ofRule('reference/of-another-account'),
  'type-not-offered': ofRule('workload/type-not-offered'),
  'type-unfit': ofRule('workload/type-unfit-for-image'),
  'image-does-not-fit': ofRule('reference/unsuitable-image'),
  'no-network': ofRule('workload/no-subnet'),
  'no-profile': ofRule('workload/missing-profile'),
  'no-kms-key': ofRule('workload/missing-kms-key'),
  'no-placement': ofRule('workload/missing-placement'),
  'volume-size': ofRule('workload/volume-too-small'),
  'launch-data': ofRule('workload/refused'),
  routing: ofRule('workload/unreachable'),
  'user-data': ofRule('workload/user-data-names-source'),
  'launch-configuration-retired': ofRule('workload/launch-configuration-retired'),
  'launch-failed': ofRule('workload/launch-failed'),
  'parameter-not-of-image': (_, of) => (of.finding.facts as { holds?: string }).holds !== 'image',
  'parameter-of-other-account': (_, of) => referenceOf(of).startsWith('arn:'),
  'parameter-of-aws': (_, of) => referenceOf(of).startsWith('/aws/'),
  'parameter-version': (_, of) => /^[^:]+:[^:/]+$/.test(referenceOf(of)),
  'parameter-image-without-counterpart': (_, of) => {
    const value = itemsOf(of.source.parameters).find((p) => p.name === referenceOf(of))?.value;
    return value == null || !hasCopy(value, of);
  },
  'template-name-taken': ({ name }, of) => itemsOf(of.target.launchTemplates).some((t) => t.name === name),
  'versions-unread': (_, of) => {
    const { source, target } = templatesOf(of);
    return source?.versions === null || target?.versions === null;
  },
  'launch-would-fail': ({ message }, of) =>
    of.report.findings.some(
      (f) => f.message === message && f.subject.sourceId === of.finding.subject.sourceId,
    ),
  'two-versions': (_, of) => {
    const { source } = templatesOf(of);
    const [first, last] = [source?.defaultVersion, source?.latestVersion].map((n) =>
      JSON.stringify(source?.versions?.find((v) => v.number === n)?.launch),
    );
    return first !== last;
  },
  'template-cannot-remove': ({ part }, of) => {
    const { source } = templatesOf(of);
    const launch = source?.versions?.find((v) => v.number === source.defaultVersion)?.launch;
    return launch !== undefined && (part === 'image' ? launch.imageId : launch.keyName) === null;
  },
  'image-from-parameter': ({ parameter }, of) =>
    launchesOf(templatesOf(of).source).some((l) => l.imageId === parameter && parameter.startsWith(SSM)),
  'template-image-without-counterpart': (_, of) =>
    launchesOf(templatesOf(of).source).some((l) => l.imageId !== null && !hasCopy(l.imageId, of)),
  'template-group-without-counterpart': (_, of) =>
    namedGroups(of).some((id) => {
      const name = groupName(id, of) ?? '';
      const pair = of.report.pairs.find((p) => p.kind === 'security-group' && p.source?.id === id);
      return !pair?.target && !makes(of, 'create-security-group', name);
    }),
  'groups-in-interfaces': (_, of) =>
    [templatesOf(of).source, templatesOf(of).target].some((t) =>
      launchesOf(t).some(
        (l) => l.details === null || l.details.interfaces.length > 0 || l.interfaces.length !== 1,
      ),
    ),
  'template-details-unread': (_, of) => launchesOf(templatesOf(of).source).some((l) => l.details === null),
  'template-sets': ({ what }, of) =>
    launchesOf(templatesOf(of).source).some((l) => l.details?.otherBound?.includes(what) === true),
  'template-names': isNamed,
} as const satisfies Partial<Checks<ReasonType>>;
