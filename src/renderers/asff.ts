import type { Finding, Report } from '../report/model.ts';
import { betweenText, movedText } from '../report/view/drift.ts';
import { webLink } from '../report/view/index.ts';
import { kindWord } from '../report/view/labels.ts';
import { type Kind, SEVERITIES, type Severity } from '../report/vocabulary.ts';
import { count } from '../text/counts.ts';
import { clip, visible } from '../text/printable.ts';
import { jsonText } from './json.ts';

/** BatchImportFindings takes so many findings in a call, and fields of these lengths. */
const MOST = {
  findings: 100,
  title: 256,
  description: 1_024,
  recommendation: 512,
  id: 512,
  resources: 32,
} as const;

const LABELS = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
} as const satisfies Record<Severity, string>;

/** The resource types of Security Hub, and the part of the ARN of each that follows the account. */
const RESOURCES = {
  'key-pair': ['AwsEc2KeyPair', 'key-pair'],
  'prefix-list': ['Other', 'prefix-list'],
  'security-group': ['AwsEc2SecurityGroup', 'security-group'],
  image: ['Other', 'image'],
  instance: ['AwsEc2Instance', 'instance'],
  'launch-template': ['AwsEc2LaunchTemplate', 'launch-template'],
  'launch-configuration': ['AwsAutoScalingLaunchConfiguration', null],
  'auto-scaling-group': ['AwsAutoScalingAutoScalingGroup', null],
  stack: ['AwsCloudFormationStack', null],
} as const satisfies Record<Kind, readonly [type: string, path: string | null]>;

interface Listed {
  readonly finding: Finding;
  readonly state: 'open' | 'waived' | 'resolved';
}

/**
 * The findings in the format of Security Hub, as `aws securityhub batch-import-findings --findings file://…` takes them:
 * what is open worst first, then what is waived (suppressed) and what is resolved (archived).
 */
export function renderAsff(report: Report): string {
  const worst = <F extends Finding>(all: readonly F[]) =>
    SEVERITIES.flatMap((severity) => all.filter((f) => f.severity === severity));
  const all: Listed[] = [
    ...worst(report.findings).map((finding) => ({ finding, state: 'open' as const })),
    ...worst(report.resolved).map((finding) => ({ finding, state: 'resolved' as const })),
    ...worst(report.waived).map((finding) => ({ finding, state: 'waived' as const })),
  ];
  const fits = all.length <= MOST.findings - notesOf(report, 0).length;
  const extra = notesOf(report, fits ? 0 : all.length - (MOST.findings - 1));
  const kept = all.slice(0, MOST.findings - extra.length);
  return jsonText([...kept.map((one) => asff(one, report)), ...extra]);
}

/** What a reader of the console has to know of the whole run, as one separate finding. */
function notesOf(report: Report, leftOut: number): object[] {
  const gaps = report.gaps.filter((g) => g.blocking);
  const said = [
    ...report.warnings,
    ...(gaps.length > 0 ? [`Not read: ${gaps.map((g) => `${g.side} ${g.kind}`).join(', ')}.`] : []),
    ...(report.unchecked.length > 0
      ? [`${count(report.unchecked.length, 'finding')} of the baseline not checked again.`]
      : []),
    ...(leftOut > 0
      ? [
          `${count(leftOut, 'finding')} left out, the least severe: one call takes ${MOST.findings}. report.json has all.`,
        ]
      : []),
  ];
  if (said.length === 0) return [];
  return [
    {
      ...frame('coverage', report),
      Title: 'EC2 parity: the run does not say everything',
      Description: clip(visible(said.join(' ')), MOST.description),
      Severity: { Label: LABELS.info },
      FirstObservedAt: report.startedAt,
      Resources: [accountOf(report)],
      RecordState: 'ACTIVE',
      Workflow: { Status: 'NEW' },
    },
  ];
}

function asff({ finding, state }: Listed, report: Report): object {
  const { severity, rule, kind, subject, message, remedy, fingerprint, firstSeen, moved, status } = finding;
  const who = movedText(moved, state === 'resolved' ? 'resolved' : status);
  const changed = who === '' || !moved ? '' : ` ${who}, ${betweenText(moved)}.`;
  const title = report.rules.find((r) => r.id === rule)?.title ?? rule;
  const [link] = report.rules.find((r) => r.id === rule)?.links.flatMap(webLink) ?? [];
  return {
    ...frame(`${rule}/${fingerprint}`, report),
    GeneratorId: clip(`ec2-parity/${visible(rule)}`, MOST.id),
    Title: clip(`${visible(title)}: ${kindWord(kind)} ${visible(subject.name)}`, MOST.title),
    Description: clip(visible(`${message}${changed}`), MOST.description),
    Severity: { Label: LABELS[severity] },
    ...(isMoment(firstSeen) ? { FirstObservedAt: firstSeen } : {}),
    Remediation: {
      Recommendation: {
        ...(remedy === '' ? {} : { Text: clip(visible(remedy), MOST.recommendation) }),
        ...(link ? { Url: link.href } : {}),
      },
    },
    ProductFields: {
      'ec2-parity/fingerprint': visible(fingerprint),
      'ec2-parity/status': state === 'open' ? status : state,
      'ec2-parity/source': visible(report.source.region),
      'ec2-parity/target': visible(report.target.region),
    },
    Resources: resourcesOf(finding, report),
    Compliance: { Status: state === 'resolved' ? 'PASSED' : 'FAILED' },
    RecordState: state === 'resolved' ? 'ARCHIVED' : 'ACTIVE',
    Workflow: { Status: state === 'waived' ? 'SUPPRESSED' : state === 'resolved' ? 'RESOLVED' : 'NEW' },
  };
}

function frame(id: string, report: Report): Record<string, unknown> {
  const { region } = report.target;
  const account = accountId(report.target);
  const route = `${visible(report.source.region)}..${visible(region)}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: clip(`ec2-parity/${route}/${visible(id)}`, MOST.id),
    ProductArn: `arn:${partition(region)}:securityhub:${visible(region)}:${account}:product/${account}/default`,
    GeneratorId: 'ec2-parity',
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/AWS Security Best Practices/EC2 parity'],
    CreatedAt: report.startedAt,
    UpdatedAt: report.finishedAt,
  };
}

function accountId({ account }: Report['target']): string {
  return account !== null && /^\d{12}$/.test(account) ? account : '000000000000';
}

function accountOf({ target }: Report): object {
  const { region } = target;
  return {
    Type: 'AwsAccount',
    Id: `AWS::::Account:${accountId(target)}`,
    Partition: partition(region),
    Region: visible(region),
  };
}

function resourcesOf({ kind, subject, usedBy }: Finding, report: Report): object[] {
  const ends = [
    ['target', subject.targetId],
    ['source', subject.sourceId],
  ] as const;
  const own = ends.flatMap(([side, id]) => (id === null ? [] : [resource(kind, id, report[side])]));
  const users = usedBy
    .filter((u): u is typeof u & { kind: Kind } => Object.hasOwn(RESOURCES, u.kind))
    .map((u) => resource(u.kind, u.id, report[u.side]));
  const all = [...own, ...users];
  return all.length === 0 ? [accountOf(report)] : all.slice(0, MOST.resources);
}

function resource(kind: Kind, id: string, side: Report['target']): object {
  const [type, path] = RESOURCES[kind];
  const region = visible(side.region);
  const arn =
    path === null || id.startsWith('arn:')
      ? visible(id)
      : `arn:${partition(side.region)}:ec2:${region}:${accountId(side)}:${path}/${visible(id)}`;
  return { Type: type, Id: clip(arn, MOST.id), Partition: partition(side.region), Region: region };
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(text);
}
