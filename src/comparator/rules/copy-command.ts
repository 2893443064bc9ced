import { shellWord } from './shell.ts';

/** What to type to copy an image with its tags. */
export function copyCommand(id: string, from: string, to: string, name: string): string {
  const words = [
    '--source-image-id',
    id,
    '--source-region',
    from,
    '--region',
    to,
    '--name',
    name,
    '--copy-image-tags',
  ];
  return `aws ec2 copy-image ${words.map(shellWord).join(' ')}`;
}
