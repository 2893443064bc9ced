// The step that audits: checks the inputs, runs the tool, and tells GitHub what it found. It ends with 0 unless an input is
// wrong; the last step of the action ends with the code of the audit, so that artifacts and comments come first.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { annotate } from './annotations.mjs';
import { appendSummary, command, roomInSummary, setOutput } from './github.mjs';
import { auditOptions, readInputs, WrongInput } from './inputs.mjs';

/** GitHub takes 65,536 characters of a comment; the marker needs some. */
const MOST_COMMENT = 60_000;
const LAST_LINES = 20;
const EXTENSIONS = { junit: 'junit.xml', slack: 'slack.json', asff: 'asff.json' };

const { version: ownVersion } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

async function main() {
  let inputs;
  try {
    inputs = readInputs(process.env, ownVersion);
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
    command('error', { title: 'ec2-parity' }, `The input ${error.message}`);
    appendSummary(`### ✖ ec2-parity did not run\n\nAn input of the action is wrong. The log names it.`);
    setFailedOutputs(2);
    process.exitCode = 2;
    return;
  }
  const fileOf = (name) => posix.join(inputs.outputDir, name);
  setOutput('folder', absolute(inputs.outputDir));
  const formats = [...new Set([...inputs.formats, 'md', 'json', ...(inputs.uploadSarif ? ['sarif'] : [])])];
  const files = Object.fromEntries(formats.map((f) => [f, fileOf(`report.${EXTENSIONS[f] ?? f}`)]));
  const { code, lastLines } = await run(inputs.version, [
    'audit',
    inputs.source,
    inputs.target,
    ...auditOptions(inputs),
    ...formats.map((format) => `--output=${format}=${files[format]}`),
    '--output=terminal',
    // What another part of this step wrote to its summary counts too.
    `--limit=md=${Math.max(20_000, Math.min(1_000_000, roomInSummary()))}`,
  ]);
  const report = code === 2 || code > 3 ? null : readReport(files.json);
  if (report === null) {
    const text = `### ✖ ec2-parity could not audit\n\nExit code ${code}. The end of the log:\n\n${fenced(lastLines)}`;
    if (inputs.summary) appendSummary(text);
    command(
      'error',
      { title: 'ec2-parity' },
      lastLines.filter((line) => /^(error|hint):/.test(line)).join('\n') ||
        `ec2-parity ended with exit code ${code}.`,
    );
    setFailedOutputs(code === 0 ? 2 : code);
    return;
  }
  if (inputs.summary) appendSummary(readFileSync(files.md, 'utf8'));
  if (inputs.annotations > 0) annotate(report, inputs.failOn, inputs.annotations);
  if (inputs.comment) {
    const comment = fileOf('comment.md');
    await run(inputs.version, [
      'render',
      files.json,
      `--fail-on=${inputs.failOn}`,
      `--output=md=${comment}`,
      `--limit=md=${MOST_COMMENT}`,
      '--quiet',
    ]);
    setOutput('comment-path', absolute(comment));
  }
  setOutputs(report, code, files);
}

function setOutputs(report, code, files) {
  const of = (status) => report.findings.filter((f) => f.status === status).length;
  const outputs = {
    verdict: report.verdict,
    parity: report.verdict === 'parity',
    blocked: report.workloads.filter((w) => w.verdict === 'blocked').length,
    findings: report.findings.length,
    new: of('new'),
    worsened: of('worsened'),
    incomplete: !report.complete,
    'exit-code': code,
    'report-path': absolute(files.html ?? files.md),
    'json-path': absolute(files.json),
    'sarif-path': files.sarif ? absolute(files.sarif) : '',
  };
  for (const [name, value] of Object.entries(outputs)) setOutput(name, String(value));
}

/** A run without a report has found nothing and proves nothing. */
function setFailedOutputs(code) {
  const outputs = { verdict: 'inconclusive', parity: false, incomplete: true, 'exit-code': code };
  for (const [name, value] of Object.entries(outputs)) setOutput(name, String(value));
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Later steps of a job run in another folder than this one may. */
function absolute(file) {
  return resolve(file);
}

/** Where the action is a checkout that was built (`uses: ./`), it runs what was built there. */
const BUILT = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs the tool with its output in the log, and keeps the last lines of stderr. */
function run(version, words) {
  const isOwn = version === '' && existsSync(BUILT);
  const program = isOwn ? process.execPath : 'npx';
  const args = isOwn ? [BUILT, ...words] : ['--yes', `ec2-parity@${version || ownVersion}`, ...words];
  return new Promise((resolve) => {
    let kept = '';
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: withoutInputs(process.env),
    });
    child.stderr.on('data', (chunk) => {
      process.stderr.write(chunk);
      kept = `${kept}${chunk}`.slice(-20_000);
    });
    const lastLines = () => kept.trimEnd().split('\n').slice(-LAST_LINES);
    child.once('error', (error) => resolve({ code: 2, lastLines: [error.message] }));
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 130 : 2), lastLines: lastLines() }),
    );
  });
}

function withoutInputs(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')));
}

/** A block whose fence is longer than any run of backticks in it. */
function fenced(lines) {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}

await main();
