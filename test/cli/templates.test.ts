import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { templatesFrom } from '../../src/cli/templates.ts';
import { audit, Unable } from '../../src/index.ts';
import { writeEstate } from './kit/estate.ts';
import { temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const STACK = `Mappings:
  Images:
    us-east-1: {web: ami-0aaaaaaaaaaaaaaaa}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Images, !Ref AWS::Region, web]
`;
const given = (...paths: string[]) => ({
  list: () => paths.map((value) => ({ value, by: '--template', from: 'flag' as const })),
});
const read = (paths: string[], scopes?: Parameters<typeof templatesFrom>[1]) =>
  templatesFrom(given(...paths) as unknown as Parameters<typeof templatesFrom>[0], scopes);

describe('a template file', () => {
  test('of YAML or JSON, packed or not, is read under the name it was given by', async () => {
    const paths = [
      file('a.yaml', STACK),
      file('b.yaml.gz', gzipSync(STACK)),
      file('c.json', '{"Resources":{}}'),
    ];
    const templates = await read(paths);
    expect(templates.map((t) => t.file)).toEqual(paths);
    expect(templates.map((t) => t.template.references.length)).toEqual([1, 1, 0]);
  });

  test('that is named twice counts once', async () => {
    const path = file('a.yaml', STACK);
    expect(await read([path, `${folder}/./a.yaml`])).toHaveLength(1);
  });

  test('whose name could steer the terminal is written with escapes', async () => {
    const path = file('\u001b[2J.yaml', STACK);
    expect((await read([path])).map((t) => t.file)).toEqual([`${folder}/\\u{1B}[2J.yaml`]);
  });

  test.each([
    ['that is not there', 'none.yaml', null, 'it does not exist.'],
    ['that is empty', 'empty.yaml', '', 'it holds no Resources, so it is no CloudFormation template.'],
    [
      'that is something else',
      'p.json',
      '{"name":"x"}',
      'it holds no Resources, so it is no CloudFormation template.',
    ],
    ['that is no YAML', 'bad.yaml', 'Resources:\n  A: [\n', /line 3, column 1: .+\.$/],
    ['that is binary', 'b.bin', new Uint8Array([0xff, 0x00, 0x80, 0x01]), 'it is not UTF-8 text.'],
  ])('%s is refused in one line that names it', async (_, name, content, reason) => {
    const path = content === null ? join(folder, name) : file(name, content);
    const error = await read([path]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unable);
    const { message, hint } = error as Unable;
    expect(message).toContain(`--template: ${path}: `);
    expect(message.replace(`--template: ${path}: `, '')).toMatch(reason);
    expect(`${message}${hint}`).not.toContain('\n');
  });

  test('is of no use without workloads, and that is said', async () => {
    const error = await read([file('a.yaml', STACK)], ['images']).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'Unable',
      message: expect.stringContaining('workloads are not among the kinds to compare'),
    });
    expect(await read([file('a.yaml', STACK)], ['workloads'])).toHaveLength(1);
  });

  test('of the library is checked like one of the command line', async () => {
    const report = await audit(estate.source, estate.same, { templates: [file('a.yaml', STACK)] });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'reference/no-region-mapping', kind: 'stack' }),
    );
    await expect(
      audit(estate.source, estate.same, { templates: [join(folder, 'none.yaml')] }),
    ).rejects.toThrow(/The option templates: .*none\.yaml: it does not exist/);
  });
});
