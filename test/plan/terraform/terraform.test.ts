import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/inventory/snapshot.ts';
import type { Operation, PlannedRule } from '../../../src/plan/model.ts';
import { terraformFiles } from '../../../src/plan/terraform/index.ts';
import { ACCOUNT, snapshotOf } from '../../kit/estate.ts';
import { TARGET } from '../plan-arbitrary.ts';
import { planOf } from '../plan-of.ts';

const ssh: PlannedRule = {
  protocol: 'tcp',
  from: 22,
  to: 22,
  peer: { type: 'cidr', cidr: '192.0.2.0/24' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: HCL would replace it.
  description: 'it "is" ${me}',
};
const authorize = (id: string, rule = ssh): Operation => ({
  type: 'authorize-rules',
  group: { id },
  name: 'web',
  direction: 'ingress',
  rules: [rule],
});
const SIDES = { source: TARGET, target: TARGET };
const written = (operations: Record<string, Operation>) => terraformFiles(planOf(operations), SIDES);
/** The file from the first block that is not about providers. */
const resources = (operations: Record<string, Operation>) => {
  const text = written(operations).files[0].text;
  return text.slice(text.search(/^(import|#.*target|resource)/m));
};

describe('main.tf', () => {
  it('imports a group that gets rules, and Terraform refuses to destroy it', () => {
    expect(resources({ rules: authorize('sg-1') })).toMatchInlineSnapshot(`
      "import {
        to = aws_security_group.web
        id = "sg-1"
      }

      # Exists on the target. Its rules that are not in this file stay as they are.
      resource "aws_security_group" "web" {
        name        = "web"
        description = "of web"
        vpc_id      = "vpc-1"

        lifecycle {
          prevent_destroy = true
        }
      }

      resource "aws_vpc_security_group_ingress_rule" "web_from_192_0_2_0_24_tcp_22" {
        security_group_id = aws_security_group.web.id
        description       = "it \\"is\\" $\${me}"
        ip_protocol       = "tcp"
        from_port         = 22
        to_port           = 22
        cidr_ipv4         = "192.0.2.0/24"
      }
      "
    `);
  });

  it('does not import a default group, and names one that was not read by its id', () => {
    for (const id of ['sg-0', 'sg-unread']) {
      const text = resources({ rules: authorize(id) });
      expect(text).not.toContain('import');
      expect(text).toContain(`security_group_id = "${id}"`);
    }
  });

  it('imports a prefix list with all its entries, and leaves one whose entries were not read to the script', () => {
    const change = (id: string): Record<string, Operation> => ({
      change: {
        type: 'change-prefix-list',
        list: { id },
        name: 'l',
        add: [{ cidr: '10.0.0.0/8', description: null }],
        remove: [],
      },
    });
    const text = resources(change('pl-0'));
    expect([...text.matchAll(/cidr = "(.*)"/g)].map((m) => m[1])).toEqual(['192.0.2.0/24', '10.0.0.0/8']);
    expect(text).toContain('id = "pl-0"');
    expect(written(change('pl-1'))).toMatchObject({
      isEmpty: true,
      left: [{ because: expect.stringContaining('were not read') }],
    });
  });

  it('shares on the source before it copies to the target, with the credentials of each', () => {
    const plan = planOf({
      share: { type: 'share-image', imageId: 'ami-1', account: ACCOUNT },
      copy: {
        type: 'copy-image',
        imageId: 'ami-1',
        sourceRegion: 'us-east-1',
        name: 'golden',
        description: null,
        tags: { team: 'a' },
        copyTags: false,
        encrypted: true,
        chosenKey: true,
      },
    });
    const [share, copy] = plan.steps;
    if (!share || !copy) throw new Error('no steps');
    const { files } = terraformFiles({ ...plan, steps: [share, { ...copy, needs: ['share'] }] }, SIDES);
    const { text } = files[0];
    expect(text).toContain('alias               = "source"');
    expect(text).toContain('variable "target_kms_key"');
    expect(text.slice(text.indexOf('resource'))).toMatchInlineSnapshot(`
      "resource "aws_ami_launch_permission" "ami_1_to_111122223333" {
        provider   = aws.source
        image_id   = "ami-1"
        account_id = "111122223333"
      }

      resource "aws_ami_copy" "golden" {
        name              = "golden"
        source_ami_id     = "ami-1"
        source_ami_region = "us-east-1"
        encrypted         = true
        kms_key_id        = var.target_kms_key
        tags = {
          team = "a"
        }
        depends_on = [aws_ami_launch_permission.ami_1_to_111122223333]
      }
      "
    `);
  });

  it('makes a version of a launch template with what is changed, and ignores all else', () => {
    const version = (baseVersion: number): Record<string, Operation> => ({
      version: {
        type: 'create-template-version',
        templateId: 'lt-1',
        name: 'web',
        baseVersion,
        changes: { image: { id: 'ami-7' }, groups: [{ id: 'sg-1' }] },
        marker: 'ec2-parity 1',
      },
      default: {
        type: 'set-default-version',
        template: { id: 'lt-1' },
        name: 'web',
        version: { madeBy: 'version' },
      },
    });
    const text = resources(version(2));
    expect(
      text
        .split('\n')
        .filter((line) => !/^ {6}\w+,$/.test(line))
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "import {
        to = aws_launch_template.web
        id = "lt-1"
      }

      # Exists on the target. Terraform makes a new version from the latest one, with what is set here.
      resource "aws_launch_template" "web" {
        name                   = "web"
        description            = "ec2-parity 1"
        image_id               = "ami-7"
        vpc_security_group_ids = ["sg-1"]
        update_default_version = true

        lifecycle {
          prevent_destroy = true
          ignore_changes = [
          ]
        }
      }
      "
    `);
    const ignored = [...text.matchAll(/^ {6}(\w+),$/gm)].map((m) => m[1]);
    expect(ignored).toContain('user_data');
    expect(ignored).toContain('key_name');
    expect(ignored).not.toContain('image_id');
    expect(ignored).not.toContain('vpc_security_group_ids');
    // Version 2 is the latest: Terraform cannot make one from version 1.
    expect(written(version(1)).left.map((l) => l.step.id)).toEqual(['version', 'default']);
  });

  it('leaves a version to the script where Terraform would make it without something that the base version has', () => {
    const withData = (LaunchTemplateData: object) =>
      snapshotOf('eu-west-1', {
        launchTemplates: [
          {
            ...{ LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web' },
            ...{ DefaultVersionNumber: 1, LatestVersionNumber: 1 },
            Versions: [{ VersionNumber: 1, LaunchTemplateData }],
          },
        ],
      });
    const version: Operation = {
      ...{ type: 'create-template-version', templateId: 'lt-1', name: 'web', baseVersion: 1 },
      ...{ changes: { image: { id: 'ami-7' } }, marker: 'ec2-parity 1' },
    };
    const left = (target: Snapshot) =>
      terraformFiles(planOf({ version }), { source: TARGET, target }).left.map((l) => l.because);
    expect(left(withData({ ImageId: 'ami-1' }))).toEqual([]);
    expect(left(withData({ NetworkPerformanceOptions: { BandwidthWeighting: 'vpc-1' } }))).toEqual([
      expect.stringContaining('NetworkPerformanceOptions is set, and Terraform has no argument for it'),
    ]);
  });

  it('leaves a step with a tag that the provider does not send to the script', () => {
    const group = (tags: Record<string, string>): Operation => ({
      ...{ type: 'create-security-group', vpcId: 'vpc-1', name: 'db', description: 'd', tags },
      defaultEgress: [],
    });
    expect(written({ group: group({ '%a': 'b' }) }).left.map((l) => l.because)).toEqual([
      'Terraform does not set a tag whose key begins with "%".',
    ]);
    expect(written({ group: group({ 'a%': '%b' }) }).left).toEqual([]);
  });

  it('says what only the script does', () => {
    const { files, left } = written({
      rules: authorize('sg-1'),
      gone: { ...authorize('sg-1', { ...ssh, from: 23, to: 23 }), type: 'revoke-rules' } as Operation,
    });
    expect(left.map((l) => l.step.id)).toEqual(['gone']);
    expect(files[0].text).toContain('# - Do gone: It changes or removes rules that exist');
  });

  it('is a comment where Terraform can do no step, so that no earlier file stays', () => {
    const { files, isEmpty } = written({});
    expect(isEmpty).toBe(true);
    expect(files[0].text).toMatch(/^# .*no step that Terraform can do.*\n$/);
  });
});
