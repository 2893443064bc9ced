import { init, parse } from 'es-module-lexer';

await init;

/**
 * An ES module as esbuild writes it, as CommonJS with the same lines, so that its source map remains right. esbuild's own
 * CommonJS cannot be divided into files that are loaded when they are needed, and it reads each imported name through a getter at
 * each use. Here a name that is imported is a constant of the module, which is as fast as a name of the module itself. That is
 * right where no file imports itself through another and no exported variable changes after its module has run; both are checked.
 *
 * `import()` of a file of the bundle is a promise of `require()`, and `loadedNow(import())` is `require()` itself.
 */
export function commonJs(code: string, name: string): string {
  const [imports, exports] = parse(code, name);
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const { t: type, ss: from, se: to, n: path } of imports) {
    const statement = code.slice(from, to);
    // 1: a statement, 2: a call, 3: import.meta.
    if (type === 1 && path !== undefined) edits.push({ from, to, text: required(statement, path) });
    else if (type === 2) edits.push(loaded(code, from, to, path, name));
    else if (type === 3) edits.push({ from, to, text: 'MODULE' });
  }
  if (exports.length > 0) edits.push(exported(code, exports, name));
  let text = '';
  let done = 0;
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    text += code.slice(done, edit.from) + edit.text;
    done = edit.to;
  }
  text += code.slice(done);
  const strict = text.includes('MODULE.url')
    ? "'use strict'; const MODULE = { url: require('node:url').pathToFileURL(__filename).href }; "
    : "'use strict'; ";
  // On the first line, so that no line moves.
  return strict + text;
}

/** `import { a, b as c } from "x"`, with its line breaks. */
function required(statement: string, path: string): string {
  const call = `require(${JSON.stringify(path)})`;
  const clause = statement.slice('import'.length, statement.lastIndexOf(' from '));
  if (!statement.includes(' from ')) return call;
  const [, first, names] = /^\s*([\w$]+)?\s*,?\s*(\{[\s\S]*\})?\s*$/.exec(clause) ?? [];
  const [, whole] = /^\s*\*\s+as\s+([\w$]+)\s*$/.exec(clause) ?? [];
  const parts = [
    ...(whole || first ? [`${whole ?? first} = ${call}`] : []),
    ...(names ? [`${names.replace(/ as /g, ': ')} = ${call}`] : []),
  ];
  if (parts.length === 0) throw new Error(`not an import that is known here: ${statement}`);
  return `const ${parts.join(', ')}`;
}

function loaded(code: string, from: number, to: number, path: string | undefined, name: string) {
  // bin/compiled.cjs runs the files without the means for it, which Node.js 20 warns of.
  if (!path?.startsWith('.')) throw new Error(`${name}: imports more than files of the bundle at run time`);
  const call = `require(${JSON.stringify(path)})`;
  const now = 'loadedNow(';
  return code.slice(0, from).endsWith(now) && code[to] === ')'
    ? { from: from - now.length, to: to + 1, text: call }
    : { from, to, text: `Promise.resolve().then(() => ${call})` };
}

/** `export { a, b as c };`, with its line breaks, or `export default a();`: one of them is the last statement. */
function exported(code: string, exports: readonly { readonly n: string }[], name: string) {
  const from = code.lastIndexOf('\nexport ') + 1;
  const to = code.indexOf(';\n', from) + 1;
  const statement = code.slice(from, to);
  const [, value] = /^export default (\w+\(\));$/.exec(statement) ?? [];
  if (value && exports.length === 1) return { from, to, text: `module.exports = { default: ${value} };` };
  const names = [...statement.matchAll(/(?<=[{,]\s+)([\w$]+)(?: as (?:[\w$]+|"[^"]*"))?(?=,|\s+\})/g)];
  if (names.length !== exports.length)
    throw new Error(`${name}: its exports are not one statement at the end`);
  for (const [, local = ''] of names) refuseChanging(code.slice(0, from), local, name);
  const keys = statement.slice('export '.length).replace(/([\w$]+) as ([\w$]+|"[^"]*")/g, '$2: $1');
  return { from, to, text: `module.exports = ${keys}` };
}

/** A variable that has its value only later would be undefined in the module that imports it. */
function refuseChanging(code: string, local: string, name: string): void {
  const variable = escaped(local);
  if (new RegExp(`^(?:let|var)\\s[^=;]*(?<![\\w$])${variable}(?![\\w$])[^=]*;`, 'm').test(code))
    throw new Error(`${name}: ${local} is exported and has its value only later`);
}

const escaped = (text: string): string => text.replaceAll('$', '\\$');
