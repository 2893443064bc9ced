import type { Command } from '../../src/report/command.ts';
import type { Finding } from '../../src/report/model.ts';
import { asRead } from './loose-finding.ts';

const SEEN = { status: 'persisting', firstSeen: '2026-11-15T06:00:00.000Z' } as const;
const NEW = { status: 'new', firstSeen: '2026-11-22T09:13:09.902Z' } as const;

/** Longer than any terminal is wide, with quotes and a backtick. */
export const SAMPLE_IMPORT: Command = {
  shell:
    "printf %s 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHoFxyl6n2D9FVbaEy7auiKqrrEN9q' | aws ec2 import-key-pair --region eu-west-1 --key-name web-admin --public-key-material fileb:///dev/stdin",
  side: 'target',
  does: 'Import the public key in eu-west-1',
};

/** Findings as the comparator says them, worst first as a report holds them. */
const SAMPLES: readonly Parameters<typeof asRead>[0][] = [
  {
    fingerprint: 'b1946ac92492d2347c6235b4d2611184',
    rule: 'key-pair/missing',
    severity: 'critical',
    kind: 'key-pair',
    subject: { name: 'web-admin', scope: null, sourceId: 'key-0a1b2c3d4e5f60718', targetId: null },
    facts: { key: 'ed25519:kMUn6L3eJhMeSBg4cGgfBN6pTGDBHDZoMGZfIyTSvXU', type: 'ed25519' },
    message: 'Key pair web-admin does not exist in eu-west-1, and no key pair there holds its key.',
    remedy: 'Import the public key of web-admin into eu-west-1 under the same name.',
    commands: [SAMPLE_IMPORT],
    usedBy: [
      { kind: 'auto-scaling-group', name: 'web', id: 'web', side: 'source' },
      { kind: 'launch-template', name: 'web', id: 'lt-0a9f', side: 'source' },
    ],
    ...SEEN,
  },
  {
    fingerprint: '591785b794601e212b260e25925636fd',
    rule: 'key-pair/different-key',
    severity: 'critical',
    kind: 'key-pair',
    subject: { name: 'deploy', scope: null, sourceId: 'key-0d1', targetId: 'key-0d2' },
    facts: {
      source: 'rsa:Xr0yJ5hY0b0x8m0a1mUj7oT1w1i2kq6lQ0v0cFqT9aE',
      target: 'ed25519:0n2m8Gq5lQX0q9o6b4bJ7jU0YVb1B3p0m1r4x7sYw2c',
      provenBy: 'public keys',
      rows: {
        source: ['type: rsa', 'public key: SHA256:Xr0yJ5hY0b0x8m0a1mUj7oT1w1i2kq6lQ0v0cFqT9aE'],
        target: ['type: ed25519', 'public key: SHA256:0n2m8Gq5lQX0q9o6b4bJ7jU0YVb1B3p0m1r4x7sYw2c'],
      },
    },
    message: 'Both regions know a key pair deploy, but they are two different keys.',
    remedy: 'Delete deploy in eu-west-1 and import the public key of us-east-1 under that name.',
    usedBy: [{ kind: 'instance', name: 'jenkins', id: 'i-0123', side: 'source' }],
    ...NEW,
  },
  {
    fingerprint: '88e2d8cd1e92fd5544c8621508cd706b',
    rule: 'security-group/allows-more',
    severity: 'critical',
    kind: 'security-group',
    subject: { name: 'web', scope: 'prod', sourceId: 'sg-0a11ce0000000001', targetId: 'sg-0b0b000000000001' },
    facts: {
      direction: 'ingress',
      traffic: [
        { protocol: 'tcp', ports: '22', peers: ['0.0.0.0/0'], except: ['10.0.0.0/8'] },
        { protocol: 'tcp', ports: '8000-8100', peers: ['0.0.0.0/0', '::/0'] },
      ],
      witness: { protocol: 'tcp', port: 22, peer: '0.0.0.1' },
      rows: {
        source: [
          'ingress tcp 22 from 10.0.0.0/8',
          'ingress tcp 443 from 0.0.0.0/0',
          'ingress tcp 443 from ::/0',
          'egress all to 0.0.0.0/0',
        ],
        target: [
          'ingress tcp 22 from 0.0.0.0/0',
          'ingress tcp 443 from 0.0.0.0/0',
          'ingress tcp 443 from ::/0',
          'ingress tcp 8000-8100 from 0.0.0.0/0',
          'ingress tcp 8000-8100 from ::/0',
          'egress all to 0.0.0.0/0',
        ],
      },
    },
    message:
      'Group web in eu-west-1 admits ingress that us-east-1 refuses, and opens it to the whole internet.',
    remedy: 'Revoke tcp 22 from 0.0.0.0/0 and tcp 8000-8100 from 0.0.0.0/0 and ::/0 on sg-0b0b000000000001.',
    usedBy: [{ kind: 'auto-scaling-group', name: 'web', id: 'web', side: 'target' }],
    ...NEW,
  },
  {
    fingerprint: 'ad0234829205b9033196ba818f7a872b',
    rule: 'image/missing-copy',
    severity: 'critical',
    kind: 'image',
    subject: {
      name: 'web-golden-2026-11-18',
      scope: null,
      sourceId: 'ami-0c0ffee0000000001',
      targetId: null,
    },
    facts: { family: 'web-golden', versionsBehind: 2, newestCopy: 'web-golden-2026-10-02', daysBehind: 47 },
    message:
      'No copy of web-golden-2026-11-18 stands in eu-west-1; the newest copy of the family is 2 versions and 47 days behind.',
    remedy:
      'Copy ami-0c0ffee0000000001 to eu-west-1 with --copy-image-tags, and share it with the accounts that launch it.',
    usedBy: [{ kind: 'launch-template', name: 'web', id: 'lt-0a9f', side: 'source' }],
    ...SEEN,
  },
  {
    fingerprint: '8ad8757baa8564dc136c1e07507f4a98',
    rule: 'security-group/allows-less',
    severity: 'high',
    kind: 'security-group',
    subject: { name: 'db', scope: 'prod', sourceId: 'sg-0db0000000000001', targetId: 'sg-0db0000000000002' },
    facts: {
      direction: 'ingress',
      traffic: [
        { protocol: 'tcp', ports: '5432', peers: ['group:prod/app', '10.20.0.0/16', '2001:db8:20::/48'] },
        { protocol: 'icmp', icmp: '8', peers: ['10.0.0.0/8'] },
        { protocol: '50', peers: ['198.51.100.7/32'] },
      ],
      witness: { protocol: 'tcp', port: 5432, peer: 'group:prod/app' },
      rows: {
        source: [
          'ingress 50 from 198.51.100.7/32',
          'ingress icmp 8 from 10.0.0.0/8',
          'ingress tcp 5432 from 10.20.0.0/16',
          'ingress tcp 5432 from 2001:db8:20::/48',
          'ingress tcp 5432 from group prod/app',
        ],
        target: ['ingress tcp 5433 from 10.20.0.0/16'],
      },
    },
    message: 'Group db in eu-west-1 refuses ingress that us-east-1 admits.',
    remedy:
      'Authorize tcp 5432 from group app, 10.20.0.0/16 and 2001:db8:20::/48, icmp 8 from 10.0.0.0/8 and protocol 50 from 198.51.100.7/32.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: '4d186321c1a7f0f354b297e8914ab240',
    rule: 'security-group/allows-less',
    severity: 'high',
    kind: 'security-group',
    subject: { name: 'db', scope: 'prod', sourceId: 'sg-0db0000000000001', targetId: 'sg-0db0000000000002' },
    facts: {
      direction: 'egress',
      traffic: [{ protocol: 'all', exceptProtocols: ['tcp'], peers: ['0.0.0.0/0'] }],
      witness: { protocol: 'udp', port: 53, peer: '0.0.0.1' },
      rows: { source: ['egress all to 0.0.0.0/0'], target: ['egress tcp 0-65535 to 0.0.0.0/0'] },
    },
    message: 'Group db in eu-west-1 refuses egress that us-east-1 admits.',
    remedy: 'Authorize all egress to 0.0.0.0/0.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: 'c157a79031e1c40f85931829bc5fc552',
    rule: 'security-group/missing',
    severity: 'high',
    kind: 'security-group',
    subject: {
      name: 'terraform-20200621030212345600000001',
      scope: 'prod',
      sourceId: 'sg-07e44a0000000001',
      targetId: null,
    },
    facts: {},
    message: 'Group terraform-20200621030212345600000001 does not exist in VPC prod of eu-west-1.',
    remedy: 'Create it there, or map its name in the config when it goes by another.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: '258622b1688250cb619f3c9ccaefb7eb',
    rule: 'image/attributes-differ',
    severity: 'high',
    kind: 'image',
    subject: { name: 'worker-7.2.0', scope: null, sourceId: 'ami-0aaa', targetId: 'ami-0bbb' },
    facts: {
      rows: {
        source: [
          'architecture: x86_64',
          'boot mode: uefi-preferred',
          'ena: true',
          'imds: v2.0',
          'root: /dev/xvda 30 GiB gp3 3000 iops',
        ],
        target: [
          'architecture: arm64',
          'boot mode: uefi',
          'ena: true',
          'imds: v2.0',
          'root: /dev/xvda 20 GiB gp3 3000 iops',
        ],
      },
    },
    message: 'Image worker-7.2.0 differs from its source in architecture, boot mode and the root device.',
    remedy: 'Copy ami-0aaa again, and deregister ami-0bbb once nothing refers to it.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: 'd2a84f4b8b650937ec8f73cd8be2c74a',
    rule: 'security-group/ambiguous',
    severity: 'medium',
    kind: 'security-group',
    subject: { name: 'app', scope: null, sourceId: 'sg-0a99', targetId: null },
    facts: {
      config: 'vpcs:\n  vpc-0aaa1111: vpc-0bbb2222   # or vpc-0ccc3333',
      candidates: ['vpc-0bbb2222', 'vpc-0ccc3333'],
    },
    message: 'Group app cannot be paired one to one: two VPCs of eu-west-1 are named staging.',
    remedy: 'Say which VPC stands for which in ec2-parity.config.yaml.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: 'ee1a0c7f2d1c4ed0a5a2a4b7a0e3f9aa',
    rule: 'key-pair/undetermined',
    severity: 'medium',
    kind: 'key-pair',
    subject: { name: 'legacy', scope: null, sourceId: 'key-0e1', targetId: 'key-0e2' },
    facts: {
      because: 'fingerprints of two schemes',
      source: { fingerprint: '43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8', publicKeyRead: false },
      target: {
        fingerprint: '1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f',
        publicKeyRead: false,
      },
    },
    message:
      'Whether legacy is the same key on both sides cannot be proven: one fingerprint is MD5, the other SHA-1.',
    remedy: 'Give the public key with --public-keys, or allow ec2:DescribeKeyPairs with IncludePublicKey.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: '0cc175b9c0f1b6a831c399e269772661',
    rule: 'security-group/unadapted-cidr',
    severity: 'medium',
    kind: 'security-group',
    subject: { name: 'app', scope: 'prod', sourceId: 'sg-0a51', targetId: 'sg-0a52' },
    facts: {
      cidr: '10.1.0.0/16',
      sourceVpcRanges: ['10.1.0.0/16'],
      targetVpcRanges: ['10.2.0.0/16'],
      rows: { source: ['ingress tcp 8080 from 10.1.0.0/16'], target: ['ingress tcp 8080 from 10.1.0.0/16'] },
    },
    message:
      "Both sides admit 10.1.0.0/16, which is us-east-1's own VPC range; eu-west-1's VPC is 10.2.0.0/16.",
    remedy: 'Authorize 10.2.0.0/16 on sg-0a52 instead, or state the move under cidrs in the config.',
    usedBy: [],
    ...SEEN,
  },
  {
    fingerprint: '92eb5ffee6ae2fec3ad71c777531578f',
    rule: 'image/tags-differ',
    severity: 'low',
    kind: 'image',
    subject: { name: 'web-golden-2026-10-02', scope: null, sourceId: 'ami-0cc1', targetId: 'ami-0cc2' },
    facts: {
      rows: {
        source: ['CostCenter = 4711', 'Owner = platform', 'Release = stable'],
        target: ['Owner = platform', 'Release = beta'],
      },
    },
    message: 'Tags CostCenter and Release of web-golden-2026-10-02 differ.',
    remedy: 'Tag ami-0cc2 as ami-0cc1 is; copy with --copy-image-tags next time.',
    usedBy: [],
    ...SEEN,
  },
];

export const SAMPLE_FINDINGS: readonly Finding[] = SAMPLES.map(asRead);
