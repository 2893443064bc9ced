import type { Cause, Chain, Workload } from '../../src/report/model.ts';
import { HOSTILE } from './hostile.ts';
import { SAMPLE_FINDINGS, SAMPLE_IMPORT } from './sample-findings.ts';

/** The fingerprint of the sample finding of this rule and name. */
function found(rule: string, name: string): string {
  const finding = SAMPLE_FINDINGS.find((f) => f.rule === rule && f.subject.name === name);
  if (!finding) throw new Error(`The sample has no ${rule} of ${name}.`);
  return finding.fingerprint;
}

const NO_KEY = found('key-pair/missing', 'web-admin');
const OTHER_KEY = found('key-pair/different-key', 'deploy');
const NO_COPY = found('image/missing-copy', 'web-golden-2026-11-18');
const NO_GROUP = found('security-group/missing', 'terraform-20200621030212345600000001');
const OPEN_GROUP = found('security-group/allows-more', 'web');
const LESS_GROUP = found('security-group/allows-less', 'db');
const OTHER_IMAGE = found('image/attributes-differ', 'worker-7.2.0');
const UNPROVEN_KEY = found('key-pair/undetermined', 'legacy');

const chain = (verdict: Chain['verdict'], findings: string[], ...steps: string[]): Chain => ({
  verdict,
  steps,
  findings,
});

function workload(
  kind: Workload['kind'],
  name: string,
  id: string,
  verdict: Workload['verdict'],
  chains: Chain[] = [],
  side: Workload['side'] = 'source',
): Workload {
  return { kind, name, id, verdict, because: chains.flatMap((c) => c.findings), side, chains };
}

const viaTemplate = 'launch template web, version 7';

/** Every verdict, most kinds, chains short and long, one by somebody who means harm; out of order. */
export const SAMPLE_WORKLOADS: Workload[] = [
  workload('instance', 'bastion-1', 'i-0ba5710000000001', 'launchable'),
  workload('instance', 'i-0c0ffee000000002', 'i-0c0ffee000000002', 'launchable'),
  workload('auto-scaling-group', 'web', 'web', 'blocked', [
    chain('blocked', [NO_KEY], viaTemplate, 'key pair web-admin', 'does not exist in eu-west-1'),
    chain('blocked', [NO_COPY], viaTemplate, 'image web-golden-2026-11-18', 'has no copy in eu-west-1'),
    chain(
      'degraded',
      [OPEN_GROUP],
      viaTemplate,
      'security group web of VPC prod',
      'admits ssh from the whole internet over there',
    ),
  ]),
  workload('launch-template', 'web', 'lt-0a9f000000000001', 'blocked', [
    chain('blocked', [NO_KEY], 'version 7 ($Default)', 'key pair web-admin', 'does not exist in eu-west-1'),
    chain(
      'blocked',
      [NO_COPY],
      'version 7 ($Default)',
      'image web-golden-2026-11-18',
      'has no copy in eu-west-1',
    ),
  ]),
  workload('stack', 'shop-prod', 'shop-prod.yaml', 'blocked', [
    chain(
      'blocked',
      [NO_GROUP],
      'resource WebServer',
      'property SecurityGroupIds',
      'security group terraform-20200621030212345600000001',
      'does not exist in VPC prod of eu-west-1',
    ),
  ]),
  workload('launch-configuration', 'worker-2019', 'worker-2019', 'unknown', [
    chain('unknown', [UNPROVEN_KEY], 'key pair legacy', 'identity not proven'),
    chain(
      'unknown',
      [],
      'image worker-7.1.0',
      'launch permissions were not read (ec2:DescribeImageAttribute refused)',
    ),
  ]),
  workload('instance', 'jenkins', 'i-0123000000000001', 'degraded', [
    chain('degraded', [OTHER_KEY], 'key pair deploy', 'is another key in eu-west-1'),
    chain(
      'degraded',
      [LESS_GROUP],
      'security group db of VPC prod',
      'refuses ingress that us-east-1 admits there',
    ),
  ]),
  workload('launch-template', `db ${HOSTILE.image}`, 'lt-0db0000000000001', 'degraded', [
    chain('degraded', [OTHER_IMAGE], `version 3 ${HOSTILE.table}`, 'image worker-7.2.0', HOSTILE.style),
  ]),
];

const touched = (w: Workload) => ({ kind: w.kind, name: w.name, id: w.id, verdict: w.verdict });
const held = (...fingerprints: string[]) =>
  SAMPLE_WORKLOADS.filter((w) => w.because.some((f) => fingerprints.includes(f))).map(touched);

export const SAMPLE_CAUSES: Cause[] = [
  {
    id: 'cause-key-web-admin',
    title: 'Key pair web-admin does not exist in eu-west-1',
    remedy: 'Import its public key, which is in the snapshot of us-east-1.',
    commands: [SAMPLE_IMPORT],
    findings: [NO_KEY],
    workloads: held(NO_KEY),
  },
  {
    id: 'cause-images',
    title: 'Nothing has copied images of web-golden to eu-west-1 since 2026-10-02',
    remedy: 'Copy web-golden-2026-11-18, and let the pipeline that builds the family copy what it builds.',
    findings: [NO_COPY, OTHER_IMAGE, found('image/tags-differ', 'web-golden-2026-10-02')],
    workloads: held(NO_COPY, OTHER_IMAGE),
  },
  {
    id: 'cause-vpc-prod',
    title: 'Security groups of VPC prod were not carried over',
    remedy: 'Create terraform-20200621030212345600000001 in VPC prod of eu-west-1 first; db refers to it.',
    findings: [NO_GROUP, LESS_GROUP],
    workloads: held(NO_GROUP, LESS_GROUP),
  },
];
