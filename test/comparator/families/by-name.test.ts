import { describe, expect, it } from 'vitest';
import { familyByName } from '../../../src/comparator/families/by-name.ts';

const familyOf = (name: string) => familyByName(name)?.family ?? null;

/** A name as people or tools give it, and its family; null where nothing in it is surely a date, a version or a build. */
const SCHEMES: [scheme: string, name: string, family: string | null][] = [
  ['packer {{timestamp}}', 'web-1699999999', 'web-{date}'],
  ['packer in milliseconds', 'web_1699999999123', 'web_{date}'],
  ['packer {{isotime | clean_resource_name}}', 'web 2026-11-01T10-30-00Z', 'web {date}'],
  ['packer isotime with a format', 'web-20261101-103000', 'web-{date}'],
  ['terraform timestamp without separators', 'web-20261101103000', 'web-{date}'],
  ['ISO basic', 'web-20261101T103000Z', 'web-{date}'],
  ['a date glued to a word', 'web20261101', 'web{date}'],
  ['Image Builder buildDate', 'my-recipe 2026-11-01T10-30-00.123Z', 'my-recipe {date}'],
  ['Image Builder buildDate after a dash', 'my-recipe-2026-11-01T10-30-00.123Z', 'my-recipe-{date}'],
  ['Image Builder version', 'my-recipe 1.0.3/1', 'my-recipe {version}'],
  ['Image Builder version and date', 'my-recipe 1.0.3/1 2026-11-01', 'my-recipe {version} {date}'],
  ['Amazon Linux 2', 'amzn2-ami-hvm-2.0.20231116.0-x86_64-gp2', 'amzn2-ami-hvm-{version}-x86_64-gp2'],
  ['Amazon Linux 1', 'amzn-ami-hvm-2018.03.0.20231116.0-x86_64-gp2', 'amzn-ami-hvm-{version}-x86_64-gp2'],
  [
    'Amazon Linux 2023: the kernel is no version of the image',
    'al2023-ami-2023.2.20231113.0-kernel-6.1-x86_64',
    'al2023-ami-{version}-kernel-6.1-x86_64',
  ],
  // Nobody who runs jammy calls it outdated when noble is built: a release is not a rebuild, so 22.04 stays.
  [
    'Ubuntu: a release is not a rebuild',
    'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231117',
    'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-{date}',
  ],
  ['Ubuntu respun on one day', 'ubuntu-jammy-22.04-20231117.1', 'ubuntu-jammy-22.04-{date}'],
  [
    'Windows: 2019 is a release',
    'Windows_Server-2019-English-Full-Base-2023.11.15',
    'Windows_Server-2019-English-Full-Base-{date}',
  ],
  [
    'RHEL: 9.3.0 is a release, 5 a counter of who knows what',
    'RHEL-9.3.0_HVM-20231101-x86_64-5-Hourly2-GP3',
    'RHEL-9.3.0_HVM-{date}-x86_64-5-Hourly2-GP3',
  ],
  ['Debian', 'debian-12-amd64-20231013-1532', 'debian-12-amd64-{date}'],
  ['Debian: the serial is no time of day', 'debian-12-amd64-20231210-1591', 'debian-12-amd64-{date}'],
  ['EKS', 'amazon-eks-node-1.28-v20231116', 'amazon-eks-node-1.28-{date}'],
  [
    'Cluster API: Kubernetes 1.28.3 runs beside 1.27.7',
    'capa-ami-ubuntu-22.04-1.28.3-1699999999',
    'capa-ami-ubuntu-22.04-1.28.3-{date}',
  ],
  ['semver', 'app-1.2.3', 'app-{version}'],
  ['semver with v', 'app-v1.2.3-x86_64', 'app-{version}-x86_64'],
  ['two numbers with v', 'app-v1.4', 'app-{version}'],
  ['one number with v', 'golden-v12', 'golden-{version}'],
  ['two numbers without v may be what is inside', 'app-1.4', null],
  ['a release candidate', 'app-2.0.0-rc.1', 'app-{version}-rc'],
  ['a beta', 'app-2.0.0-beta2-arm64', 'app-{version}-beta-arm64'],
  ['PEP 440', 'app-2.0.0b3', 'app-{version}-b'],
  ['an environment that sounds like a prerelease', 'app-1.2.3-dev', 'app-{version}-dev'],
  ['build metadata', 'app-1.2.3+build.5', 'app-{version}'],
  ['Maven', 'app-1.2.3-SNAPSHOT', 'app-{version}-snapshot'],
  ['git describe', 'app-v1.2.3-14-g3f9c2ab', 'app-{version}'],
  ['CalVer', 'app-2026.11.45', 'app-{version}'],
  ['version and date of an own image', 'app-1.2.3-20261101', 'app-{version}-{date}'],
  ['version, date and commit', 'app_1.2.3_2026-11-01_3f9c2ab', 'app_{version}_{date}_{hash}'],
  ['short hash', 'app-3f9c2ab', 'app-{hash}'],
  ['short hash with sha-', 'app-sha-3f9c2ab', 'app-sha-{hash}'],
  ['long hash', 'app-3f9c2ab8d1e04c6f7a5b3c2d1e0f9a8b7c6d5e4f', 'app-{hash}'],
  [
    'AWS Backup: the instance stays',
    'AwsBackup_i-0123456789abcdef0_0E6C4D2E-1F3A-4B5C-8D7E-9F0A1B2C3D4E',
    'AwsBackup_i-0123456789abcdef0_{hash}',
  ],
  ['Jenkins #', 'app #123', 'app {build}'],
  ['b123', 'app-b123', 'app-{build}'],
  ['-build-123', 'app-build-123-arm64', 'app-{build}-arm64'],
  ['build123', 'app_Build123', 'app_{build}'],
  ['svn', 'app-r1234', 'app-{build}'],
  ['a date in a ticket branch', 'app-PAY-123-20261101', 'app-PAY-123-{date}'],
  ['day first', 'app-25-11-2026', 'app-{date}'],
  ['ISO week', 'app-2026w45', 'app-{date}'],
  ['ISO week in full', 'app-2026-W45-1', 'app-{date}'],
  ['month', 'app-2026-11', 'app-{date}'],
  ['month by name', 'app-2026-Nov-01', 'app-{date}'],
  ['month by name, American', 'app Nov 1 2026', 'app {date}'],
  ['month by name, day first', 'app-01Nov2026', 'app-{date}'],
  ['month by name without day', 'app-november-2026', 'app-{date}'],
  ['a numbered host with a date', 'web-01-20261101', 'web-01-{date}'],
  ['a date with a numbered host', 'db-20261101-01', 'db-{date}-01'],
  ['a region', 'app-us-east-1-20261101', 'app-us-east-1-{date}'],
  ['language runtimes', 'python3.11-node18-php8-fpm-20261101', 'python3.11-node18-php8-fpm-{date}'],
  ['a GPU image', 'cuda-12.2-ml-v7', 'cuda-12.2-ml-{version}'],
  ...[
    'web-01, app-PAY-123, area-51, room-1984, proxy-8080, 20-20-vision, pr-42, web-2026, node18, node-18.17.1',
    'python3.11, python-3.11.4, php8-fpm, cuda-12.2, k8s-1.28, k8s-1.28.3, kernel-6.1, rhel9, rhel-9.3.0, windows-2019-10',
    'mysql-8.0.36, web-x86_64, web-arm64, web-amd64, web-i386, arm-v8, orders-api-v2, ip-v6, ipv6, s3, ec2-t3-gp3, m5-r5-b1',
    'deadbeef, app-deadbeef, app-facade, app-decade, app-feedback, app-face2face, app-1234567, web-12345678, web-99999999',
    'web-10.0.1.25, ip-10-0-1-25, host-192.168.1.7, i-0123456789abcdef0, backup-i-1a2b3c4d, acct-111122223333, 802.11-lab',
    'tls-1.3, utf-8, fips-140-2, h264-mp3, party-1999-12-31, app-20261341, app-1-2-3, 2026-11-01, v1.2.3, 20261101-x86_64',
  ]
    .flatMap((line) => line.split(', '))
    .map((name): [string, string, null] => ['nothing to take out', name, null]),
];

describe('the family of a name', () => {
  it.each(SCHEMES)('%s: %s is of %s', (_, name, family) => {
    expect(familyOf(name)).toBe(family);
  });

  it.each([
    ['a later date', 'web-20261101', 'web-20261102'],
    ['a later time of the same day', 'web-2026-11-01', 'web-2026-11-01T10-30-00Z'],
    ['a later patch', 'app-1.2.3', 'app-1.10.0'],
    ['a version with and without v', 'app-v1.2.3', 'app-1.2.4'],
    ['another commit', 'app-3f9c2ab', 'app-0a1b2c3d4e5f'],
    ['a commit after a tag', 'app-v1.2.3', 'app-v1.2.3-14-g3f9c2ab'],
    ['a rebuild of jammy', 'ubuntu-jammy-22.04-20231117', 'ubuntu-jammy-22.04-20231207'],
    ['a patch of Amazon Linux', 'amzn2-ami-hvm-2.0.20231116.0-x86_64', 'amzn2-ami-hvm-2.0.20231218.0-x86_64'],
    ['another recipe build', 'my-recipe 1.0.3/1', 'my-recipe 1.0.3/2'],
    ['the next candidate', 'app-2.0.0-rc.1', 'app-2.0.0-rc.2'],
  ])('holds %s', (_, a, b) => {
    expect(familyOf(a)).not.toBeNull();
    expect(familyOf(a)).toBe(familyOf(b));
  });

  it.each([
    ['numbered hosts', 'web-01', 'web-02'],
    ['numbered hosts saved on one day', 'db-20261101-01', 'db-20261101-02'],
    ['addresses', 'web-10.0.1.25', 'web-10.0.1.26'],
    ['tickets', 'app-PAY-123-20261101', 'app-PAY-124-20261101'],
    ['releases of Ubuntu', 'ubuntu-jammy-22.04-20231117', 'ubuntu-noble-24.04-20240423'],
    ['releases of RHEL', 'RHEL-8.9.0_HVM-20231101', 'RHEL-9.3.0_HVM-20231101'],
    ['lines of Kubernetes', 'amazon-eks-node-1.27-v20231116', 'amazon-eks-node-1.28-v20231116'],
    ['lines of Kubernetes by semver', 'k8s-node-1.27.7-20261101', 'k8s-node-1.28.3-20261101'],
    ['runtimes', 'node18-20261101', 'node20-20261101'],
    ['kernels', 'al2023-ami-2023.2.20231113.0-kernel-6.1', 'al2023-ami-2023.2.20231113.0-kernel-6.12'],
    ['architectures', 'web-1.2.3-x86_64', 'web-1.2.3-arm64'],
    ['versions of an API', 'orders-api-v1', 'orders-api-v2'],
    ['ports', 'proxy-8080-20261101', 'proxy-8443-20261101'],
    ['a candidate and the release', 'app-2.0.0-rc.1', 'app-2.0.0'],
    ['environments', 'app-1.2.3-dev', 'app-1.2.3-prod'],
    ['ports after a date', 'proxy-20261101-8080', 'proxy-20261101-8443'],
    ['instance types', 'app-t3-20261101', 'app-t4-20261101'],
    [
      'instances that AWS Backup saved',
      'AwsBackup_i-0123456789abcdef0_2026-11-01',
      'AwsBackup_i-0123456789abcdef1_2026-11-01',
    ],
    ['a version and a date', 'app-1.2.3', 'app-20261101'],
  ])('keeps %s apart', (_, a, b) => {
    expect(familyOf(a)).not.toBe(a);
    expect(familyOf(a) === familyOf(b) && familyOf(a) !== null).toBe(false);
  });
});
