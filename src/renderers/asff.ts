import type { Finding, Report } from '../report/model.ts';
import { betweenText, movedText } from '../report/view/drift.ts';
import { webLink } from '../report/view/index.ts';
import { kindWord } from '../report/view/labels.ts';
import { noticesOf } from '../report/view/notices.ts';
import { type Kind, SEVERITIES, type Severity } from '../report/vocabulary.ts';
import { count } from '../text/counts.ts';
import { fitted, visible } from '../text/printable.ts';
import { jsonText } from './json.ts';

/**
 * BatchImportFindings takes so many findings in a call, and fields of these lengths
 * (https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html).
 */
const MOST = {
  findings: 100,
  title: 256,
  description: 1_024,
  recommendation: 512,
  id: 512,
  resources: 32,
  region: 16,
  productField: 2_048,
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
 * The findings in the format of Security Hub, as `aws securityhub batch-import-findings --findings file://…` takes them.
 * Where they are more than one call takes: what is new, worsened or resolved first (archived), then the rest by severity,
 * and what is waived (suppressed and archived) last. What is unchecked is left as Security Hub has it.
 */
export function renderAsff(report: Report): string {
  const worst = (state: Listed['state'], all: readonly Finding[]): Listed[] =>
    SEVERITIES.flatMap((severity) =>
      all.filter((f) => f.severity === severity).map((finding) => ({ finding, state })),
    );
  const isChanged = ({ status }: Finding) => report.phase === 'drift' && status !== 'persisting';
  const all = [
    ...worst('open', report.findings.filter(isChanged)),
    ...worst('resolved', report.resolved),
    ...worst(
      'open',
      report.findings.filter((f) => !isChanged(f)),
    ),
    ...worst('waived', report.waived),
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
    ...(gaps.length > 0 ? [`Not read: ${gaps.map((g) => `${g.side} ${g.kind}`).join(', ')}.`] : []),
    ...(report.unchecked.length > 0
      ? [`${count(report.unchecked.length, 'finding')} of the baseline not checked again.`]
      : []),
    ...(leftOut > 0
      ? [
          `${count(leftOut, 'finding')} left out, the least urgent: one call takes ${MOST.findings}. report.json has all.`,
        ]
      : []),
    ...noticesOf(report),
  ];
  // What an earlier run did not read has a finding in Security Hub, which is over once everything is read.
  const isOver = said.length === 0 && report.baseline !== undefined;
  if (said.length === 0 && !isOver) return [];
  return [
    {
      ...frame('coverage', report, report.startedAt),
      Title: 'EC2 parity: the run does not say everything',
      Description: isOver ? 'This run read everything.' : fitted(visible(said.join(' ')), MOST.description),
      ...weighed('info'),
      Resources: [accountOf(report)],
      RecordState: isOver ? 'ARCHIVED' : 'ACTIVE',
      Workflow: { Status: isOver ? 'RESOLVED' : 'NEW' },
    },
  ];
}

function asff({ finding, state }: Listed, report: Report): object {
  const { severity, rule, kind, subject, message, remedy, fingerprint, firstSeen, moved, status } = finding;
  const waiver = 'waiver' in finding ? (finding as Report['waived'][number]).waiver : null;
  const who = movedText(moved, state === 'resolved' ? 'resolved' : status);
  const changed = who === '' || !moved ? '' : ` ${who}, ${betweenText(moved)}.`;
  const named = visible(report.rules.find((r) => r.id === rule)?.title ?? rule);
  const title = `${named}: ${kindWord(kind)} ${visible(subject.name)}`;
  const [link] = report.rules.find((r) => r.id === rule)?.links.flatMap(webLink) ?? [];
  const recommendation = {
    ...(isSaid(remedy) ? { Text: fitted(visible(remedy), MOST.recommendation) } : {}),
    ...(link && link.href.length <= MOST.recommendation ? { Url: link.href } : {}),
  };
  return {
    ...frame(`${fitted(visible(rule), 200)}/${fitted(visible(fingerprint), 90)}`, report, firstSeen),
    GeneratorId: fitted(`ec2-parity/${visible(rule)}`, MOST.id),
    Title: fitted(title, MOST.title),
    Description: fitted(isSaid(message) ? visible(`${message}${changed}`) : title, MOST.description),
    ...weighed(severity),
    ...(state === 'open' && isMoment(report.finishedAt) ? { LastObservedAt: report.finishedAt } : {}),
    ...(Object.keys(recommendation).length > 0 ? { Remediation: { Recommendation: recommendation } } : {}),
    ProductFields: productFields({
      fingerprint,
      status: state === 'open' ? status : state,
      source: report.source.region,
      target: report.target.region,
      ...(waiver
        ? { waiverReason: waiver.reason, waiverOwner: waiver.owner ?? '', waiverUntil: waiver.until ?? '' }
        : {}),
    }),
    Resources: resourcesOf(finding, report),
    Compliance: { Status: state === 'resolved' ? 'PASSED' : 'FAILED' },
    // Security Hub takes a workflow status for a new finding only: one that it has is put aside, and comes back, by its record.
    RecordState: state === 'open' ? 'ACTIVE' : 'ARCHIVED',
    Workflow: { Status: state === 'waived' ? 'SUPPRESSED' : state === 'resolved' ? 'RESOLVED' : 'NEW' },
  };
}

/**
 * Once a finding exists, Security Hub takes a changed severity from FindingProviderFields only: the field beside it belongs
 * to the person who works with the findings.
 */
function weighed(severity: Severity): object {
  const Severity = { Label: LABELS[severity], Original: severity };
  return { Severity, FindingProviderFields: { Severity, Types: TYPES } };
}

function productFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  const said = Object.entries(fields).filter(([, value]) => isSaid(value));
  return Object.fromEntries(
    said.map(([key, value]) => [`ec2-parity/${key}`, fitted(visible(value), MOST.productField)]),
  );
}

const TYPES = ['Software and Configuration Checks/AWS Security Best Practices/EC2 parity'];

/** @param since When the finding was first seen: the same every night, as its Id. */
function frame(id: string, report: Report, since: string): Record<string, unknown> {
  const { source, target } = report;
  const region = regionOf(target);
  const account = accountId(target);
  const route = [source, target]
    .map((side) => `${visible(side.account ?? '')}/${visible(side.region)}`)
    .join('..');
  const created = [since, report.startedAt].find(isMoment) ?? NO_MOMENT;
  return {
    SchemaVersion: '2018-10-08',
    // What is different about two ids is at their end.
    Id: `ec2-parity/${fitted(route, 200)}/${fitted(id, 300)}`,
    ProductArn: `arn:${partition(region)}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: 'ec2-parity',
    AwsAccountId: account,
    Types: TYPES,
    FirstObservedAt: created,
    CreatedAt: created,
    UpdatedAt: isMoment(report.finishedAt) ? report.finishedAt : created,
  };
}

/** A report that was changed manually may have no times; Security Hub requires one. */
const NO_MOMENT = '1970-01-01T00:00:00Z';

/** A field that is given has to hold more than blanks. */
function isSaid(text: string): boolean {
  return /\S/.test(text);
}

/** The name of a folder of dumps may be any text; an ARN takes a name of this form. */
function regionOf({ region }: Report['target']): string {
  return /^[a-z0-9-]{1,16}$/.test(region) ? region : 'unknown';
}

function accountId({ account }: Report['target']): string {
  return account !== null && /^\d{12}$/.test(account) ? account : '000000000000';
}

function accountOf({ target }: Report): object {
  const region = regionOf(target);
  return {
    Type: 'AwsAccount',
    Id: `AWS::::Account:${accountId(target)}`,
    Partition: partition(region),
    Region: region,
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
  const region = regionOf(side);
  const arn =
    path === null || id.startsWith('arn:')
      ? isSaid(id)
        ? visible(id)
        : type
      : `arn:${partition(region)}:ec2:${region}:${accountId(side)}:${path}/${visible(id)}`;
  return { Type: type, Id: fitted(arn, MOST.id), Partition: partition(region), Region: region };
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
