import { shellWord } from '../../text/shell.ts';
import { awsCommand, requiredWord } from './aws.ts';
import type { Copy } from './copy-step.ts';
import type { Offer } from './offer.ts';

/** Between partitions neither images nor credentials are shared: the image goes through a file of S3. */
export function storeAndRestore({ image, name, context: { source, target } }: Copy): Offer[] {
  const from = { required: 'SOURCE_BUCKET', meaning: `an S3 bucket in ${source.region}` };
  const to = { required: 'TARGET_BUCKET', meaning: `an S3 bucket in ${target.region}` };
  const object = `${image.id}.bin`;
  const stored = awsCommand('ec2 describe-store-image-tasks', source.region, {
    '--image-ids': image.id,
    '--query': 'StoreImageTaskResults[0].StoreTaskState',
    '--output': 'text',
  });
  return [
    {
      shell: awsCommand('ec2 create-store-image-task', source.region, {
        '--image-id': image.id,
        '--bucket': from,
      }),
      side: 'source',
      does: `Store ${image.id} in a bucket of ${source.region}`,
    },
    {
      shell: `until [ "$(${stored})" != InProgress ]; do sleep 30; done`,
      side: 'source',
      does: 'Wait until it is stored',
    },
    {
      shell: `aws s3 cp --region ${shellWord(source.region)} "s3://${requiredWord(from)}/"${shellWord(object)} ${shellWord(`./${object}`)}`,
      side: 'source',
      does: 'Download the object',
    },
    {
      shell: `aws s3 cp --region ${shellWord(target.region)} ${shellWord(`./${object}`)} "s3://${requiredWord(to)}/"${shellWord(object)}`,
      side: 'target',
      does: `Upload it to a bucket of ${target.region}`,
    },
    {
      shell: awsCommand('ec2 create-restore-image-task', target.region, {
        '--bucket': to,
        '--object-key': object,
        '--name': name,
      }),
      side: 'target',
      does: `Restore the image in ${target.region}`,
    },
  ];
}
