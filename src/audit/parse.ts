import type { z } from 'zod';
// Not from 'zod': its `core` holds the messages in all languages, and with it a bundle would too.
import { toDotPath } from 'zod/v4/core';
import { type Config, configSchema } from '../comparator/config.ts';
import { ACCEPTED_VERSION, acceptedSchema, baselineFromAccepted } from '../drift/accepted.ts';
import { type Baseline, baselineOf } from '../drift/baseline.ts';
import { MOST_LEVELS, nestsDeeperThan } from '../inventory/json-depth.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import { checkSnapshot } from '../inventory/snapshot-check.ts';
import { SnapshotFault } from '../inventory/snapshot-fault.ts';
import { Unable } from '../inventory/unable.ts';
import { parsedReport, REPORT_VERSION, type Report } from '../report/model.ts';
import { andMore } from '../text/lists.ts';
import { printable } from '../text/printable.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * A report from a JSON value that may be anything.
 * @param name What the value is called in messages: a file, or an option.
 * @throws Unable that names the first field that is wrong: "the value is not a report: findings[3].severity: …".
 */
export function parseReport(value: unknown, name = 'the value'): Report {
  refuseDeep(value, name, 'a report', 'Name a report.json that `ec2-parity audit` wrote.');
  const parsed = parsedReport(value);
  if (parsed.success) return parsed.data;
  if (isObject(value) && 'keyPairs' in value && 'takenAt' in value) {
    throw new Unable(
      `${name} is a snapshot, not a report.`,
      `Compare it first: \`ec2-parity audit ${name} <target>\`.`,
    );
  }
  const version = isObject(value) && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (isObject(value) && 'findings' in value && typeof version === 'number' && version > REPORT_VERSION) {
    throw new Unable(
      `${name} is a report of version ${version}; this ec2-parity reads version ${REPORT_VERSION}.`,
      'Use the ec2-parity that wrote it, or a newer one.',
    );
  }
  throw new Unable(
    `${name} is not a report: ${faultText(parsed.error, 'the file')}.`,
    'Name a report.json that `ec2-parity audit` wrote.',
  );
}

/**
 * An earlier report or an accepted state, from a JSON value that may be anything.
 * @param file What the value is called where it is neither.
 * @param name What later messages call it.
 * @throws Unable
 */
export function parseBaseline(value: unknown, file: string, name: string): Baseline {
  if (!isObject(value) || !('acceptedState' in value)) return baselineOf(parseReport(value, file), name);
  refuseDeep(value, file, 'an accepted state', 'Write it again with `ec2-parity accept REPORT -o FILE`.');
  const parsed = acceptedSchema.safeParse(value);
  if (parsed.success) return { name, ...baselineFromAccepted(parsed.data) };
  const version = value.acceptedState;
  if (typeof version === 'number' && version > ACCEPTED_VERSION)
    throw new Unable(
      `${file} is an accepted state of version ${version}; this ec2-parity reads version ${ACCEPTED_VERSION}.`,
      'Use the ec2-parity that wrote it, or a newer one.',
    );
  throw new Unable(
    `${file} is not an accepted state: ${faultText(parsed.error, 'the file')}.`,
    'Write it again with `ec2-parity accept REPORT -o FILE`.',
  );
}

/**
 * A snapshot from a JSON value that may be anything, in the canonical order.
 * @throws Unable that names the first field that is wrong: "the value is not a snapshot: securityGroups.items[0].rules[2].from: …".
 */
export function parseSnapshot(value: unknown, name = 'the value'): Snapshot {
  const hint = 'Give a file that `ec2-parity snapshot` wrote, or the value that snapshot() returned.';
  refuseDeep(value, name, 'a snapshot', hint);
  try {
    // What is checked is also put in order, and a caller's own object is not to change.
    return checkSnapshot(structuredClone(value));
  } catch (error) {
    if (!(error instanceof SnapshotFault)) throw error;
    throw new Unable(`${name} is not a snapshot: ${error.message}.`, hint, { cause: error });
  }
}

/**
 * A config from a value that may be anything, as `ec2-parity.config.yaml` holds it.
 * @throws Unable that names the first setting that is wrong.
 */
export function parseConfig(value: unknown, name = 'the config'): Config {
  refuseDeep(value, name, 'a config', 'See `ec2-parity schema config` for the values of each setting.');
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Unable(
    `${name} is not valid: ${faultText(parsed.error, 'the whole')}.`,
    'See `ec2-parity schema config` for the values of each setting.',
  );
}

/** Before anything walks through a value by calling itself. */
function refuseDeep(value: unknown, name: string, what: string, hint: string): void {
  if (nestsDeeperThan(value))
    throw new Unable(`${name} is not ${what}: it nests values deeper than ${MOST_LEVELS} levels.`, hint);
}

/** The first fault with the path of its field, and how many more there are. */
function faultText({ issues }: z.ZodError, whole: string): string {
  const [issue, ...others] = issues;
  const field = issue && issue.path.length > 0 ? toDotPath(issue.path) : whole;
  const more = others.length > 0 ? ` (${andMore(others.length)})` : '';
  return `${printable(field, 400)}: ${issue?.message ?? 'invalid'}${more}`;
}
