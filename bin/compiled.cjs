'use strict';

const { Buffer, isAscii } = require('node:buffer');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

/** The names that a CommonJS module is a function of. */
const OPENING = '(function (exports, require, module, __filename, __dirname) { ';
const CLOSING = '\n})';
/** How many of such files a user keeps: a few releases of the tool and of Node.js, side by side. */
const MOST_KEPT = 5;

/**
 * Runs a module and those beside it as `require` does, with the code that V8 compiled for them in an earlier run: compiling is a
 * third of a short run. `module.enableCompileCache` of Node.js 22.1 and later does the same with a file for each module, and a
 * short run then takes a third more time.
 *
 * @param {string} main The file of the module. The modules of its folder require each other as `./name.cjs`, and none calls `import()`.
 * @param {string} kept The file for the compiled code of all of them. It is run without being read, so no other user may be able
 *   to write it: it is neither used nor written where another user could.
 */
function runCompiled(main, kept) {
  const folder = path.dirname(main);
  const fromNode = createRequire(main);
  const earlier = read(kept);
  const scripts = new Map();
  const modules = new Map();
  let isNew = false;

  const load = (name) => {
    const known = modules.get(name);
    if (known) return known.exports;
    const filename = path.join(folder, name);
    const bytes = fs.readFileSync(filename);
    // Nearly all are ASCII, which latin1 decodes without looking at it.
    const code = OPENING + (isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice()) + CLOSING;
    const script = new Script(code, {
      filename,
      columnOffset: -OPENING.length,
      cachedData: earlier.get(name),
    });
    // Undefined without compiled code, true where V8 could not use it.
    if (script.cachedDataRejected !== false) isNew = true;
    const module = { exports: {} };
    scripts.set(name, script);
    modules.set(name, module);
    script.runInThisContext().call(module.exports, module.exports, requireOf, module, filename, folder);
    return module.exports;
  };
  const requireOf = Object.assign((id) => (id.startsWith('./') ? load(id.slice(2)) : fromNode(id)), fromNode);

  // At the end: V8 compiles a function when it is first called, and only then it is part of the code.
  process.once('exit', () => {
    if (isNew)
      write(
        kept,
        new Map([...earlier, ...[...scripts].map(([name, script]) => [name, script.createCachedData()])]),
      );
  });
  load(path.basename(main));
}

/**
 * The compiled code by the name of the module; none where the file is absent, not whole, or open to other users. The file: the
 * SHA-256 of what follows, the length of the list, the list as JSON (name, start, length), and the code, each at a multiple of 8.
 * V8 trusts it, and a byte that changed would end the process.
 */
function read(file) {
  try {
    if (!isOwn(fs.lstatSync(path.dirname(file))) || !isOwn(fs.lstatSync(file))) return new Map();
    const bytes = fs.readFileSync(file);
    const content = bytes.subarray(32);
    if (!createHash('sha256').update(content).digest().equals(bytes.subarray(0, 32))) return new Map();
    const start = 4 + content.readUInt32LE(0);
    const list = JSON.parse(content.subarray(4, start).toString('latin1'));
    return new Map(list.map(([name, from, length]) => [name, bytes.subarray(from, from + length)]));
  } catch {
    return new Map();
  }
}

/** Replaces the file at once, so that a run beside this one never reads a part of it. What fails leaves the next run slower. */
function write(file, compiled) {
  const folder = path.dirname(file);
  const temporary = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(fs.lstatSync(folder))) return;
    const aligned = (length) => Math.ceil(length / 8) * 8;
    const listed = (first) => {
      let next = first;
      return [...compiled].map(([name, { length }]) => {
        const from = next;
        next = aligned(next + length);
        return [name, from, length];
      });
    };
    // Space for the list, whatever the length of the numbers in it.
    const first = aligned(36 + Buffer.byteLength(JSON.stringify(listed(1e9))));
    const list = Buffer.from(JSON.stringify(listed(first)).padEnd(first - 36));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(list.length);
    const parts = [
      length,
      list,
      ...[...compiled.values()].flatMap((code) => [code, Buffer.alloc(aligned(code.length) - code.length)]),
    ];
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    fs.writeFileSync(temporary, Buffer.concat([hash.digest(), ...parts]), { mode: 0o600, flag: 'wx' });
    fs.renameSync(temporary, file);
    removeOld(folder);
  } catch {
    try {
      fs.rmSync(temporary, { force: true });
    } catch {
      // Where nothing can be written there is nothing to remove.
    }
  }
}

/** What earlier releases of the tool or of Node.js left. */
function removeOld(folder) {
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  const newestFirst = files.map((file) => [fs.lstatSync(file).mtimeMs, file]).sort(([a], [b]) => b - a);
  for (const [, file] of newestFirst.slice(MOST_KEPT)) fs.rmSync(file, { force: true });
}

/** Whether nobody but this user can have written it; not through a link. */
function isOwn(stats) {
  return !stats.isSymbolicLink() && stats.uid === process.getuid() && (stats.mode & 0o022) === 0;
}

/**
 * The file for the compiled code of a module and those that it names: another one for each build, each Node.js and each set of
 * its options. The names of the other modules hold a digest of their content, so the content of this one decides.
 * @returns undefined where no code is to be kept.
 */
function keptFor(main) {
  const { env, execArgv, version, arch } = process;
  // Stacks through source maps, and coverage, are made only of modules that Node.js loads. Windows has no owner to compare.
  if (
    env.NODE_DISABLE_COMPILE_CACHE === '1' ||
    env.NODE_V8_COVERAGE ||
    process.sourceMapsEnabled ||
    !process.getuid
  )
    return undefined;
  const caches = [env.XDG_CACHE_HOME, env.HOME && path.join(env.HOME, '.cache')].find(
    (folder) => folder && path.isAbsolute(folder),
  );
  if (!caches) return undefined;
  const build = createHash('sha256').update(fs.readFileSync(main));
  build.update(JSON.stringify([version, arch, execArgv, env.NODE_OPTIONS]));
  return path.join(caches, 'ec2-parity/compiled', `${build.digest('hex').slice(0, 32)}.bin`);
}

module.exports = { keptFor, runCompiled };
