import { fileURLToPath } from 'node:url';
import {
  CopyImageCommand,
  CreateTagsCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  type EC2Client,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/report/model.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';
import { type Moto, run, startMoto } from './kit.ts';

/** What EC2 takes in an image name; brackets left out, which this emulator's filters take for an expression. */
const NAME = "web 1.0 a/b-c_d.e'f@g";
const FRIEND = '999988887777';
const BlockDeviceMappings = [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, VolumeType: 'gp3' as const } }];

let moto: Moto;
let here: EC2Client;
let there: EC2Client;

async function register(client: EC2Client, Name: string): Promise<string> {
  const made = new RegisterImageCommand({ Name, RootDeviceName: '/dev/sda1', BlockDeviceMappings });
  const { ImageId = '' } = await client.send(made);
  await client.send(
    new CreateTagsCommand({ Resources: [ImageId], Tags: [{ Key: 'team', Value: "it's, [a] {b}" }] }),
  );
  await client.send(
    new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ UserId: FRIEND }] } }),
  );
  return ImageId;
}

beforeAll(async () => {
  moto = await startMoto();
  [here, there] = [clientOf(moto.url, SOURCE), clientOf(moto.url, TARGET)];
  await register(here, NAME);
  const SourceImageId = await register(here, 'copied');
  await there.send(new CopyImageCommand({ Name: 'copied', SourceImageId, SourceRegion: SOURCE }));
});
afterAll(() => {
  here?.destroy();
  there?.destroy();
  return moto?.stop();
});

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
async function audit(): Promise<Report> {
  const args = ['audit', SOURCE, TARGET, '--only', 'images', '-o', 'json', '--fail-on', 'none'];
  const env = { AWS_ENDPOINT_URL: moto.url };
  return JSON.parse((await run(process.execPath, ['--import', 'tsx', MAIN, ...args], env)).stdout);
}

async function paste({ commands = [] }: Finding): Promise<void> {
  expect(commands.length).toBeGreaterThan(0);
  for (const { shell } of commands) {
    const ended = await run('sh', ['-c', shell], { AWS_ENDPOINT_URL: moto.url });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  }
}

it('what the remedies say, pasted into a shell as it stands, makes the copy and gives it what was lost', async () => {
  const before = await audit();
  const ours = (f: Finding) => [NAME, 'copied'].includes(f.subject.name);
  const rules = (report: Report) => report.findings.filter(ours).map((f) => `${f.rule} ${f.subject.name}`);
  expect(rules(before)).toEqual(
    expect.arrayContaining([`image/missing-copy ${NAME}`, 'image/launch-permissions-differ copied']),
  );
  for (const finding of before.findings.filter(ours)) {
    // The emulator keeps no record of what an image was copied from, and nothing is to be typed for that.
    if (finding.rule !== 'image/attributes-differ' && finding.rule !== 'image/undetermined')
      await paste(finding);
  }
  const { Images = [] } = await there.send(new DescribeImagesCommand({ Owners: ['self'] }));
  for (const name of [NAME, 'copied']) {
    const { ImageId } = Images.find((i) => i.Name === name) ?? {};
    const asked = new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' });
    expect((await there.send(asked)).LaunchPermissions).toEqual([{ UserId: FRIEND }]);
  }
  const after = await audit();
  // This emulator copies no tags, whatever it is asked: then the remedy for those is what sets them.
  for (const finding of after.findings.filter((f) => ours(f) && f.rule === 'image/tags-differ'))
    await paste(finding);
  expect(
    rules(await audit()).filter((rule) => !/^image\/(attributes-differ|undetermined)/.test(rule)),
  ).toEqual([]);
});
