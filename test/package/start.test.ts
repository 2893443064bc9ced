import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPackage, buildPackage, ROOT, VERSION } from './kit.ts';

let built: BuiltPackage;
beforeAll(() => {
  built = buildPackage();
}, 180_000);
afterAll(() => built?.remove());

/** The command that npm installs, on a Node.js that says it is this version. */
function onNode(version: string, ...args: string[]) {
  const pretence = join(built.folder, 'pretence.cjs');
  writeFileSync(
    pretence,
    `Object.defineProperty(process, 'versions', { value: Object.assign({}, process.versions, { node: '${version}' }) });`,
  );
  return built.node(['--require', pretence, join(built.folder, 'bin/ec2-parity.cjs'), ...args]);
}

describe('the command that npm installs', () => {
  it('runs the tool, with its exit code', () => {
    const bin = join(built.folder, 'bin/ec2-parity.cjs');
    expect(built.node([bin, '--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect(built.node([bin, 'nonsense'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: /),
    });
    expect(
      built.node([bin, 'audit', 'fixtures/demo/us-east-1', 'fixtures/demo/eu-west-1', '-o', 'json']),
    ).toMatchObject({ code: 1, stdout: expect.stringMatching(/^\{/) });
  });

  it.each(['8.17.0', '16.20.2', '18.20.4', '20.18.3', '20.9.0'])(
    'says in one line that Node.js %s is too old, with code 2',
    (version) => {
      expect(onNode(version, 'audit', 'a', 'b')).toEqual({
        code: 2,
        stdout: '',
        stderr: `error: ec2-parity requires Node.js 20.19 or later, and this is Node.js ${version}: install a later one from https://nodejs.org\n`,
      });
    },
  );

  it.each(['20.19.0', '20.100.0', '22.0.0', '100.0.0'])('runs on Node.js %s', (version) => {
    expect(onNode(version, '--version')).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('says in two lines that a file is missing, and not with the code for findings', () => {
    const bin = readFileSync(join(built.folder, 'bin/start.cjs'), 'utf8').replace('main.cjs', 'missing.cjs');
    writeFileSync(join(built.folder, 'bin/broken.cjs'), bin);
    const { code, stderr } = built.node([join(built.folder, 'bin/broken.cjs')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: this installation of ec2-parity is not complete: .*missing\.cjs.*\nhint: .*\n$/,
    );
  });

  it('has a first file that every Node.js can parse: nothing newer than ES5', () => {
    const { parseSync } = createRequire(join(ROOT, 'package.json'))(
      '@swc/core',
    ) as typeof import('@swc/core');
    const text = readFileSync(join(ROOT, 'bin/ec2-parity.cjs'), 'utf8');
    const kinds = new Set<string>();
    const walk = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      const { type, kind } = node as { type?: string; kind?: string };
      if (type) kinds.add(type === 'VariableDeclaration' ? `${type} ${kind}` : type);
      for (const value of Object.values(node)) walk(value);
    };
    walk(parseSync(text, { syntax: 'ecmascript' }));
    const ES5 = [
      ...['AssignmentExpression', 'BinaryExpression', 'BlockStatement', 'BooleanLiteral', 'CallExpression'],
      ...[
        'Computed',
        'ExpressionStatement',
        'FunctionExpression',
        'Identifier',
        'IfStatement',
        'MemberExpression',
      ],
      ...['Module', 'NumericLiteral', 'ParenthesisExpression', 'RegExpLiteral', 'Script', 'StringLiteral'],
      ...['VariableDeclaration var', 'VariableDeclarator'],
    ];
    expect([...kinds].filter((kind) => !ES5.includes(kind))).toEqual([]);
    expect(kinds.size).toBeGreaterThan(10);
  });
});
