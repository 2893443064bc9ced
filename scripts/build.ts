/**
 * The code of `dist/`: the command line and the library, in few files and without the dependencies that would be looked for in
 * hundreds of files (`npm run build`, after the types; an argument names another folder). The AWS SDK stays outside: it is
 * loaded only where a region is read. Nothing is shortened, and each file has a source map, so that a stack names the functions
 * of `src/`. The files are CommonJS, which Node.js loads faster than ES modules (commonjs.ts says how).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { commonJs } from './commonjs.ts';
import { precompiled } from './precompiled.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');
/** Its form of ES modules, where Node would have CommonJS, which a bundle cannot import names from. */
const asModules: Plugin = {
  name: 'as modules',
  setup(building) {
    building.onResolve({ filter: /^yaml$/ }, () => ({
      path: join(root, 'node_modules/yaml/browser/dist/index.js'),
      sideEffects: false,
    }));
  },
};
/**
 * Packages that take milliseconds to load and that few commands call: their files are read at the first call. Of each, the
 * function that it exports, or the classes with the functions that are called.
 */
const AT_FIRST_CALL: Readonly<Record<string, 'default' | Readonly<Record<string, readonly string[]>>>> = {
  cliui: 'default',
  'string-width': 'default',
  'wrap-ansi': 'default',
  re2js: { RE2JS: ['compile', 'translateRegExp'] },
};

const atFirstCall: Plugin = {
  name: 'at first call',
  setup(building) {
    const names = Object.keys(AT_FIRST_CALL).join('|');
    building.onResolve({ filter: new RegExp(`^(${names})$`) }, async (asked) => {
      if (asked.pluginData === atFirstCall || asked.kind !== 'import-statement') return undefined;
      const { importer, kind, resolveDir, path } = asked;
      const found = await building.resolve(path, { importer, kind, resolveDir, pluginData: atFirstCall });
      return { path: found.path, namespace: 'at-first-call', pluginData: path };
    });
    building.onLoad({ filter: /.*/, namespace: 'at-first-call' }, ({ path, pluginData }) => {
      const exported = AT_FIRST_CALL[pluginData] ?? {};
      // commonjs.ts makes a call of require() of it.
      const module = `loadedNow(import(${JSON.stringify(path)}))`;
      const contents =
        exported === 'default'
          ? `let called; export default (...given) => (called ??= ${module}.default)(...given);`
          : Object.entries(exported).map(
              ([name, functions]) =>
                `let loaded${name}; export const ${name} = {${functions.map(
                  (key) => `${key}: (...given) => (loaded${name} ??= ${module}.${name}).${key}(...given)`,
                )}};`,
            );
      return { contents: [contents].flat().join('\n'), resolveDir: dirname(path) };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { 'lib/main': 'src/cli/main.ts', 'lib/index': 'src/index.ts' },
  outdir,
  // As deep as the files of src/: some find templates/ and package.json two folders above themselves.
  chunkNames: 'lib/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['@aws-sdk/*', '@smithy/*'],
  plugins: [asModules, atFirstCall, precompiled],
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
});

const code = Object.keys(metafile.outputs)
  .filter((file) => file.endsWith('.cjs'))
  .map((file) => join(root, file));
const misplaced = code.filter(
  (file) =>
    relative(outdir, file).split(sep).length !== 2 && readFileSync(file, 'utf8').includes('new URL("../../'),
);
if (misplaced.length > 0)
  throw new Error(`${misplaced.join(', ')} would look for templates/ and package.json outside the package`);
for (const file of code) writeFileSync(file, commonJs(readFileSync(file, 'utf8'), relative(root, file)));

const library = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === 'src/index.ts');
writeFileSync(
  join(outdir, 'index.js'),
  `import library from './lib/index.cjs';\n\nexport const {\n${library?.exports.map((name) => `  ${name},\n`).join('')}} = library;\n`,
);
mkdirSync(join(outdir, 'cli'), { recursive: true });
writeFileSync(join(outdir, 'cli/main.js'), "#!/usr/bin/env node\nimport '../../bin/start.cjs';\n", {
  mode: 0o755,
});

/** Of the types, the library needs those that `index.d.ts` refers to. */
const types = join(outdir, 'index.d.ts');
if (existsSync(types)) {
  const needed = new Set([types]);
  for (const file of needed) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g))
      needed.add(join(dirname(file), path.replace(/\.(js|ts)$/, '.d.ts')));
  }
  for (const file of readdirSync(outdir, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts') && !needed.has(join(outdir, file))) rmSync(join(outdir, file));
}

/** The licences of what is in the files. */
const folders = new Set(
  Object.keys(metafile.inputs).flatMap(
    (file) => /^[^:]*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [],
  ),
);
const notices = [...folders].sort().map((folder) => {
  const read = (file: string) => readFileSync(join(root, folder, file), 'utf8').trim();
  const { name, version, license } = JSON.parse(read('package.json'));
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return [`${name} ${version} (${license})`, ...files.map(read)].join('\n\n');
});
writeFileSync(join(outdir, 'THIRD-PARTY.txt'), `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
