import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The script of the HTML report, from `page/`: one file without imports. The same sources give the same bytes. */
export function bundledPage(): string {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: ['page/main.tsx'],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    tsconfig: 'page/tsconfig.json',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: {
      js: '/* Made by npm run generate from page/ with preact and @tanstack/virtual-core (both MIT). */',
    },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote no file for page/main.tsx');
  // An element ends with this, wherever it is.
  if (/<\/script/i.test(file.text)) throw new Error('the script of the page holds "</script"');
  return file.text;
}
