import { describe, expect, test } from 'vitest';
import { readTemplate, UnreadableTemplate } from '../../src/cloudformation/index.ts';

const withDescription = (written: string) => `Parameters:
  Image:
    Type: AWS::EC2::Image::Id
    Description: ${written}
    Default: ami-11111111
  Key:
    Type: String
    Default: ${written}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Ref Image
      KeyName: deploy
`;

function readError(text: string): string {
  try {
    readTemplate(text);
  } catch (error) {
    if (error instanceof UnreadableTemplate) return error.message;
    throw error;
  }
  return 'read';
}

describe('a quoted text continues on lines that begin at any column, as CloudFormation takes it', () => {
  test.each([
    ['single quotes', "'The Region \nof the bucket: any.'", 'The Region of the bucket: any.'],
    ['double quotes', '"The Region\n of the \\"bucket\\""', 'The Region of the "bucket"'],
    ['a doubled quote on the way', "'it''s\nthe last''s'", "it's the last's"],
    ['several lines and an empty one', "'one\ntwo\n\nthree'", 'one two\nthree'],
    ['a backslash at the end of a line', '"one\\\ntwo"', 'onetwo'],
    ['lines that end with CR LF', "'one\r\ntwo'", 'one two'],
    ['what looks like a mapping', "'one\nType: AWS::S3::Bucket'", 'one Type: AWS::S3::Bucket'],
  ])('%s', (_, written, value) => {
    const template = readTemplate(withDescription(written));
    expect(template.parameters.find(({ name }) => name === 'Key')?.default).toBe(value);
    expect(template.resources).toEqual([{ logicalId: 'Web', type: 'AWS::EC2::Instance' }]);
  });

  test('lines are counted as they are written', () => {
    const template = readTemplate(withDescription("'one\ntwo\nthree'"));
    const key = template.references.find(({ to }) => to === 'key-pair');
    expect(key?.line).toBe(18);
  });

  test('another mistake is named at its own line', () => {
    const text = `${withDescription("'one\ntwo'")}  Other: [1, 2\n`;
    expect(readError(text)).toMatch(/^line 1[678], /);
  });

  test('a quote that nothing closes is a mistake', () => {
    expect(readError(withDescription("'one\ntwo"))).toMatch(/^line \d+, column \d+: /);
  });

  test('a large text of nothing but such quotes is read or refused in seconds', () => {
    const text = `Resources:\n${Array.from({ length: 10_000 }, (_, i) => `  R${i}: "a\nb"\n`).join('')}`;
    const began = process.cpuUsage();
    expect(readError(text)).toMatch(/^(?:read|line )/);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(30_000);
  });
});
