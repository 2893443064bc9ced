import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { optionsOf } from '../src/renderers/engine.ts';
import { templateTexts } from '../src/renderers/templates.ts';

/**
 * In place of `src/renderers/engine.ts`: the templates of the package as Handlebars compiles them, by the digest of their text.
 * A report then needs neither the compiler nor the time to compile. A template that was edited since has another digest: for it
 * the compiler is loaded, so that an edit of `templates/` shows without a build.
 */
export const precompiled: Plugin = {
  name: 'precompiled templates',
  setup(building) {
    building.onLoad({ filter: /[\\/]src[\\/]renderers[\\/]engine\.ts$/ }, ({ path }) => ({
      contents: moduleText(),
      resolveDir: dirname(path),
    }));
  },
};

/** As the module below has it. */
const digestOf = (text: string, escaping: string): string =>
  createHash('sha256').update(escaping).update(text).digest('hex');

function moduleText(): string {
  const templates = templateTexts().map(
    ({ text, escaping }) =>
      `  '${digestOf(text, escaping)}': ${String(Handlebars.precompile(text, optionsOf(escaping)))},`,
  );
  return `import { createHash } from 'node:crypto';
import Handlebars from 'handlebars/dist/cjs/handlebars.runtime.js';

const TEMPLATES = {
${templates.join('\n')}
};

const OPTIONS = ${JSON.stringify({ html: optionsOf('html'), none: optionsOf('none') })};

export function createEngine() {
  return Handlebars.create();
}

export function compiled(engine, text, escaping) {
  const digest = createHash('sha256').update(escaping).update(text).digest('hex');
  return engine.template(TEMPLATES[digest] ?? edited(text, escaping));
}

function edited(text, escaping) {
  const compiler = loadedNow(import('handlebars')).default;
  return new Function(\`return \${compiler.precompile(text, OPTIONS[escaping])}\`)();
}
`;
}
