// What a runner of GitHub reads: outputs, the step summary, and commands in the log.
import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';

/** GitHub drops a summary that is near 1 MiB without a word. */
const MOST_SUMMARY = 1_000_000;

/** One output of the step. The delimiter is random, so that no value can end it and set another output. */
export function setOutput(name, value, env = process.env) {
  if (!env.GITHUB_OUTPUT) return;
  const end = `end-${randomUUID()}`;
  appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}

/** How many bytes the summary of this step can still take. */
export function roomInSummary(env = process.env) {
  if (!env.GITHUB_STEP_SUMMARY) return MOST_SUMMARY;
  try {
    return Math.max(0, MOST_SUMMARY - statSync(env.GITHUB_STEP_SUMMARY).size);
  } catch {
    return MOST_SUMMARY;
  }
}

/** Adds to the summary, behind what earlier parts of the step wrote. */
export function appendSummary(markdown, env = process.env) {
  if (!env.GITHUB_STEP_SUMMARY) return;
  const text = `${markdown.trimEnd()}\n`;
  if (Buffer.byteLength(text) > roomInSummary(env)) {
    command('warning', {}, 'The summary of this step is full; the reports are in the artifact.');
    return;
  }
  appendFileSync(env.GITHUB_STEP_SUMMARY, text);
}

/** A command in the log: `::error title=…::message`. */
export function command(name, properties, message) {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  process.stdout.write(
    `::${name}${given.length > 0 ? ` ${given.join(',')}` : ''}::${escapedData(message)}\n`,
  );
}

function escapedData(text) {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text) {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
