import { describe, expect, it } from 'vitest';
import type { AwsLaunchTemplate, AwsLaunchTemplateVersion } from '../../../src/inventory/launch-template.ts';
import { otherImageFrom } from '../../../src/inventory/other-image.ts';
import { audit, type Estate, finding, linesOf } from '../../kit/estate.ts';

const OWN = { ImageId: 'ami-0000000000000001', Name: 'own', State: 'available', OwnerId: '111122223333' };
const FOREIGN = { ImageId: 'ami-0aaaaaaaaaaaaaaaa', OwnerId: '137112412989', State: 'available' };

type Template = AwsLaunchTemplate & { Versions: AwsLaunchTemplateVersion[] };
const launching = (name: string, ImageId: string): Template => ({
  LaunchTemplateId: `lt-${name}`,
  LaunchTemplateName: name,
  DefaultVersionNumber: 1,
  LatestVersionNumber: 1,
  Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId } }],
});
const parameters = { '/a': OWN.ImageId, "/it's": OWN.ImageId };
const uses = (...images: string[]): Estate => ({
  images: [OWN],
  parameters,
  launchTemplates: images.map((image, i) => launching(`t${i}`, image)),
});

describe('the hint of a look-up that nobody made', () => {
  it('of a folder of dumps is a command that can be pasted, whatever the names are', () => {
    const { gaps } = audit(uses('resolve:ssm:/a', "resolve:ssm:/it's"), {});
    expect(gaps.map(({ hint }) => hint)).toEqual([
      'Save what this prints, as a file beside the others. For what is not in it either, audit the live region: name eu-west-1 in its place.',
    ]);
    expect(gaps.flatMap(({ commands }) => commands)).toEqual([
      {
        shell: "aws ssm get-parameters --region eu-west-1 --names /a '/it'\\''s' --output json",
        side: 'target',
        does: 'Fingerprint the SSM parameters of eu-west-1 that are named',
      },
    ]);
  });

  it('asks for images of other owners by owner and name, in which nothing stands for any text', () => {
    const image = { ...FOREIGN, Name: 'al2023, * or ?', ImageOwnerAlias: 'amazon' };
    const { gaps } = audit({ ...uses(FOREIGN.ImageId), otherImages: [otherImageFrom(image)] }, {});
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.commands?.[0]?.shell).toContain(
      `--owners amazon --filters '[{"Name":"name","Values":["al2023, \\\\* or \\\\?"]}]'`,
    );
  });
});

describe('what is no image id', () => {
  it('names no image, and nobody need look for it', () => {
    const report = audit(uses('{{resolve:ssm:/a}}'), {});
    expect(report.gaps).toEqual([]);
    expect(finding(report, 'reference/dangling').message).toContain('image "{{resolve:ssm:/a}}"');
    expect(report.workloads.map(({ verdict }) => verdict)).toEqual(['blocked']);
  });

  it('leads nowhere as the value of a parameter, encrypted or not', () => {
    for (const value of ['', '{"image_id":"ami-0000000000000001"}']) {
      const report = audit(uses('resolve:ssm:/a'), { parameters: { '/a': value } });
      expect(finding(report, 'reference/missing-parameter').message).toBe(
        '"t0" takes its image from the SSM parameter "/a"; in eu-west-1 its value is not the id of an image (v1 ($Default, $Latest)).',
      );
    }
  });
});

describe('the remedy of a parameter that leads to no image', () => {
  const missing = (name: string, value: string | null, copies: Estate['images'] = []) =>
    finding(
      audit(
        { ...uses(`resolve:ssm:${name}`), parameters: { [name]: OWN.ImageId } },
        { images: copies, parameters: { [name]: value } },
      ),
      'reference/missing-parameter',
    );
  const copy = { ...OWN, ImageId: 'ami-9', SourceImageId: OWN.ImageId, SourceImageRegion: 'us-east-1' };

  it('creates it, or puts another value into it: the counterpart of the image that it leads to on the source', () => {
    const created = missing('/a b', null, [copy]);
    expect(created.remedy).toBe('Create it in eu-west-1 with the id of the image there.');
    expect(linesOf(created)).toEqual([
      "aws ssm put-parameter --region eu-west-1 --name '/a b' --value ami-9 --type String --data-type aws:ec2:image",
    ]);
    const changed = missing('/a', '', [copy]);
    expect(changed.remedy).toBe('Put the id of the image of eu-west-1 into it.');
    expect(linesOf(changed)).toEqual([
      'aws ssm put-parameter --region eu-west-1 --name /a --value ami-9 --overwrite',
    ]);
    expect(missing('/a:3', null, [copy]).remedy).toMatch(/ requires its version or label "3"\./);
  });

  it('gives no command where the image has no counterpart: there is no id to put', () => {
    expect(linesOf(missing('/a', null))).toEqual([]);
  });

  it('of one that AWS publishes is to look for what AWS publishes there', () => {
    expect(linesOf(missing('/aws/service/canonical/x', null))).toEqual([
      'aws ssm get-parameters-by-path --region eu-west-1 --path /aws/service/canonical',
    ]);
  });
});
