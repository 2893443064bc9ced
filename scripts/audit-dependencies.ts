/**
 * `npm audit` of what users install: ends with 1 for a known vulnerability that is high or critical. Where the registry does
 * not answer, that is printed, and is no failure: CI also runs where there is no network.
 */
import { spawnSync } from 'node:child_process';
import { auditResult } from './audit-result.ts';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 120_000,
});
const { failed, lines } = auditResult(stdout ?? '', error?.message);
for (const line of lines) process.stdout.write(`${line}\n`);
process.exitCode = failed ? 1 : 0;
