import { expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { composedLaunches } from '../../../src/comparator/workloads/launch-sources.ts';

const TARGET = { region: 'eu-west-1', account: null };

/** So many groups, each with a launch template of the same template. */
function groups(count: number) {
  const resources = Array.from({ length: count }, (_, i) => [
    [
      `T${i}`,
      { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: `ami-${i}` } } },
    ],
    [
      `G${i}`,
      {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          VPCZoneIdentifier: ['subnet-1'],
          LaunchTemplate: { LaunchTemplateId: { Ref: `T${i}` }, Version: '1' },
        },
      },
    ],
  ]);
  return readTemplate(JSON.stringify({ Resources: Object.fromEntries(resources.flat()) }));
}

it('each of many groups starts from its own launch template', () => {
  const found = composedLaunches(groups(300), TARGET);
  expect(found).toHaveLength(300);
  const images = found.flatMap(({ launch }) =>
    launch.fields.flatMap(({ field, value }) =>
      field === 'image' && value.is === 'text' ? [`${launch.resource} ${value.text}`] : [],
    ),
  );
  expect(images).toEqual(Array.from({ length: 300 }, (_, i) => `G${i} ami-${i}`));
});
