import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPackage, buildPackage, VERSION as version } from './kit.ts';

let folder: string;
let main: string;
let built: BuiltPackage;
const node = (...args: string[]) => built.node(args);

describe('the files that are published', () => {
  beforeAll(() => {
    built = buildPackage();
    folder = built.folder;
    main = join(folder, 'dist/cli/main.js');
  }, 180_000);
  afterAll(() => built?.remove());

  it('say their version', () => {
    expect(node(main, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('audit folders with a config, in every format that has templates', () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'ec2-parity.config.yaml'), 'rules: { image/missing-copy: low }\n');
    const outputs = ['json', 'html', 'md', 'sarif'].map((format) => `--output=${format}=out/r.${format}`);
    const { code, stderr } = node(
      main,
      'audit',
      'fixtures/demo/us-east-1',
      'fixtures/demo/eu-west-1',
      ...outputs,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.not.stringContaining('defect') });
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['r.html', 'r.json', 'r.md', 'r.sarif']);
    const report = JSON.parse(readFileSync(join(folder, 'out/r.json'), 'utf8'));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'image/missing-copy', severity: 'low', usually: 'medium' }),
    );
  });

  it('render without the compiler of templates, which only an edited template needs', () => {
    const lib = join(folder, 'dist/lib');
    const compilers = readdirSync(lib).filter(
      (file) =>
        file.endsWith('.cjs') && readFileSync(join(lib, file), 'utf8').includes('/compiler/parser.js'),
    );
    expect(compilers).toHaveLength(1);
    const compiler = join(lib, compilers[0] ?? '');
    const sides = ['fixtures/demo/us-east-1', 'fixtures/demo/eu-west-1'];
    const rendered = () =>
      node(main, 'audit', ...sides, '-o', 'html=out/d.html', '-o', 'md=out/d.md', '--quiet');
    renameSync(compiler, `${compiler}.away`);
    expect(rendered()).toMatchObject({ code: 1, stderr: '' });
    renameSync(`${compiler}.away`, compiler);
    const template = join(folder, 'templates/report.md.hbs');
    const whole = readFileSync(template, 'utf8');
    writeFileSync(template, `edited\n${whole}`);
    expect(rendered()).toMatchObject({ code: 1, stderr: '' });
    writeFileSync(template, whole);
    expect(readFileSync(join(folder, 'out/d.md'), 'utf8')).toMatch(/^edited\n/);
  });

  it('write a config, and read key files', () => {
    expect(node(main, 'init', '-o', 'new.yaml')).toMatchObject({ code: 0 });
    writeFileSync(
      join(folder, 'key.pub'),
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n',
    );
    expect(node(main, 'fingerprint', 'key.pub')).toMatchObject({ code: 0 });
  });

  it('are a library too', () => {
    const library = pathToFileURL(join(folder, 'dist/index.js')).href;
    const { stdout } = node(
      '--input-type=module',
      '-e',
      `console.log(Object.keys(await import('${library}')).join())`,
    );
    for (const name of ['audit', 'compare', 'render', 'snapshot'])
      expect(stdout.trim().split(',')).toContain(name);
  });

  it('are what the tool reads, and nothing else', () => {
    const files = built.packed();
    const FORMS = [
      /^(README\.md|LICENSE|CHANGELOG\.md|package\.json)$/,
      /^bin\/(compiled|ec2-parity|start)\.cjs$/,
      /^dist\/(index\.js|cli\/main\.js|lib\/[\w-]+\.cjs(\.map)?)$/,
      /^dist\/THIRD-PARTY\.txt$/,
      // Types: only where the library has them.
      /^dist\/(index|(audit|comparator|drift|inventory|plan|report|renderers|text|traffic|waivers|matrix|collectors|cloudformation|redact)\/[\w/-]+)\.d\.ts$/,
      /^templates\/[\w./-]+\.(hbs|css|js|svg)$/,
      /^schemas\/(snapshot|report|config)\.schema\.json$/,
      /^fixtures\/demo\/[\w./-]+\.(json|yaml|md)$/,
    ];
    expect(files.filter((file) => !FORMS.some((form) => form.test(file)))).toEqual([]);
    for (const form of FORMS)
      expect(
        files.some((file) => form.test(file)),
        String(form),
      ).toBe(true);
    expect(files.filter((file) => file.endsWith('.d.ts')).length).toBeLessThan(100);
  });

  it('have the name, the licence and the provenance that npm shows', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'ec2-parity',
      license: 'Apache-2.0',
      publishConfig: { access: 'public', provenance: true },
      bin: { 'ec2-parity': 'bin/ec2-parity.cjs' },
    });
    for (const path of Object.values(manifest.bin as Record<string, string>))
      expect(built.packed()).toContain(path);
  });

  it('come with the licence of everything that is in them', () => {
    const notices = readFileSync(join(folder, 'dist/THIRD-PARTY.txt'), 'utf8');
    for (const name of ['handlebars', 'yargs', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)`, 'm'));
  });
});
