import url from 'node:url';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { commonJs } from '../../scripts/commonjs.ts';

/** Runs converted modules, each of which may require the ones before it. */
function exportsOf(modules: Readonly<Record<string, string>>): Record<string, unknown> {
  const loaded: Record<string, Record<string, unknown>> = {
    'node:path': { sep: '/', join: (...parts: string[]) => parts.join('/') },
    'node:url': { ...url },
  };
  let last: Record<string, unknown> = {};
  for (const [name, code] of Object.entries(modules)) {
    const module = { exports: {} };
    const run = vm.runInThisContext(`(function (module, require, __filename) {${commonJs(code, name)}\n})`);
    run(module, (path: string) => loaded[path] ?? expect.fail(`no module ${path}`), '/lib/a.cjs');
    last = module.exports;
    loaded[name] = last;
  }
  return last;
}

const LIBRARY = 'var one = 1;\nfunction two() {\n  return 2;\n}\n\nexport {\n  one,\n  two as deux\n};\n';

describe('an ES module that esbuild wrote, as CommonJS', () => {
  it('exports the same values under the same names', () => {
    const { one, deux } = exportsOf({ './a.cjs': LIBRARY });
    expect([one, (deux as () => number)()]).toEqual([1, 2]);
  });

  it.each([
    ['names', 'import {\n  one,\n  deux as two\n} from "./a.cjs";\nvar value = one + two();', 3],
    ['a namespace', 'import * as a from "./a.cjs";\nvar value = a.one;', 1],
    ['a built-in module', 'import path from "node:path";\nvar value = path.sep;', '/'],
    [
      'a built-in module and names',
      'import path, { join as j } from "node:path";\nvar value = j(path.sep, "a");',
      '//a',
    ],
    ['nothing', 'import "./a.cjs";\nvar value = 4;', 4],
    ['its own place', 'var value = new URL("../x", import.meta.url).pathname;', '/x'],
    ['at the first call', 'var value = loadedNow(import("./a.cjs")).one;', 1],
  ])('imports %s', (_, code, value) => {
    const main = `${code}\n\nexport {\n  value\n};\n`;
    expect(exportsOf({ './a.cjs': LIBRARY, './b.cjs': main })).toEqual({ value });
    expect(commonJs(main, 'b').split('\n')).toHaveLength(main.split('\n').length);
  });

  it('loads a file of the bundle when it is needed', async () => {
    const code =
      'async function value() {\n  return (await import("./a.cjs")).one;\n}\nexport {\n  value\n};\n';
    const { value } = exportsOf({ './a.cjs': LIBRARY, './b.cjs': code });
    await expect((value as () => Promise<number>)()).resolves.toBe(1);
  });

  it('leaves text that looks like an import as it is', () => {
    const code = 'var text = `\nimport {\n  to = x\n}\nexport {\n  y\n};\n`;\n\nexport {\n  text\n};\n';
    expect(exportsOf({ './a.cjs': code })).toEqual({
      text: '\nimport {\n  to = x\n}\nexport {\n  y\n};\n',
    });
  });

  it('refuses import() of anything else', () => {
    expect(() => commonJs('var a = import("yaml");\n', 'x.cjs')).toThrow('x.cjs: imports more than files');
  });

  it('refuses an exported variable that has its value only later', () => {
    expect(() => commonJs('var a, b;\nfunction f() {\n  b = 1;\n}\nexport {\n  b\n};\n', 'x.cjs')).toThrow(
      'x.cjs: b is exported and has its value only later',
    );
  });
});
